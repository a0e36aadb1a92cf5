"""Tablets: enrolled at a booth by a QR code, watched through the day, revoked at once."""

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.base.database import writing
from models.market.booth import Booth
from models.market.enrolment import CODE_LIFETIME, Enrolment
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.printing import qr
from models.quarantine.queue import waiting
from models.vocabulary.code_list import N_
from routes.office.lists import tablet_list
from routes.office.tablet_rows import PACE, QUICK, tablet_rows
from routes.web import tls
from routes.web.access import audit, find_booth_or_round, find_market_day, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page


class WriteOffForm(LabelledForm):
    """Why nothing more is expected of a tablet."""

    labels = {"reason": N_("Reason")}


bp = Blueprint("tablets", __name__, url_prefix="/organiser/market-days/<int:market_day_id>")


@bp.get("/tablets")
@reads
def index(market_day_id: int) -> Response:
    """Show the market day's tablets. Query as a listing's; or ``booth`` (a number): only that booth's,
    and with it ``pace`` (``5``: ask again every five seconds, while one is being enrolled)."""
    day = find_market_day(market_day_id)
    asked = request.args.get("booth", type=int)
    if asked is not None:
        return _of_booth(find_booth_or_round(market_day_id, asked))
    return render_page(
        "office/tablets/index.html",
        block=block_for_htmx("list"),
        day=day,
        tablets=tablet_list(day, tablet_rows(day)),
        pace=PACE,
        waiting=waiting(day),
    )


def _of_booth(booth: Booth) -> Response:
    return render_page(
        "office/tablets/of_booth.html",
        block=block_for_htmx("tablets"),
        day=booth.market_day,
        booth=booth,
        tablets=tablet_rows(booth.market_day, booth),
        pace=QUICK if request.args.get("pace", type=int) == QUICK else PACE,
    )


@bp.post("/booths/<int:number>/tablets")
@writes
def create(market_day_id: int, number: int) -> Response:
    """Open an enrolment for one tablet of a booth and show its code. 201."""
    booth = find_booth_or_round(market_day_id, number)
    with writing():
        code = Enrolment.open(booth)
    audit("enrolment_opened", f"market day {market_day_id}, booth {number}")
    origin = current_app.config["ORIGIN"]
    link = f"{origin}/enrol#{code}"
    return render_page(
        "office/tablets/new.html",
        status=201,
        day=booth.market_day,
        booth=booth,
        code=code,
        qr=qr.svg(link),
        origin=origin,
        is_trial=tls.is_trial(current_app),
        until=utcnow() + CODE_LIFETIME,
        pace=QUICK,
        tablets=tablet_rows(booth.market_day, booth),
    )


@bp.get("/tablets/<int:tablet_id>/edit")
@writes
def edit(market_day_id: int, tablet_id: int) -> Response:
    """Ask whether a tablet is to be revoked, and say what that means."""
    day = find_market_day(market_day_id)
    return render_page("office/tablets/edit.html", day=day, tablet=_find(day, tablet_id))


@bp.post("/tablets/<int:tablet_id>/delete")
@writes
def destroy(market_day_id: int, tablet_id: int) -> Response:
    """Revoke a tablet at once; what it sent stays. A repeat changes nothing. 303."""
    day = find_market_day(market_day_id)
    tablet = _find(day, tablet_id)
    if tablet.revoked_at is None:
        tablet.revoke()
        audit("tablet_revoked", f"market day {day.id}, tablet {tablet.letter}")
    flash(_("Tablet %(letter)s is revoked.", letter=tablet.letter), "success")
    return go_to(url_for("tablets.index", market_day_id=day.id))


@bp.get("/tablets/<int:tablet_id>/write-off")
@writes
def ask_to_write_off(market_day_id: int, tablet_id: int) -> Response:
    """Ask whether nothing more is expected of a tablet, and say what that means."""
    day = find_market_day(market_day_id)
    return _write_off_page(day, _find(day, tablet_id), WriteOffForm())


@bp.post("/tablets/<int:tablet_id>/write-off")
@writes
def write_off(market_day_id: int, tablet_id: int) -> Response:
    """Write off what a tablet still holds or lost. Form: ``reason``. 303; 422 with the form."""
    day = find_market_day(market_day_id)
    tablet, form = _find(day, tablet_id), WriteOffForm(request.form)
    reason = form.text("reason", limit=100)
    if reason is None:
        return _write_off_page(day, tablet, form, 422)
    tablet.write_off(who(), reason)
    audit("tablet_written_off", f"market day {day.id}, tablet {tablet.letter}: {reason}", rows=tablet.lost)
    flash(_("Tablet %(letter)s is written off.", letter=tablet.letter), "success")
    return go_to(url_for("tablets.index", market_day_id=day.id))


@bp.post("/tablets/<int:tablet_id>/write-off/delete")
@writes
def take_back_write_off(market_day_id: int, tablet_id: int) -> Response:
    """Expect again what was written off. A repeat changes nothing. 303."""
    day = find_market_day(market_day_id)
    tablet = _find(day, tablet_id)
    if tablet.written_off_at:
        tablet.take_back_write_off()
        audit("write_off_taken_back", f"market day {day.id}, tablet {tablet.letter}")
    return go_to(url_for("tablets.index", market_day_id=day.id))


def _write_off_page(day: MarketDay, tablet: Tablet, form: "WriteOffForm", status: int = 200) -> Response:
    return render_page(
        "office/tablets/write_off.html", block=block_for_htmx("form"), status=status, day=day, tablet=tablet, form=form
    )


def _find(day: MarketDay, tablet_id: int) -> Tablet:
    return next((tablet for tablet in Tablet.enrolled(day) if tablet.id == tablet_id), None) or abort(404)
