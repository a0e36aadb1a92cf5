"""Holders: the people who registered on this phone, kept in one cookie as the secret names of their own pages.

The cookie is as good as those addresses: nobody guesses one, the database keeps their digests only, and what is no
such name or stands behind the sixth is not looked at. The first is whose phone it is just now. Who borrows the phone
reads surnames until they open somebody's page.
"""

import re
from typing import NamedTuple

from flask import Response, current_app, g, request

from models.people.candidate import surname_of
from models.phone.own_page import OwnPage

COOKIE = "ganchang_me"
HALF_A_YEAR = 180 * 86_400  # seconds
MOST_PEOPLE = 6
BETWEEN = "."
_SECRET = re.compile(r"[A-Za-z0-9_-]{40,64}")


class Holder(NamedTuple):
    """Somebody who registered on this phone, with the secret name of their page."""

    token: str
    page: OwnPage

    @property
    def short_name(self) -> str:
        """What a borrowed phone shows of their name."""
        return f"{surname_of(self.page.name)}**"


def holders() -> list[Holder]:
    """Return who registered on this phone, the present one first. One statement a request, none without a cookie."""
    if "holders" not in g:
        names = _names(request.cookies.get(COOKIE, ""))
        found = OwnPage.by_tokens(names) if names else {}
        g.holders = [Holder(name, found[name]) for name in names if name in found]
    return g.holders


def holder_in(county: int) -> Holder | None:
    """Return who of them a county knows, the present one first."""
    return next((holder for holder in holders() if holder.page.county_id == county), None)


def remember(response: Response, token: str) -> Response:
    """Make somebody the phone's present one, for half a year; the others stay, at most five of them."""
    return _keep(response, [token, *(holder.token for holder in holders() if holder.token != token)][:MOST_PEOPLE])


def forget(response: Response, token: str) -> Response:
    """Let the phone forget one of its people, or all of them (an empty token)."""
    return _keep(response, [holder.token for holder in holders() if token and holder.token != token])


def _keep(response: Response, tokens: list[str]) -> Response:
    if not tokens:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return response
    response.set_cookie(
        COOKIE, BETWEEN.join(tokens), max_age=HALF_A_YEAR, httponly=True, samesite="Lax",
        secure=current_app.config["ORIGIN"].startswith("https:"),
    )  # fmt: skip
    return response


def _names(cookie: str) -> list[str]:
    names = dict.fromkeys(name for name in cookie.split(BETWEEN, MOST_PEOPLE)[:MOST_PEOPLE] if _SECRET.fullmatch(name))
    return list(names)
