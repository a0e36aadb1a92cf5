"""The first run: who reads the server's terminal sets the county, its office and the first account up in the browser.

Nobody can sign in yet, so these pages are open to who brought the secret of the address that the terminal printed: it
is taken out of the address at once and its digest kept in the session. They end when the first account exists.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, flash, g, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.base.database import writing
from models.base.secret import digest
from models.kiosk.keys import keys_for
from models.kiosk.set_up import change_county
from models.market.audit import AuditEntry
from models.market.county import County
from models.market.first_run import FirstRun, Over
from routes.office.account_form import PasswordForm
from routes.office.county_form import CountyForm
from routes.office.first_run_form import OF_THE_OFFICE, FirstCountyForm, forget_typed, keep_typed, typed_before
from routes.office.first_step_list import BEFORE, GOES_ON, first_run_steps
from routes.office.signing_in import let_in
from routes.web.answers import see_other
from routes.web.labelled_form import LabelledForm
from routes.web.language import LANGUAGES
from routes.web.pages import render_page

bp = Blueprint("first_runs", __name__, url_prefix="/set-up")

PROOF = "first_run"  # in the session: the digest of the secret


def of_the_first_run(view: Callable) -> Callable:
    """Admit who brought the secret, while nobody has an account; for everybody else there is nothing here: 404."""

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        if not FirstRun.holds(str(session.get(PROOF, ""))):
            session.pop(PROOF, None)
            return _over()
        g.first_run = True
        if (step := request.form.get("to")) in BEFORE:
            keep_typed(request.path.rpartition("/")[2], request.form)
            return see_other(url_for(f".edit_{step}"))
        return view(*args, **kwargs)

    return guarded


@bp.get("/<secret>")
def show(secret: str) -> Response:
    """Take the secret out of the address into the session, and lead to the first step that is not done. 303; 404."""
    if not FirstRun.holds(digest(secret)):
        return _over()
    session[PROOF] = digest(secret)
    return see_other(url_for(".index"))


@bp.get("")
@of_the_first_run
def index() -> Response:
    """Lead to the first step that is not done."""
    open_steps = [step.key for step in first_run_steps() if not step.is_done]
    return see_other(url_for(f".edit_{open_steps[0]}"))


@bp.get("/county")
@of_the_first_run
def edit_county() -> Response:
    """Show the county's form, with what was typed before."""
    return _county_form(FirstCountyForm(FirstRun.county() or County(), typed_before("county")))


@bp.post("/county")
@of_the_first_run
def update_county() -> Response:
    """Make the county with its towns and keys, or change it.

    Form: ``division`` (six digits), ``name`` (else the division's), ``seal_line``, ``timezone``, ``languages``; or
    ``to`` (a step to go to; what is typed waits). 303; 422.
    """
    county = FirstRun.county()
    form = FirstCountyForm(county or County(), request.form)
    fields = form.read_county()
    if not form.ok:
        return _county_form(form, 422)
    with writing():
        if county := FirstRun.county():  # of two who send the form at once, one makes it
            change_county(county, **fields)
        else:
            keys_for(County.create(**fields, service_name=""))
    return _next("county")


@bp.get("/office")
@of_the_first_run
def edit_office() -> ResponseReturnValue:
    """Show the office's form, with what was typed before; without a county, lead to that."""
    county = FirstRun.county()
    if county is None:
        return _first("county")
    form = CountyForm(county, typed_before("office"))
    return _office_form(form)


@bp.post("/office")
@of_the_first_run
def update_office() -> ResponseReturnValue:
    """Keep what the office is called. Form: ``service_name``, ``phone``, ``hours``; or ``to``. 303; 422."""
    county = FirstRun.county()
    if county is None:
        return _first("county")
    form = CountyForm(county, request.form)
    fields = form.read(*OF_THE_OFFICE)
    if not form.ok:
        return _office_form(form, 422)
    change_county(county, **fields)
    return _next("office")


@bp.get("/account")
@of_the_first_run
def edit_account() -> ResponseReturnValue:
    """Show the form of the first account; while the county or its office is missing, lead to that."""
    return _first_missing() or _account_form(PasswordForm(typed_before("account")))


@bp.post("/account")
@of_the_first_run
def update_account() -> ResponseReturnValue:
    """Make the first account, an organiser of the county, and sign it in: the secret is over then.

    Form: ``name``, ``login``, ``password``, ``again``; or ``to``. 303; 422; 404 when somebody else was first.
    """
    if missing := _first_missing():
        return missing
    county, form = FirstRun.county(), PasswordForm(request.form)
    assert county is not None
    name, login, password = form.text("name", limit=40), form.read_login(), form.read_password()
    if not form.ok:
        return _account_form(form, 422)
    try:
        account = FirstRun.finish(session[PROOF], county, login or "", password or "", name or "")
    except Over:
        return _over()
    AuditEntry.create(county=county, who=account.login, action="first_account", what=account.role)
    session.clear()
    session[GOES_ON] = True
    flash(_("You are signed in as %(name)s. From now on the office is yours alone.", name=account.name), "success")
    return let_in(account, account.login, url_for("first_steps.index"))


def _first_missing() -> Response | None:
    missing = [step.key for step in first_run_steps() if step.key in ("county", "office") and not step.is_done]
    return _first(missing[0]) if missing else None


def _first(step: str) -> Response:
    keep_typed(request.path.rpartition("/")[2], request.form)
    flash(_("This comes first."), "attention")
    return see_other(url_for(f".edit_{step}"))


def _next(step: str) -> Response:
    forget_typed(step)
    return see_other(url_for(f".edit_{BEFORE[BEFORE.index(step) + 1]}"))


def _over() -> Response:
    return render_page("office/first_runs/over.html", status=404)


def _county_form(form: FirstCountyForm, status: int = 200) -> Response:
    return _form("county", form, status, languages=LANGUAGES)


def _office_form(form: CountyForm, status: int = 200) -> Response:
    return _form("office", form, status)


def _account_form(form: PasswordForm, status: int = 200) -> Response:
    return _form("account", form, status)


def _form(step: str, form: LabelledForm, status: int, **more: Any) -> Response:
    page = f"office/first_runs/{step}.html"
    return render_page(page, status=status, form=form, steps=first_run_steps(), here=step, **more)
