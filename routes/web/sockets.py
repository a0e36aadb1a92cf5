"""Sockets: the one on which the server listens, and how many connections it may hold."""

import errno
import socket
import sys

from routes.web.settings import in_address

BACKLOG = 1024
MOST = 8_192  # connections in one process
SPARE = 256  # files that a process opens beside its connections
UNREAD = 30_000  # ms: a connection whose reader takes nothing for so long is ended


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that has the port for itself. Exits with a sentence when somebody else has it.

    Granian's own socket shares its port (SO_REUSEPORT): a second server would take half of the connections, with
    another database or another release behind them.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        _set_up(listening)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        sys.exit(_sentence(error, host, port))
    return listening


def most_connections() -> int:
    """Return how many connections one process may hold, after the limit of open files was raised as far as it goes."""
    try:
        import resource
    except ImportError:  # no Unix
        return MOST
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        return max(SPARE, min(MOST, hard - SPARE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST + SPARE, hard))
    return MOST


def _set_up(listening: socket.socket) -> None:
    """Set what connections inherit. Linux ends one whose reader leaves its window shut for TCP_USER_TIMEOUT."""
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # but for this, a restart would wait a minute
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD)


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"GANCHANG_PORT: port {port} of {host} is taken; is Ganchang running already?"
    return f"GANCHANG_HOST, GANCHANG_PORT: nobody can listen on {in_address(host)}:{port}: {error.strerror}"
