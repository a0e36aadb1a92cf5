"""The office as a signed-in organiser reads it, without a browser."""

import json
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.browser.server import Server


class Office:
    """The demo's organiser, signed in."""

    def __init__(self, server: Server) -> None:
        self._url = server.url
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        form = urlencode({"login": server.login, "password": server.password}).encode()
        with self._opener.open(f"{self._url}/sign-in", form) as answer:
            assert answer.url.startswith(f"{self._url}/organiser"), answer.url

    def json(self, path: str) -> object:
        """Return what an address answers."""
        with self._opener.open(f"{self._url}{path}") as answer:
            return json.load(answer)
