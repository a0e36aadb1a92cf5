"""Vacancies as an organiser compares them: what each asks, who came for it, and what is left."""

from typing import NamedTuple

from peewee import JOIN

from models.derived.check_in import CheckIn
from models.market.booth import Booth
from models.market.employer import Employer
from models.market.market_day import MarketDay
from models.market.vacancy import PAY_UNITS, Vacancy
from routes.office.day_rows import check_ins_by


class VacancyRow(NamedTuple):
    """A vacancy of a market day with the figures that an organiser looks for."""

    vacancy: Vacancy
    check_ins: int
    hired: int

    @property
    def remaining(self) -> int:
        """How many places are left, as a hint: a tablet may know better."""
        return max(0, self.vacancy.openings - self.hired)

    @property
    def state(self) -> str:
        """The badge that says whether people can still be tied to it."""
        return "closed" if self.vacancy.closed else "open" if self.remaining else "full"

    @property
    def pay_rank(self) -> tuple[int, int] | None:
        """What it is sorted by: pay by the month among its like, by the day among its like."""
        least = self.vacancy.pay_min_fen
        return None if least is None else (-PAY_UNITS.index(self.vacancy.pay_unit), least)


def vacancy_rows(day: MarketDay) -> list[VacancyRow]:
    """Return a market day's vacancies by booth, in two queries however many there are."""
    vacancies = (
        Vacancy.select(Vacancy, Booth, Employer)
        .join(Booth)
        .join(Employer, JOIN.LEFT_OUTER)
        .where(Booth.market_day == day)
        .order_by(Booth.number, Vacancy.id)
    )
    tied = check_ins_by(CheckIn.vacancy, day)
    return [VacancyRow(vacancy, *tied.get(vacancy.number, (0, 0))) for vacancy in vacancies]
