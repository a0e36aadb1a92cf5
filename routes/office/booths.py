"""Booths: an employer's stand or a service desk of a market day, as the organiser sets it up."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.in_use import InUse, is_used
from models.kiosk.set_up import drop_booth, keep_booth
from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.vocabulary.code_list import TALLY_TOPICS
from routes.office.booth_form import KINDS, NEW_KINDS, BoothForm
from routes.office.booth_page import booth_page
from routes.office.closed_day import changing, is_closed, reason_missing
from routes.web.access import find_booth, find_booth_or_round, find_market_day, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("booths", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/booths")


@bp.get("/<int:number>")
@reads
def show(market_day_id: int, number: int) -> Response:
    """Show a booth with its vacancies, operators and tablets."""
    return booth_page(find_booth_or_round(market_day_id, number))


@bp.get("/new")
@writes
def new(market_day_id: int) -> Response:
    """Show the form for a booth, with the next free number."""
    return _form(BoothForm(find_market_day(market_day_id)))


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Add a booth.

    Form: ``number`` (1 to 999), ``kind`` (``employer`` or ``desk``), ``employer`` (id) or ``new_employer`` (a name,
    with ``new_kind`` and ``new_code``), ``name`` (a stand's may be its employer's), ``topics`` (tally topics, any
    number), ``expects_tablet`` (``yes`` or nothing), ``reason`` (of a closed day). 303; 422 with the form.
    """
    day = find_market_day(market_day_id)
    return _keep(BoothForm(day, request.form), Booth(market_day=day), _("The booth is set up."))


@bp.get("/<int:number>/edit")
@writes
def edit(market_day_id: int, number: int) -> Response:
    """Show a booth's form, filled in."""
    booth = find_booth(market_day_id, number)
    return _form(BoothForm(booth.market_day, booth=booth))


@bp.post("/<int:number>")
@writes
def update(market_day_id: int, number: int) -> Response:
    """Change a booth. Form as for ``create``. 303; 422 with the form, also when tablets or facts
    know the booth and its number or kind would change."""
    booth = find_booth(market_day_id, number)
    form = BoothForm(booth.market_day, request.form, booth)
    return _keep(form, booth, _("The changes are kept."))


@bp.post("/<int:number>/delete")
@writes
def destroy(market_day_id: int, number: int) -> Response:
    """Take a booth away with its vacancies. Form: ``reason``, of a closed day.

    303; 409 when a tablet or a fact knows it; 422 without the reason.
    """
    booth = find_booth(market_day_id, number)
    form = Form(request.form)
    try:
        with changing(booth.market_day, form):
            drop_booth(booth)
    except InUse:
        flash(_("Tablets or facts know this booth, so it stays."), "attention")
        return booth_page(booth, status=409)
    if not form.ok:
        flash(reason_missing(), "attention")
        return _form(BoothForm(booth.market_day, booth=booth), 422)
    flash(_("The booth is taken away."), "success")
    return _to(booth.market_day)


def _keep(form: BoothForm, booth: Booth, word: str) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    change(booth, fields)
    try:
        with changing(form.day, form):
            keep_booth(booth)
    except InUse:
        form.booth = Booth.get_by_id(booth.id)  # the page still speaks of the booth as it stands
        form.refuse("number", _("Tablets or facts know this booth, so its number and kind stay."))
        return _form(form, 422)
    if not form.ok:
        return _form(form, 422)
    flash(word, "success")
    return go_to(
        url_for("booths.show", market_day_id=booth.market_day_id, number=booth.number)
    )


def _to(day: MarketDay) -> Response:
    return go_to(url_for("market_days.show", market_day_id=day.id))


def _form(form: BoothForm, status: int = 200) -> Response:
    return render_page(
        "office/booths/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        day=form.day,
        booth=form.booth,
        kinds=KINDS,
        new_kinds=NEW_KINDS,
        topics=TALLY_TOPICS,
        is_used=bool(form.booth and is_used(form.booth)),
        closed=is_closed(form.day),
    )
