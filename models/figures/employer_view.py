"""The employer's view: what an employer sees by its link, its vacancies and the figures of its booths on the day."""

from datetime import date
from typing import NamedTuple

from models.base.database import reading
from models.figures.attendance import attendance
from models.figures.season import CLOSED, SeasonRow, season_of, season_rows
from models.figures.shapes import BoothShape, VacancyShape
from models.market.booth import Booth, stands_of
from models.market.employer_link import EmployerLink
from models.market.offer import Offer, select_offers
from models.market.vacancy import Vacancy


class OwnFigures(NamedTuple):
    """What an employer's booths counted on the market day of its link, and its vacancies there."""

    booths: list[BoothShape]
    vacancies: list[VacancyShape]


def vacancies_of(link: EmployerLink, today: date) -> list[SeasonRow]:
    """Return the vacancies that a link opens: those its market day offers at the own booths, or all not closed."""
    if link.market_day_id is None:
        return [row for row in season_of(link.employer, today) if row.state != CLOSED]
    return season_rows(_offered(link), today)


def vacancy_of(link: EmployerLink, number: str, today: date) -> SeasonRow | None:
    """Return one of the vacancies that a link opens, or None."""
    return next((row for row in vacancies_of(link, today) if row.vacancy.number == number), None)


def figures_of(link: EmployerLink) -> OwnFigures | None:
    """Return the figures of the employer's own booths on the link's market day; None of one for the season."""
    day = link.market_day
    if day is None:
        return None
    with reading():
        booths = stands_of(day)
        found = attendance(day, booths)
    own = {booth.number for booth in booths if booth.employer_id == link.employer_id}
    numbers = {vacancy.number for vacancy in _offered(link)}
    return OwnFigures(
        [booth for booth in found["booths"] if booth["booth"] in own],
        [vacancy for vacancy in found["vacancies"] if vacancy["number"] in numbers],
    )


def _offered(link: EmployerLink) -> list[Vacancy]:
    own = (Booth.employer == link.employer_id) & (Vacancy.employer == link.employer_id)
    return [offer.vacancy for offer in select_offers().where(Offer.market_day == link.market_day_id, own)]
