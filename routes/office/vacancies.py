"""Vacancies: what kind of work a booth wants people for."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.in_use import InUse
from models.kiosk.set_up import drop_offer, keep_vacancy, offer_vacancies
from models.market.booth import Booth
from models.market.offer import to_offer
from models.market.vacancy import Vacancy
from routes.office.booth_page import booth_page, find_offer, find_vacancy
from routes.office.closed_day import changing, changing_vacancy, is_closed, reason_missing
from routes.office.vacancy_form import LISTS_OF_FORM, VacancyForm, Wanted
from routes.web.access import find_booth, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint(
    "vacancies",
    __name__,
    url_prefix="/organiser/market-days/<int:market_day_id>/booths/<int:number>/vacancies",
)


@bp.get("/new")
@writes
def new(market_day_id: int, number: int) -> Response:
    """Show the form for a vacancy. 409 at a service desk."""
    booth = find_booth(market_day_id, number)
    return _no_offers(booth) if booth.is_desk else _form(booth, VacancyForm(Wanted.at(booth)))


@bp.post("")
@writes
def create(market_day_id: int, number: int) -> Response:
    """Add a vacancy; its number is given here and stays.

    Form: ``title``, ``trade``, ``openings`` (1 to 10000), ``duties``, ``place``, ``pay_min`` and ``pay_max``
    (yuan), ``pay_unit``, ``work_kind``, ``valid_until`` (date), and optionally ``hours``, ``benefits``
    (by commas), ``requirements``, ``bring``, ``adults_only`` (``yes``), those of the demand form
    (routes/office/demand_fields.py), ``exempt`` (marks of what rules stop and a reviewer lets stand, each with
    ``why-`` and its mark), ``another`` (go on with an empty form), ``reason`` (of a closed day). 303; 409 at a service
    desk; 422 with the form.
    """
    booth = find_booth(market_day_id, number)
    if booth.is_desk:
        return _no_offers(booth)
    county, employer = booth.market_day.county_id, booth.employer_id
    vacancy = Vacancy(county=county, employer=employer, number=Vacancy.free_number())
    return _keep(booth, VacancyForm(Wanted.at(booth), request.form), vacancy)


@bp.get("/<vacancy_number>/edit")
@writes
def edit(market_day_id: int, number: int, vacancy_number: str) -> Response:
    """Show a vacancy's form, filled in."""
    booth = find_booth(market_day_id, number)
    form = VacancyForm(Wanted.at(booth), vacancy=find_vacancy(booth, vacancy_number))
    form.look()
    return _form(booth, form)


@bp.post("/<vacancy_number>")
@writes
def update(market_day_id: int, number: int, vacancy_number: str) -> Response:
    """Change a vacancy. Form as for ``create``. 303; 422 with the form."""
    booth = find_booth(market_day_id, number)
    vacancy = find_vacancy(booth, vacancy_number)
    return _keep(booth, VacancyForm(Wanted.at(booth), request.form, vacancy), vacancy)


@bp.post("/<vacancy_number>/delete")
@writes
def destroy(market_day_id: int, number: int, vacancy_number: str) -> Response:
    """Take a vacancy off the market day, and away when no other day offers it. Form: ``reason``, of a closed day.

    303; 409 when a fact of the day names it: then it can only be closed; 422 without the reason.
    """
    booth = find_booth(market_day_id, number)
    offer = find_offer(booth, vacancy_number)
    vacancy = offer.vacancy
    form = Form(request.form)
    try:
        with changing(booth.market_day, form):
            drop_offer(offer)
    except InUse:
        flash(_("Facts name this vacancy, so it stays. You can close it."), "attention")
        return _form(booth, VacancyForm(Wanted.at(booth), vacancy=vacancy), 409)
    if not form.ok:
        flash(reason_missing(), "attention")
        return _form(booth, VacancyForm(Wanted.at(booth), vacancy=vacancy), 422)
    flash(_("The vacancy is taken away."), "success")
    return _to(booth)


@bp.post("/<vacancy_number>/verification")
@writes
def verify(market_day_id: int, number: int, vacancy_number: str) -> Response:
    """Note that the employer was asked just now and the vacancy holds. 303 to its form."""
    booth = find_booth(market_day_id, number)
    vacancy = find_vacancy(booth, vacancy_number)
    vacancy.verify(who())
    flash(_("Noted: vacancy %(number)s was checked with the employer today.", number=vacancy.number), "success")
    return go_to(url_for(".edit", market_day_id=market_day_id, number=number, vacancy_number=vacancy_number))


@bp.post("/offers")
@writes
def offer(market_day_id: int, number: int) -> Response:
    """Offer vacancies of the booth's employer here too, which other market days offer already.

    Form: ``vacancy`` (their numbers; one that cannot be offered here is passed over), ``reason`` (of a closed day).
    303 to the booth, where it says what was done.
    """
    booth = find_booth(market_day_id, number)
    chosen = set(request.form.getlist("vacancy"))
    vacancies = [vacancy for vacancy in to_offer(booth) if vacancy.number in chosen]
    form = Form(request.form)
    with changing(booth.market_day, form):
        offer_vacancies(vacancies, booth)
    if form.ok:
        flash(_("%(count)s vacancies are offered here too.", count=len(vacancies)), "success")
    else:
        flash(reason_missing(), "attention")
    return _to(booth)


def _keep(booth: Booth, form: VacancyForm, vacancy: Vacancy) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(booth, form, 422)
    change(vacancy, fields)
    with changing_vacancy(vacancy, booth.market_day, form):
        keep_vacancy(vacancy, None if vacancy.id else booth)
    if not form.ok:
        return _form(booth, form, 422)
    keep_checks(form, vacancy)
    flash(_("Vacancy %(number)s is kept.", number=vacancy.number), "success")
    if "another" in request.form:
        return go_to(url_for(".new", market_day_id=booth.market_day_id, number=booth.number))
    return _to(booth)


def keep_checks(form: VacancyForm, vacancy: Vacancy) -> None:
    """Store what a reviewer lets stand in a vacancy, and say what else there is to look at."""
    form.keep_exemptions(vacancy)
    if form.warnings:
        flash(_("%(count)s points to check are marked in vacancy %(number)s.",
                count=len(form.warnings), number=vacancy.number), "attention")  # fmt: skip


def _no_offers(booth: Booth) -> Response:
    flash(_("A service desk offers no vacancies: it helps people to those of every booth."), "attention")
    return booth_page(booth, status=409)


def _to(booth: Booth) -> Response:
    return go_to(
        url_for("booths.show", market_day_id=booth.market_day_id, number=booth.number)
    )


def _form(booth: Booth, form: VacancyForm, status: int = 200) -> Response:
    return render_page(
        "office/vacancies/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        day=booth.market_day,
        booth=booth,
        vacancy=form.vacancy,
        closed=is_closed(booth.market_day),
        **LISTS_OF_FORM,
    )
