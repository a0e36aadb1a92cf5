"""Phone pages: one answer holds the whole page, and a cookie says whose phone it is."""

import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, render_template, request
from flask_babel import format_date
from werkzeug.exceptions import HTTPException, NotFound

from models.base.clock import utcnow
from models.market.county import County
from models.market.pay import pay_range
from models.phone.notice import DayNotice, following_day, is_over
from models.phone.own_page import OwnPage
from models.vocabulary import code_list
from routes.web import errors
from routes.web.language import language, offer_languages
from routes.web.static import STATIC

COOKIE = "ganchang_me"
HALF_A_YEAR = 180 * 86_400  # seconds
_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
_USE = re.compile(r'href="[^"]*/icons/sprite\.svg#([^"]+)"')


class Office(NamedTuple):
    """Whom a page names for questions: a telephone number, and when it is answered (empty: nobody said)."""

    phone: str
    hours: str = ""


NATIONWIDE = Office("12333")


def render(template: str, **context: Any) -> str:
    """Render a phone page with the icons it uses inline, so that it needs no further request."""
    html = render_template(f"phone/{template}", **context, words=code_list, day_words=day_words,
                           pay_range=pay_range, office=g.get("office") or NATIONWIDE)  # fmt: skip
    used = dict.fromkeys(_USE.findall(html))
    symbols = "".join(_symbols()[name] for name in used if name in _symbols())
    html = _USE.sub(r'href="#\1"', html)
    return html.replace("<!-- icons -->", f"<div hidden><svg>{symbols}</svg></div>", 1)


def of_day(day: DayNotice) -> None:
    """Make the page at hand one of a market day's county: its office at head and foot, and its languages."""
    _of_office(day.county, Office(day.phone, day.office_hours), day.languages)


def of_county(county: County) -> None:
    """Make the page at hand one of a county, as ``of_day`` does."""
    _of_office(county.service_name, Office(county.phone, county.hours), county.languages)


def _of_office(name: str, office: Office, languages: str) -> None:
    g.county_name, g.office = name, office
    offer_languages(languages)


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Answer a page made for one phone only, not to be stored."""
    return private(render(template, **context), status)


def private(html: str, status: int = 200) -> Response:
    """Answer HTML that is one phone's own."""
    response = Response(html, status, mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def not_found(error: NotFound) -> Response:
    """Answer 404 on a page as plain and small as the others."""
    return page("nothing.html", 404)


def failed(error: HTTPException) -> Response:
    """Answer any other error on such a page too, or in JSON to a program."""
    return errors.answer(error, _failed_page)


def _failed_page(status: int, sentence: str) -> Response:
    return page("failed.html", status, code=status, sentence=sentence, number=errors.number_to_tell(status))


def known() -> OwnPage | None:
    """Return whose phone asks, if it registered somebody before."""
    token = request.cookies.get(COOKIE)
    return OwnPage.by_token(token) if token else None


def remember(response: Response, token: str) -> Response:
    """Set the cookie by which the phone is known for half a year."""
    response.set_cookie(
        COOKIE, token, max_age=HALF_A_YEAR, httponly=True, samesite="Lax",
        secure=current_app.config["ORIGIN"].startswith("https:"),
    )  # fmt: skip
    return response


def draft(day: DayNotice, status: int = 200) -> Response:
    """Answer for a market day that is still a draft: nothing of it, but when to come back and what there is before."""
    of_day(day)
    return page("draft.html", status, day=day, next_day=following_day(day, today(day)))


class Ending(NamedTuple):
    """Whether a market day is over or cancelled, and to which one its pages lead then."""

    is_over: bool
    next_day: DayNotice | None


def ending(day: DayNotice) -> Ending:
    """Return whether a market day is over or cancelled, and the next one of the county. One statement if it is."""
    over = is_over(day)
    return Ending(over, following_day(day, today(day)) if over else None)


def today(day: DayNotice) -> date:
    """Return today's date where the market is; while a night market goes on, its own."""
    now = utcnow().astimezone(ZoneInfo(day.timezone)).date()
    return now if is_over(day) else min(now, day.date)


def day_words(on: date) -> str:
    """Return a date as people say it: 11月23日 星期一."""
    return format_date(on, "M月d日 EEEE" if language() == "zh" else "EEEE d MMMM")


@cache
def _symbols() -> dict[str, str]:
    sprite = (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
    return {symbol[1]: symbol[0] for symbol in _SYMBOL.finditer(sprite)}
