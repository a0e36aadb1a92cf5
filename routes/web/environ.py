"""Environ: what WSGI calls a request, made from what ASGI calls one (PEP 3333 and the ASGI specification)."""

import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}  # the others begin with HTTP_
ALWAYS = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.input_terminated": True,  # Werkzeug's: a body ends by itself, also where its length was not declared
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


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


def _path(scope: dict) -> str:
    raw = scope.get("raw_path")
    path = unquote_to_bytes(raw.partition(b"?")[0]) if raw else scope["path"].encode()
    return path.decode("latin-1")


def _add(environ: "WSGIEnvironment", name: str, value: str) -> None:
    key = NAMES.get(name) or "HTTP_" + name.upper().replace("-", "_")
    if key in environ:
        value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
    environ[key] = value
