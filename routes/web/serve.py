"""The server: what `flask --app app serve` becomes, and what a service starts.

Granian's parent process starts workers and watches them, so this module imports no more than the settings: the
application is loaded by the workers alone. That spares its memory once and, started as
``python -m routes.web.serve``, 0.3 s.
"""

import atexit
import os
import shutil
import sys
from pathlib import Path
from pkgutil import resolve_name
from tempfile import mkdtemp
from typing import Any

from routes.web import settings, sockets

ROOT = Path(__file__).parents[2]
APPLICATION = "routes.web.front:create"  # loaded by the processes that answer


def main() -> None:
    """Serve on GANCHANG_HOST and GANCHANG_PORT, over TLS if GANCHANG_TLS says so, until a signal ends it."""
    serve(APPLICATION, settings.from_environment())


def serve(front: str, chosen: dict[str, Any]) -> None:
    """Serve the application that ``front`` makes (module:function). ``chosen``: the settings.

    HTTP/1.1 only: with it the server ends a connection that brings no head in HEAD_SECONDS, be it the first or the
    next, while one that may become HTTP/2 can be silent for ever. A proxy in front speaks HTTP/2.
    """
    certificate = _certificate(chosen["TLS"])
    sockets.claim(chosen["HOST"], chosen["PORT"])
    if chosen["METRICS_TOKEN"]:
        _count_together(chosen["WORKERS"])
    try:
        from granian import Granian
        from granian.constants import HTTPModes, Interfaces, SSLProtocols
        from granian.http import HTTP1Settings
    except ImportError:  # no wheel for this machine: the pure-Python server does
        return _serve_without_granian(chosen)
    scheme = "https" if certificate else "http"
    print(f"Ganchang 赶场 serves on {scheme}://{chosen['HOST']}:{chosen['PORT']}", file=sys.stderr)
    Granian(
        front,
        factory=True,
        address=chosen["HOST"],
        port=chosen["PORT"],
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=int(chosen["HEAD_SECONDS"] * 1000)),
        backpressure=sockets.most_connections(),
        workers=chosen["WORKERS"],
        log_access=False,
        websockets=False,
        workers_kill_timeout=5,  # seconds; ^C reaches the workers as well, and the two may wait for each other
        working_dir=ROOT,
        ssl_cert=certificate and certificate[0],
        ssl_key=certificate and certificate[1],
        ssl_protocol_min=SSLProtocols.tls12,  # Chrome before 70 has no later one
    ).serve()


def _count_together(workers: int) -> None:
    """Give several processes a folder in which they count together (routes/web/metrics.py)."""
    if workers > 1:
        os.environ[settings.COUNTED_TOGETHER] = folder = mkdtemp(prefix="ganchang-metrics-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _certificate(folder: str) -> tuple[Path, Path] | None:
    """Return the files of a certificate and its key, or None without TLS. Exits when one is not there."""
    if not folder:
        return None
    from models.tls.folder import certificate_and_key

    try:
        return certificate_and_key(folder)
    except FileNotFoundError as error:
        sys.exit(str(error))


def _serve_without_granian(chosen: dict[str, Any]) -> None:
    """Serve with waitress, which reads whole requests before it takes a thread as well."""
    if chosen["TLS"]:
        sys.exit("waitress serves no TLS: put a proxy in front (docs/proxies)")
    from waitress import serve

    serve(
        resolve_name("app:create_app")(),
        host=chosen["HOST"],
        port=chosen["PORT"],
        threads=16,
        connection_limit=sockets.most_connections(),
        channel_timeout=int(chosen["BODY_SECONDS"]),
        cleanup_interval=5,
        asyncore_use_poll=True,
    )


if __name__ == "__main__":
    main()
