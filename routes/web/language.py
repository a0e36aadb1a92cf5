"""Language: Chinese unless the reader says otherwise, by ``?lang=``, a cookie, or their browser."""

from datetime import datetime
from functools import lru_cache, partial

from babel.support import Translations
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, format_datetime, get_translations
from markupsafe import escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from routes.web.requests import LONGEST_HEADER

LANGUAGES = {"zh": "中文", "en": "English"}  # each by its own name; how to add one: docs/languages.md
COOKIE = "lang"
A_YEAR = 31_536_000  # seconds
MOMENTS = {"zh": "y年M月d日 HH:mm", "en": "d MMM y, HH:mm"}  # nobody in the office needs seconds


def language() -> str:
    """Return the language (``zh``, ``en``) of the request at hand, among those that its page is offered in."""
    asked, offered = request.args.get("lang") or request.cookies.get(COOKIE), _offered()
    if asked in offered:
        return asked
    return _preferred(request.headers.get("Accept-Language", "")[:LONGEST_HEADER], offered)


def offer_languages(codes: str) -> None:
    """Offer the page at hand in these languages alone, codes joined by commas; all when none of them is known."""
    g.languages = tuple(code for code in LANGUAGES if code in codes.split(",")) or tuple(LANGUAGES)


def _offered() -> tuple[str, ...]:
    return g.get("languages") or tuple(LANGUAGES)


@lru_cache(maxsize=256)
def _preferred(accepts: str, offered: tuple[str, ...]) -> str:
    """Browsers send few different headers, and reading one takes as long as finding a page."""
    return parse_accept_header(accepts, LanguageAccept).best_match(offered, default=offered[0])


def _locale() -> str:
    """Return the locale by which dates are written: English ones as they are said here, 23 November 2026."""
    return {"en": "en_GB"}.get(language(), language())


def moment(when: datetime, pattern: str = "") -> str:
    """Write an instant in the county's time zone: to the minute, or by a pattern of CLDR's."""
    return str(format_datetime(when, pattern or MOMENTS[language()]))


def keep_choice(response: Response) -> Response:
    """Remember a language that somebody chose by a link. A worker that fetches a page for later chose nothing."""
    is_chosen = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" or "HX-Request" in request.headers
    if is_chosen and request.args.get("lang") in LANGUAGES:
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(COOKIE, request.args["lang"], max_age=A_YEAR, samesite="Lax", secure=is_secure)
    return response


def init_app(app: Flask) -> None:
    """Translate the templates of ``app`` into the reader's language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.root_path) + "/translations"
    Babel(app, default_locale="en", default_timezone="Asia/Shanghai", locale_selector=_locale)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        partial(_translated, _sentences(app.config["BABEL_TRANSLATION_DIRECTORIES"])),
        lambda one, many, number: get_translations().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.filters["datetimeformat"] = moment
    app.after_request(keep_choice)
    app.context_processor(lambda: {"locale": language(), "other_languages": _others()})


def _sentences(folder: str) -> frozenset[str]:
    """Return every sentence that stands in our own templates and code, by the one catalogue that is always whole."""
    catalogue = Translations.load(folder, ["zh"])
    known = getattr(catalogue, "_catalog", {})
    return frozenset(key[0] if isinstance(key, tuple) else key for key in known)


def _translated(sentences: frozenset[str], text: str) -> str:
    """Translate a text for a template, which takes it for HTML and fills in its ``%(name)s``.

    That is right of our own sentences and of nothing else. What came from outside, such as the code of a newer tablet
    or a candidate's name, is shown as it came. Where nothing was compiled there is nothing to tell them by.
    """
    found = get_translations().ugettext(text)
    return found if text in sentences or not sentences else escape(found).replace("%", "%%")


def _others() -> list[tuple[str, str]]:
    """Return the languages that a page offers besides its own, each with its name."""
    return [(code, LANGUAGES[code]) for code in _offered() if code != language()]
