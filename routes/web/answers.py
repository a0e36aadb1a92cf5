"""Answers to a form that was good: the next page, however the form was sent."""

from flask import Response, make_response, redirect, request


def go_to(url: str) -> Response:
    """Send the reader on: 303 for a browser, and for htmx a whole new page rather than a fragment."""
    if request.htmx:
        answer = make_response("", 204)
        answer.headers["HX-Redirect"] = url
    else:
        answer = redirect(url, 303)
    answer.vary.add("HX-Request")
    return answer


def block_for_htmx(name: str) -> str | None:
    """Return the block to render: ``name`` for htmx, the whole page for a browser."""
    return name if request.htmx else None
