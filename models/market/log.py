"""Logs: numbered facts in the order in which somebody made them: a tablet, the phones, the office.

A log lies in ``market``, below everything that refers to it: candidates, operations and what is derived from them
name the log that a fact came in, and a tablet (tablet.py) is the device that writes one.
"""

from string import ascii_uppercase
from typing import Any, Generic, TypeVar

from peewee import JOIN, AutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.database import BaseModel, db
from models.market.booth import Booth
from models.market.market_day import MarketDay

Value = TypeVar("Value")
DEVICE, PHONES, OFFICE, RESCUED, AFTER = KINDS = ("device", "phones", "office", "rescued", "after")
LETTERS = {PHONES: "web", OFFICE: "office", AFTER: "after"}  # logs that a market day has once
OF_THE_OFFICE = (OFFICE, AFTER)  # whom an account of the office wrote


class Log(BaseModel):
    """The facts of one source on one market day, numbered from 1 without a gap up to ``acknowledged``.

    ``kind``: ``device`` (a tablet's; it has the tablet's id), ``phones`` (what people do on their own phones),
    ``office`` (what organisers do), ``after`` (what the office finds out after the day, and the day's figures do not
    know), ``rescued`` (facts of the log ``rescued_from`` that fitted nowhere in it, see
    models/intake/hand_over_order.py). Logs that no tablet wrote stand at no booth.
    """

    id: "AutoField[int]"
    market_day_id: int
    booth_id: int | None
    market_day = ForeignKeyField(MarketDay, backref="logs", on_delete="CASCADE")
    booth = ForeignKeyField(Booth, null=True, backref="logs", on_delete="CASCADE")
    kind = CharField(max_length=8)
    letter = CharField(max_length=8)
    acknowledged = IntegerField(default=0)  # the highest contiguous seq that is stored
    latest_at = BigIntegerField(default=0)  # ms; a log never runs backwards (see Operation)
    rescued_from = IntegerField(null=True)  # a log's id

    class Meta:
        indexes = ((("market_day", "letter"), True),)

    @property
    def is_of_a_tablet(self) -> bool:
        """Say whether a tablet wrote it, itself or what was rescued of it. The server wrote the others."""
        return self.kind in (DEVICE, RESCUED)

    @classmethod
    def of(cls, market_day: MarketDay, kind: str) -> "Log":
        """Return the market day's log of the phones, of the office, or of what came after; made on first use."""
        letter = LETTERS[kind]
        found = cls.find("SELECT * FROM log WHERE market_day_id = ? AND letter = ?", market_day.id, letter)
        log = found or cls.get_or_create(market_day=market_day, letter=letter, defaults={"kind": kind})[0]
        log.market_day = market_day  # with its county, if that is known already
        return log

    @classmethod
    def at(cls, booth: Booth, letter: str = "") -> "Log":
        """Make the log of a device that is to stand at a booth. Inside ``writing()``."""
        day = booth.market_day
        return cls.create(market_day=day, booth=booth, kind=DEVICE, letter=letter or next_letter(day))

    @classmethod
    def to_exclude(cls, market_day: MarketDay) -> "list[Log]":
        """Return the logs of a market day that an organiser may set aside, with their booths: all but the office's."""
        kinds = (DEVICE, PHONES, RESCUED)
        logs = cls.select(Log, Booth).join(Booth, JOIN.LEFT_OUTER)
        return list(logs.where(Log.market_day == market_day, Log.kind.in_(kinds)).order_by(Log.id))

    def rescued(self) -> "Log | None":
        """Return the log of what did not fit into this one, if anything did not."""
        return Log.get_or_none(rescued_from=self.id)

    def rescue(self) -> "Log":
        """Return the log for what does not fit into this one, made on first use. Inside ``writing()``."""
        return self.rescued() or Log.create(
            market_day=self.market_day_id,
            booth=self.booth_id,
            kind=RESCUED,
            letter=next_letter(self.market_day),
            rescued_from=self.id,
        )


def next_letter(market_day: MarketDay) -> str:
    """Return the letter of the market day's next device's or rescued log: A to Z, then AA."""
    taken = Log.select().where(Log.market_day == market_day, Log.kind.in_((DEVICE, RESCUED)))
    return letter_at(taken.count(db))


def letter_at(place: int) -> str:
    """Return the letter of a market day's device by its place, from 0."""
    tens, ones = divmod(place, 26)
    return (ascii_uppercase[tens - 1] if tens else "") + ascii_uppercase[ones]


class OfLog(Generic[Value]):
    """What a tablet's log says, read from the tablet. A query has to name ``Log``: the table ``tablet`` lacks it."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tablet: Any, owner: type) -> Value:
        if tablet is None:
            raise AttributeError(f"a query for {self._name} joins Log")
        value: Value = getattr(tablet.log, self._name)
        return value
