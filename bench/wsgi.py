"""WSGI calls: a request made once and given to an application again and again, as a server gives it."""

import io
from collections.abc import Callable
from http.cookies import SimpleCookie

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder


class Answer:
    """A status and its headers."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 0, Headers(), b""

    @property
    def cookies(self) -> str:
        """The cookies that were set, as the browser sends them back."""
        jar = SimpleCookie("; ".join(self.headers.getlist("Set-Cookie")))
        return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def caller(app: Flask, path: str, **more: object) -> Callable[[], Answer]:
    """Return a function that sends one request; ``more`` is what EnvironBuilder takes."""
    environ = EnvironBuilder(path, base_url="http://bench.example", **more).get_environ()
    body = environ["wsgi.input"].read()

    def call() -> Answer:
        answer = Answer()

        def start(status: str, headers: list, *_: object) -> None:
            answer.status, answer.headers = int(status[:3]), Headers(headers)

        parts = app.wsgi_app(environ | {"wsgi.input": io.BytesIO(body)}, start)
        answer.body = b"".join(parts)
        parts.close()
        return answer

    return call
