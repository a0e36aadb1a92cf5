"""Bodies: one that was refused unread is still read to its end, or nobody would hear the refusal.

A server that answers and closes while the browser or a proxy is still sending breaks the connection: a tablet would
see neither 413 nor 401 but a network that fails, and would send the same again.
"""

from flask import Flask, Response, request

MOST = 32 * 1024 * 1024  # bytes; whoever sends more is cut off
PIECE = 64 * 1024  # bytes


def read_to_the_end(response: Response) -> Response:
    """Throw away what of the request nobody read."""
    if request.method == "POST":
        left, stream = MOST, request.environ["wsgi.input"]
        while left > 0 and (piece := stream.read(PIECE)):
            left -= len(piece)
    return response


def init_app(app: Flask) -> None:
    """Let every request of ``app`` be heard out."""
    app.after_request(read_to_the_end)
