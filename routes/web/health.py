"""Health: whether the database answers."""

from flask import Blueprint, Response, jsonify
from peewee import PeeweeException

from models.base.database import db, fetch
from routes.web.errors import answers_json

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@answers_json
def show() -> Response:
    """200 ``{"status": "ok"}`` when the database answers, else 503."""
    try:
        fetch("SELECT 1")
    except PeeweeException:
        db.close()  # the next question opens a new connection
        answer = jsonify(status="database")
        answer.status_code = 503
        return answer
    return jsonify(status="ok")
