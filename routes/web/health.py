"""Health: whether the database answers."""

from typing import Any

from flask import Blueprint

from models.base.database import is_answering
from routes.web.errors import answers_json

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@answers_json
def show() -> tuple[dict[str, Any], int]:
    """200 ``{"status": "ok"}`` when the database answers, else 503."""
    return ({"status": "ok"}, 200) if is_answering() else ({"status": "database"}, 503)
