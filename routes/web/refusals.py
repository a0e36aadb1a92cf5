"""Refusals: the front tells the application why a request is not taken, and the application says it to the client."""

from flask import Flask, abort, request

REFUSED = "ganchang.refused"  # in the WSGI environ: the status to answer with


def answer_refused() -> None:
    """Answer a request that the front does not take with an error page, or with JSON."""
    if status := request.environ.get(REFUSED):
        abort(status)


def init_app(app: Flask) -> None:
    """Answer what the front refuses before anything else looks at it."""
    app.before_request(answer_refused)
