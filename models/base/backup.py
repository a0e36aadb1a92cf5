"""Backup: a copy of the SQLite database as it stands at one moment, made while the server runs; and what is in one."""

import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from models.base.database import db

OLDEST = timedelta(hours=26)  # the timer makes one an hour; a night without power is no alarm


def copy_database(target: Path) -> None:
    """Write a copy that only its owner can read; the file before it stays until the copy is whole."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with closing(sqlite3.connect(part)) as copy:
        db.connection().backup(copy)
        copy.execute("PRAGMA journal_mode = delete")  # one file, and nothing beside it
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)


class NotWhole(ValueError):
    """A file is no database of ours, or damaged; the text says how."""


def check_backup(file: Path) -> None:
    """Look through a copy. Raises NotWhole."""
    try:
        with closing(sqlite3.connect(file)) as copy:
            ((said,),) = copy.execute("PRAGMA integrity_check(1)").fetchall()
            copy.execute("SELECT 1 FROM schema_migration")
    except sqlite3.Error as error:
        raise NotWhole(str(error)) from error
    if said != "ok":
        raise NotWhole(f"it is damaged: {said}")


def held_by(file: Path, tables: Mapping[str, str]) -> dict[str, int]:
    """Return how many rows a database's file holds of each table. ``tables``: what it is called, its name."""
    with closing(sqlite3.connect(file)) as copy:
        asked = {words: copy.execute(f"SELECT COUNT(*) AS held FROM {table}") for words, table in tables.items()}
        return {words: found.fetchone()[0] for words, found in asked.items()}


def backups_in(folder: str) -> list[Path]:
    """Return the whole backups in a folder, the newest first."""
    found = [path for pattern in ("*.db", "*.dump") for path in Path(folder).glob(pattern)] if folder else []
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def latest_backup(folder: str) -> Path | None:
    """Return the newest whole backup in a folder; None when there is none."""
    return next(iter(backups_in(folder)), None)


def backup_age(folder: str) -> float | None:
    """Return how many seconds ago the newest backup in a folder was made; None when there is none."""
    latest = latest_backup(folder)
    return None if latest is None else max(time.time() - latest.stat().st_mtime, 0.0)
