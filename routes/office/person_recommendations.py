"""Recommendations for a person: what fits on a coming market day, with points and grounds; a person decides."""

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.desk.act import days_for_pass
from models.desk.record import ties_of
from models.market.pay import pay_range
from models.phone.fitting import fitting, wish_of
from models.phone.notice import day_notice
from models.phone.wishes import Wishes
from models.vocabulary.code_list import PLACES, WORK_KINDS
from models.vocabulary.matching import GROUNDS, OBSTACLES, PARTS
from models.vocabulary.trade import TRADES
from routes.office.people import find_person
from routes.web.access import note_reading, reads
from routes.web.pages import render_page

bp = Blueprint("person_recommendations", __name__, url_prefix="/organiser/people/<person>/recommendations")


@bp.get("")
@reads
def index(person: str) -> Response:
    """Show what fits a person on a coming market day, and why. That it was read is noted.

    Query: ``day`` (its id; without it the next one). 404 for somebody who is not registered or is frozen.
    """
    found = find_person(person)
    if not found.registrations or found.is_frozen:
        abort(404)
    note_reading("recommendations", 1, found)
    days = days_for_pass(found, utcnow())
    chosen = next((day for day in days if str(day.id) == request.args.get("day")), days[0] if days else None)
    last = found.registrations[-1]
    wished, notice = Wishes.of(str(last.id)), day_notice(chosen.id) if chosen else None
    tied = {tie.vacancy for tie in ties_of(found)}
    fits = fitting(wish_of(last.birth_year, notice, wished), notice, found.id, tied) if notice else None
    answer = render_page(
        "office/people/recommendations.html", person=found, days=days, chosen=chosen, found=fits,
        looked_for=_looked_for(wished), grounds=GROUNDS, obstacles=OBSTACLES, parts=PARTS, trades=TRADES, places=PLACES,
        pay_range=pay_range,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _looked_for(wished: Wishes) -> list[str]:
    """Return what somebody said that they look for, in the reader's words."""
    # A tablet of another release may have sent codes that are not known here.
    asked = ((TRADES, wished.trades), (WORK_KINDS, wished.work_kinds), (PLACES, (wished.wanted_place,)))
    said = [_(words[code]) if code in words else code for words, codes in asked for code in codes if code]
    least = (wished.wanted_pay_min_fen or 0) // 100
    return said + ([_("at least %(yuan)s yuan a month", yuan=least)] if least else [])
