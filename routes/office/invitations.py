"""Invitations: an organiser makes a one-time link to a new account, or to a new password. No e-mail is sent."""

from datetime import datetime

from flask import Blueprint, Response, current_app, flash, url_for
from flask_babel import gettext as _
from htmx_flask import request

from models.market.invitation import Invitation
from models.market.organiser import Organiser
from models.printing import qr
from routes.office.account_form import OF_A_COUNTY, AccountForm
from routes.web.access import audit, county, find_account, find_invitation, who, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("invitations", __name__, url_prefix="/organiser/accounts")

LONGEST_NAME = 40  # characters


@bp.get("/invitations/new")
@writes
def new() -> Response:
    """Show the form that invites somebody."""
    return _form(AccountForm(county()))


@bp.post("/invitations")
@writes
def create() -> Response:
    """Invite somebody. Form: ``name``, ``role``, ``towns`` (codes, of a clerk). 201 with the link, shown once; 422."""
    form = AccountForm(county(), request.form)
    name, fields = form.text("name", limit=LONGEST_NAME), form.read()
    if not form.ok:
        return _form(form, 422)
    towns = ",".join(fields["towns"])
    token, until = Invitation.issue(county(), who(), name=name, role=fields["role"], towns=towns)
    audit("invited", " ".join([f"{name}, {fields['role']}", *fields["towns"]]))
    return _link(token, until, name or "")


@bp.post("/invitations/<int:invitation_id>/delete")
@writes
def destroy(invitation_id: int) -> Response:
    """Take an open invitation back: its link opens nothing any more. 303."""
    invitation = find_invitation(invitation_id)
    invitation.delete_instance()
    audit("invitation_withdrawn", invitation.name)
    flash(_("The invitation is taken back."), "success")
    return go_to(url_for("accounts.index"))


@bp.post("/<int:account_id>/password")
@writes
def create_reset(account_id: int) -> Response:
    """Make a link by which somebody chooses a new password; an earlier one ends. 201 with the link, shown once."""
    account = find_account(account_id)
    Invitation.end_resets(account)
    token, until = Invitation.issue(county(), who(), organiser=account, name=account.name, role=account.role)
    audit("password_reset_offered", account.login)
    return _link(token, until, account.name, account)


def _link(token: str, until: datetime, name: str, account: Organiser | None = None) -> Response:
    link = current_app.config["ORIGIN"] + url_for("welcomes.edit", token=token)
    return render_page("office/accounts/link.html", status=201, link=link, qr=qr.svg(link), until=until, name=name,
                       account=account)  # fmt: skip


def _form(form: AccountForm, status: int = 200) -> Response:
    return render_page("office/accounts/new.html", status=status, form=form, kinds=OF_A_COUNTY)
