"""Accounts: who of the county's office signs in, as what, and with which towns. Organisers manage them."""

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _
from htmx_flask import request

from models.market.account import LastOrganiser, accounts_of, change_role, require_second_factor
from models.market.clerk_town import ClerkTown
from models.market.invitation import Invitation
from models.market.organiser import Organiser
from models.market.second_factor import SecondFactor
from routes.office.account_form import OF_A_COUNTY, AccountForm
from routes.web.access import audit, county, find_account, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint("accounts", __name__, url_prefix="/organiser/accounts")


@bp.get("")
@writes
def index() -> Response:
    """List the county's accounts with their roles, towns and second factors, and the invitations that are open."""
    found = accounts_of(county())
    return render_page(
        "office/accounts/index.html",
        accounts=found,
        towns=ClerkTown.towns_by_account(found),
        factors=SecondFactor.accounts(),
        invitations=Invitation.open_of(county()),
        required=county().requires_second_factor,
    )


@bp.get("/<int:account_id>/edit")
@writes
def edit(account_id: int) -> Response:
    """Show an account: its role and towns to change, and what else an organiser may do with it."""
    account = find_account(account_id)
    return show_account(AccountForm(county(), account=account), account)


@bp.post("/<int:account_id>")
@writes
def update(account_id: int) -> Response:
    """Change an account. Form: ``role``, ``towns`` (codes, of a clerk). 303; 422, also for the last organiser."""
    account = find_account(account_id)
    form = AccountForm(county(), request.form, account)
    fields = form.read()
    if form.ok:
        _change(form, account, fields["role"], fields["towns"])
    if not form.ok:
        return show_account(form, account, 422)
    flash(_("The changes are kept."), "success")
    return go_to(url_for(".index"))


@bp.post("/second-factor")
@writes
def require_factor() -> Response:
    """Have every account of the county use a second factor, or not. Form: ``required`` (``yes`` or nothing). 303."""
    required = request.form.get("required") == "yes"
    if required != county().requires_second_factor:
        require_second_factor(county(), required)
        audit("second_factor_required", "yes" if required else "no")
    flash(_("Everybody needs a second factor now.") if required else _("A second factor is left to each."), "success")
    return go_to(url_for(".index"))


def show_account(form: AccountForm, account: Organiser, status: int = 200) -> Response:
    """Show an account's page."""
    return render_page(
        "office/accounts/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        account=account,
        kinds=OF_A_COUNTY,
        has_factor=SecondFactor.of(account) is not None,
    )


def _change(form: AccountForm, account: Organiser, role: str, towns: list[str]) -> None:
    before = account.role
    try:
        change_role(account, role, towns)
    except LastOrganiser:
        form.refuse("role", last_organiser())
    else:
        audit("role_changed", " ".join([f"{account.login}: {before} → {role}", *towns]))


def last_organiser() -> str:
    """Return why the last organiser stays one."""
    return _("This is the county's last organiser: nobody could manage its accounts. Make somebody else one first.")
