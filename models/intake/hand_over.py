"""Hand-overs: what a tablet could not send, sealed to the county, by whatever way it came.

A box is kept before anything is done with it, so what cannot be opened or applied today can be tried again.
Receiving the same facts any number of times, in any boxes, mixed with the tablet's own sync, changes nothing.
What a tablet's own MAC does not vouch for waits until an organiser says yes: anybody can seal a box in any name.
"""

from hashlib import sha256
from typing import NamedTuple

from peewee import BlobField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.intake.hand_over_content import UNREADABLE, Content, read
from models.intake.hand_over_order import Taken, take
from models.keys.seal import is_box
from models.market.audit import AuditEntry
from models.market.county import County
from models.market.log import DEVICE, Log
from models.market.market_day import MarketDay
from models.market.tablet import Tablet

LARGEST = 2 * 1024 * 1024  # bytes of a box; a day's 600 facts are some 30 kB
QUOTA = 8 * LARGEST  # bytes that one tablet may bring: its own box and those of a whole market's tablets
UNKNOWN_TABLET, UNPROVEN, SET_ASIDE = "unknown_tablet", "unproven", "set_aside"


class NoBox(ValueError):
    """What came is no sealed hand-over at all, or too large for one."""


class TooManyBoxes(ValueError):
    """A tablet brought more bytes than one may."""


class HandOver(BaseModel):
    """A box that came. ``id`` is its SHA-256 in hex.

    ``market_day`` is that of its facts once it was opened, until then the one where it was handed in. ``log`` is the
    one in whose name it was made. ``bearer_id`` is the log of the tablet that brought it, null for the office.
    ``facts`` is how many are in it, null while it was not applied; ``new`` how many of them nobody had sent before.
    ``reason``: ``unreadable``, ``unknown_tablet``, ``unproven`` (no right MAC: it waits), ``set_aside`` (an organiser
    said no to it), ``gap`` or ``shared_identity``; null when all is well. ``accepted_by`` is who said yes.
    """

    county_id: int
    market_day_id: int | None
    tablet_id: int | None  # the log, by the column's name
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    id = CharField(max_length=64)
    market_day = ForeignKeyField(MarketDay, null=True, backref="hand_overs", on_delete="SET NULL")
    log = ForeignKeyField(Log, column_name="tablet_id", null=True, on_delete="SET NULL")
    bearer_id = IntegerField(null=True, index=True)  # a log's id
    box = BlobField()
    via = CharField(max_length=8)  # file, camera, tablet
    who = CharField()
    received_at = InstantField(default=utcnow)
    facts = IntegerField(null=True)
    new = IntegerField(null=True)
    reason = CharField(max_length=32, null=True)
    accepted_by = CharField(null=True)

    class Meta:
        primary_key = CompositeKey("county", "id")

    @property
    def is_applied(self) -> bool:
        """Say whether its facts are where they belong; else it can be tried again."""
        return self.facts is not None

    @property
    def waits(self) -> bool:
        """Say whether an organiser has to say yes or no to it."""
        return self.reason == UNPROVEN


APPLIED = [HandOver.market_day, HandOver.log, HandOver.facts, HandOver.new, HandOver.reason, HandOver.accepted_by]


class Received(NamedTuple):
    """What came of a box: the hand-over as it stands, and how many facts were new this time."""

    hand_over: HandOver
    new: int


def receive(day: MarketDay, box: bytes, via: str, who: str, bearer: Log | None = None) -> Received:
    """Keep a box that was handed in for a market day, and apply what is in it.

    ``bearer`` is the log of the tablet that brings it. Raises NoBox when it is none, TooManyBoxes when the tablet
    brought its share; nothing is kept then.
    """
    if len(box) > LARGEST or not is_box(box):
        raise NoBox
    with writing():
        key = {"county": day.county_id, "id": sha256(box).hexdigest()}
        first = {"market_day": day, "box": box, "via": via, "who": who, "bearer_id": bearer and bearer.id}
        hand_over = HandOver.get_or_none(**key)
        if hand_over is None and bearer and _brought_by(bearer) + len(box) > QUOTA:
            raise TooManyBoxes
        hand_over = hand_over or HandOver.create(**key, **first)
    return apply(hand_over, who, box)


