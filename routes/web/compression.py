"""Compression: every text answer is compressed when the client accepts it.

What is the same for everybody (static files, the kiosk's page) is compressed once, as brotli where the browser and
this machine have it, and kept in build/packed for the next start. What is made for one reader is gzip: brotli would
cost more than it saves.
"""

import os
import zlib
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

from routes.web.own_folder import BUILD, is_own
from routes.web.requests import LONGEST_HEADER

FOLDER = BUILD / "packed"  # by the SHA-256 of what was packed
SMALLEST = 500  # bytes; below, headers cost more than is saved
LEVEL = 6
# Brotli's best takes 3 s for the whole kiosk, and as much for the large decoder alone, which takes 0.2 s at 9.
BEST, LARGE, QUICK = 11, 256 * 1024, 9
TEXT = (
    "text/", "application/json", "application/javascript", "application/manifest+json",
    "application/wasm", "image/svg+xml",
)  # fmt: skip


def accepts_gzip() -> bool:
    """Say whether the client accepts gzip."""
    return "gzip" in _accepted(request.headers.get("Accept-Encoding", "")[:LONGEST_HEADER])


@lru_cache(maxsize=256)
def _accepted(accepts: str) -> tuple[str, ...]:
    """Return the encodings that the client accepts and we have, the smallest first."""
    qualities = parse_accept_header(accepts)
    return tuple(encoding for encoding in ("br", "gzip") if qualities[encoding] > 0)


def compress(body: bytes, level: int = LEVEL) -> bytes:
    """Return ``body`` as gzip, the same bytes for the same body: no file time is written."""
    return zlib.compress(body, level, wbits=31)


def compress_once(response: Response) -> Response:
    """Compress an answer that is the same for everybody at the best level, and keep the result for the next request."""
    response.vary.add("Accept-Encoding")
    accepted = _accepted(request.headers.get("Accept-Encoding", "")[:LONGEST_HEADER])
    encoding = next((name for name in accepted if name == "gzip" or _brotli()), None)
    if encoding is None:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= SMALLEST:
        _set_packed(response, encoding, _kept(encoding, body))
    return response


def compress_answer(response: Response) -> Response:
    """Compress a finished text answer; one that is packed already passes through."""
    if "Content-Encoding" in response.headers or not (response.mimetype or "").startswith(TEXT):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code in (204, 206, 304):
        return response
    if response.direct_passthrough:  # a static file
        return compress_once(response)
    if response.is_streamed or not accepts_gzip():
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        _set_packed(response, "gzip", compress(body))
    return response


def _set_packed(response: Response, encoding: str, packed: bytes) -> None:
    response.set_data(packed)
    response.headers["Content-Encoding"] = encoding
    etag, _ = response.get_etag()
    if etag:  # the bytes differ from those of the plain answer, the meaning does not
        response.set_etag(etag, weak=True)


@lru_cache(maxsize=256)
def _kept(encoding: str, body: bytes) -> bytes:
    """Compress at the best level and keep the result, for this process and as brotli for the next ones."""
    brotli = _brotli() if encoding == "br" else None
    if not brotli:
        return compress(body, 9)
    path = FOLDER / f"{sha256(body).hexdigest()}.br"
    usable = is_own(FOLDER)
    with suppress(OSError):  # not there yet, or another user's
        if usable:
            return path.read_bytes()
    packed: bytes = brotli.compress(body, quality=BEST if len(body) <= LARGE else QUICK)
    if usable:
        _keep(path, packed)
    return packed


def _keep(path: Path, packed: bytes) -> None:
    """Write a file that appears under its name once it is whole; a full or read-only disk costs only the next start."""
    part = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        part.write_bytes(packed)
        part.replace(path)


@cache
def _brotli() -> ModuleType | None:
    """Return the module, loaded when it is first needed, or None where this machine has none."""
    try:
        import brotli
    except ImportError:
        return None
    return brotli


def init_app(app: Flask) -> None:
    """Compress what ``app`` answers. Call it before other parts: what is added first runs last."""
    app.after_request(compress_answer)
