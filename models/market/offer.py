"""Offers: a vacancy at a booth on a market day. The number, the text and the places are the vacancy's own."""

from collections.abc import Collection, Iterable
from typing import Any

from peewee import JOIN, AutoField, ForeignKeyField, ModelSelect

from models.base.database import fetch_in, writing
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.day_labour import good_on, has_ended
from models.market.employer import Employer
from models.market.exemption import stopped
from models.market.market_day import MarketDay
from models.market.vacancy import Vacancy


class Offer(Audited):
    """A vacancy at one booth on one market day; on a day it stands at one booth only."""

    within = "market_day"

    id: "AutoField[int]"
    vacancy_id: int
    booth_id: int
    market_day_id: int
    vacancy = ForeignKeyField(Vacancy, backref="offers", on_delete="CASCADE")
    booth = ForeignKeyField(Booth, backref="offers", on_delete="CASCADE")
    market_day = ForeignKeyField(MarketDay, backref="offers", on_delete="CASCADE", index=False)

    class Meta:
        indexes = ((("market_day", "vacancy"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.vacancy.noted_as()

    @classmethod
    def of(cls, vacancy: Vacancy, booth: Booth) -> "Offer":
        """Store that a vacancy is offered at a booth. Raises IntegrityError when its market day has it already."""
        return cls.create(vacancy=vacancy, booth=booth, market_day=booth.market_day_id)

    @property
    def employer_name(self) -> str:
        """Whose vacancy it is, as people at the booth read it."""
        return self.vacancy.employer.name if self.vacancy.employer else self.booth.name


def new_vacancy(booth: Booth, **fields: Any) -> Vacancy:
    """Store a new vacancy of a booth's employer, with a number of its own unless one is given, and offer it there."""
    with writing():
        own = {"county": booth.market_day.county_id, "employer": booth.employer_id, "number": Vacancy.free_number()}
        vacancy = Vacancy.create(**own | fields)
        Offer.of(vacancy, booth)
    return vacancy


def offer_of(booth: Booth, number: str) -> Offer | None:
    """Return what a booth offers under a vacancy's number, or None."""
    return select_offers().where(Offer.booth == booth, Vacancy.number == number).first()


def offers_of(day: MarketDay | int) -> list[Offer]:
    """Return a market day's offers with their vacancies, booths and employers, by booth. One query."""
    return list(select_offers().where(Offer.market_day == day))


def select_offers() -> "ModelSelect[Any]":
    """Return the query for offers with what belongs to them, by booth."""
    return (
        Offer.select(Offer, Vacancy, Employer, Booth)
        .join(Vacancy)
        .join(Employer, JOIN.LEFT_OUTER)
        .switch(Offer)
        .join(Booth)
        .order_by(Booth.number, Vacancy.id)
    )


def days_of(numbers: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return ``{vacancy's number: [(market day, booth's number)]}``, the days on which these vacancies are offered."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, day, booth in fetch_in(
        "SELECT v.number, o.market_day_id, b.number FROM vacancy AS v JOIN offer AS o ON o.vacancy_id = v.id"
        " JOIN booth AS b ON b.id = o.booth_id WHERE v.number IN (??)",
        set(numbers),
    ):
        found.setdefault(number, []).append((day, booth))
    return found


def offered_beyond(vacancies: Iterable[int], towns: Collection[str]) -> set[int]:
    """Return which of these vacancies (their ids) a market day of a town other than these (their codes) offers too."""
    rows = Offer.select(Offer.vacancy).join(MarketDay, on=Offer.market_day)
    found = rows.where(Offer.vacancy.in_(list(vacancies)), MarketDay.town.not_in(list(towns)))
    return {row.vacancy_id for row in found}


def open_offers(day: MarketDay) -> list[Offer]:
    """Return what is offered on a market day, but closed vacancies and day labour of a date before: what is printed."""
    return [one for one in offers_of(day) if not one.vacancy.closed and not has_ended(one.vacancy, day.date)]


def to_offer(booth: Booth) -> list[Vacancy]:
    """Return the vacancies of a booth's employer that are open, still good and not offered on its market day yet.

    A draft is not among them: it is offered once somebody checked it with the employer. Nor is one that a check stops.
    """
    if booth.employer_id is None:
        return []
    day = booth.market_day
    offered = Offer.select(Offer.vacancy).where(Offer.market_day == day)
    is_open = ~Vacancy.closed & ~Vacancy.draft & good_on(day.date)
    found = Vacancy.select().where(Vacancy.employer == booth.employer_id, is_open)
    vacancies = list(found.where(Vacancy.id.not_in(offered)).order_by(Vacancy.id))
    held_back = stopped(vacancies)
    return [vacancy for vacancy in vacancies if vacancy.id not in held_back]

