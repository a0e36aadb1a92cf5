"""Second factors: somebody sets one up for their own account, prints new recovery codes, or does without one again."""

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user
from htmx_flask import request

from models.market.organiser import Organiser
from models.market.second_factor import RecoveryCode, SecondFactor
from models.printing import qr
from routes.office.own_account import check_password
from routes.web.access import audit, signed_in
from routes.web.answers import go_to, see_other
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("second_factors", __name__, url_prefix="/organiser/account/second-factor")

OWN = "own_account.show"


@bp.get("")
@signed_in
def new() -> Response:
    """Say what a second factor is, and ask for the password before one is set up, or while one holds is given up."""
    return _ask(Form())


@bp.post("")
@signed_in
def create() -> Response:
    """Begin to set a second factor up. Form: ``password``. 303; 422. It does not count before a code was typed."""
    form = Form(request.form)
    check_password(form, "password")
    if not form.ok:
        return _ask(form, 422)
    SecondFactor.begin(_account())
    return go_to(url_for(".edit"))


@bp.get("/edit")
@signed_in
def edit() -> Response:
    """Show the secret as a QR and as text, and ask for a first code. Somebody who has a factor is led back."""
    return see_other(url_for(OWN)) if SecondFactor.of(current_user) else _set_up(_begun(), Form())


@bp.post("/confirm")
@signed_in
def update() -> Response:
    """Have the factor count. Form: ``code``. 200 with the recovery codes, shown once; 422 for a wrong code."""
    if SecondFactor.of(current_user):
        return see_other(url_for(OWN))
    factor, form = _begun(), Form(request.form)
    code = form.code("code")
    if code and not factor.accept(code):
        form.refuse("code", _("This code is not right. Is the telephone's clock set to network time?"))
    if not form.ok:
        return _set_up(factor, form, 422)
    codes = factor.confirm()
    audit("second_factor_on", current_user.login)
    return _codes(codes)


@bp.post("/codes")
@signed_in
def renew_codes() -> Response:
    """Make ten new recovery codes; those before end. Form: ``password``. 200 with the codes, shown once; 422."""
    if SecondFactor.of(current_user) is None:
        return see_other(url_for(OWN))
    form = Form(request.form)
    check_password(form, "password")
    if not form.ok:
        return _ask(form, 422)
    audit("recovery_codes_made", current_user.login)
    return _codes(RecoveryCode.make_anew(_account()))


@bp.post("/delete")
@signed_in
def destroy() -> Response:
    """Do without a second factor. Form: ``password``. 303; 422."""
    form = Form(request.form)
    check_password(form, "password")
    if not form.ok:
        return _ask(form, 422)
    if SecondFactor.switch_off(_account()):
        audit("second_factor_off", current_user.login)
    flash(_("You sign in with the password alone."), "success")
    return go_to(url_for(OWN))


def _begun() -> SecondFactor:
    return SecondFactor.get_or_none(organiser=current_user.id) or abort(404)


def _account() -> Organiser:
    return Organiser.get_by_id(current_user.id)


def _ask(form: Form, status: int = 200) -> Response:
    return render_page("office/accounts/second_factor.html", status=status, form=form,
                       has_factor=SecondFactor.of(current_user) is not None)  # fmt: skip


def _set_up(factor: SecondFactor, form: Form, status: int = 200) -> Response:
    address = factor.address(_("Ganchang") + (f" {current_user.county.name}" if current_user.county else ""))
    secret = " ".join(factor.secret[at : at + 4] for at in range(0, len(factor.secret), 4))
    return render_page("office/accounts/set_up.html", status=status, form=form, qr=qr.svg(address), secret=secret)


def _codes(codes: list[str]) -> Response:
    return render_page("office/accounts/codes.html", codes=codes)
