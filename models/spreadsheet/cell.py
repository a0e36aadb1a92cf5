"""Cells: what one says, as the text that a person reads in it. Nothing in a cell is ever carried out."""

import re
from datetime import date, datetime, time

NO_VALUE = "=?"  # a formula of which the file has no value
MISTAKES = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
LONGEST = 2_000  # letters of a cell that are kept
# A number that was too long for a cell: fifteen digits are kept, and the others are gone.
LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}", re.IGNORECASE)
_MOST_EXACT = 10**15


def said(value: object) -> str:
    """Return the text of a value that a library read: whole numbers without a point, dates as 2026-03-05."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST].strip()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)[:LONGEST]


def _number(value: int | float) -> str:
    if abs(value) >= _MOST_EXACT:
        return f"{value:.14E}".replace("E+0", "E+") if isinstance(value, float) else f"{float(value):.14E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def column_name(place: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_place(name: str) -> int:
    """Return the place of a column, counted from 0."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
