"""Complaints: who complained about what, until when an answer is due, what was done, and what came of it.

Interim Regulations on Human Resources Markets, article 29. Name, phone and what was written go when the ledger's period
is over, or are taken out when the person is deleted; that there was a complaint, about whom and how it ended, stays.
"""

from collections.abc import Collection
from datetime import date

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    TextField,
    fn,
)

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, execute_many, fetch, fetch_in, writing
from models.log.shortened import SOMEBODY
from models.market.county import County
from models.market.employer import Employer


class Complaint(BaseModel):
    """One complaint. ``number`` counts within the county; ``candidate`` is a registration of theirs, if it is known.

    ``outcome`` is empty and ``closed_on`` None while it is open.
    """

    id: "AutoField[int]"
    county_id: int
    employer_id: int | None
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    number = IntegerField()
    received_on = DateField()
    due_on = DateField()
    channel = CharField(max_length=16)
    topic = CharField(max_length=16)
    employer = ForeignKeyField(Employer, null=True, on_delete="SET NULL")
    vacancy = CharField(max_length=7, default="")
    desk = CharField(max_length=60, default="")
    candidate = CharField(max_length=36, null=True, index=True)
    name = CharField(max_length=100, default="")
    phone = CharField(max_length=32, default="", index=True)
    text = TextField()
    who = CharField(max_length=64)
    outcome = CharField(max_length=16, default="")
    closed_on = DateField(null=True)
    is_cleared = BooleanField(default=False)

    class Meta:
        indexes = ((("county", "number"), True),)

    @classmethod
    def of(cls, county: County) -> "list[Complaint]":
        """Return a county's complaints: the open ones by their end, then the others, the latest first."""
        found = list(cls.select().where(cls.county == county).order_by(cls.number.desc()))
        still = sorted((one for one in found if one.closed_on is None), key=lambda one: one.due_on)
        return still + [one for one in found if one.closed_on is not None]

    def is_late(self, today: date) -> bool:
        """Say whether its answer is overdue."""
        return self.closed_on is None and today > self.due_on

    def steps(self) -> "list[ComplaintStep]":
        """Return what was done, the first first."""
        return list(ComplaintStep.select().where(ComplaintStep.complaint == self).order_by(ComplaintStep.id))

    def named_in_log(self) -> dict[str, str]:
        """Return how an entry of the audit log names it: by its number, never by who complained."""
        return {"thing": "complaint", "thing_id": str(self.id), "name": str(self.number)}


class ComplaintStep(BaseModel):
    """Something that was done about a complaint, and by whom."""

    id: "AutoField[int]"
    complaint = ForeignKeyField(Complaint, on_delete="CASCADE")
    at = InstantField(default=utcnow)
    who = CharField(max_length=64)
    text = TextField()


def receive(county: County, who: str, **fields: object) -> Complaint:
    """Store a complaint with the county's next number."""
    with writing():
        last = Complaint.select(fn.MAX(Complaint.number)).where(Complaint.county == county).scalar()
        return Complaint.create(county=county, number=int(last or 0) + 1, who=who, **fields)


def go_on(complaint: Complaint, text: str, who: str, outcome: str, today: date) -> None:
    """Store a step; with an outcome, that it ended there. What ended can be taken up again by a step without one."""
    with writing():
        ComplaintStep.create(complaint=complaint, who=who, text=text)
        complaint.outcome, complaint.closed_on = outcome, today if outcome else None
        complaint.save(only=[Complaint.outcome, Complaint.closed_on])


def late_complaints(county: County, today: date) -> int:
    """Return how many answers are overdue."""
    late = Complaint.select().where(Complaint.county == county, Complaint.closed_on.is_null())
    return int(late.where(Complaint.due_on < today).count())


def clear_complaints(candidates: Collection[str], names: Collection[str], phones: Collection[str]) -> int:
    """Take deleted people out of complaints: their name, phone and id, and their names in what was written."""
    columns = "SELECT id, text FROM complaint WHERE"
    found = dict(fetch_in(f"{columns} candidate IN (??)", candidates))
    found |= dict(fetch_in(f"{columns} phone IN (??)", phones))
    steps = fetch_in("SELECT id, text FROM complaint_step WHERE complaint_id IN (??)", found)
    words = sorted({*names, *phones}, key=len, reverse=True)
    sql = "UPDATE complaint SET candidate = NULL, name = '', phone = '', text = ? WHERE id = ?"
    execute_many(sql, [(_without(text, words), id) for id, text in found.items()])
    execute_many("UPDATE complaint_step SET text = ? WHERE id = ?", [(_without(text, words), id) for id, text in steps])
    return len(found)


def empty_complaints(ids: Collection[int]) -> None:
    """Take out of complaints all that could name somebody: their period is over."""
    sql = "UPDATE complaint SET candidate = NULL, name = '', phone = '', text = '', is_cleared = TRUE WHERE id = ?"
    execute_many(sql, [(id,) for id in ids])
    execute_many("UPDATE complaint_step SET text = '' WHERE complaint_id = ?", [(id,) for id in ids])


def old_complaints(county: County, before: date) -> list[int]:
    """Return complaints that ended before a date and still say who complained."""
    sql = "SELECT id FROM complaint WHERE county_id = ? AND closed_on < ? AND NOT is_cleared"
    return [id for (id,) in fetch(sql, (county.id, before))]


def _without(text: str, words: Collection[str]) -> str:
    for word in words:
        text = text.replace(word, SOMEBODY)
    return text
