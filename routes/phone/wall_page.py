"""The wall as a page and as what it renews itself with: rendered once, packed, and 304 while nothing changed."""

from datetime import datetime
from typing import NamedTuple

from flask import Response, current_app, render_template, request, url_for
from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from models.base.clock import milliseconds, utcnow
from models.market.county import County
from models.phone.notice import DayNotice
from models.phone.wall import ENGLISH, TALL, WIDE, Frame, Wall, wall
from models.printing import qr
from models.vocabulary.code_list import ADVICE_TOPICS
from routes.phone import page_cache
from routes.phone.page import day_words, pay_range
from routes.web.language import offer_languages
from routes.web.pages import render_block
from routes.web.static import release

NOW = "Server-Time"  # header: milliseconds since 1970; a television's own clock is often years behind


class Screen(NamedTuple):
    """Whose wall is shown, and how. ``town``: its code, empty of all; ``chosen``: the day it was opened for."""

    county: County
    town: str
    theme: str
    english: bool
    chosen: DayNotice | None = None


def screen(shown: Screen, source: str, is_office: bool = False) -> Response:
    """Answer the whole page, which asks ``source`` for what is shown from then on."""
    offer_languages("zh")
    now = utcnow()
    context = _context(shown, now)
    html = render_template("wall/screen.html", **context, source=source, is_office=is_office, sent=milliseconds(now))
    return _keep_secret(Response(html, mimetype="text/html"))


def renewed(shown: Screen, name: tuple[object, ...]) -> Response:
    """Answer what is shown now, for ``If-None-Match`` too. Query: ``shape`` (``tall``: of a screen on its side)."""
    offer_languages("zh")
    now = utcnow()
    context = _context(shown, now)
    county = shown.county
    same = (context["wall"], context["code"], shown.theme, shown.english, county.service_name, county.phone, release())
    answer = page_cache.answer(
        ("wall", *name, context["is_tall"]), same, lambda: render_block("wall/screen.html", "wall", **context)
    )
    answer.headers[NOW] = str(milliseconds(now))
    return _keep_secret(answer)


def ended() -> Response:
    """Answer for a link that opens nothing any more: the screen that shows it says so and goes on asking."""
    offer_languages("zh")
    return Response(render_block("wall/ended.html", "wall", release=release()), 404, mimetype="text/html")


def _keep_secret(answer: Response) -> Response:
    """The address lets a screen in: no search engine keeps it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _context(shown: Screen, now: datetime) -> dict[str, object]:
    is_tall = request.args.get("shape") == "tall"
    found = wall(shown.county, shown.town, now, _frame(is_tall, shown.english), shown.chosen)
    address = str(current_app.config["ORIGIN"]) + _leads_to(found, shown.county)
    offset = now.astimezone(shown.county.zone()).utcoffset()
    return {
        "wall": found, "theme": shown.theme, "is_tall": is_tall, "code": address, "qr": qr.svg(address),
        "county": shown.county,
        "english": _in_english(found) if shown.english else "", "day_words": day_words, "pay_range": pay_range,
        "topics": ADVICE_TOPICS, "release": release(), "zone": int(offset.total_seconds() // 60) if offset else 0,
    }  # fmt: skip


def _leads_to(found: Wall, county: County) -> str:
    if found.day and found.slides:
        return url_for("boards.show", market_day_id=found.day.id)
    return url_for("coming_days.index", county_id=county.id)


def _frame(is_tall: bool, english: bool) -> Frame:
    frame = TALL if is_tall else WIDE
    return frame._replace(height=frame.height - ENGLISH) if english else frame


def _in_english(found: Wall) -> str:
    with force_locale("en"):
        if found.slides:
            wanted = _("%(n)s vacancies, %(openings)s people wanted", n=found.vacancies, openings=found.openings)
            return f"{wanted}. {_('Free of charge.')}"
        if found.coming:
            return _("The next market day: %(day)s.", day=format_date(found.coming[0].date, "EEE d MMM"))
        return _("Free of charge.")
