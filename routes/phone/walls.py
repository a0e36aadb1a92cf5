"""Walls: a market day on a large screen, opened by a short address that the office gave the screen. No account."""

from flask import Blueprint, Response, abort, request, url_for

from models.market.wall_link import WallLink
from routes.phone import page
from routes.phone.wall_page import Screen, ended, renewed, screen
from routes.web.attempts import Attempts
from routes.web.known_browsers import place_of

bp = Blueprint("walls", __name__, url_prefix="/w/<code>")

guesses = Attempts("wall link guessed", tries=30)


@bp.get("")
def show(code: str) -> Response:
    """Show the wall of a link; it renews itself. 404 of none that opens it, 429 after 30 wrong ones."""
    link = _found(code)
    if link is None:
        return page.page("nothing.html", 404)
    answer = screen(_screen(link), url_for(".renew", code=code))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/now")
def renew(code: str) -> Response:
    """Answer what the screen shows now; 304 where nothing changed. 404 with what an ended screen says."""
    link = _found(code)
    return renewed(_screen(link), ("link", link.id)) if link else ended()


def _found(code: str) -> WallLink | None:
    """Find a link. Wrong ones are counted by place, and hinder no screen there whose link is right."""
    link = WallLink.by_code(code)
    if link is None:
        place = place_of(request.remote_addr or "")
        if guesses.are_spent(place):
            abort(429)
        guesses.add(place)
    return link


def _screen(link: WallLink) -> Screen:
    return Screen(link.county, link.town_id or "", link.theme, link.english)
