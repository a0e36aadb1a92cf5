"""Amendments: changes of a market day's set-up after it was closed, each with a reason, its old and its new value.

They change no version that was closed; the next one has them. The audit log has each change once, with the same reason,
as it has every change of the set-up (audited.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime

from peewee import AutoField, CharField, ForeignKeyField, TextField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.market.actor import because
from models.market.closing import Closing, ReasonMissing
from models.market.market_day import MarketDay

Thing = tuple[str, str, str]  # (market_day, stop, booth or vacancy; its number; the field)


class Amendment(BaseModel):
    """One field of a closed day's set-up that was changed. ``thing`` is market_day, stop, booth or vacancy."""

    id: "AutoField[int]"
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    at = InstantField(default=utcnow)
    who = CharField()
    reason = TextField()
    thing = CharField(max_length=16)
    number = CharField(max_length=8)
    field = CharField(max_length=32)
    old = TextField()
    new = TextField()

    @classmethod
    def since(cls, market_day: MarketDay, after: datetime, until: datetime | None = None) -> "list[Amendment]":
        """Return what was amended after one closing, and before the next if there is one, the first one first."""
        when = (cls.market_day == market_day) & (cls.at > after)
        if until:
            when &= cls.at <= until
        return list(cls.select().where(when).order_by(cls.id))


@contextmanager
def amending(day: MarketDay, who: str, reason: str) -> Iterator[None]:
    """Make changes of a market day's set-up inside this block; of a closed day they are noted with the reason.

    Raises ReasonMissing, and takes the changes back, when the day is closed, something changed and there is no reason.
    """
    with writing():
        before = _set_up(day) if Closing.latest(day) else None
        with nullcontext() if before is None else because(reason):
            yield
        if before is None:
            return
        changes = _changes(before, _set_up(day))
        if changes and not reason:
            raise ReasonMissing
        for thing, number, field, old, new in changes:
            Amendment.create(
                market_day=day, who=who, reason=reason, thing=thing, number=number, field=field, old=old, new=new
            )


def _set_up(day: MarketDay) -> dict[Thing, str]:
    """Return what a sheet says of the set-up, as texts. Costs four queries."""
    found: dict[Thing, str] = {}
    for table, (sql, names) in _SAID.items():
        for row in fetch(sql, (day.id,)):
            values = dict(zip(names, row, strict=True))
            name = str(values.pop("number", ""))
            found |= {(table, name, field): "" if v is None else str(v) for field, v in values.items()}
    return found


_SAID = {
    "market_day": (
        "SELECT t.name, d.date, d.opens_at, d.closes_at, d.venue, d.place, COALESCE(c.name, ''), d.cancelled_why,"
        " d.event_type, d.event_class, d.level, d.hosts, d.co_organisers, d.employers_online, d.viewers"
        " FROM market_day AS d JOIN division AS t ON t.code = d.town_id"
        " LEFT JOIN campaign AS c ON c.id = d.campaign_id WHERE d.id = ?",
        (
            "town", "date", "opens_at", "closes_at", "venue", "place", "campaign", "cancelled_why", "event_type",
            "event_class", "level", "hosts", "co_organisers", "employers_online", "viewers",
        ),
    ),
    "stop": (
        "SELECT number, place, starts_at, ends_at FROM stop WHERE market_day_id = ?",
        ("number", "place", "starts_at", "ends_at"),
    ),
    "booth": (
        "SELECT b.number, b.name, b.kind, e.name, CASE WHEN b.expects_tablet THEN 'yes' ELSE 'no' END FROM booth AS b"
        " LEFT JOIN employer AS e ON e.id = b.employer_id WHERE b.market_day_id = ? AND b.kind <> 'round'",
        ("number", "name", "kind", "employer", "expects_tablet"),
    ),
    "vacancy": (
        "SELECT v.number, v.title, v.trade, v.openings, b.number FROM offer AS o"
        " JOIN vacancy AS v ON v.id = o.vacancy_id JOIN booth AS b ON b.id = o.booth_id WHERE o.market_day_id = ?",
        ("number", "title", "trade", "openings", "booth"),
    ),
}  # fmt: skip


def _changes(before: dict[Thing, str], after: dict[Thing, str]) -> list[tuple[str, str, str, str, str]]:
    """Return ``(thing, number, field, old, new)``; what was not there before, or is gone, is empty."""
    return [
        (*key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys((*before, *after))
        if before.get(key, "") != after.get(key, "")
    ]
