"""Backup: a copy of the SQLite database as it stands at one moment, made while the server runs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from models.base.database import db


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
