"""Programmes: courses, trips, mentors and legal aid that people sign up for; who signed up, and what came of it."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.base import check_digit
from models.base.typed import digits_of
from models.derived.sign_up import seats_of
from models.desk.signed_up import day_of, say_outcome, sign_up, signed_up, take_off
from models.kiosk.keys import coming_days
from models.kiosk.programme_record import keep_programme
from models.market.campaign import Campaign
from models.market.programme import Programme, programmes_of
from models.vocabulary.programme import PROGRAMMES, SIGN_UP_OUTCOMES
from routes.office.market_dates import today_in
from routes.office.programme_form import ProgrammeForm
from routes.web.access import audit, county, note_reading, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.pages import render_page

bp = Blueprint("programmes", __name__, url_prefix="/organiser/programmes")

PASS_DIGITS = 10


@bp.get("")
@reads
def index() -> Response:
    """List what people can sign up for, the latest first, with how many seats are taken."""
    programmes = programmes_of(county())
    seats = seats_of(one.id for one in programmes)
    return render_page(
        "office/programmes/index.html", programmes=programmes, kinds=PROGRAMMES, today=today_in(county()),
        taken={number: len(listed) for number, listed in seats.items()},
    )  # fmt: skip


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for something to sign up for."""
    return _form(_of(None))


@bp.post("")
@writes
def create() -> Response:
    """Add something to sign up for.

    Form: ``kind``, ``title``, ``begins_on``, ``ends_on`` (may be empty), ``clock`` (HH:MM), ``place``, ``seats``,
    ``contact``, ``phone``, ``scope`` (empty, ``day-<id>`` or ``campaign-<id>``). 303; 422.
    """
    return _keep(_of(None, request.form), Programme())


@bp.get("/<int:programme_id>")
@reads
def show(programme_id: int) -> Response:
    """Show who signed up, by pass number and name, those beyond the seats apart. That it was read is noted."""
    programme = _find(programme_id)
    people = signed_up(programme)
    note_reading("sign-ups", len(people), county())
    return _private("office/programmes/show.html", programme, people=people, can_note=day_of(programme) is not None)


@bp.get("/<int:programme_id>/sheet")
@reads
def sheet(programme_id: int) -> Response:
    """Show the list as it is printed: of a trip the passengers, without phones and numbers of identity cards."""
    programme = _find(programme_id)
    people = signed_up(programme)
    audit("print", f"list of {programme.title}", rows=len(people))
    return _private("office/programmes/sheet.html", programme, people=people)


@bp.get("/<int:programme_id>/edit")
@writes
def edit(programme_id: int) -> Response:
    """Show the form, filled in."""
    return _form(_of(_find(programme_id)))


@bp.post("/<int:programme_id>")
@writes
def update(programme_id: int) -> Response:
    """Change it. Form as for ``create`` without ``scope``, which stays. 303; 422."""
    programme = _find(programme_id)
    return _keep(_of(programme, request.form), programme)


@bp.post("/<int:programme_id>/closure")
@writes
def close(programme_id: int) -> Response:
    """Let nobody sign up any more, or again. Form: ``closed`` (``yes`` or nothing). 303."""
    programme = _find(programme_id)
    programme.closed = request.form.get("closed") == "yes"
    keep_programme(programme)
    return _back(programme)


@bp.post("/<int:programme_id>/sign-ups")
@writes
def add(programme_id: int) -> Response:
    """Sign up whoever carries a pass. Form: ``number`` (ten digits). 303, with what was wrong."""
    programme = _find(programme_id)
    number = digits_of(request.form.get("number", ""))
    if len(number) != PASS_DIGITS or not check_digit.is_valid(number):
        flash(_("A pass number has 10 digits."), "attention")
    else:
        sign_up(programme, number, who())
        flash(_("It is written down."), "success")
    return _back(programme)


@bp.post("/<int:programme_id>/people/<person>")
@writes
def note(programme_id: int, person: str) -> Response:
    """Note what became of a sign-up. Form: ``outcome`` (came, enrolled, no_show, done, or ``off``: off the list). 303;
    404 for who is not on the list; 422 for another outcome."""
    programme, outcome = _find(programme_id), request.form.get("outcome", "")
    if outcome != "off" and outcome not in SIGN_UP_OUTCOMES:
        abort(422)
    if outcome == "off":
        is_known = take_off(programme, person, who())
    else:
        is_known = say_outcome(programme, person, outcome, who())
    if not is_known:
        abort(404)
    flash(_("It is written down."), "success")
    return _back(programme)


def _find(programme_id: int) -> Programme:
    return Programme.get_or_none(id=programme_id, county=county()) or abort(404)


def _back(programme: Programme) -> Response:
    return go_to(url_for(".show", programme_id=programme.id))


def _of(programme: Programme | None, typed: Any = None) -> ProgrammeForm:
    campaigns = Campaign.still_on(county(), today_in(county()))
    return ProgrammeForm(coming_days(county()), campaigns, programme, typed)


def _keep(form: ProgrammeForm, programme: Programme) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    if programme.id:
        change(programme, fields)
    else:
        programme = Programme(**fields)
    keep_programme(programme)
    flash(_("The changes are kept."), "success")
    return _back(programme)


def _form(form: ProgrammeForm, status: int = 200) -> Response:
    return render_page(
        "office/programmes/edit.html", block=block_for_htmx("form"), status=status, form=form,
        programme=form.programme, kinds=PROGRAMMES,
    )  # fmt: skip


def _private(template: str, programme: Programme, **more: Any) -> Response:
    answer = render_page(
        template, programme=programme, kinds=PROGRAMMES, outcomes=SIGN_UP_OUTCOMES, today=today_in(county()), **more
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
