"""The server: what `flask --app app serve` becomes, and what a service starts.

Granian's parent process starts workers and watches them, so this module imports no more than the settings: the
application is loaded by the workers alone. That spares its memory once and, started as ``python serve.py``, 0.3 s.
"""

import sys
from pathlib import Path

from routes.web import settings

ROOT = Path(__file__).parent


def main() -> None:
    """Serve on GANCHANG_HOST and GANCHANG_PORT, over TLS if GANCHANG_TLS says so, until a signal ends it."""
    chosen = settings.from_environment()
    certificate = _certificate(chosen["TLS"])
    try:
        from granian import Granian
        from granian.constants import Interfaces, SSLProtocols
    except ImportError:  # no wheel for this machine: the pure-Python server does
        return _serve_without_granian(chosen)
    scheme = "https" if certificate else "http"
    print(f"Ganchang 赶场 serves on {scheme}://{chosen['HOST']}:{chosen['PORT']}", file=sys.stderr)
    Granian(
        "app:create_app",
        factory=True,
        address=chosen["HOST"],
        port=chosen["PORT"],
        interface=Interfaces.WSGI,
        workers=chosen["WORKERS"],
        blocking_threads=4,
        log_access=False,
        websockets=False,
        workers_kill_timeout=5,  # seconds; ^C reaches the workers as well, and the two may wait for each other
        working_dir=ROOT,
        ssl_cert=certificate and certificate[0],
        ssl_key=certificate and certificate[1],
        ssl_protocol_min=SSLProtocols.tls12,  # Chrome before 70 has no later one
    ).serve()


def _certificate(folder: str) -> tuple[Path, Path] | None:
    """Return the files of a certificate and its key, or None without TLS. Exits when one is not there."""
    if not folder:
        return None
    from models.tls.folder import certificate_and_key

    try:
        return certificate_and_key(folder)
    except FileNotFoundError as error:
        sys.exit(str(error))


def _serve_without_granian(chosen: dict) -> None:
    if chosen["TLS"]:
        sys.exit("waitress serves no TLS: put a proxy in front (docs/proxies)")
    from waitress import serve

    from app import create_app

    serve(create_app(), host=chosen["HOST"], port=chosen["PORT"], threads=4)


if __name__ == "__main__":
    main()
