"""Settlements: what a person decided about a fact that was refused or needs attention.

Everything derived is a function of operations and settlements; the operation itself never changes.
"""

from collections.abc import Iterable

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch_in
from models.log.change import announce
from models.log.operation import Key
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.tablet import Tablet

ACCEPTED, CORRECTED, SET_ASIDE = "accepted", "corrected", "set_aside"
ACTS = (ACCEPTED, CORRECTED, SET_ASIDE)


class Settlement(BaseModel):
    """The standing decision about one operation; a later one replaces it, and the audit log keeps both.

    ``data`` is the corrected data as JSON. ``uuid`` is the operation's, by which the same fact is known when a device
    sends it again in another log. ``reason`` is what the operation was kept for when it was settled. ``exclusion_id``
    is the exclusion that set it aside with others (models/log/exclusion.py). ``happened_ms`` is the corrected time.
    """

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    uuid = CharField(max_length=36, null=True)
    act = CharField(max_length=16)
    data = TextField(null=True)
    who = CharField()
    at = InstantField(default=utcnow)
    note = TextField(default="")
    reason = CharField(max_length=64, null=True)
    exclusion_id = IntegerField(null=True)
    happened_ms = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("log", "seq")
        indexes = ((("market_day", "uuid"), False),)


def tell_of_settlements(keys: Iterable[Key]) -> None:
    """Tell the tablets of a fact's booth that it was settled, or waits again. Call it inside ``writing()``."""
    logs = fetch_in(
        "SELECT t.market_day_id, t.id, b.number, t.letter FROM log AS t JOIN booth AS b ON b.id = t.booth_id"
        " WHERE t.id IN (??)",
        {tablet for tablet, _ in keys},
    )
    for day, log, booth, letter in logs:
        announce(day, {(booth, "settlement", _record_key(letter, seq)) for tablet, seq in keys if tablet == log})


def draw_settlements(tablet: Tablet, keys: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return how facts of a tablet's booth were settled, as its tablets keep it."""
    wanted = set(keys)
    rows = fetch_in(
        "SELECT t.letter, s.seq, s.act FROM settlement AS s JOIN log AS t ON t.id = s.tablet_id"
        " WHERE t.booth_id = ? AND s.seq IN (??)",
        {int(key.rpartition(" ")[2]) for key in wanted},
        tablet.booth_id,
    )
    return {
        key: {"tablet": letter, "seq": seq, "act": act}
        for letter, seq, act in rows
        if (key := _record_key(letter, seq)) in wanted
    }


def _record_key(letter: str, seq: int) -> str:
    return f"{letter} {seq}"
