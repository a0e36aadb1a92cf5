"""Granian's server, but on a socket that is open already and that it shares with nobody.

Granian 2.8 lets nobody pass a socket. It does know one that its workers share, for systems without SO_REUSEPORT; this
takes that way on Linux too. ``tests/routes/web/test_serve.py`` fails if a later granian goes another.
"""

import socket
from typing import Any

from granian import Granian
from granian._granian import SocketHolder

from routes.web.sockets import BACKLOG


class GranianServer(Granian):  # type: ignore[misc, valid-type]
    """``listening``: a bound socket; everything else as granian has it."""

    def __init__(self, listening: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._listening = listening

    def _init_shared_socket(self) -> None:
        self._listening.set_inheritable(True)
        self._ssp, self._sso = None, self._listening
        self._sfd = self._listening.fileno()
        self._shd = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[call-arg]
