"""Compression: every text answer leaves as gzip when the browser takes it."""

import zlib
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

SMALLEST = 500  # bytes; below, headers cost more than is saved
LEVEL = 6
TEXT = (
    "text/", "application/json", "application/javascript", "application/manifest+json",
    "application/wasm", "image/svg+xml",
)  # fmt: skip


def accepts_gzip() -> bool:
    """Say whether whoever asks can read gzip."""
    return _takes_gzip(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=256)
def _takes_gzip(accepts: str) -> bool:
    return parse_accept_header(accepts)["gzip"] > 0


def compress(body: bytes, level: int = LEVEL) -> bytes:
    """Return ``body`` as gzip, the same bytes for the same body: no file time is written."""
    return zlib.compress(body, level, wbits=31)


def compress_answer(response: Response) -> Response:
    """Compress a finished text answer; one that is kept compressed passes through."""
    if "Content-Encoding" in response.headers or not response.mimetype.startswith(TEXT):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code in (204, 206, 304):
        return response
    if response.is_streamed and not response.direct_passthrough or not accepts_gzip():
        return response
    is_file, response.direct_passthrough = response.direct_passthrough, False
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.set_data(_kept(request.path, body) if is_file else compress(body))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:  # the bytes differ from those of the plain answer, the meaning does not
        response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=128)
def _kept(path: str, body: bytes) -> bytes:
    """Static files are compressed once a process, and better."""
    return compress(body, 9)


def init_app(app: Flask) -> None:
    """Compress what ``app`` answers. Call it before other parts: what is added first runs last."""
    app.after_request(compress_answer)
