"""Vacancies: a kind of work that an employer wants people for, with one number and one count of places for the season.

On which market days it is offered, and at which booths, is an offer's matter (offer.py).
"""

import secrets
from typing import Any

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField, ModelSelect, TextField

from models.base import check_digit
from models.base.clock import utcnow
from models.base.database import InstantField, fetch, fetch_in
from models.base.lists import ListField, listed
from models.market.audited import Audited
from models.market.county import County
from models.market.division import Division
from models.market.employer import Employer
from models.market.employer_visit import EmployerVisit


class Vacancy(Audited):
    """A kind of work. ``number`` (7 digits) is what posters and operations name it by, on every market day."""

    unnoted = frozenset({"closed"})

    id: "AutoField[int]"
    county_id: int
    employer_id: int | None
    work_division_id: str | None
    visit_id: int | None
    offers: "ModelSelect[Any]"
    number = CharField(max_length=7, unique=True)
    county = ForeignKeyField(County, backref="vacancies", on_delete="CASCADE")
    employer = ForeignKeyField(Employer, null=True, backref="vacancies", on_delete="SET NULL")
    title = CharField()
    trade = CharField(max_length=32)
    openings = IntegerField()  # people wanted in all, over the season
    duties = TextField(default="")
    place = CharField(default="")
    pay_min_fen = IntegerField(null=True)
    pay_max_fen = IntegerField(null=True)
    pay_unit = CharField(max_length=8, default="month")
    work_kind = CharField(max_length=16, default="full_time")
    hours = CharField(default="")
    benefits = CharField(default="")  # short words with commas, as typed
    requirements = TextField(default="")
    bring = CharField(default="")  # what to bring along
    adults_only = BooleanField(default=False)  # not for 16 and 17 year-olds
    valid_until = DateField(null=True)
    closed = BooleanField(default=False)  # derived: what the latest closure says
    industry = CharField(max_length=2, default="")  # section of GB/T 4754
    work_date = DateField(null=True)  # of day labour
    pay_includes = CharField(default="")
    pay_day = CharField(default="")
    shift = CharField(max_length=16, default="")
    insurance = CharField(default="")
    contract = CharField(default="")  # kind and term
    probation = CharField(default="")  # how long, at which pay
    hazard = CharField(default="")  # what may harm, and what protects
    starts = CharField(default="")
    work_division = ForeignKeyField(Division, null=True, on_delete="SET NULL")
    urgent = BooleanField(default=False)
    cluster = CharField(default="")  # the industrial cluster that is short of people
    suits = ListField(default=())  # of code_list.SUITS
    eligibility = CharField(default="")  # who may have a public-welfare post, and for how long
    origin = CharField(max_length=16, default="local")
    partner = CharField(default="")  # the service of another region that handed it on
    source = CharField(max_length=16, default="direct")
    verified_at = InstantField(null=True)  # when somebody last asked the employer whether it still holds
    verified_by = CharField(default="")
    draft = BooleanField(default=False)  # offered on no market day until it was checked with the employer
    visit = ForeignKeyField(EmployerVisit, null=True, backref="vacancies", on_delete="SET NULL")  # where it was noted
    transport = CharField(default="")  # how people get to the work
    true_employer = CharField(default="")  # of an agency's vacancy: whose work it is

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.number} {self.title}"

    @property
    def benefit_list(self) -> list[str]:
        """The benefits as separate words."""
        return listed(self.benefits)

    def verify(self, who: str) -> None:
        """Note that somebody asked the employer just now, and the vacancy holds. It is a draft no more."""
        self.verified_at, self.verified_by, self.draft = utcnow(), who, False
        self.save(only=[Vacancy.verified_at, Vacancy.verified_by, Vacancy.draft])

    @classmethod
    def is_of(cls, county: County, number: str) -> bool:
        """Say whether a county has a vacancy with this number."""
        return cls.find("SELECT * FROM vacancy WHERE number = ? AND county_id = ?", number, county.id) is not None

    @classmethod
    def free_number(cls) -> str:
        """Return a vacancy number that nobody has."""
        return cls.free_numbers(1)[0]

    @classmethod
    def free_numbers(cls, count: int) -> list[str]:
        """Return so many vacancy numbers that nobody has. One query for 500 of them."""
        found: set[str] = set()
        while len(found) < count:
            payloads = {f"{secrets.randbelow(900_000) + 100_000}" for _ in range(count - len(found))}
            numbers = {payload + check_digit.check_digit(payload) for payload in payloads}
            found |= numbers - {number for (number,) in fetch_in(
                "SELECT number FROM vacancy WHERE number IN (??)", numbers
            )}  # fmt: skip
        return list(found)


def keys_of(county: County) -> list[tuple[int, int | None, str, str, str]]:
    """Return ``(id, employer, title, place, form of work)`` of a county's vacancies that are not closed, by age."""
    sql = "SELECT id, employer_id, title, place, work_kind FROM vacancy WHERE county_id = ? AND closed = ? ORDER BY id"
    return fetch(sql, (county.id, False))


def places_left(openings: int, hired: int) -> int:
    """Return how many places of a vacancy are left, as a hint: a tablet may know of more hires."""
    return max(0, openings - hired)


def vacancy_state(closed: bool, openings: int, hired: int) -> str:
    """Return ``closed`` after a closure, ``full`` without a place left, or ``open``."""
    return "closed" if closed else "open" if places_left(openings, hired) else "full"
