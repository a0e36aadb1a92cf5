"""Retaining: what a county's periods end is taken away in small steps, so that no sync waits for long.

A step holds the writers' lock for about STEP_SECONDS, and the lock is free for longer than that before the next.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from models.base.clock import milliseconds, utcnow
from models.base.database import db, execute_many, is_sqlite, writing
from models.derived.forget import forget, forget_surnames, shorten_unread
from models.derived.forget_rows import Forgetting
from models.desk.complaint import empty_complaints
from models.forgetting.due import Due
from models.forgetting.elsewhere import clear_audit, words_of
from models.forgetting.listed import list_outside, shorten_list
from models.forgetting.retention_run import RetentionRun
from models.forgetting.surveyed import forget_surveyed
from models.log.forgotten import PERIOD
from models.market.county import County
from models.market.retention import Retention

STEP_SECONDS, PAUSE_SECONDS = 0.025, 0.03
MOST = 200  # of a step

T = TypeVar("T")


def retain(county: County, today: date) -> dict[str, int]:
    """Take away what is due of a county; return how much of what went, and note it where anything did."""
    due = Due(county, today)
    counts = {
        "people": sum(in_steps(some, lambda part: _forget(county, part)) for some in due.people()),
        "surnames": in_steps(due.surnames(), forget_surnames),
        "surveyed": in_steps(due.surveyed(), lambda part: forget_surveyed(county, part)),
        "raw": in_steps(due.raw(), lambda part: shorten_unread(part, county)),
        "boxes": in_steps(due.boxes(), lambda part: _empty(county, part))
        + in_steps(due.unread_boxes(), lambda part: _drop(county, part)),
        "audit": in_steps(due.audit(), _drop_audit),
        "keys": in_steps(due.keys(), lambda part: _drop_keys(county, part)),
        "complaints": in_steps(due.complaints(), empty_complaints),
    }
    if any(counts.values()):
        with writing():
            RetentionRun.create(county=county, counts=counts)
    return counts


def tidy_list(path: Path) -> None:
    """Bring the list beside the database up to date, and leave out what is older than any backup."""
    list_outside(path)
    now = utcnow()
    expected = [Due(county, now.astimezone(county.zone()).date()).late_before() for county in County.by_age()]
    shorten_list(path, min(expected, default=0))


def overwrite() -> None:
    """Have the database's files hold no longer what was deleted: SQLite's log, and old rows of PostgreSQL."""
    if is_sqlite():
        db.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # most of it, while others write
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return
    connection = db.connection()
    was = connection.autocommit
    connection.autocommit = True
    for table in ("operation", "candidate", "settlement", "person_key", "audit_entry", "hand_over", "survey_person"):
        connection.execute(f"VACUUM {table}")
    connection.autocommit = was


def old_backups(folder: Path, now: datetime) -> list[Path]:
    """Return the backups in a folder that are older than every county wants them."""
    days = max((Retention.of(county).backup_days for county in County.by_age()), default=30)
    before = now.timestamp() - days * 86_400
    found = [path for path in folder.iterdir() if path.suffix in {".db", ".dump"} and path.stat().st_mtime < before]
    return sorted(found)


def in_steps(things: Iterable[T], take: Callable[[Sequence[T]], object]) -> int:
    """Do something to all of these, in transactions that are as short as they can be; return how many there were."""
    left, size, done = list(things), 2, 0
    while left:
        part, left = left[:size], left[size:]
        began = time.perf_counter()
        with writing():
            take(part)
        took = time.perf_counter() - began
        done += len(part)
        size = _next_size(size, took)
        time.sleep(PAUSE_SECONDS)
    return done


def _next_size(size: int, took: float) -> int:
    """Return how many are to be taken in the next step, after one of ``size`` took so many seconds."""
    if took > STEP_SECONDS:
        return max(1, size // 2)
    return min(MOST, size + 1 + size // 4) if took < STEP_SECONDS / 2 else size


def _forget(county: County, candidates: Sequence[str]) -> None:
    words = words_of(candidates)
    gone = forget(candidates, Forgetting(county, milliseconds(utcnow()), PERIOD))
    clear_audit(county, gone.candidates | gone.passes, words._replace(phones=frozenset()))


def _empty(county: County, ids: Sequence[str]) -> None:
    execute_many("UPDATE hand_over SET box = ? WHERE county_id = ? AND id = ?", [(b"", county.id, id) for id in ids])


def _drop(county: County, ids: Sequence[str]) -> None:
    execute_many("DELETE FROM hand_over WHERE county_id = ? AND id = ?", [(county.id, id) for id in ids])


def _drop_audit(ids: Sequence[int]) -> None:
    execute_many("DELETE FROM audit_entry WHERE id = ?", [(id,) for id in ids])


def _drop_keys(county: County, keys: Sequence[tuple[str, int]]) -> None:
    sql = "DELETE FROM forgotten_key WHERE county_id = ? AND key = ? AND at = ?"
    execute_many(sql, [(county.id, *key) for key in keys])
