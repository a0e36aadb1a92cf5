"""Access of tablets: a request is found its device and its log by the cookie that enrolment left."""

from collections.abc import Callable
from functools import wraps

from flask import g, request
from flask.typing import ResponseReturnValue

from models.kiosk.assignment_record import assignment_record
from models.market.day_end import is_closed
from models.market.tablet import Tablet
from routes.web.answers import refusal
from routes.web.errors import answers_json

TABLET_COOKIE = "ganchang_tablet"


def of_tablet(view: Callable) -> Callable:
    """Admit enrolled devices; the view finds in ``g.tablet`` what the device is at the booth whose log it speaks of.

    ``?log=12.A`` names the log: that of market day 12 with the letter A. A log that is not this device's: 421, and
    nothing happens. Not enrolled, revoked or closed: 401; of a closed log the answer says which is to be written next.
    Errors of such a view are JSON.
    """
    return _of_tablet(view, is_any_log=False)


def of_tablet_or_its_own(view: Callable) -> Callable:
    """Admit as ``of_tablet``; instead of another device's log the view finds the one that this one last wrote."""
    return _of_tablet(view, is_any_log=True)


def _of_tablet(view: Callable, is_any_log: bool) -> Callable:
    @answers_json
    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> ResponseReturnValue:
        token, named = request.cookies.get(TABLET_COOKIE, ""), request.args.get("log", "")
        tablet = Tablet.by_token(token, _log_named(named)) if named else None
        if is_other := tablet is None:
            tablet = Tablet.by_token(token)
        if tablet is None:
            return refusal(401, "not_enrolled")
        if tablet.device.revoked_at:
            return refusal(401, "revoked")
        if named and is_other and not is_any_log:
            return refusal(421, "other_log")
        if is_closed(tablet.market_day):
            following = assignment_record(tablet)
            return refusal(401, "closed", **({"assignment": following} if following else {}))
        g.tablet = tablet
        return view(*args, **kwargs)

    return guarded


def _log_named(text: str) -> tuple[int, str]:
    """Return the market day and the letter of ``12.A``; what names no log is nobody's."""
    day, _, letter = text.partition(".")
    return (int(day) if day.isascii() and day.isdigit() and len(day) < 10 else 0, letter[:8])
