"""Health: whether the database answers and takes writes."""

from typing import Any

from flask import Blueprint

from models.base.database import is_answering
from models.base.health import takes_writes
from routes.web.errors import answers_json

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@answers_json
def show() -> tuple[dict[str, Any], int]:
    """200 ``{"status": "ok"}``; 503 when the database does not answer (``database``), or takes no writes (``storage``).

    A disk that is full or may only be read is a market that records nothing, though every page is shown.
    """
    if not is_answering():
        return {"status": "database"}, 503
    return ({"status": "ok"}, 200) if takes_writes() else ({"status": "storage"}, 503)
