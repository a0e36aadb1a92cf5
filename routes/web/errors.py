"""Errors: each a page with a sentence for people, or JSON for programs. None is a stack trace."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, jsonify, request
from flask.globals import request_ctx
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from routes.web.pages import render_page

MARK = "answers_json"  # an attribute of a view
View = TypeVar("View", bound=Callable[..., Any])


def answers_json(view: View) -> View:
    """Mark a view that only programs ask: its errors are JSON, whatever the request accepts."""
    setattr(view, MARK, True)
    return view


def _sentences() -> dict[int, str]:
    return {
        400: _("This request could not be read."),
        401: _("Please sign in first."),
        403: _("You may not do that."),
        404: _("There is nothing at this address."),
        405: _("This address does not take that kind of request."),
        413: _("That was too large."),
        429: _("Too many tries. Please wait a little."),
        500: _("Something went wrong here. Nothing that was recorded is lost."),
    }


def show(error: HTTPException) -> Response:
    """Answer an HTTP error in the form that was asked for."""
    if request_ctx.url_adapter is None:  # its Host is no name at all: no address of ours can be written
        return Response("400 Bad Request", 400, mimetype="text/plain")
    status = error.code or 500
    sentence = _sentences().get(status) or error.name
    if _wants_json(error):
        answer = jsonify(error=error.name, detail=sentence)
        answer.status_code = status
        return answer
    return render_page("shared/errors/show.html", status=status, code=status, sentence=sentence)


def _wants_json(error: HTTPException) -> bool:
    view = current_app.view_functions.get(_endpoint(error) or "")
    if getattr(view, MARK, False) or request.path.endswith(".json"):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _endpoint(error: HTTPException) -> str | None:
    """Return the endpoint that was asked for; of a wrong method that of the right one."""
    if isinstance(error, MethodNotAllowed) and error.valid_methods and request_ctx.url_adapter:
        try:
            return request_ctx.url_adapter.match(method=next(iter(error.valid_methods)))[0]
        except HTTPException:  # the address is none of that method's either
            return None
    return request.endpoint


def init_app(app: Flask) -> None:
    """Answer every error of ``app`` with a page; an unexpected one is logged first by Flask."""
    app.register_error_handler(HTTPException, show)
