"""Vacancies: a kind of work that a booth wants people for, and its closures."""

import secrets

from peewee import JOIN, AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import check_digit
from models.base.lists import listed
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.employer import Employer
from models.market.market_day import MarketDay


class Vacancy(Audited):
    """A kind of work. ``number`` (7 digits) is what posters and operations name it by."""

    within = "booth"
    unnoted = frozenset({"closed"})

    id: "AutoField[int]"
    booth_id: int
    number = CharField(max_length=7, unique=True)
    booth = ForeignKeyField(Booth, backref="vacancies", on_delete="CASCADE")
    title = CharField()
    trade = CharField(max_length=32)
    openings = IntegerField()
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

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.number} {self.title}"

    @property
    def benefit_list(self) -> list[str]:
        """The benefits as separate words."""
        return listed(self.benefits)

    @classmethod
    def free_number(cls) -> str:
        """Return a vacancy number that nobody has."""
        while True:
            payload = f"{secrets.randbelow(900_000) + 100_000}"
            number = payload + check_digit.check_digit(payload)
            if not cls.select().where(cls.number == number).exists():
                return number


def vacancies_of(day: MarketDay | int) -> list[Vacancy]:
    """Return a market day's vacancies with their booths and employers, by booth. One query."""
    return list(
        Vacancy.select(Vacancy, Booth, Employer)
        .join(Booth)
        .join(Employer, JOIN.LEFT_OUTER)
        .where(Booth.market_day == day)
        .order_by(Booth.number, Vacancy.id)
    )


def places_left(openings: int, hired: int) -> int:
    """Return how many places of a vacancy are left, as a hint: a tablet may know of more hires."""
    return max(0, openings - hired)


def vacancy_state(closed: bool, openings: int, hired: int) -> str:
    """Return ``closed`` after a closure, ``full`` without a place left, or ``open``."""
    return "closed" if closed else "open" if places_left(openings, hired) else "full"
