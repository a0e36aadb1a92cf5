"""The own account: who one is signed in as, a new password, and the end of one's other sessions."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user
from htmx_flask import request

from models.market.clerk_town import ClerkTown
from models.market.organiser import Organiser
from models.market.second_factor import RecoveryCode, SecondFactor
from routes.office.account_form import PasswordForm
from routes.web.access import audit, signed_in
from routes.web.answers import go_to
from routes.web.attempts import Attempts
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("own_account", __name__, url_prefix="/organiser/account")

attempts = Attempts("own password", tries=5)  # somebody at a desk that was left signed in


@bp.get("")
@signed_in
def show() -> Response:
    """Show as what one is signed in, and what one may change of it."""
    return _show(PasswordForm())


@bp.post("/password")
@signed_in
def update_password() -> Response:
    """Choose a new password. Form: ``current``, ``password``, ``again``. 303; 422.

    It ends one's other sessions; this one goes on.
    """
    form = PasswordForm(request.form)
    password = form.read_password()
    check_password(form, "current")
    if not form.ok:
        return _show(form, 422)
    _stay_signed_in(lambda account: account.change_password(password or ""))
    audit("password_changed", current_user.login)
    flash(_("Your new password is kept. You are signed out everywhere else."), "success")
    return go_to(url_for(".show"))


@bp.post("/sessions/delete")
@signed_in
def destroy_sessions() -> Response:
    """End one's sessions in other browsers; this one goes on. 303."""
    _stay_signed_in(Organiser.end_sessions)
    audit("sessions_ended", current_user.login)
    flash(_("You are signed out everywhere else."), "success")
    return go_to(url_for(".show"))


def check_password(form: Form, name: str) -> None:
    """Note a password in a form that is not one's own; after five wrong ones in five minutes any is refused."""
    typed = form.password(name)
    if typed is None or not form.ok:
        return
    if attempts.are_spent(current_user.login):
        form.refuse(name, _("Too many tries. Please wait five minutes."))
    elif not current_user.has_password(typed):
        attempts.add(current_user.login)
        form.refuse(name, _("This is not your password."))


def _stay_signed_in(end_sessions: Callable[[Organiser], None]) -> None:
    account = Organiser.get_by_id(current_user.id)
    end_sessions(account)
    login_user(Organiser.get_by_id(account.id))


def _show(form: PasswordForm, status: int = 200) -> Response:
    factor = SecondFactor.of(current_user)
    return render_page(
        "office/accounts/own.html",
        status=status,
        form=form,
        towns=ClerkTown.towns_by_account([current_user]).get(current_user.id, []),
        has_factor=factor is not None,
        codes_left=RecoveryCode.left(current_user) if factor else 0,
        required=bool(current_user.county and current_user.county.requires_second_factor),
    )
