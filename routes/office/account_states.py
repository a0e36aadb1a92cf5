"""What an organiser does with somebody's account: switch it off and on, end its sessions and its second factor."""

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _

from models.market.account import LastOrganiser, switch_off, switch_on
from models.market.second_factor import SecondFactor
from routes.office.account_form import AccountForm
from routes.office.accounts import last_organiser, show_account
from routes.web.access import audit, county, find_account, writes
from routes.web.answers import go_to

bp = Blueprint("account_states", __name__, url_prefix="/organiser/accounts/<int:account_id>")


@bp.post("/off")
@writes
def create_off(account_id: int) -> Response:
    """Switch an account off, and end its sessions. 303; 422 for the county's last organiser."""
    account = find_account(account_id)
    try:
        switch_off(account)
    except LastOrganiser:
        flash(last_organiser(), "attention")
        return show_account(AccountForm(county(), account=account), account, 422)
    audit("account_switched_off", account.login)
    flash(_("%(name)s is switched off.", name=account.name), "success")
    return _back()


@bp.post("/off/delete")
@writes
def destroy_off(account_id: int) -> Response:
    """Switch an account on again. A repeat changes nothing. 303."""
    account = find_account(account_id)
    if account.switched_off_at:
        switch_on(account)
        audit("account_switched_on", account.login)
    flash(_("%(name)s may sign in again.", name=account.name), "success")
    return _back()


@bp.post("/sessions/delete")
@writes
def destroy_sessions(account_id: int) -> Response:
    """Sign somebody out everywhere. 303."""
    account = find_account(account_id)
    account.end_sessions()
    audit("sessions_ended", account.login)
    flash(_("%(name)s is signed out everywhere.", name=account.name), "success")
    return _back()


@bp.post("/second-factor/delete")
@writes
def destroy_factor(account_id: int) -> Response:
    """Take the second factor of somebody who lost the telephone away, and sign them out. A repeat does nothing. 303."""
    account = find_account(account_id)
    if SecondFactor.switch_off(account):
        account.end_sessions()
        audit("second_factor_off", account.login)
    flash(_("%(name)s signs in with the password alone.", name=account.name), "success")
    return _back()


def _back() -> Response:
    return go_to(url_for("accounts.index"))
