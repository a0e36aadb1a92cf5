"""The list of what was forgotten: keyed hashes in a file beside the database, for when a backup is put back.

A backup holds people who were deleted after it was made. The file does not go back in time with it, so what it lists is
forgotten again. A line names nobody: without a county's key, which is in the database, it says nothing at all.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from models.base.database import execute_many, fetch, fetch_in, writing
from models.derived.forget_late import forget_listed
from models.forgetting.surveyed import forget_surveyed_again
from models.log.forgotten import forgetting_key, hashed, note_keys
from models.market.county import County

AT_ONCE = 200  # candidates asked in one step


def list_outside(path: Path) -> int:
    """Append to the list what was forgotten since; return how many lines. Raises OSError when it cannot be written."""
    keys = {county.id: forgetting_key(county.identity_key) for county in County.by_age()}
    new = fetch("SELECT candidate, county_id, link, at FROM forgotten WHERE NOT listed")
    if not new:
        return 0
    lines = [_line(county, hashed(keys[county], candidate), at, link) for candidate, county, link, at in new]
    links = {link for _, _, link, _ in new if link}
    sql = "SELECT county_id, key, at, link FROM forgotten_key WHERE link IN (??)"
    lines += [_line(*row) for row in fetch_in(sql, links)]
    _append(path, lines)
    with writing():
        execute_many("UPDATE forgotten SET listed = TRUE WHERE candidate = ?", [(candidate,) for candidate, *_ in new])
    return len(lines)


def _append(path: Path, lines: list[str]) -> None:
    """Append lines to a file that only its owner reads, and see them on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())


def _line(county: int, key: str, at_ms: int, link: str | None) -> str:
    return json.dumps({"county": county, "key": key, "at": at_ms, "link": link}) + "\n"


def shorten_list(path: Path, before_ms: int) -> None:
    """Leave out the lines that are older: no backup is."""
    if path.exists():
        kept = [line for line in path.read_text(encoding="ascii").splitlines(True) if _said(line)["at"] >= before_ms]
        part = path.with_name(path.name + ".part")
        part.unlink(missing_ok=True)
        _append(part, kept)
        part.replace(path)


def forget_what_is_listed(path: Path) -> int:
    """Forget again what the list names and this database still has, step by step; return how many candidates.

    What tablets send of them later is known by the same keys.
    """
    if not path.exists():
        return 0
    lines = [_said(line) for line in path.read_text(encoding="ascii").splitlines()]
    counties = {county.id: county for county in County.by_age()}
    with writing():
        known = [line for line in lines if line["county"] in counties]
        note_keys((line["county"], line["key"], line["at"], line["link"] or "") for line in known)
    return sum(_forget_again(county) + forget_surveyed_again(county) for county in counties.values())


def _said(line: str) -> dict:
    said: dict = json.loads(line)
    return said


def _forget_again(county: County) -> int:
    gone = 0
    for some in _living(county):
        with writing():
            gone += forget_listed(some, county)
    return gone


def _living(county: County) -> Iterator[list[str]]:
    """Yield a county's candidates who are not forgotten, some at a time."""
    last = ""
    while rows := fetch(
        "SELECT id FROM candidate AS c WHERE county_id = ? AND id > ? AND NOT EXISTS"
        " (SELECT 1 FROM forgotten AS f WHERE f.candidate = c.id) ORDER BY id LIMIT ?",
        (county.id, last, AT_ONCE),
    ):
        yield [id for (id,) in rows]
        last = rows[-1][0]
