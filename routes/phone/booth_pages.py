"""Booth pages: a booth's poster leads a phone here, to all its vacancies."""

from flask import Blueprint, Response, abort

from models.phone.notice import booth_notices, day_notice, day_of_booth, vacancies_of_booth
from models.vocabulary.code_list import ADVICE_TOPICS
from routes.phone import page, page_cache

bp = Blueprint("booth_pages", __name__)
bp.register_error_handler(404, page.not_found)


@bp.get("/b/<int:booth_id>")
def show(booth_id: int) -> Response:
    """Show a booth with its vacancies, or what a desk can be asked about. 404 for no booth."""
    market_day = day_of_booth(booth_id) if booth_id < 2**31 else None
    day = day_notice(market_day) if market_day else None
    if day is None:
        abort(404)
    page.of_day(day)
    vacancies = vacancies_of_booth(booth_id)
    booth = next(b for b in booth_notices(day.id) if b.id == booth_id)
    ending = page.ending(day)
    topics = [ADVICE_TOPICS[topic] for topic in booth.topics if topic in ADVICE_TOPICS]
    return page_cache.answer(
        ("b", booth_id),
        (day, booth, vacancies, ending),
        lambda: page.render("booth.html", day=day, booth=booth, vacancies=vacancies, topics=topics,
                              **ending._asdict()),
    )  # fmt: skip
