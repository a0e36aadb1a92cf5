"""Vacancy pages: a poster's code leads a phone here, to read and to say: I want this job."""

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
from models.phone.own_page import OwnPage
from models.phone.spoken import vacancy_clips
from models.vocabulary.trade import TRADES
from routes.phone import page, page_cache
from routes.phone.form_number import form_number, number_for
from routes.phone.recordings import recording
from routes.phone.registration_form import RegistrationForm
from routes.phone.vacancy_numbers import MOST_TYPED, unknown
from routes.web.answers import see_other
from routes.web.attempts import Attempts

bp = Blueprint("vacancy_pages", __name__)

MOST_OTHERS = 6

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
    comes as a cookie. A phone that registered somebody gets a page of its own.
    """
    found = vacancy_notice(number) if check_digit.is_valid(number) else None
    if found is None:
        return unknown(number)
    day, vacancy = found
    page.of_day(day)
    if day.is_draft:
        return page.draft(day)
    if (candidate := page.known()) and candidate.county_id == day.county_id:
        return _for_known(day, vacancy, candidate, has_checked_in=candidate.has_checked_in_for(number, day.id))
    shown = _shown(day, vacancy)
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

    Form: ``name``, ``birth_year``, ``phone`` (may be empty), ``trades`` (codes, at least one), ``consent`` (``yes``
    or nothing), ``of_age`` (``yes``, when it was asked for); and the form's number, a UUID, as the cookie that came
    with the page or as ``registration``. 303 to the candidate's own page, the same one however often it is sent; 422
    with the form when something is wrong or no number came, or with a kind word for those too young; 422 with the way
    to the next market day when this one is over; 429 with the form after 60 registrations from one address within ten
    minutes.
    """
    found = vacancy_notice(number) if check_digit.is_valid(number) else None
    if found is None:
        return unknown(number)
    day, vacancy = found
    page.of_day(day)
    if day.is_draft:
        return page.draft(day, 422)
    if is_over(day):
        return _over(day, vacancy)
    form = RegistrationForm(request.form, form_number())
    sent = form.read(day, vacancy)
    if form.verdict and form.is_too_young:
        return _too_young(day, vacancy, form.verdict.least, form)
    if sent is None:
        return page.private(_render(_shown(day, vacancy), form, form.number or str(uuid4())), 422)
    address = request.remote_addr or ""
    if registrations.are_spent(address):
        form.refuse("again", _("Very many people are registering here just now. Please wait a few minutes and tap once "
                               "more; nothing that you wrote is lost. Or go to a booth: they register you at once."))
        return page.private(_render(_shown(day, vacancy), form, form.number or str(uuid4())), 429)
    registrations.add(address)
    secret = current_app.config["SECRET_KEY"]
    token = registration.register(MarketDay.get_by_id(day.id), sent, number, form.consents, secret)
    return page.remember(see_other(url_for("me.show", token=token)), token)


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
    candidate = page.known()
    if candidate is None or candidate.county_id != day.county_id:
        return see_other(url_for("vacancy_pages.show", number=number))
    if day.is_draft:
        return page.draft(day, 422)
    if is_over(day):
        return _over(day, vacancy)
    judged = judge_age(candidate.birth_year, day.date.year, vacancy.adults_only)
    if judged.verdict == TOO_YOUNG:
        return _too_young(day, vacancy, judged.least)
    if judged.verdict == ASK and request.form.get("of_age") != "yes":
        return _for_known(day, vacancy, candidate, has_checked_in=False, asked=judged, status=422)
    registration.check_in(
        MarketDay.get_by_id(day.id),
        candidate.candidate,
        number,
        request.form.get("consent") == "yes",
    )
    return see_other(url_for("me.show", token=request.cookies[page.COOKIE]))


def _render(shown: dict[str, Any], form: RegistrationForm, number: str = "") -> str:
    trades = _trades(shown["vacancy"].trade)
    return page.render("vacancy.html", **shown, form=form, trades=trades, minted=number)


def _for_known(
    day: DayNotice, vacancy: VacancyNotice, candidate: OwnPage, has_checked_in: bool,
    asked: AgeVerdict | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """Show the vacancy to a phone that registered somebody before."""
    return page.page(
        "vacancy_known.html", status, **_shown(day, vacancy), candidate=candidate, has_checked_in=has_checked_in,
        asked=asked, token=request.cookies[page.COOKIE],
    )  # fmt: skip


def _trades(first: str) -> dict[str, str]:
    """Return the trades with the vacancy's own in front: it is the likeliest tap."""
    return {first: TRADES[first], **TRADES} if first in TRADES else TRADES


def _shown(day: DayNotice, vacancy: VacancyNotice) -> dict[str, Any]:
    """Return what both faces of a vacancy's page show: equal values make equal pages."""
    today = page.today(day)
    return {
        "day": day,
        "vacancy": vacancy,
        "is_expired": bool(vacancy.valid_until and vacancy.valid_until < today),
        **page.ending(day)._asdict(),
    }


def _over(day: DayNotice, vacancy: VacancyNotice) -> Response:
    """Say that the market day is over, and lead to the next one."""
    return page.page("vacancy.html", 422, **_shown(day, vacancy), form=RegistrationForm(), trades={}, minted="")


def _too_young(
    day: DayNotice, vacancy: VacancyNotice, least: int, form: RegistrationForm | None = None
) -> Response:
    """Say kindly that this is not possible yet. Nothing is kept here; what was typed goes back to be mended."""
    others = []
    if least > 16:
        others = [v for v in vacancies_of_day(day.id) if not (v.adults_only or v.closed)]
        others.sort(key=lambda v: (v.trade != vacancy.trade, v.booth))
    return page.page("too_young.html", 422, day=day, vacancy=vacancy, least=least,
                       others=others[:MOST_OTHERS], form=form,
                       trades=_trades(vacancy.trade), minted=form.number or "" if form else "")  # fmt: skip
