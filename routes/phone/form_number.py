"""Form number: what a registration is known by when its form arrives twice, kept by the phone in a cookie for a day.

The page with the form is the same for every phone, so the number is no part of it: the answer that brings the page
sets the cookie, and the form arrives with it. The same phone keeps its number, so a form that is sent again because
its answer was lost, or was tapped twice, says the same facts (models/phone/registration.py). A phone that keeps no
cookie gets its form back once, filled in, with a number inside.
"""

from uuid import UUID, uuid4

from flask import Response, current_app, request

FIELD = "registration"
COOKIE = "ganchang_form"
A_DAY = 86_400  # seconds


def form_number() -> str | None:
    """Return the number that came with a form, as its field or as the cookie; None without a valid one."""
    for sent in (request.form.get(FIELD, ""), request.cookies.get(COOKIE, "")):
        try:
            return str(UUID(sent))
        except ValueError:
            continue
    return None


def number_for(response: Response) -> Response:
    """Give the phone a number for its next form, unless it has one."""
    if form_number() is None:
        response.set_cookie(
            COOKIE, str(uuid4()), max_age=A_DAY, httponly=True, samesite="Lax",
            secure=current_app.config["ORIGIN"].startswith("https:"),
        )  # fmt: skip
    return response


def forget_number(response: Response) -> Response:
    """Take the number back: the next form on this phone is another person's."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response
