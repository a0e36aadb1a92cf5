"""Incidents: a tablet that is lost, what of people it could hold, and who did which step when.

What it could hold is counted when the loss is noted, and stays as it was then. No person is named.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import AutoField, CharField, CompositeKey, ForeignKeyField, IntegerField, fn

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.base.json_field import JsonField
from models.market.county import County
from models.market.device import Device
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.vocabulary.incident import HOURS, STEPS

LOOKED_BACK = timedelta(days=7)  # a tablet's earlier market days: what it knew of them is deleted there by then


class Incident(BaseModel):
    """A lost tablet. ``number`` counts within the county; ``holds`` is ``{what: how many}`` (``counted``)."""

    id: "AutoField[int]"
    device_id: int
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    number = IntegerField()
    device = ForeignKeyField(Device, on_delete="CASCADE")
    known_at = InstantField()
    how = CharField(max_length=200)
    who = CharField(max_length=64)
    holds = JsonField()
    closed_at = InstantField(null=True)
    closed_by = CharField(max_length=64, default="")

    class Meta:
        indexes = ((("county", "number"), True),)

    @classmethod
    def of(cls, county: County) -> "list[Incident]":
        """Return a county's incidents, the latest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.id.desc()))

    def steps(self) -> "list[Step]":
        """Return the steps in their order, each with its end and what was done."""
        done = {one.step: one for one in IncidentStep.select().where(IncidentStep.incident == self)}
        return [Step(step, self.known_at + timedelta(hours=HOURS[step]), done.get(step)) for step in STEPS]

    def next_step(self) -> "Step | None":
        """Return the open step that ends first, or None when all are done."""
        return min((one for one in self.steps() if one.done is None), key=lambda one: one.due, default=None)


class IncidentStep(BaseModel):
    """That somebody did a step, and what there is to say about it."""

    incident = ForeignKeyField(Incident, on_delete="CASCADE", index=False)
    step = CharField(max_length=16)
    at = InstantField(default=utcnow)
    who = CharField(max_length=64)
    note = CharField(max_length=200, default="")

    class Meta:
        primary_key = CompositeKey("incident", "step")


@dataclass(frozen=True)
class Step:
    """A step with the moment until which it is to be done; ``done`` is None while it is not."""

    step: str
    due: datetime
    done: IncidentStep | None


def report(device: Device, known_at: datetime, how: str, who: str) -> Incident:
    """Store that a tablet is lost, with what it could hold."""
    with writing():
        last = Incident.select(fn.MAX(Incident.number)).where(Incident.county == device.county_id).scalar()
        return Incident.create(
            county=device.county_id, number=int(last or 0) + 1, device=device, known_at=known_at, how=how, who=who,
            holds=counted(device, known_at),
        )  # fmt: skip


def do(incident: Incident, step: str, who: str, note: str) -> None:
    """Store that a step is done, and close the incident with the last one. What was said first stays."""
    with writing():
        row = {"incident": incident, "step": step, "at": utcnow(), "who": who, "note": note}
        IncidentStep.insert(**row).on_conflict_ignore().execute()
        if incident.closed_at is None and incident.next_step() is None:
            incident.closed_at, incident.closed_by = utcnow(), who
            incident.save(only=[Incident.closed_at, Incident.closed_by])


def tablets_of(device: Device, known_at: datetime) -> list[Tablet]:
    """Return where a device was when it was lost and in the days before, the latest first; at least its last place."""
    found = Tablet.select(Tablet, Log, MarketDay).join(Log).join(MarketDay).where(Tablet.device == device)
    tablets = list(found.order_by(MarketDay.date.desc(), Tablet.log.desc()))
    since = known_at.date() - LOOKED_BACK
    return [one for one in tablets if one.market_day.date >= since] or tablets[:1]


def counted(device: Device, known_at: datetime) -> dict[str, int]:
    """Count what of people a device could hold, by what; ``unsent`` is what it said last that it had not sent."""
    counts = dict.fromkeys(("names", "surveyed", "phones", "ties", "operators", "unsent"), 0)
    tablets = tablets_of(device, known_at)
    for day, booth in {(one.market_day_id, one.booth_id) for one in tablets}:
        for what, sql in _AT_A_BOOTH.items():
            counts[what] += fetch(sql, (day, booth))[0][0]
    for tablet in tablets:
        counts["phones"] += fetch(_PHONES, (tablet.id, tablet.market_day_id))[0][0]
        counts["unsent"] += tablet.unsent or 0
    return counts


_AT_A_BOOTH = {
    "names": "SELECT COUNT(*) FROM change AS c JOIN booth AS b ON b.market_day_id = c.market_day_id"
    " AND b.number = c.booth JOIN candidate AS k ON k.id = c.key"
    " WHERE c.kind = 'candidate' AND c.market_day_id = ? AND b.id = ?",
    "surveyed": "SELECT COUNT(*) FROM change AS c JOIN booth AS b ON b.market_day_id = c.market_day_id"
    " AND b.number = c.booth JOIN survey_person AS p ON p.id = c.key"
    " WHERE c.kind = 'survey_person' AND p.name <> '' AND c.market_day_id = ? AND b.id = ?",
    "ties": "SELECT COUNT(*) FROM change AS c JOIN booth AS b ON b.market_day_id = c.market_day_id"
    " AND b.number = c.booth WHERE c.kind = 'check_in' AND c.market_day_id = ? AND b.id = ?",
    "operators": "SELECT COUNT(*) FROM duty AS d JOIN booth AS b ON b.id = d.booth_id"
    " WHERE b.market_day_id = ? AND b.id = ?",
}  # fmt: skip
# Sealed on the tablet that registered them, until they were sent.
_PHONES = "SELECT COUNT(*) FROM candidate WHERE tablet_id = ? AND market_day_id = ? AND phone IS NOT NULL"
