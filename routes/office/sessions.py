"""Sessions: an organiser signs in and out."""

import unicodedata

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from models.market.audit import AuditEntry
from models.market.organiser import Organiser
from routes.office.signing_in import Guesses, await_code, let_in, needs_code, place
from routes.web.answers import see_other
from routes.web.attempts import Attempts
from routes.web.forms import Form
from routes.web.pages import render_page
from routes.web.requests import split_address

bp = Blueprint("sessions", __name__)

guesses = Guesses("login")
address_attempts = Attempts("sign-in address", tries=20)  # an office shares one address


@bp.get("/sign-in")
def new() -> Response:
    """Show the sign-in form."""
    return _form(Form(start={"next": request.args.get("next", "")}))


@bp.post("/sign-in")
def create() -> Response:
    """Sign in.

    Form: ``login``, ``password``, ``next`` (a path of ours). Answers 303 to ``next``, or to the second step where the
    account has a second factor; 422 when name or password is wrong; 429 after five failures for a name from this
    address, or twenty from this address for any names, in five minutes, and longer after more. A stranger's guesses
    lock nobody out elsewhere, nor a browser in which this name signed in before: that one is counted by itself.
    """
    form = Form(request.form)
    login, password = form.code("login") or "", form.password("password") or ""
    if not form.ok:
        return _form(form, 422)
    if address_attempts.are_spent(place(login)) or guesses.are_spent(login):
        form.refuse("password", _("Too many tries. Please wait five minutes."))
        return _form(form, 429)
    organiser = Organiser.authenticate(login, password)
    if organiser is None:
        guesses.add(login)
        address_attempts.add(place(login))
        AuditEntry.create(who=login[:100], action="sign_in_refused", what=request.remote_addr or "")
        form.refuse("password", _("This name and password do not belong together."))
        return _form(form, 422)
    target = _own_path(form.value("next"))
    if needs_code(organiser):
        await_code(organiser, target)
        return see_other(url_for("sign_in_codes.new"))
    return let_in(organiser, login, target)


@bp.post("/sign-out")
def destroy() -> Response:
    """Sign out, in every browser: a copy of the session's cookie opens nothing any more."""
    if current_user.is_authenticated:
        current_user.end_sessions()
        logout_user()
    return see_other(url_for("sessions.new"))


def _form(form: Form, status: int = 200) -> Response:
    return render_page("office/sessions/new.html", status=status, form=form, is_new=not Organiser.exist())


def _own_path(target: str) -> str | None:
    """Return a path of this site, or None: nobody is sent elsewhere after signing in."""
    parts = split_address(target)
    if parts is None or any(unicodedata.category(letter) == "Cc" for letter in target):
        return None  # browsers and urlsplit pass over tabs and ends of lines, so one of them could hide a "//"
    is_own = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_own and not parts.netloc and not parts.scheme else None
