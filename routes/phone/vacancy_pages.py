"""Vacancy pages: a poster's code leads a phone here, to read and to say: I want this job."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask_babel import gettext as _

from models.base import check_digit
from models.base.typed import digits_of
from models.market.market_day import MarketDay
from models.phone import registration
from models.phone.age import ASK, TOO_YOUNG, AgeVerdict, judge_age
from models.phone.notice import DayNotice, VacancyNotice, is_over, vacancies_of_day, vacancy_notice
from models.phone.spoken import vacancy_clips
from routes.phone import page, page_cache
from routes.phone.form_number import form_number, number_for
from routes.phone.holders import Holder, holder_in, remember
from routes.phone.recordings import recording
from routes.phone.registration_form import RegistrationForm
from routes.phone.vacancy_numbers import MOST_TYPED, unknown
from routes.web.answers import see_other
from routes.web.attempts import Attempts

bp = Blueprint("vacancy_pages", __name__)

MOST_OTHERS = 6
HELPS = ("self", "relative")  # who fills in the form for one more person on a phone

# Many people share one address behind a market's mast, so a stranger's script has to be far more than a crowd.
registrations = Attempts("registration address", tries=60, seconds=600)


@bp.get("/v")
def index() -> Response:
    """Ask for a vacancy's number. Query: ``number``, which leads to its page with 303."""
    typed = digits_of(request.args.get("number", "")[:MOST_TYPED])
    if typed:
        return see_other(url_for("vacancy_pages.show", number=typed))
    return page.page("number.html", typed="", near=())


@bp.get("/v/<number>")
def show(number: str) -> Response:
    """Show a vacancy. 404, with what may have been meant, when nothing has that number.

    The page is cached, the same for everybody in a language (routes/phone/page_cache.py); the number of its form
    comes as a cookie. A phone that registered somebody gets a page of its own. Query: ``who`` (``self`` or
    ``relative``), the form for one more person on such a phone.
    """
    found = vacancy_notice(number) if check_digit.is_valid(number) else None
    if found is None:
        return unknown(number)
    day, vacancy = found
    page.of_day(day)
    if day.is_draft:
        return page.draft(day)
    shown, helps = _shown(day, vacancy), request.args.get("who", "")
    if (holder := holder_in(day.county_id)) and helps in HELPS:
        return number_for(page.private(_render(shown, RegistrationForm(), helps=helps, before=holder)))
    if holder:
        return _for_known(day, vacancy, holder, holder.page.has_checked_in_for(number, day.id))
    cached = page_cache.answer(("v", number), tuple(shown.values()), lambda: _render(shown, RegistrationForm()))
    return number_for(cached)


@bp.get("/v/<number>/spoken.mp3")
def speak(number: str) -> Response:
    """Say a vacancy in Mandarin. Query: ``known`` (``yes``: no form follows). 404 for no vacancy."""
    found = vacancy_notice(number) if check_digit.is_valid(number) else None
    if found is None or found[0].is_draft:
        abort(404)
    return recording(vacancy_clips(found[1], "known" if request.args.get("known") == "yes" else "want"))


@bp.post("/v/<number>")
def create(number: str) -> Response:
    """Register the candidate and check them in for the vacancy.

    Form: ``name``, ``birth_year``, ``phone`` (may be empty), ``consent`` (``yes``
    or nothing), ``of_age`` (``yes``, when it was asked for); and the form's number, a UUID, as the cookie that came
    with the page or as ``registration``; ``by`` (``relative``: the phone's owner fills it in for somebody else, and no
    consent is taken from them). 303 to the candidate's own page, the same one however often it is sent; 422
    with the form when something is wrong or no number came, or with a kind word for those too young; 422 with the way
    to the next market day when this one is over, or when it was work for a date that is over; 429 with the form after
    60 registrations from one address within ten minutes.
    """
    found = vacancy_notice(number) if check_digit.is_valid(number) else None
    if found is None:
        return unknown(number)
    day, vacancy = found
    page.of_day(day)
    if day.is_draft:
        return page.draft(day, 422)
    if is_over(day) or vacancy.ended:
        return _over(day, vacancy)
    form = RegistrationForm(request.form, form_number())
    sent, helps = form.read(day, vacancy), "relative" if request.form.get("by") == "relative" else ""
    by = helps or "self"
    if form.verdict and form.is_too_young:
        return _too_young(day, vacancy, form.verdict.least, form)
    if sent is None:
        return page.private(_render(_shown(day, vacancy), form, form.number or str(uuid4()), helps), 422)
    address = request.remote_addr or ""
    if registrations.are_spent(address):
        form.refuse("again", _("Very many people are registering here just now. Please wait a few minutes and tap once "
                               "more; nothing that you wrote is lost. Or go to a booth: they register you at once."))
        return page.private(_render(_shown(day, vacancy), form, form.number or str(uuid4()), helps), 429)
    registrations.add(address)
    secret = current_app.config["SECRET_KEY"]
    consents = form.consents and by == "self"
    token = registration.register(MarketDay.get_by_id(day.id), replace(sent, by=by), number, consents, secret)
    return remember(see_other(url_for("me.show", token=token)), token)


