"""TLS: the folder with the server's certificate, and whether it is a trial's own authority that vouches."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask

from models.tls.folder import AUTHORITY
from routes.web.settings import in_address

if TYPE_CHECKING:
    from models.tls.authority import Authority


def is_trial(app: Flask) -> bool:
    """Say whether tablets must be told to trust an authority of our own. Asked once a process."""
    return bool(app.config["TLS"]) and _exists(Path(app.config["TLS"], AUTHORITY))


def authority(app: Flask) -> "Authority | None":
    """Return the trial's authority, or None where an ordinary certificate does."""
    from models.tls.authority import Authority  # cryptography takes its time: only a trial pays it

    return Authority.load(Path(app.config["TLS"])) if is_trial(app) else None


def trust_address(app: Flask) -> str:
    """Return where a tablet that trusts nothing yet learns how to: the plain page."""
    host = urlsplit(app.config["ORIGIN"]).hostname
    return f"http://{in_address(host)}:{app.config['TRUST_PORT']}/trust"


@cache
def _exists(path: Path) -> bool:
    return path.exists()
