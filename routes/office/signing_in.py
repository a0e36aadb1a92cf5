"""Signing in, in two steps where an account has a second factor: who gave the right password waits for the code."""

import time

from flask import Response, request, session
from flask_login import login_user

from models.market.organiser import Organiser
from models.market.second_factor import SecondFactor
from routes.web.access import home
from routes.web.answers import see_other
from routes.web.attempts import Attempts
from routes.web.known_browsers import known_browser, place_of, remember_browser

WAITS = 600  # seconds from the password to the code
AWAITED = "second_factor_of"  # in the session, which the server signs: the account, since when, and where to then


class Guesses:
    """Wrong guesses for a name from one place: after five it waits five minutes, after ten an hour, then a day."""

    def __init__(self, what: str) -> None:
        self._attempts = (
            Attempts(what, tries=5),
            Attempts(f"{what} in an hour", tries=10, seconds=3_600),
            Attempts(f"{what} in a day", tries=20, seconds=86_400),
        )

    def are_spent(self, login: str) -> bool:
        """Say whether nobody may guess any more from the place that asks."""
        return any(one.are_spent(self._key(login)) for one in self._attempts)

    def add(self, login: str) -> None:
        """Count a wrong guess from the place that asks."""
        for one in self._attempts:
            one.add(self._key(login))

    def _key(self, login: str) -> str:
        return f"{login} {place(login)}"


def place(login: str) -> str:
    """Return by what guesses for a name are counted: a browser that it knows, else the address that asks."""
    return known_browser(login) or place_of(request.remote_addr or "")


def needs_code(organiser: Organiser) -> bool:
    """Say whether an account has a second factor that counts."""
    return SecondFactor.of(organiser) is not None


def await_code(organiser: Organiser, target: str | None) -> None:
    """Note in the session that the password was right."""
    session[AWAITED] = {"who": organiser.get_id(), "at": int(time.time()), "next": target}


def awaited() -> Organiser | None:
    """Return whose password was right, within ten minutes; None otherwise, and when its sessions ended meanwhile."""
    noted = session.get(AWAITED)
    if not isinstance(noted, dict) or time.time() - noted["at"] > WAITS:
        return None
    return Organiser.by_session(noted["who"])


def let_in(organiser: Organiser, login: str, target: str | None) -> Response:
    """Sign somebody in and lead them to where they wanted to go."""
    session.pop(AWAITED, None)
    login_user(organiser)
    return remember_browser(see_other(target or home()), login)
