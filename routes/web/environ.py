"""Environ: a request as WSGI has it (PEP 3333), made from what ASGI calls one, and the answer to it."""

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}  # the others begin with HTTP_
ALWAYS = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """A whole answer: status, ASGI's headers and the body."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


def environ_of(scope: dict) -> "WSGIEnvironment":
    """Return a request as WSGI has it, still without ``wsgi.input``. Several fields of one name become one."""
    server, client = scope.get("server") or ("", 0), scope.get("client") or ("", 0)
    environ = ALWAYS | {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": _path(scope),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
    }
    for name, value in scope["headers"]:
        _add(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def brings_body(environ: "WSGIEnvironment") -> bool:
    """Say whether a body follows the request's head."""
    return environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ


def ask(application: "WSGIApplication", environ: "WSGIEnvironment") -> Answer:
    """Call the application and return its whole answer. What it raises is logged and is a 500 without a page."""
    begun: list[Answer] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable:
        fields = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        begun[:] = [Answer(int(status[:3]), fields, b"")]
        return _refuse_to_write

    try:
        parts = application(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
    except Exception:
        log.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
        return Answer(500, [(b"content-type", b"text/plain")], b"Internal Server Error")
    return begun[0]._replace(body=body)


def _path(scope: dict) -> str:
    raw = scope.get("raw_path")
    path = unquote_to_bytes(raw.partition(b"?")[0]) if raw else scope["path"].encode()
    return path.decode("latin-1")


def _add(environ: "WSGIEnvironment", name: str, value: str) -> None:
    key = NAMES.get(name) or "HTTP_" + name.upper().replace("-", "_")
    if key in environ:
        value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
    environ[key] = value


def _refuse_to_write(data: bytes) -> None:
    """Raise NotImplementedError: ``write()`` of PEP 3333 is for applications older than it."""
    raise NotImplementedError("write()")
