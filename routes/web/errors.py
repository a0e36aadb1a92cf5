"""Errors: each a page with a sentence for people, or JSON for programs. None is a stack trace."""

from flask import Flask, Response, jsonify, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from routes.web.pages import render_page

OF_TABLETS = ("/sync", "/kiosk/snapshot", "/kiosk/hand-overs")


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
    status = error.code or 500
    sentence = _sentences().get(status) or error.name
    if _wants_json():
        answer = jsonify(error=error.name, detail=sentence)
        answer.status_code = status
        return answer
    return render_page("shared/errors/show.html", status=status, code=status, sentence=sentence)


def _wants_json() -> bool:
    accepts = request.accept_mimetypes
    path_is_json = request.path in OF_TABLETS or request.path.endswith(".json")
    return path_is_json or accepts.best_match(["text/html", "application/json"]) == "application/json"


def init_app(app: Flask) -> None:
    """Answer every error of ``app`` with a page; an unexpected one is logged first by Flask."""
    app.register_error_handler(HTTPException, show)