def apply(hand_over: HandOver, who: str, box: bytes | None = None) -> Received:
    """Open a box that is kept, and take its facts in: those that the tablet vouches for, or an organiser.

    ``box`` is what came just now, of one that was emptied since: its facts are where they belong (models/forgetting/).
    """
    content = read(box or bytes(hand_over.box), hand_over.county_id)
    with writing():
        taken = _take(hand_over, content)
        hand_over.reason = taken.reason
        hand_over.save(only=APPLIED)
        what = _said(hand_over, taken)
        AuditEntry.create(county=hand_over.county_id, who=who, action="hand_over_received", what=what, rows=taken.new)
    return Received(hand_over, taken.new)


def accept(hand_over: HandOver, who: str) -> Received:
    """Take in a box for which no tablet vouches, because an organiser does."""
    hand_over.accepted_by = who
    return apply(hand_over, who)


def set_aside(hand_over: HandOver, who: str) -> None:
    """Say no to a box that waits: it is kept and not opened again by itself. Accepting it is still possible."""
    hand_over.reason = SET_ASIDE
    with writing():
        hand_over.save(only=[HandOver.reason])
        what = ", ".join([f"market day {hand_over.market_day_id}", hand_over.via, *_bearer(hand_over)])
        AuditEntry.create(county=hand_over.county_id, who=who, action="hand_over_set_aside", what=what)


def _take(hand_over: HandOver, content: Content | None) -> Taken:
    """Take in what may be taken in, and note on the hand-over whose it is. Inside ``writing()``."""
    if content is None:
        return Taken(reason=UNREADABLE)
    log = _log_of(content, hand_over.county_id)
    if log is None:
        return Taken(reason=UNKNOWN_TABLET)
    hand_over.market_day, hand_over.log = log.market_day, log
    is_vouched_for = hand_over.accepted_by or content.signed.is_by(Tablet.get_by_id(log.id).device.resume_hash)
    if not is_vouched_for:
        return Taken(reason=SET_ASIDE if hand_over.reason == SET_ASIDE else UNPROVEN)
    taken = take(log, content.operations)
    hand_over.facts, hand_over.new = len(content.operations), (hand_over.new or 0) + taken.new
    return taken


def _log_of(content: Content, county: int) -> Log | None:
    day = MarketDay.get_or_none(id=content.market_day, county=county)
    return Log.get_or_none(market_day=day, letter=content.tablet, kind=DEVICE) if day else None


def _brought_by(bearer: Log) -> int:
    """Return how many bytes a tablet brought so far."""
    ((size,),) = fetch("SELECT COALESCE(SUM(LENGTH(box)), 0) FROM hand_over WHERE bearer_id = ?", (bearer.id,))
    return int(size)


def _said(hand_over: HandOver, taken: Taken) -> str:
    """Return what the audit log says of it."""
    said = [f"market day {hand_over.market_day_id}", hand_over.via, *_bearer(hand_over)]
    if hand_over.log:
        said.append(f"tablet {hand_over.log.letter}")
    if hand_over.log and hand_over.is_applied:
        said += [f"{hand_over.facts} facts", f"{taken.new} new"]
    if taken.refused:
        said.append(f"{taken.refused} refused")
    return ", ".join([*said, *filter(None, [taken.reason])])


def _bearer(hand_over: HandOver) -> list[str]:
    """Return who brought it, for the audit log: a letter alone is one of every market day."""
    bearer = hand_over.bearer_id and Log.get_or_none(id=hand_over.bearer_id)
    return [f"brought by tablet {bearer.letter} of market day {bearer.market_day_id}"] if bearer else []
