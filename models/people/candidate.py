"""Candidates: people who look for work, as they were registered."""

import hashlib
import hmac

from peewee import CharField, ForeignKeyField, IntegerField

from models.base.database import BaseModel, InstantField
from models.base.lists import ListField
from models.base.typed import same_of, same_phone
from models.market.county import County
from models.market.log import Log
from models.market.market_day import MarketDay


class Candidate(BaseModel):
    """A person as registered once. Two candidates may turn out to be one ``person``.

    ``person`` is the smallest candidate id of the merged person (models/derived/person.py).
    The row is derived from operations: ``candidate.registered`` and its amendments.
    """

    id = CharField(max_length=36, primary_key=True)  # minted where the person was registered
    person = CharField(max_length=36)
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    name = CharField(max_length=100)
    birth_year = IntegerField()
    phone = CharField(max_length=32, null=True)
    phone_owner = CharField(max_length=32, null=True)
    sex = CharField(max_length=8, null=True)
    home_division = CharField(max_length=64, null=True)
    education = CharField(max_length=32, null=True)
    trades = ListField(max_length=600, default=())
    wanted_place = CharField(max_length=16, null=True)
    wanted_pay_min_fen = IntegerField(null=True)
    work_kinds = ListField(max_length=64, default=())
    groups = ListField(max_length=200, default=())  # never on a tablet
    groups_consent_at = CharField(max_length=40, null=True)  # when they agreed in words that a sensitive one is noted
    wishes = ListField(max_length=64, default=())
    last_province = CharField(max_length=16, null=True)
    registered_by = CharField(max_length=16, default="operator")
    notice_at = CharField(max_length=40, null=True)
    registered_at = InstantField()
    identity = CharField(max_length=64, null=True)
    version = IntegerField(default=1)
    token_hash = CharField(max_length=64, null=True, unique=True)  # of /me/<token>

    class Meta:
        indexes = ((("market_day", "person"), False), (("county", "identity"), False), (("person",), False))


# Of two characters, those that people still bear.
COMPOUND_SURNAMES = frozenset(
    ("欧阳", "上官", "皇甫", "令狐", "诸葛", "司徒", "司马", "申屠", "夏侯", "贺兰", "完颜", "慕容", "尉迟", "长孙")
)


def identity_of(key: str, name: str, birth_year: int, phone: str | None) -> str | None:
    """Return the keyed hash by which two registrations are known as one person.

    None without a phone: a name and a year alone would merge strangers. Families share
    phones, so the phone alone would merge relatives. Another way of writing makes no difference (models/base/typed.py);
    when that changes, a migration makes all hashes again.
    """
    digits = same_phone(phone or "")
    if not digits:
        return None
    message = f"{same_of(name) or name}|{birth_year}|{digits}"
    return hmac.new(bytes.fromhex(key), message.encode(), hashlib.sha256).hexdigest()


def surname_of(name: str) -> str:
    """Return what a booth is told of somebody's name by a number alone: the surname, else the first character."""
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
