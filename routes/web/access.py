"""Access is the query: a row is found through what the signed-in person or tablet may see."""

from collections.abc import Callable
from functools import wraps
from typing import NoReturn
from urllib.parse import urlunsplit

from flask import Flask, Response, abort, g, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from htmx_flask import make_response, request

from models.market.access_token import AccessToken
from models.market.actor import act_as
from models.market.booth import Booth
from models.market.invitation import Invitation
from models.market.market_day import MarketDay
from models.market.organiser import Organiser
from routes.web.answers import go_to, see_other
from routes.web.asker import (
    audit,
    county,
    home,
    is_own_town,
    lacks_factor,
    may_change,
    may_see,
    note_reading,
    of_the_reader,
    towns,
    who,
)
from routes.web.requests import split_address

__all__ = [
    "audit", "county", "find_account", "find_booth", "find_invitation", "find_market_day", "home", "is_own_town",
    "may_change", "may_see", "note_reading", "reads", "reads_figures", "signed_in",
    "towns", "who",
    "writes",
]  # fmt: skip

def init_app(app: Flask) -> None:
    """Load the signed-in organiser of each request, and give templates the county's name."""
    manager = LoginManager(app)
    manager.user_loader(_organiser)
    manager.unauthorized_handler(ask_to_sign_in)
    app.before_request(lambda: act_as(who))
    app.teardown_request(lambda _error: act_as(None))
    app.context_processor(of_the_reader)


def ask_to_sign_in() -> Response:
    """Lead a reader of a page to the sign-in form, which leads back to the page; a write or a program gets 401.

    A fragment gets 401 too, with ``HX-Redirect``: htmx would swap the form that a 303 leads to into the page. The
    page from which a form was sent stays as it is, with all that was typed.
    """
    if request.method != "GET":
        abort(401)
    if request.htmx:
        shown = split_address(request.htmx.current_url or "")
        back = urlunsplit(("", "", shown.path, shown.query, "")) if shown else ""
        abort(make_response("", 401, redirect=url_for("sessions.new", next=back)))
    accepts = request.accept_mimetypes  # empty: anything will do
    if accepts and not accepts.accept_html:
        abort(401)
    return see_other(url_for("sessions.new", next=request.full_path.rstrip("?")))


def writes(view: Callable) -> Callable:
    """Admit those who may change this (routes/web/rights.py); others who see it get 403, noted in the audit log."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        return _turned_away(may_change(request.blueprint or "")) or view(*args, **kwargs)

    return guarded


def reads(view: Callable) -> Callable:
    """Admit signed-in people; a bearer token reads figures alone, so it gets 403, or 401 when it is none."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if (token := _bearer_token()) is not None:
            abort(403 if AccessToken.by_token(token) else 401)
        return _turned_away() or view(*args, **kwargs)

    return guarded


def signed_in(view: Callable) -> Callable:
    """Admit everybody who signed in, whatever their role: the pages about their own account."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        return view(*args, **kwargs) if current_user.is_authenticated else ask_to_sign_in()

    return guarded


def reads_figures(view: Callable) -> Callable:
    """Admit signed-in people, and programs with a read-only bearer token: no person is named in what they read."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if (token := _bearer_token()) is not None:
            g.token = AccessToken.by_token(token) or abort(401)
        elif answer := _turned_away():
            return answer
        return view(*args, **kwargs)

    return guarded


def _turned_away(is_allowed: bool = True) -> Response | None:
    """Return None for somebody who sees the page asked for and may do what they ask, else the way in.

    Raises 403 where the role may not, 404 where the address names a row that the role does not see.
    """
    if not current_user.is_authenticated:
        return ask_to_sign_in()
    if lacks_factor():
        return go_to(url_for("second_factors.new"))
    if not may_see(request.endpoint or ""):
        _refuse(404 if request.view_args else 403)
    if not is_allowed:
        _refuse(403)
    return None


def _refuse(status: int) -> NoReturn:
    audit("refused", f"{request.method} {request.path}")
    abort(status)


def _bearer_token() -> str | None:
    """Return the token with which a program asks, or None when it brings none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def find_market_day(market_day_id: int) -> MarketDay:
    """Return a market day of the asker's county, a clerk's of their towns, or 404."""
    day = MarketDay.get_or_none(id=market_day_id, county=county())
    return day if day and is_own_town(day.town_id) else abort(404)


def find_booth(market_day_id: int, number: int) -> Booth:
    """Return a booth that stands at a market day of the asker's county, or 404."""
    booth = find_booth_or_round(market_day_id, number)
    return abort(404) if booth.is_round else booth


def find_booth_or_round(market_day_id: int, number: int) -> Booth:
    """Return a booth of a market day of the asker's county, be it a round of a survey; or 404."""
    day = find_market_day(market_day_id)
    return Booth.get_or_none(market_day=day, number=number) or abort(404)


def find_account(account_id: int) -> Organiser:
    """Return an account of the asker's county, or 404."""
    return Organiser.get_or_none(id=account_id, county=county()) or abort(404)


def find_invitation(invitation_id: int) -> Invitation:
    """Return an open invitation of the asker's county, or 404."""
    found = (one for one in Invitation.open_of(county()) if one.id == invitation_id)
    return next(found, None) or abort(404)


def _organiser(key: str) -> Organiser | None:
    """Return who is signed in; nobody while the database is away, on the page that says so."""
    return None if "without_database" in g else Organiser.by_session(key)
