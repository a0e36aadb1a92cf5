"""Codes at sign-in: the six digits of a telephone, or a recovery code, after the right password."""

from flask import Blueprint, Response, request, session, url_for
from flask_babel import gettext as _

from models.market.audit import AuditEntry
from models.market.organiser import Organiser
from models.market.second_factor import RecoveryCode, passes
from routes.office.signing_in import AWAITED, Guesses, awaited, let_in
from routes.web.answers import see_other
from routes.web.attempts import Attempts
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("sign_in_codes", __name__, url_prefix="/sign-in/code")

guesses = Guesses("code")
# From anywhere: only somebody who has the password gets so far, and a million codes are few for many machines.
from_anywhere = Attempts("code from anywhere in a day", tries=60, seconds=86_400)


@bp.get("")
def new() -> Response:
    """Ask for the code; who gave no right password within ten minutes is led to the first step."""
    return _form(Form()) if awaited() else see_other(url_for("sessions.new"))


@bp.post("")
def create() -> Response:
    """Sign in. Form: ``code`` (six digits, or a recovery code). 303; 422 for a wrong or used one; 429 after five."""
    organiser, form = awaited(), Form(request.form)
    if organiser is None:
        return see_other(url_for("sessions.new"))
    code = form.code("code")
    if code is None:
        return _form(form, 422)
    if guesses.are_spent(organiser.login) or from_anywhere.are_spent(organiser.login):
        form.refuse("code", _("Too many tries. Please wait five minutes."))
        return _form(form, 429)
    used = passes(organiser, code)
    if used is None:
        return _wrong(organiser, form)
    if used == "recovery_code":
        _note(organiser, "recovery_code_used", f"{RecoveryCode.left(organiser)} left")
    return let_in(organiser, organiser.login, session[AWAITED]["next"])


def _wrong(organiser: Organiser, form: Form) -> Response:
    guesses.add(organiser.login)
    from_anywhere.add(organiser.login)
    _note(organiser, "sign_in_refused", f"second factor, {request.remote_addr or ''}")
    form.refuse("code", _("This code is not right, or was used already. Wait for the next one."))
    return _form(form, 422)


def _note(organiser: Organiser, action: str, what: str) -> None:
    AuditEntry.create(county=organiser.county_id, who=organiser.login, action=action, what=what)


def _form(form: Form, status: int = 200) -> Response:
    return render_page("office/sessions/code.html", status=status, form=form)
