"""The vectors that the tests of both sides read: tests/js/vectors.js is the same for the tablet."""

import json
import re
from pathlib import Path

DATA = Path(__file__).parent / "data"


def vectors(name: str) -> dict:
    """Return ``tests/data/<name>.json``."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def rows_of(part: dict) -> list[tuple[str, list[dict], dict | None]]:
    """Return ``(row, its moves, where they end)`` of each case of a part of stages.json."""
    names = re.compile("|".join(part["moves"]))
    return [
        (row, [part["moves"][name] for name in names.findall(row)], case["stands"])
        for case in part["cases"]
        for row in case["rows"].split(" ")
    ]
