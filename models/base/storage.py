"""Storage: how large the database is, whether it is whole, and how much room there is beside it."""

import shutil
from pathlib import Path
from typing import NamedTuple

from models.base.database import db, fetch, is_sqlite


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
