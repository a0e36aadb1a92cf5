"""Spoken help: clips kept beside the pages, joined into one recording (docs/spoken-help.md)."""

from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from flask import Response, send_file

from routes.web.static import STATIC, release


def recording(clips: list[str]) -> Response:
    """Answer the clips one behind another as one MP3, in part if that is asked for: an iPhone plays nothing else."""
    names = tuple(clips)
    etag = sha256(f"{release()} {' '.join(names)}".encode()).hexdigest()[:20]
    answer = send_file(BytesIO(b"".join(_clip(name) for name in names)), mimetype="audio/mpeg", etag=etag)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@lru_cache(maxsize=256)
def _clip(name: str) -> bytes:
    return (STATIC / "audio" / f"{name}.mp3").read_bytes()
