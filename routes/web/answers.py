"""Answers that routes of every audience give: the next page, a fragment instead of a page, a refusal for a program."""

from typing import Any

from flask import Response, redirect
from htmx_flask import make_response, request


def go_to(url: str) -> Response:
    """Lead to another page: 303 for a browser, 204 with ``HX-Redirect`` for htmx, which would swap in what it follows.

    Redirects of htmx are written here and in routes/web/access.py, swaps in templates: ``make_response`` of
    htmx-flask 0.1.0 refuses the swaps ``beforebegin`` and ``afterbegin``.
    """
    answer: Response = make_response("", 204, redirect=url) if request.htmx else see_other(url)
    answer.vary.add("HX-Request")
    return answer


def see_other(url: str) -> Response:
    """Lead a browser to another page with 303: it asks for that page with GET, whatever it sent here."""
    return make_response(redirect(url, 303))


def block_for_htmx(name: str) -> str | None:
    """Return the block to render: ``name`` for htmx, None (the whole page) for a browser."""
    return name if request.htmx else None


def refusal(status: int, error: str, **more: Any) -> tuple[dict[str, Any], int]:
    """Return JSON ``{error, …}`` with a status, as programs and tablets read it."""
    return {"error": error, **more}, status
