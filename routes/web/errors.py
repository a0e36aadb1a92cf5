"""Errors: each a page with a sentence for people, or JSON for programs. None is a stack trace."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, jsonify, request
from flask.globals import request_ctx
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable

from models.base.database import forget_connection
from models.base.trouble import Failure, trouble_in
from routes.web.pages import render_page
from routes.web.request_log import number_of_request

RETRY_AFTER = 5  # seconds
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
        408: _("This took too long to arrive. Please send it again."),
        413: _("That was too large."),
        429: _("Too many tries. Please wait a little."),
        500: _("Something went wrong here. Nothing that was recorded is lost."),
        503: _("This cannot be answered at the moment. Please try again in some minutes. What was recorded is kept."),
    }


def show(error: HTTPException) -> Response:
    """Answer an HTTP error in the form that was asked for."""
    return answer(error, _office_page)


def answer(error: HTTPException, page: Callable[[int, str], Response]) -> Response:
    """Answer an HTTP error by ``page(status, sentence)``, or in JSON to a program; 503 says when to try again."""
    if request_ctx.url_adapter is None:  # its Host is no name at all: no address of ours can be written
        return Response("400 Bad Request", 400, mimetype="text/plain")
    status = error.code or 500
    if status >= 500:
        g.without_database = True  # it may be what failed
    sentence = _sentences().get(status) or error.name
    if _wants_json(error):
        number = number_to_tell(status)
        response = jsonify(error=error.name, detail=sentence, **({"request": number} if number else {}))
        response.status_code = status
    else:
        try:
            response = page(status, sentence)
        except Failure as failure:  # the page asks for the county's name
            return current_app.make_response(show_trouble(failure))
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def show_trouble(failure: Failure) -> Response | HTTPException:
    """Answer 503 without the database when that is busy, full or away. Raises what is a mistake in a statement."""
    forget_connection()
    trouble = trouble_in(failure)
    if trouble is None:
        raise failure
    current_app.logger.error("the database fails: %s %s: %s", request.method, request.endpoint, trouble)
    found = current_app.handle_http_exception(ServiceUnavailable())
    return found if isinstance(found, HTTPException) else current_app.make_response(found)


def _office_page(status: int, sentence: str) -> Response:
    number = number_to_tell(status)
    return render_page("shared/errors/show.html", status=status, code=status, sentence=sentence, number=number)


def number_to_tell(status: int) -> str:
    """Return the request's number, by which it is found in the log, where the server failed; else ""."""
    return number_of_request() if status >= 500 else ""


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
    app.register_error_handler(Failure, show_trouble)
