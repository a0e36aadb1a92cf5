"""Backups: how old the newest copy of the database is, one more, and one to take away."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Response, abort, current_app, flash, send_file, url_for
from flask_babel import gettext as _

from models.base.backup import OLDEST, backups_in, copy_database
from models.base.clock import from_milliseconds, utcnow
from models.base.database import is_sqlite
from models.market.county import County
from routes.office.tablet_rows import ago
from routes.web.access import audit, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("backups", __name__, url_prefix="/organiser/backups")

SHOWN = 24


class Backup(NamedTuple):
    """One copy: its file's name, when it was made, how long ago in words, and how many MB it has."""

    name: str
    at: datetime
    ago: str
    size: float
    is_old: bool


@bp.get("")
@writes
def index() -> Response:
    """List the newest backups, and offer another one and one to take away."""
    return render_page(
        "office/backups/index.html",
        backups=_backups(),
        is_kept=bool(_folder()),
        may_make=is_sqlite(),
        may_take=_is_alone(),
    )


@bp.post("")
@writes
def create() -> Response:
    """Copy the database into the folder of the backups, as it stands. 303; 409 where this is not ours to do."""
    if not (_folder() and is_sqlite()):
        abort(409)
    name = f"by-hand-{utcnow():%Y-%m-%d-%H%M%S}.db"
    copy_database(Path(_folder()) / name)
    audit("backup_made", name)
    flash(_("A copy of the database was made."), "success")
    return go_to(url_for(".index"))


@bp.get("/<name>")
@writes
def show(name: str) -> Response:
    """Send a backup. 404 where the server holds another county's people as well; it is written down who took it."""
    mine = backups_in(_folder()) if _is_alone() else []
    found = next((path for path in mine if path.name == name), None) or abort(404)
    audit("backup_taken", found.name)
    answer = send_file(found.resolve(), as_attachment=True, download_name=found.name, conditional=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def newest() -> Backup | None:
    """Return the newest backup, if there is any."""
    return next(iter(_backups()), None)


def _backups() -> list[Backup]:
    now = utcnow()
    return [_read(path, now) for path in backups_in(_folder())[:SHOWN]]


def _read(path: Path, now: datetime) -> Backup:
    said = path.stat()
    at = from_milliseconds(int(said.st_mtime * 1000))
    return Backup(path.name, at, ago(at, now), said.st_size / 1e6, now - at > OLDEST)


def _folder() -> str:
    return current_app.config["BACKUPS"]


def _is_alone() -> bool:
    return len(County.by_age()) == 1
