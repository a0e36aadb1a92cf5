"""Enrolments: a one-time code brings a device into the county's pool and assigns it to the code's booth."""

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from models.market.audit import AuditEntry
from models.market.enrolment import Enrolment
from models.market.tablet import Tablet
from routes.kiosk.files import ENROLMENT, ENROLMENT_SHEET, built_url
from routes.kiosk.floor import floor_scripts, floor_sentences
from routes.web.answers import refusal
from routes.web.attempts import Attempts
from routes.web.errors import answers_json
from routes.web.pages import render_page
from routes.web.tablet_access import TABLET_COOKIE

bp = Blueprint("enrolments", __name__)

A_SEASON = 120 * 86_400  # seconds

attempts = Attempts("enrolment address", tries=20)  # a market's tablets may share one address


@bp.get("/enrol")
def new() -> Response:
    """Show the page that takes the code from the address's fragment, or from a field."""
    return render_page(
        "kiosk/enrol.html",
        sheet=built_url(ENROLMENT_SHEET),
        entry=built_url(ENROLMENT),
        floor_scripts=floor_scripts(),
        floor=floor_sentences(),
    )


@bp.post("/enrol")
@answers_json
def create() -> ResponseReturnValue:
    """Enrol this device.

    Form: ``code``, ``name`` and ``resume`` (optional). 201 with JSON ``{tablet, booth, market_day, resume,
    resumed, acknowledged}`` and the tablet's cookie. ``resume`` is a secret: sent along with the next code
    it makes the device the same one again, at the same booth the same tablet (``resumed``), whose log the server has
    up to ``acknowledged``. 422 when the code is unknown, used or older than ten minutes; 429 after twenty such
    codes from one address within five minutes.
    """
    address = request.remote_addr or ""
    if attempts.are_spent(address):
        return refusal(429, "too_many_tries")
    form = request.form
    enrolled = Enrolment.redeem(form.get("code", "")[:200], form.get("name", ""), form.get("resume", "")[:200])
    if enrolled is None:
        attempts.add(address)
        return refusal(422, "code_invalid")
    tablet = enrolled.tablet
    if enrolled.resumed:
        _note_resumed(tablet)
    answer = make_response(jsonify(
        tablet=tablet.letter,
        booth=tablet.booth.number,
        market_day=tablet.market_day_id,
        resume=enrolled.resume,
        resumed=enrolled.resumed,
        acknowledged=tablet.acknowledged,
    ), 201)  # fmt: skip
    answer.set_cookie(
        TABLET_COOKIE,
        enrolled.cookie,
        max_age=A_SEASON,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure or current_app.config["ORIGIN"].startswith("https:"),
    )
    return answer


def _note_resumed(tablet: Tablet) -> None:
    """Note in the audit log that a device with this tablet's secret and a new code took over its identity."""
    day = tablet.market_day
    what = f"market day {day.id}, booth {tablet.booth.number}"
    AuditEntry.create(county=day.county_id, who=f"tablet:{tablet.letter}", action="tablet_resumed", what=what)
