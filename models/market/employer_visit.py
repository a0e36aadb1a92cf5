"""Visits to employers: when somebody of the office went, whom they met, what was needed, and when they go again."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, TextField

from models.market.audited import Audited
from models.market.employer import Employer


class EmployerVisit(Audited):
    """One visit of the office to an employer."""

    within = "employer"

    id: "AutoField[int]"
    employer_id: int
    employer = ForeignKeyField(Employer, backref="office_visits", on_delete="CASCADE")
    day = DateField()
    went = CharField()
    met = CharField(default="")
    needs = TextField(default="")
    next_day = DateField(null=True)
    noted_by = CharField(default="")

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.day} {self.employer.name}"

    @classmethod
    def of(cls, employer: Employer) -> "list[EmployerVisit]":
        """Return the visits to an employer, the latest first."""
        return list(cls.select().where(cls.employer == employer).order_by(cls.day.desc(), cls.id.desc()))
