"""Phone pages: one answer holds the whole page. On top stands the pass of whose phone it is (holders.py)."""

import re
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import Response, g, render_template
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, NotFound

from models.base.clock import utcnow
from models.market.county import County
from models.market.pay import pay_range
from models.phone.notice import DayNotice, following_day, is_over
from models.vocabulary import code_list
from models.vocabulary.trade import TRADES
from routes.phone.holders import holders
from routes.web import errors, privacy
from routes.web.language import language, offer_languages
from routes.web.static import STATIC

MINE = "<!-- mine -->"  # where templates/phone/layout.html lets the pass of whose phone it is be written
_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
_USE = re.compile(r'href="[^"]*/icons/sprite\.svg#([^"]+)"')


class Office(NamedTuple):
    """Whom a page names for questions: a telephone number, and when it is answered (empty: nobody said)."""

    phone: str
    hours: str = ""


NATIONWIDE = Office("12333")


def render(template: str, **context: Any) -> str:
    """Render a phone page with the icons it uses inline, so that it needs no further request."""
    html = render_template(
        f"phone/{template}", **context, words=code_list, day_words=day_words, pay_range=pay_range,
        trade_words=trade_words, office=g.get("office") or NATIONWIDE, notice_lines=notice_lines,
    )  # fmt: skip
    return _with_icons(html).replace("<!-- icons -->", _drawn(html), 1)


def with_mine(html: str) -> str:
    """Write the pass of whose phone asks on top of a rendered page; nothing on a phone that nobody registered on."""
    own = render_template("phone/_mine.html", holders=holders()) if holders() and MINE in html else ""
    return html.replace(MINE, _drawn(own, html) + _with_icons(own) if own else "", 1)


def notice_lines(day: DayNotice) -> list[str]:
    """Return the short privacy notice of a market day's county."""
    return privacy.lines(day.county, day.phone, day.periods())


def _with_icons(html: str) -> str:
    return _USE.sub(r'href="#\1"', html)


def _drawn(html: str, page: str = "") -> str:
    """Return the icons that a piece of a page uses, but those that the rest of the page brings."""
    used = (name for name in dict.fromkeys(_USE.findall(html)) if f'<symbol id="{name}"' not in page)
    symbols = "".join(_symbols()[name] for name in used if name in _symbols())
    return f"<div hidden><svg>{symbols}</svg></div>" if symbols else ""


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
    response = Response(with_mine(html), status, mimetype="text/html")
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
    html = render("failed.html", code=status, sentence=sentence, number=errors.number_to_tell(status))
    return private(html.replace(MINE, ""), status)  # asks no database


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


def now() -> datetime:
    """Return the time by the clock of phone pages."""
    return utcnow()


def today(day: DayNotice) -> date:
    """Return today's date where the market is; while a night market goes on, its own."""
    now = utcnow().astimezone(ZoneInfo(day.timezone)).date()
    return now if is_over(day) else min(now, day.date)


def day_words(on: date) -> str:
    """Return a date as people say it: 11月23日 星期一."""
    return format_date(on, "M月d日 EEEE" if language() == "zh" else "EEEE d MMMM")


def trade_words(code: str) -> str:
    """Return a trade in the reader's language, where that is not the language in which vacancies are written."""
    return _(TRADES[code]) if language() != "zh" and code in TRADES else ""


@cache
def _symbols() -> dict[str, str]:
    sprite = (STATIC / "icons" / "sprite.svg").read_text(encoding="utf-8")
    return {symbol[1]: symbol[0] for symbol in _SYMBOL.finditer(sprite)}
