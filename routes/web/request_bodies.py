"""Request bodies: the body of a refused request is read to its end before the answer leaves.

A client that is still sending does not read the answer. A server that answers and closes breaks the connection, so a
tablet would see a failing network instead of 413 or 401, and would send the same again.
"""

from flask import Flask, Response, request

MOST = 32 * 1024 * 1024  # bytes; beyond that the connection is broken
PIECE = 64 * 1024  # bytes


def read_to_the_end(response: Response) -> Response:
    """Read and drop what is left of the request's body."""
    if request.method == "POST":
        left, stream = MOST, request.environ["wsgi.input"]
        while left > 0 and (piece := stream.read(PIECE)):
            left -= len(piece)
    return response


def init_app(app: Flask) -> None:
    """Drain the body of every POST to ``app``."""
    app.after_request(read_to_the_end)
