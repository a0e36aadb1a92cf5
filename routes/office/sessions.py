"""Sessions: an organiser signs in and out."""

import unicodedata

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from models.market.audit import AuditEntry
from models.market.organiser import Organiser
from routes.web.access import home
from routes.web.answers import see_other
from routes.web.attempts import Attempts
from routes.web.forms import Form
from routes.web.known_browsers import known_browser, place_of, remember_browser
from routes.web.pages import render_page
from routes.web.requests import split_address

bp = Blueprint("sessions", __name__)

# Wrong passwords for a name from one place: after five it waits five minutes, after ten an hour, after twenty a day.
attempts = (
    Attempts("login", tries=5),
    Attempts("login in an hour", tries=10, seconds=3_600),
    Attempts("login in a day", tries=20, seconds=86_400),
)
address_attempts = Attempts("sign-in address", tries=20)  # an office shares one address


@bp.get("/sign-in")
def new() -> Response:
    """Show the sign-in form."""
    return render_page("office/sessions/new.html", form=Form(start={"next": request.args.get("next", "")}))


@bp.post("/sign-in")
def create() -> Response:
    """Sign in.

    Form: ``login``, ``password``, ``next`` (a path of ours). Answers 303 to ``next``; 422 when name or
    password is wrong; 429 after five failures for a name from this address, or twenty from this address for any
    names, in five minutes, and longer after more. A stranger's guesses lock nobody out elsewhere, nor a browser
    in which this name signed in before: that one is counted by itself.
    """
    form = Form(request.form)
    login, password = form.code("login") or "", form.password("password") or ""
    if not form.ok:
        return render_page("office/sessions/new.html", status=422, form=form)
    guesser = known_browser(login) or place_of(request.remote_addr or "")
    if _are_spent(login, guesser):
        form.refuse("password", _("Too many tries. Please wait five minutes."))
        return render_page("office/sessions/new.html", status=429, form=form)
    organiser = Organiser.authenticate(login, password)
    if organiser is None:
        for counted in attempts:
            counted.add(f"{login} {guesser}")
        address_attempts.add(guesser)
        AuditEntry.create(who=login[:100], action="sign_in_refused", what=request.remote_addr or "")
        form.refuse("password", _("This name and password do not belong together."))
        return render_page("office/sessions/new.html", status=422, form=form)
    login_user(organiser)
    return remember_browser(see_other(_own_path(form.value("next")) or home()), login)


@bp.post("/sign-out")
def destroy() -> Response:
    """Sign out, in every browser: a copy of the session's cookie opens nothing any more."""
    if current_user.is_authenticated:
        current_user.end_sessions()
        logout_user()
    return see_other(url_for("sessions.new"))


def _are_spent(login: str, guesser: str) -> bool:
    return address_attempts.are_spent(guesser) or any(one.are_spent(f"{login} {guesser}") for one in attempts)


def _own_path(target: str) -> str | None:
    """Return a path of this site, or None: nobody is sent elsewhere after signing in."""
    parts = split_address(target)
    if parts is None or any(unicodedata.category(letter) == "Cc" for letter in target):
        return None  # browsers and urlsplit pass over tabs and ends of lines, so one of them could hide a "//"
    is_own = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_own and not parts.netloc and not parts.scheme else None
