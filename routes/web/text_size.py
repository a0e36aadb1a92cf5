"""Text size: phone pages in large letters, one thing a screen, chosen by ``?text=`` and kept in a cookie."""

from flask import Flask, Response, current_app, request

SIZES = ("normal", "large")
COOKIE = "text"
A_YEAR = 31_536_000  # seconds


def text_size() -> str:
    """Return ``normal`` or ``large`` for the request at hand."""
    asked = request.args.get("text") or request.cookies.get(COOKIE)
    return asked if asked in SIZES else SIZES[0]


def keep_choice(response: Response) -> Response:
    """Remember a size chosen by link."""
    if request.args.get("text") in SIZES:
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(COOKIE, request.args["text"], max_age=A_YEAR, samesite="Lax", secure=is_secure)
    return response


def init_app(app: Flask) -> None:
    """Give templates of ``app`` the reader's text size."""
    app.after_request(keep_choice)
    app.context_processor(lambda: {"text_size": text_size()})
