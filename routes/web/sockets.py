"""Sockets: whether the port is free, and how many connections the server may hold."""

import errno
import socket
import sys
import time

MOST = 8_192  # connections in one process
SPARE = 256  # files that a process opens beside its connections
RELEASE = 3  # seconds in which the port of a server that was just killed becomes free


def claim(host: str, port: int) -> None:
    """Exit with a sentence when nobody can listen there, because somebody else does already.

    Granian's own socket shares its port (SO_REUSEPORT): a second server would get half of the connections, with
    another database or another release behind them. So the port is tried first without sharing.
    """
    until = time.monotonic() + RELEASE
    while error := _fault(host, port):
        if error.errno != errno.EADDRINUSE or time.monotonic() > until:
            sys.exit(_sentence(error, host, port))
        time.sleep(0.1)


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def most_connections() -> int:
    """Return how many connections one process may hold, after the limit of open files was raised as far as it goes."""
    try:
        import resource
    except ImportError:  # no Unix
        return MOST
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = MOST + SPARE if hard == resource.RLIM_INFINITY else min(MOST + SPARE, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(SPARE, files - SPARE)


def _fault(host: str, port: int) -> OSError | None:
    """Return why nobody can listen there, or None."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # but for this, a restart would wait a minute
            probe.bind(address)
            probe.listen()
    except OSError as error:
        return error
    return None


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"GANCHANG_PORT: port {port} of {host} is taken; is Ganchang running already?"
    return f"GANCHANG_HOST, GANCHANG_PORT: nobody can listen on port {port} of {host}: {error.strerror}"
