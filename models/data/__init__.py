"""Reference data: divisions and market cycles that a county starts from and then edits."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from models.base.database import db
from models.market.division import Division
from models.market.market_rule import MarketRule

FOLDER = Path(__file__).parent


def load_reference() -> None:
    """Store divisions that are missing, with their towns' market rules; what an organiser changed or deleted stays.

    Call it inside ``writing()``.
    """
    ended = {row.pop("code"): row for row in read_rows(FOLDER / "division-changes.csv")}
    divisions: list[dict[str, Any]] = [
        {**row, "parent": row["parent"] if row["level"] == "township" else None}
        for row in read_rows(FOLDER / "divisions.csv")
    ]
    for row in divisions:
        change = ended.get(row["code"], {})
        row["valid_to"] = date.fromisoformat(change["valid_to"]) if change else None
        row["successor"] = change.get("successor") or None
    rules = [
        {"town": row["division"], "calendar": calendar, "digits": digits}
        for row in read_rows(FOLDER / "market-cycles.csv")
        for calendar, digits in [_rule(row)]
    ]
    with db.atomic():
        known = {division.code for division in Division.select(Division.code)}
        Division.insert_many(divisions).on_conflict_ignore().execute()
        for rule in rules:
            if rule["town"] not in known:
                MarketRule.create(**rule)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 CSV file, each by its column names."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rule(row: dict[str, str]) -> tuple[str, str]:
    """Return (calendar, digits); a daily market's cycle is the word and not digits."""
    return ("daily", "") if row["cycle"] == "daily" else (row["calendar"], row["cycle"])
