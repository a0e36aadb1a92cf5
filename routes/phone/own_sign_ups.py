"""Own sign-ups: courses, trips, mentors and legal aid that somebody signs up for on their own phone."""

from flask import Blueprint, Response, abort, request, url_for

from models.phone.own_sign_ups import choices_of, sign_up, take_back
from models.vocabulary.programme import PROGRAMMES, SIGN_UP_OUTCOMES
from routes.phone import page
from routes.phone.me import found
from routes.web.answers import see_other
from routes.web.attempts import Attempts

bp = Blueprint("own_sign_ups", __name__)
bp.register_error_handler(404, page.not_found)

taps = Attempts("sign-ups candidate", tries=30, seconds=3_600)


@bp.get("/me/<token>/sign-ups")
def index(token: str) -> Response:
    """Show what somebody can sign up for, and what they signed up for. 404 for an address that is nobody's."""
    return page.page(
        "sign_ups.html", token=token, choices=choices_of(found(token)), kinds=PROGRAMMES, outcomes=SIGN_UP_OUTCOMES
    )


@bp.post("/me/<token>/sign-ups")
def update(token: str) -> Response:
    """Sign up, or take it back. Form: ``programme`` (its number), ``off`` (``yes``: take it back). 303; 404 for what
    nobody can sign up for; 429 after 30 taps within an hour."""
    candidate = found(token)
    number = request.form.get("programme", "")
    choice = next((one for one in choices_of(candidate) if str(one.programme.id) == number), None) or abort(404)
    if taps.are_spent(candidate.candidate):
        abort(429)
    taps.add(candidate.candidate)
    if request.form.get("off") == "yes":
        take_back(candidate, choice)
    elif not choice.place:
        sign_up(candidate, choice)
    return see_other(url_for(".index", token=token))
