"""Papers of one person: the letter that introduces them to an employer, and slips of a market day to take home."""

from flask import Blueprint, Response, abort

from models.desk.record import ties_of
from models.market.market_day import MarketDay
from models.market.service_point import ServicePoint
from models.printing.referral_letter import referral_letter, referral_of
from models.printing.thermal_slip import receipt_slip
from models.vocabulary.code_list import EXITS, STAGES
from routes.office.market_dates import today_in
from routes.office.paper_words import WORDS
from routes.office.people import find_person
from routes.web.access import audit, county, note_reading, reads
from routes.web.pages import render_page

bp = Blueprint("person_letters", __name__, url_prefix="/organiser/people/<person>")


@bp.get("/letters/<int:market_day_id>/<vacancy_number>")
@reads
def show(person: str, market_day_id: int, vacancy_number: str) -> Response:
    """Show the letter that introduces somebody for a vacancy, with its return slip.

    404 unless they were introduced for it and may be. That it was read and printed is noted.
    """
    found = find_person(person)
    referral = referral_of(found, market_day_id, vacancy_number) or abort(404)
    note_reading("referral letter", 1, found)
    audit("print", f"referral letter for {referral.vacancy.number}", rows=1, about=found)
    return _shown("letter", [referral_letter(county(), referral, today_in(county()), WORDS)], found.id)


@bp.get("/receipts/<int:market_day_id>/<any('58', '80'):paper>")
@reads
def receipt(person: str, market_day_id: int, paper: str) -> Response:
    """Show what somebody takes home from a market day, for a narrow printer: without a name."""
    found = find_person(person)
    ties = [tie for tie in ties_of(found) if tie.day.id == market_day_id]
    day = MarketDay.get_or_none(id=market_day_id, county=county())
    if day is None or found.is_frozen or not (ties or any(one.market_day.id == day.id for one in found.registrations)):
        abort(404)
    audit("print", f"receipt of market day {day.id}", rows=1, about=found)
    words = STAGES | EXITS
    said = [(tie.title, tie.employer, WORDS.gettext(words.get(tie.stage, tie.stage))) for tie in ties]
    home = " ".join(found.homes().values())
    point = ServicePoint.nearest(day.county_id, home, day.town_name)
    return _shown("receipt", [receipt_slip(day, found.passes, said, point, paper, WORDS)], found.id)


def _shown(what: str, sheets: list, person: str) -> Response:
    answer = render_page("office/people/paper.html", what=what, sheets=sheets, person=person)
    answer.headers["Cache-Control"] = "no-store"
    return answer
