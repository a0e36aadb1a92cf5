"""Access is the query: a row is found through what the signed-in person or tablet may see."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlunsplit

from flask import Flask, Response, abort, g, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from htmx_flask import make_response, request

from models.base.clock import utcnow
from models.market.access_token import AccessToken
from models.market.actor import act_as
from models.market.audit import AuditEntry
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.county import County
from models.market.day_end import is_closed
from models.market.market_day import MarketDay
from models.market.organiser import Organiser
from models.market.tablet import Tablet
from routes.web.answers import refusal, see_other
from routes.web.errors import answers_json
from routes.web.requests import split_address

TABLET_COOKIE = "ganchang_tablet"


def init_app(app: Flask) -> None:
    """Load the signed-in organiser of each request, and give templates the county's name."""
    manager = LoginManager(app)
    manager.user_loader(_organiser)
    manager.unauthorized_handler(ask_to_sign_in)
    app.before_request(lambda: act_as(who))
    app.teardown_request(lambda _error: act_as(None))
    app.context_processor(lambda: {"county_name": _county_name()})


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
    """Admit organisers who may change things; a reader gets 403, which is noted in the audit log."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        if not current_user.may_write:
            audit("refused", f"{request.method} {request.path}")
            abort(403)
        return view(*args, **kwargs)

    return guarded


def reads(view: Callable) -> Callable:
    """Admit signed-in people; a bearer token reads figures alone, so it gets 403, or 401 when it is none."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if (token := _bearer_token()) is not None:
            abort(403 if AccessToken.by_token(token) else 401)
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    return guarded


def reads_figures(view: Callable) -> Callable:
    """Admit signed-in people, and programs with a read-only bearer token: no person is named in what they read."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if (token := _bearer_token()) is not None:
            g.token = AccessToken.by_token(token) or abort(401)
        elif not current_user.is_authenticated:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    return guarded


def _bearer_token() -> str | None:
    """Return the token with which a program asks, or None when it brings none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def county() -> County:
    """Return the county of the signed-in person or of the token."""
    return g.token.county if "token" in g else current_user.county


def who() -> str:
    """Return a name for the audit log: of the account, the token or the tablet that asks."""
    if "token" in g:
        return f"token:{g.token.name}"
    if "tablet" in g:
        return f"tablet:{g.tablet.letter}"
    return current_user.login if current_user.is_authenticated else "nobody"


def find_market_day(market_day_id: int) -> MarketDay:
    """Return a market day of the asker's county, or 404."""
    return MarketDay.get_or_none(id=market_day_id, county=county()) or abort(404)


def find_booth(market_day_id: int, number: int) -> Booth:
    """Return a booth of a market day of the asker's county, or 404."""
    day = find_market_day(market_day_id)
    return Booth.get_or_none(market_day=day, number=number) or abort(404)


def audit(action: str, what: str = "", rows: int | None = None, why: str = "", about: Audited | None = None) -> None:
    """Note who did what, to which thing of the set-up and why, for three years."""
    thing = about.named_in_log() if about else {}
    AuditEntry.create(
        county=county(), at=utcnow(), who=who(), action=action, what=what, rows=rows, why=why, **thing
    )


def note_reading(what: str, rows: int, about: Audited, why: str = "") -> None:
    """Note that names or phones of ``rows`` people were shown: in which place of which thing's pages, and what for."""
    if rows:
        audit(AuditEntry.READ, what, rows, why, about)


def of_tablet(view: Callable) -> Callable:
    """Admit enrolled tablets; the view finds the tablet in ``g.tablet``. Not enrolled, revoked or closed: 401.

    Errors of such a view are JSON.
    """

    @answers_json
    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        tablet = Tablet.by_token(request.cookies.get(TABLET_COOKIE, ""))
        if tablet is None:
            return refusal(401, "not_enrolled")
        if tablet.revoked_at:
            return refusal(401, "revoked")
        if is_closed(tablet.market_day):
            return refusal(401, "closed")
        g.tablet = tablet
        return view(*args, **kwargs)

    return guarded


def _organiser(key: str) -> Organiser | None:
    """Return who is signed in; nobody while the database is away, on the page that says so."""
    return None if "without_database" in g else Organiser.by_session(key)


def _county_name() -> str:
    """Return the name at the head of a page: the reader's county, or for a stranger the only one there is."""
    if "without_database" in g:
        return "赶场"
    if "county_name" not in g:
        mine = current_user.county if current_user.is_authenticated else County.only()
        g.county_name = mine.service_name if mine else "赶场"
    return g.county_name
