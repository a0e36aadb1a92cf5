"""Refusals: how the front tells the application that a request is not taken, or that its body is not there yet."""

from typing import NoReturn

from flask import Flask, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

REFUSED = "ganchang.refused"  # in the WSGI environ: the status to answer with


class NotArrived(BaseException):
    """The application wants to read a body that has not arrived. No error: nothing between may handle it."""


class Absent:
    """Stands for a body that has not arrived, or never will because it is too large."""

    def __init__(self, is_too_large: bool) -> None:
        self._is_too_large = is_too_large

    def read(self, size: int = -1) -> NoReturn:
        """Raise NotArrived, or RequestEntityTooLarge."""
        raise RequestEntityTooLarge if self._is_too_large else NotArrived

    readline = readlines = readinto = read
    __iter__ = read


def answer_refused() -> None:
    """Answer a request that the front does not take with an error page, or with JSON."""
    if status := request.environ.get(REFUSED):
        abort(status)


def init_app(app: Flask) -> None:
    """Answer what the front refuses before anything else looks at it."""
    app.before_request(answer_refused)
