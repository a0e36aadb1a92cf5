"""Storage: how large the database is, how much room there is beside it, how old its latest backup is."""

import shutil
import time
from pathlib import Path
from typing import NamedTuple

from models.base.database import MIGRATIONS, db, fetch, is_sqlite


class Room(NamedTuple):
    """Bytes of a disk."""

    free: int
    whole: int


def database_bytes() -> int:
    """Return the size of the database."""
    if is_sqlite():
        ((pages, size),) = fetch("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size")
        return int(pages) * int(size)
    return int(fetch("SELECT pg_database_size(current_database())")[0][0])


def room() -> Room | None:
    """Return the room on the disk of a SQLite database; None for PostgreSQL, whose disk is elsewhere."""
    if not is_sqlite():
        return None
    usage = shutil.disk_usage(Path(db.obj.database).resolve().parent)
    return Room(usage.free, usage.total)


def damage() -> str:
    """Return what SQLite finds wrong in its file, in its own words; "" when it is whole, or PostgreSQL's."""
    said = str(fetch("PRAGMA quick_check(1)")[0][0]) if is_sqlite() else "ok"
    return "" if said == "ok" else said


def latest_backup(folder: str) -> Path | None:
    """Return the newest whole backup in a folder; None when there is none."""
    found = [path for pattern in ("*.db", "*.dump") for path in Path(folder).glob(pattern)] if folder else []
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def backup_age(folder: str) -> float | None:
    """Return how many seconds ago the newest backup in a folder was made; None when there is none."""
    latest = latest_backup(folder)
    return None if latest is None else max(time.time() - latest.stat().st_mtime, 0.0)


def pending_migrations() -> list[str]:
    """Return the names of the migrations that the database has not had, in their order."""
    from playhouse.migrations import Runner

    return [found.name for found in Runner(db.obj, str(MIGRATIONS)).status() if found.path and not found.applied]
