"""Hand-overs: what a tablet could not send, sealed to the county, by whatever way it came.

A box is kept before anything is done with it, so what cannot be opened or applied today can be tried again.
Receiving the same facts any number of times, in any boxes, mixed with the tablet's own sync, changes nothing.
"""

from hashlib import sha256
from typing import NamedTuple

from peewee import BlobField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.intake.hand_over_content import UNREADABLE, Content, read
from models.intake.hand_over_order import Taken, take
from models.keys.seal import is_box
from models.market.audit import AuditEntry
from models.market.county import County
from models.market.log import DEVICE, Log
from models.market.market_day import MarketDay

LARGEST = 2 * 1024 * 1024  # bytes of a box; a day's 600 facts are some 30 kB
UNKNOWN_TABLET = "unknown_tablet"


class NoBox(ValueError):
    """What came is no sealed hand-over at all, or too large for one."""


class HandOver(BaseModel):
    """A box that came. ``id`` is its SHA-256 in hex.

    ``market_day`` is that of its facts once it was opened, until then the one where it was handed in. ``facts`` is
    how many are in it, null while it was not applied; ``new`` how many of them nobody had sent before.
    ``reason``: ``unreadable``, ``unknown_tablet``, ``gap`` or ``shared_identity``; null when all is well.
    """

    county_id: int
    market_day_id: int | None
    tablet_id: int | None  # the log, by the column's name
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    id = CharField(max_length=64)
    market_day = ForeignKeyField(MarketDay, null=True, backref="hand_overs", on_delete="SET NULL")
    log = ForeignKeyField(Log, column_name="tablet_id", null=True, on_delete="SET NULL")
    box = BlobField()
    via = CharField(max_length=8)  # file, camera, tablet
    who = CharField()
    received_at = InstantField(default=utcnow)
    facts = IntegerField(null=True)
    new = IntegerField(null=True)
    reason = CharField(max_length=32, null=True)

    class Meta:
        primary_key = CompositeKey("county", "id")

    @property
    def is_applied(self) -> bool:
        """Say whether its facts are where they belong; else it can be tried again."""
        return self.facts is not None


APPLIED = [HandOver.market_day, HandOver.log, HandOver.facts, HandOver.new, HandOver.reason]


class Received(NamedTuple):
    """What came of a box: the hand-over as it stands, and how many facts were new this time."""

    hand_over: HandOver
    new: int


def receive(day: MarketDay, box: bytes, via: str, who: str) -> Received:
    """Keep a box that was handed in for a market day, and apply what is in it.

    Raises NoBox when it is none; nothing is kept then.
    """
    if len(box) > LARGEST or not is_box(box):
        raise NoBox
    with writing():
        key = {"county": day.county_id, "id": sha256(box).hexdigest()}
        first = {"market_day": day, "box": box, "via": via, "who": who}
        hand_over, _ = HandOver.get_or_create(**key, defaults=first)
    return apply(hand_over, who)


def apply(hand_over: HandOver, who: str) -> Received:
    """Open a box that is kept, and let its facts come in."""
    content = read(bytes(hand_over.box), hand_over.county_id)
    with writing():
        log = content and _log_of(content, hand_over.county_id)
        taken = Taken(reason=UNKNOWN_TABLET if content else UNREADABLE)
        if content and log:
            taken = take(log, content.operations)
            hand_over.market_day, hand_over.log = log.market_day, log
            hand_over.facts, hand_over.new = len(content.operations), (hand_over.new or 0) + taken.new
        hand_over.reason = taken.reason
        hand_over.save(only=APPLIED)
        what = _said(hand_over, taken)
        AuditEntry.create(county=hand_over.county_id, who=who, action="hand_over_received", what=what, rows=taken.new)
    return Received(hand_over, taken.new)


def _log_of(content: Content, county: int) -> Log | None:
    day = MarketDay.get_or_none(id=content.market_day, county=county)
    return Log.get_or_none(market_day=day, letter=content.tablet, kind=DEVICE) if day else None


def _said(hand_over: HandOver, taken: Taken) -> str:
    """Return what the audit log says of it."""
    said = [f"market day {hand_over.market_day_id}", hand_over.via]
    if hand_over.log and hand_over.is_applied:
        said += [f"tablet {hand_over.log.letter}", f"{hand_over.facts} facts", f"{taken.new} new"]
    if taken.refused:
        said.append(f"{taken.refused} refused")
    return ", ".join([*said, *filter(None, [taken.reason])])
