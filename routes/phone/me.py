"""Own page: a candidate's pass and check-ins, at an address that only their phone has."""

from base64 import b64encode

from flask import Blueprint, Response, abort, current_app, request, url_for

from models.market.county import County
from models.market.market_day import MarketDay
from models.market.service_point import ServicePoint
from models.people.candidate_pass import PhonePass
from models.phone import registration
from models.phone.notice import day_notice
from models.phone.own_data import OwnData, consents_of, passes_of, visits_of
from models.phone.own_page import OwnCheckIn, OwnPage
from models.phone.own_queue import places_of
from models.phone.spoken import own_page_clips
from models.phone.wishes import Wishes, likely_trades
from models.printing.qr import modules, sheet_paths, svg
from models.printing.qr_picture import png
from models.vocabulary.code_list import EXITS, STAGES
from models.vocabulary.trade import TRADES
from routes.phone import page
from routes.phone.holders import holders
from routes.phone.own_wishes_form import OwnWishesForm
from routes.phone.recordings import recording
from routes.web.answers import see_other

bp = Blueprint("me", __name__)
bp.register_error_handler(404, page.not_found)


@bp.get("/me/<token>")
def show(token: str) -> Response:
    """Show the pass, what it was used for, and what is written down. 404 for an address that is nobody's.

    Query: ``phone`` (``shown``: the whole number), ``done`` (what was done a moment
    ago: ``corrected``, ``wished``, ``agreed-`` or ``refused-`` with a vacancy's number).
    """
    candidate = found(token)
    check_ins, own_pass = candidate.check_ins(), candidate.newest_pass()
    town = check_ins[0].day.town if check_ins else candidate.town
    wished = Wishes.of(candidate.candidate)
    return page.page(
        "me.html", places=places_of(candidate, check_ins, page.now()),
        candidate=candidate, token=token, check_ins=check_ins, own_pass=own_pass,
        code=svg(_address(own_pass)) if own_pass else "",
        picture=b64encode(_png(own_pass)).decode(), stages=STAGES | EXITS,
        point=ServicePoint.nearest(candidate.county_id, candidate.home or "", town),
        is_here=token in {holder.token for holder in holders()},
        over={check_in.day.id for check_in in check_ins if _is_over(check_in)},
        hired=[check_in for check_in in check_ins if check_in.is_hired and check_in.stage in STAGES],
        own=OwnData.of(candidate.candidate), passes=passes_of(candidate), visits=visits_of(candidate),
        consents=consents_of(candidate), trades=TRADES, phone_is_shown=request.args.get("phone") == "shown",
        done=request.args.get("done", ""), wished=wished, wishing=OwnWishesForm(None, wished),
        likely=likely_trades(candidate.market_day, wished.trades),
    )  # fmt: skip


@bp.get("/me/<token>/card")
def card(token: str) -> Response:
    """Show the pass as a card that fills the screen, with name, town and date: to be kept as a screenshot."""
    candidate = found(token)
    own_pass = candidate.newest_pass() or abort(404)
    day, address = day_notice(own_pass.market_day.id) or abort(404), _address(own_pass)
    return page.page(
        "card.html", candidate=candidate, token=token, own_pass=own_pass, day=day,
        side=modules(address)[0], path=sheet_paths([address], border=0)[0],
    )  # fmt: skip


@bp.get("/me/<token>/pass.png")
def picture(token: str) -> Response:
    """Send the pass as a picture, to be kept in the phone's album by a long press."""
    own_pass = found(token).newest_pass() or abort(404)
    return Response(_png(own_pass), mimetype="image/png", headers={"Cache-Control": "private, no-store"})


@bp.get("/me/<token>/spoken.mp3")
def speak(token: str) -> Response:
    """Say in Mandarin what to do with the pass, and its number digit by digit."""
    own_pass = found(token).newest_pass()
    return recording(own_page_clips(own_pass.number if own_pass else None))


@bp.get("/me/<token>/check-ins/<vacancy>/withdrawal")
def ask_to_withdraw(token: str, vacancy: str) -> Response:
    """Ask before a check-in is withdrawn. 404 without such a check-in; 303 back when it is withdrawn already."""
    _candidate, check_in = _check_in(token, vacancy)
    if check_in.is_withdrawn:
        return see_other(url_for("me.show", token=token))
    return page.page("withdrawal.html", token=token, check_in=check_in)


@bp.post("/me/<token>/check-ins/<vacancy>/withdrawal")
def withdraw_check_in(token: str, vacancy: str) -> Response:
    """Withdraw a check-in, and the consent with it; what was reached stays counted.

    303 back, where it says so; 404 without such a check-in.
    """
    candidate, check_in = _check_in(token, vacancy)
    day = MarketDay.get_by_id(check_in.day.id)
    registration.withdraw_check_in(day, candidate.candidate, vacancy, check_in.scan)
    return see_other(url_for("me.show", token=token, _anchor=f"v{vacancy}"))


@bp.post("/me/<token>/check-ins/<vacancy>/withdrawal/delete")
def take_back_withdrawal(token: str, vacancy: str) -> Response:
    """Take a withdrawal back: the check-in stands where it stood. 303 back; 404 without such a check-in."""
    candidate, check_in = _check_in(token, vacancy)
    if check_in.is_withdrawn and not _is_over(check_in):
        registration.check_in(MarketDay.get_by_id(check_in.day.id), candidate.candidate, vacancy, consents=False)
    return see_other(url_for("me.show", token=token, _anchor=f"v{vacancy}"))


@bp.get("/me/<token>/check-ins/<vacancy>/consent")
def ask_to_take_consent_back(token: str, vacancy: str) -> Response:
    """Ask before a consent is taken back. 404 without such a check-in; 303 back when none stands."""
    _candidate, check_in = _check_in(token, vacancy)
    if not check_in.consented:
        return see_other(url_for("me.show", token=token))
    return page.page("consent.html", token=token, check_in=check_in)


@bp.post("/me/<token>/check-ins/<vacancy>/consent")
def change_consent(token: str, vacancy: str) -> Response:
    """Give or take back the consent that the employer gets name and phone.

    Form: ``consent`` (``yes`` gives, anything else takes back). 303 back, where it says so; 404 without such a
    check-in.
    """
    candidate, check_in = _check_in(token, vacancy)
    change, done = registration.withdraw_consent, "refused"
    if request.form.get("consent") == "yes":
        change, done = registration.give_consent, "agreed"
    change(MarketDay.get_by_id(check_in.day.id), candidate.candidate, vacancy)
    return see_other(url_for("me.show", token=token, done=f"{done}-{vacancy}", _anchor=f"v{vacancy}"))


def found(token: str) -> OwnPage:
    """Return the page with a secret name, or raise 404."""
    candidate = OwnPage.by_token(token) or abort(404)
    page.of_county(County.get_by_id(candidate.county_id))
    return candidate


def _check_in(token: str, vacancy: str) -> tuple[OwnPage, OwnCheckIn]:
    candidate = found(token)
    own = (check_in for check_in in candidate.check_ins() if check_in.vacancy.number == vacancy)
    return candidate, next(own, None) or abort(404)


def _is_over(check_in: OwnCheckIn) -> bool:
    return bool(check_in.day.cancelled) or check_in.day.date < page.today(check_in.day)


def _png(own_pass: PhonePass | None) -> bytes:
    return png(_address(own_pass), own_pass.number, str(own_pass.market_day.date)) if own_pass else b""


def _address(own_pass: PhonePass) -> str:
    return f"{current_app.config['ORIGIN']}/p/{own_pass.digits}"
