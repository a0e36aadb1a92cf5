"""Static files under the release: the path changes with any byte, so browsers may keep a file for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory, url_for

STATIC = Path(__file__).parents[2] / "static"
A_YEAR = 31_536_000  # seconds

bp = Blueprint("static_files", __name__)


@cache
def release() -> str:
    """Return the hash of all static files, computed once a process."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(STATIC)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def digest(path: str) -> str:
    """Return the SHA-256 of a static file as hex."""
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()


def static_url(path: str) -> str:
    """Return the address of a static file; files beside it share the release."""
    return url_for("static_files.show", version=release(), path=path)


@bp.get("/static/<version>/<path:path>")
def show(version: str, path: str) -> Response:
    """Send one static file. An address of an older release is 404: its files are gone."""
    if version != release():
        abort(404)
    response = send_from_directory(STATIC, path, max_age=A_YEAR)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
