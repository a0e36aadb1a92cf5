"""Asking a real server, as a browser or a tablet does, and what it says when it cannot answer."""

import http.client
from urllib.parse import urlsplit

from tests.browser.server import Server

LATER = {"zh": "现在无法回应", "en": "cannot be answered at the moment"}
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


def ask(
    server: Server, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    """Return status, headers and text of an answer. An underscore in a header's name stands for a hyphen."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text
