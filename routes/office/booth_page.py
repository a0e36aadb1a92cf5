"""The booth's page: its vacancies, operators and tablets, and the fragments forms on it swap."""

from collections.abc import Iterable

from flask import Response, abort

from models.figures.overview import vacancy_rows
from models.market.booth import Booth
from models.market.exemption import stopped
from models.market.offer import Offer, offer_of, offered_beyond, to_offer
from models.market.pay import pay_range
from models.market.vacancy import Vacancy
from models.surveys.survey_round import round_at
from models.vocabulary.code_list import TALLY_TOPICS
from routes.office.device_rows import device_options
from routes.office.operator_rows import staff_of
from routes.office.tablet_rows import PACE, tablet_rows
from routes.web.access import towns
from routes.web.forms import Form
from routes.web.pages import render_page


def booth_page(
    booth: Booth, block: str | None = None, status: int = 200, form: Form | None = None,
    assigning: Form | None = None,
) -> Response:
    """Render a booth's page, or one block of it (``vacancies`` or ``operators``).

    ``form`` is an operator's form with errors, ``assigning`` one that gives the booth a device; each may be empty.
    """
    rows = vacancy_rows(booth.market_day, booth)
    operators, people = staff_of(booth)
    return render_page(
        "office/booths/show.html",
        block=block,
        status=status,
        day=booth.market_day,
        booth=booth,
        of_survey=round_at(booth),
        vacancies=rows,
        fixed=beyond_own_towns(row.vacancy.id for row in rows),
        to_offer=to_offer(booth),
        held_back=stopped(row.vacancy for row in rows),
        operators=operators,
        people=people,
        tablets=tablet_rows(booth.market_day, booth),
        pace=PACE,
        devices=device_options(booth.market_day),
        assigning=assigning or Form(),
        form=form or Form(),
        pay_range=pay_range,
        topics=TALLY_TOPICS,
    )


def beyond_own_towns(vacancies: Iterable[int]) -> set[int]:
    """Return which vacancies (their ids) a town clerk may not change: market days of other towns offer them too."""
    own = towns()
    return set() if own is None else offered_beyond(vacancies, own)


def find_vacancy(booth: Booth, number: str) -> Vacancy:
    """Return a vacancy of a booth that the asker may change, or 404; 403 for one that other towns offer too."""
    vacancy: Vacancy = find_offer(booth, number).vacancy
    return abort(403) if beyond_own_towns([vacancy.id]) else vacancy


def find_offer(booth: Booth, number: str) -> Offer:
    """Return the offer of a vacancy at a booth that was found for the asker, or 404."""
    return offer_of(booth, number) or abort(404)
