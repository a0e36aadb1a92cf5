"""Deliveries: a tablet brings a hand-over, its own or one it read from another's screen."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from models.intake.hand_over import LARGEST, NoBox, TooManyBoxes, receive
from routes.web.answers import refusal
from routes.web.tablet_access import of_tablet

bp = Blueprint("deliveries", __name__)


@bp.post("/kiosk/hand-overs")
@of_tablet
def create() -> ResponseReturnValue:
    """Receive one sealed hand-over; it may come any number of times.

    Body: its bytes, ``application/octet-stream``. 200 with JSON ``{id, kept: true}`` once it is stored and, if it
    could be opened and its own tablet vouches for it, applied; 401 not enrolled, revoked or closed; 413 larger than
    2 MB; 422 no hand-over at all; 429 when this tablet brought more bytes than one may.
    """
    if (request.content_length or 0) > LARGEST:
        return refusal(413, "too_large")
    request.max_content_length = LARGEST
    try:
        who = f"tablet:{g.tablet.letter}"
        received = receive(g.tablet.market_day, request.get_data(), "tablet", who, g.tablet.log)
    except NoBox:
        return refusal(422, "no_box")
    except TooManyBoxes:
        return refusal(429, "too_many")
    return {"id": received.hand_over.id, "kept": True}
