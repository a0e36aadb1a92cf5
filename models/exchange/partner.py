"""Partners: services of other regions whose packages a county takes, each known by a key that was compared by phone."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from msgspec import Struct
from peewee import AutoField, CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.base.json_body import decode, fields_in
from models.base.typed import text_of
from models.keys.region_key import RegionKey, fingerprint, raw_of
from models.market.audited import Audited
from models.market.county import County

CARD = "GCK1:"  # what a card begins with
LONGEST_CARD, LONGEST_NAME, LONGEST_PHONE = 1_000, 60, 32


class NoCard(ValueError):
    """The text is no card of a region."""


class Card(Struct):
    """What a region says of itself to its partners: its public key, the name of its service, its public telephone."""

    key: str
    name: str
    phone: str = ""


class Partner(Audited):
    """A service of another region, by the key whose fingerprint somebody compared; one that ended counts no more."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="partners", on_delete="CASCADE", index=False)
    name = CharField()
    phone = CharField(max_length=32, default="")  # the service's public one
    public = CharField(max_length=64)
    origin = CharField(max_length=16)  # of code_list.ORIGINS
    confirmed_by = CharField()
    confirmed_at = InstantField(default=utcnow)
    ended_at = InstantField(null=True)

    class Meta:
        indexes = ((("county", "public"), True),)

    @property
    def fingerprint(self) -> str:
        """The digits by which its key was compared."""
        return fingerprint(self.public)

    @classmethod
    def of(cls, county: County) -> "list[Partner]":
        """Return a county's partners, those that ended last."""
        return list(cls.select().where(cls.county == county).order_by(cls.ended_at.is_null(False), cls.name, cls.id))

    @classmethod
    def by_key(cls, county: County, public: str) -> "Partner | None":
        """Return the partner with this key, or None."""
        found: Partner | None = cls.get_or_none(county=county, public=public)
        return found


def card_of(county: County, key: RegionKey) -> str:
    """Return a county's card, as a partner pastes or scans it."""
    import json

    said = {"key": key.public, "name": county.service_name[:LONGEST_NAME], "phone": county.phone}
    return CARD + urlsafe_b64encode(json.dumps(said, ensure_ascii=False).encode()).rstrip(b"=").decode()


def read_card(text: str) -> Card:
    """Return what a pasted card says. Raises NoCard."""
    packed = re.sub(r"\s", "", text)
    if not packed.startswith(CARD) or len(packed) > LONGEST_CARD:
        raise NoCard
    try:
        card = fields_in(decode(urlsafe_b64decode(packed.removeprefix(CARD).encode("ascii") + b"==")), Card)
        raw_of(card.key)
    except (ValueError, RecursionError):
        raise NoCard from None
    name = " ".join(text_of(card.name).split())
    if not name or len(name) > LONGEST_NAME:
        raise NoCard
    return Card(card.key, name, text_of(card.phone)[:LONGEST_PHONE])


def is_fingerprint(typed: str, public: str) -> bool:
    """Say whether digits that were read out are those of a key."""
    return re.sub(r"\D", "", typed) == fingerprint(public).replace(" ", "")
