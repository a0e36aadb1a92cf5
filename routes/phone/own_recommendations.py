"""Own recommendations: vacancies that fit a candidate on the coming market day, each with what speaks for it."""

from flask import Blueprint, Response

from models.phone.fitting import fitting, wish_of
from models.phone.notice import DayNotice, day_notice, following_day, is_over
from models.phone.own_page import OwnPage
from models.phone.wishes import Wishes
from models.vocabulary.code_list import PLACES
from models.vocabulary.matching import GROUNDS, OBSTACLES
from models.vocabulary.trade import TRADES
from routes.phone import page
from routes.phone.me import found

bp = Blueprint("own_recommendations", __name__)
bp.register_error_handler(404, page.not_found)


@bp.get("/me/<token>/recommendations")
def index(token: str) -> Response:
    """Show at most five vacancies of the coming market day, what was left out and why. 404 for nobody's address.

    Those to which the candidate has checked in are not among them.
    """
    candidate = found(token)
    day = _coming(candidate)
    wished = Wishes.of(candidate.candidate)
    tied = {check_in.vacancy.number for check_in in candidate.check_ins()}
    fits = fitting(wish_of(candidate.birth_year, day, wished), day, candidate.person, tied) if day else None
    return page.page(
        "recommendations.html", token=token, day=day, found=fits, wished=wished, grounds=GROUNDS, obstacles=OBSTACLES,
        trades=TRADES, places=PLACES,
    )  # fmt: skip


def _coming(candidate: OwnPage) -> DayNotice | None:
    """Return the market day on which the candidate is expected or came, if it is not over; else the county's next."""
    own = day_notice(candidate.market_day)
    if own is None or not is_over(own):
        return own
    return following_day(own, page.today(own))