@bp.post("/v/<number>/check-ins")
def check_in(number: str) -> Response:
    """Check the candidate whose phone this is in for the vacancy.

    Form: ``consent`` (``yes`` or nothing), ``of_age`` (``yes``, when it was asked for). 303 to
    their own page; 303 to the vacancy with its form when the phone is not known; 422 when too young, or with the way to
    the next market day when this one is over.
    """
    found = vacancy_notice(number) if check_digit.is_valid(number) else None
    if found is None:
        return unknown(number)
    day, vacancy = found
    page.of_day(day)
    holder = holder_in(day.county_id)
    if holder is None:
        return see_other(url_for("vacancy_pages.show", number=number))
    if day.is_draft:
        return page.draft(day, 422)
    if is_over(day) or vacancy.ended:
        return _over(day, vacancy)
    judged = judge_age(holder.page.birth_year, day.date.year, vacancy.adults_only)
    if judged.verdict == TOO_YOUNG:
        return _too_young(day, vacancy, judged.least)
    if judged.verdict == ASK and request.form.get("of_age") != "yes":
        return _for_known(day, vacancy, holder, has_checked_in=False, asked=judged, status=422)
    registration.check_in(
        MarketDay.get_by_id(day.id),
        holder.page.candidate,
        number,
        request.form.get("consent") == "yes",
    )
    return see_other(url_for("me.show", token=holder.token))


def _render(
    shown: dict[str, Any], form: RegistrationForm, number: str = "", helps: str = "", before: Holder | None = None
) -> str:
    return page.render("vacancy.html", **shown, form=form, minted=number, by=helps, before=before)


def _for_known(
    day: DayNotice, vacancy: VacancyNotice, holder: Holder, has_checked_in: bool,
    asked: AgeVerdict | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """Show the vacancy to a phone that registered somebody before."""
    return page.page(
        "vacancy_known.html", status, **_shown(day, vacancy), candidate=holder.page, has_checked_in=has_checked_in,
        asked=asked, token=holder.token,
    )  # fmt: skip


def _shown(day: DayNotice, vacancy: VacancyNotice) -> dict[str, Any]:
    """Return what both faces of a vacancy's page show: equal values make equal pages."""
    today = page.today(day)
    return {
        "day": day,
        "vacancy": vacancy,
        "is_expired": bool(vacancy.valid_until and vacancy.valid_until < today and not vacancy.ended),
        **page.ending(day)._asdict(),
    }


def _over(day: DayNotice, vacancy: VacancyNotice) -> Response:
    """Say that the market day is over, and lead to the next one; or that the vacancy's own day is."""
    return page.page("vacancy.html", 422, **_shown(day, vacancy), form=RegistrationForm(), minted="",
                     by="", before=None)  # fmt: skip


def _too_young(
    day: DayNotice, vacancy: VacancyNotice, least: int, form: RegistrationForm | None = None
) -> Response:
    """Say kindly that this is not possible yet. Nothing is kept here; what was typed goes back to be mended."""
    others = []
    if least > 16:
        others = [v for v in vacancies_of_day(day.id) if not (v.adults_only or v.closed or v.ended)]
        others.sort(key=lambda v: (v.trade != vacancy.trade, v.booth))
    return page.page("too_young.html", 422, day=day, vacancy=vacancy, least=least,
                       others=others[:MOST_OTHERS], form=form,
                       minted=form.number or "" if form else "",
                       by=request.form.get("by", ""))  # fmt: skip
