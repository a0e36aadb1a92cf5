"""Opening an employer's link: who may, how often, and that it is noted."""

from typing import NoReturn

from flask import abort, g, request

from models.market.employer_link import EmployerLink
from routes.office.market_dates import today_in
from routes.phone import page
from routes.web.access import audit
from routes.web.attempts import Attempts
from routes.web.known_browsers import place_of

guesses = Attempts("employer link guessed", tries=30)
openings = Attempts("employer link opened", tries=60)


def opened(token: str) -> EmployerLink:
    """Return the link of an address, and make the page at hand one of its county; each opening is noted.

    Raises 404, on a page that says whom to call, for an address that is nobody's or whose link has ended, and 429
    after 60 openings of a link, or 30 wrong addresses from one place, within five minutes.
    """
    place = place_of(request.remote_addr or "")
    if guesses.are_spent(place):
        abort(429)
    link = EmployerLink.by_token(token)
    if link is None or not link.holds(today_in(link.county)):
        _refuse(link, place)
    page.of_county(link.county)
    if request.method == "GET":
        if openings.are_spent(str(link.id)):
            abort(429)
        openings.add(str(link.id))
    g.employer_link = link
    if request.method == "GET":
        audit("link_opened", f"link {link.id}", about=link.employer)
    return link


def _refuse(link: EmployerLink | None, place: str) -> NoReturn:
    guesses.add(place)
    if link is not None:
        page.of_county(link.county)
    abort(page.page("employer/over.html", 404))
