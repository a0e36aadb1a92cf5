"""TLS without a network: a real client and a real server (OpenSSL's) shake hands in memory."""

import ssl
from pathlib import Path

from models.tls.folder import AUTHORITY, CERTIFICATE, KEY


def trusting(folder: Path) -> ssl.SSLContext:
    """Return a client that trusts a folder's authority, and nobody else."""
    return ssl.create_default_context(cafile=folder / AUTHORITY)


def shake_hands(client: ssl.SSLContext, host: str, folder: Path) -> None:
    """Let a client that wants ``host`` meet a server with a folder's certificate. Raises SSLCertVerificationError."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / CERTIFICATE, folder / KEY)
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [client.wrap_bio(down, up, server_hostname=host), server.wrap_bio(up, down, server_side=True)]
    while sides:
        for side in list(sides):
            try:
                side.do_handshake()
                sides.remove(side)
            except ssl.SSLWantReadError:
                continue
