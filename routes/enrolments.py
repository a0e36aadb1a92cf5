"""Enrolments: a device becomes a booth's tablet with a one-time code."""

from flask import Blueprint, Response, current_app, jsonify, request

from models.market.tablet import Enrolment
from routes._access import TABLET_COOKIE
from routes._attempts import Attempts
from routes._pages import render_page

bp = Blueprint("enrolments", __name__)

A_SEASON = 120 * 86_400  # seconds

attempts = Attempts(tries=20)  # a market's tablets may share one address


@bp.get("/enrol")
def new() -> Response:
    """Show the page that takes the code from the address's fragment, or from a field."""
    return render_page("kiosk/enrol.html")


@bp.post("/enrol")
def create() -> Response:
    """Enrol this device.

    Form: ``code``, ``name`` (optional). 201 with JSON ``{tablet, booth, market_day}`` and the tablet's
    cookie; 422 when the code is unknown, used or older than ten minutes; 429 after twenty such
    codes from one address within five minutes.
    """
    address = request.remote_addr or ""
    if attempts.are_spent(address):
        return _refused("too_many_tries", 429)
    redeemed = Enrolment.redeem(request.form.get("code", "")[:200], request.form.get("name", ""))
    if redeemed is None:
        attempts.add(address)
        return _refused("code_invalid", 422)
    tablet, token = redeemed
    answer = jsonify(
        tablet=tablet.letter, booth=tablet.booth.number, market_day=tablet.market_day_id
    )
    answer.status_code = 201
    answer.set_cookie(
        TABLET_COOKIE,
        token,
        max_age=A_SEASON,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure or current_app.config["ORIGIN"].startswith("https:"),
    )
    return answer


def _refused(error: str, status: int) -> Response:
    answer = jsonify(error=error)
    answer.status_code = status
    return answer
