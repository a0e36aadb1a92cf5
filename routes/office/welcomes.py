"""Welcomes: who was invited chooses a name and a password; who was sent a link to a new password chooses that."""

from typing import NoReturn

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _
from htmx_flask import request

from models.market.account import NameTaken, Used, accept
from models.market.invitation import Invitation
from routes.office.account_form import PasswordForm, taken
from routes.web.answers import see_other
from routes.web.pages import render_page

bp = Blueprint("welcomes", __name__, url_prefix="/invitations")


@bp.get("/<token>")
def edit(token: str) -> Response:
    """Show the form of an invitation; 404, with what to do, when it was used or is over."""
    invitation = _find(token)
    return _form(invitation, token, PasswordForm(start={"name": invitation.name}))


@bp.post("/<token>")
def update(token: str) -> Response:
    """Accept an invitation. Form: ``login`` and ``name`` (of a new account), ``password``, ``again``.

    303 to the sign-in form; 422; 404 when it was used or is over.
    """
    invitation, form = _find(token), PasswordForm(request.form)
    is_new = invitation.organiser_id is None
    login = form.read_login() if is_new else ""
    name = form.text("name", limit=40) if is_new else ""
    password = form.read_password()
    if form.ok:
        _accept(invitation, form, password or "", login or "", name or "")
    if not form.ok:
        return _form(invitation, token, form, 422)
    flash(_("Your password is kept. Please sign in with it."), "success")
    return see_other(url_for("sessions.new"))


def _accept(invitation: Invitation, form: PasswordForm, password: str, login: str, name: str) -> None:
    try:
        accept(invitation, password, login, name)
    except NameTaken:
        form.refuse("login", taken())
    except Used:
        _over()


def _find(token: str) -> Invitation:
    return Invitation.by_token(token) or _over()


def _over() -> NoReturn:
    abort(render_page("office/accounts/over.html", status=404))


def _form(invitation: Invitation, token: str, form: PasswordForm, status: int = 200) -> Response:
    return render_page("office/accounts/welcome.html", status=status, invitation=invitation, token=token, form=form)
