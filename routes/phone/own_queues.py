"""Own queue: where somebody waits at the market just now, and whether a booth calls them."""

from flask import Blueprint, Response

from models.phone.own_queue import places_of
from routes.phone import page
from routes.phone.me import found

bp = Blueprint("own_queues", __name__)
bp.register_error_handler(404, page.not_found)

PACE = 30  # seconds until the page asks again; only while somebody waits


@bp.get("/me/<token>/queue")
def show(token: str) -> Response:
    """Show about how many are before somebody at each booth where they wait. 404 for an address that is nobody's."""
    candidate = found(token)
    places = places_of(candidate, candidate.check_ins(), page.now())
    answer = page.page("queue.html", token=token, places=places, pace=PACE)
    if places:
        answer.headers["Refresh"] = str(PACE)
    return answer
