"""The page of an import: its state in words, its rows a page at a time, what is wrong in the reader's language."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import abort

from models.imports.import_kind import CHANGED, FAULTY, NEW, UNCHANGED, Kind
from models.imports.sheet_import import SheetImport
from models.imports.sheet_row import SheetRow, page_of
from models.vocabulary.code_list import N_
from routes.office.history_words import label, value
from routes.web.access import county
from routes.web.language import language

PAGE = 30  # rows
SHOWN = {FAULTY: N_("Cannot be taken"), NEW: N_("New in the list"), CHANGED: N_("Changed"), UNCHANGED: N_("Unchanged")}
# Of each state, a badge and words.
STATE_WORDS = {
    "reading": ("waiting", N_("Being read")), "matching": ("attention", N_("Columns to be matched")),
    "checking": ("waiting", N_("Being looked at")), "ready": ("attention", N_("Ready: nothing is kept yet")),
    "applying": ("waiting", N_("Being taken in")), "done": ("confirmed", N_("Taken in")),
    "undoing": ("waiting", N_("Being undone")), "undone": ("closed", N_("Undone")),
    "stopped": ("closed", N_("Stopped: nothing more is kept")), "failed": ("attention", N_("Could not be read")),
}  # fmt: skip
# What is wrong with a whole file, or kept an act from being done.
TROUBLES = {
    "not_read": N_("No spreadsheet that we can read: .xlsx, .xls, or CSV in UTF-8 or GB18030. Or it is damaged."),
    "too_large": N_("The file is too large: at most 3 MB, and 48 MB once it is unpacked."),
    "too_many": N_("More than 20,000 rows, 20 sheets or three million cells. Split the file."),
    "locked": N_("A password protects the file. Take it off in Excel or WPS, and try again."),
    "unsafe": N_("The file holds what no spreadsheet needs. Save it anew in Excel or WPS, and try again."),
    "empty": N_("There is nothing in the file."),
    "broken": N_("Something went wrong, and nothing was kept. Please try again, or tell who runs the server."),
    "meanwhile": N_("Somebody changed the same things meanwhile, so nothing was kept. This is what would change now."),
    "kept": N_("It cannot be undone: some of what it made was changed or used since. Nothing was taken back."),
}  # fmt: skip
WHYS = {
    "changed": N_("somebody changed it since"), "used": N_("a market day, a vacancy or a fact uses it"),
    "gone": N_("it is not there any more"),
}  # fmt: skip
THINGS = {"employers": "employer", "vacancies": "vacancy", "operators": "operator"}


class Line(NamedTuple):
    """A row as its page shows it: number, name, what is wrong ``(cell, found, why)``, fields ``(label, old, new)``."""

    number: int
    name: str
    faults: list[tuple[str, str, str]]
    fields: list[tuple[str, str, str]]


class Rows(NamedTuple):
    """A page of an import's rows in one state; ``tabs``: (state, words, how many) of those that there are."""

    tabs: list[tuple[str, str, int]]
    chosen: str
    lines: list[Line]
    page: int
    pages: int


def find_import(import_id: int) -> SheetImport:
    """Return an import of the asker's county, or 404."""
    return SheetImport.get_or_none(id=import_id, county=county()) or abort(404)


def labels_of(kind: Kind) -> dict[str, str]:
    """Return what our pages call the fields of a kind."""
    return {one.code: one.label for one in kind.columns()}


def shown_rows(found: SheetImport, asked: Mapping[str, str]) -> Rows:
    """Return a page of the rows that a reader asks for; faulty ones first."""
    tabs = [(state, words, found.counts[state]) for state, words in SHOWN.items() if found.counts.get(state)]
    states = [state for state, *_ in tabs]
    chosen = asked.get("show", "")
    chosen = chosen if chosen in states else (states or [""])[0]
    total = found.counts.get(chosen, 0)
    pages = max(1, -(-total // PAGE))
    typed = asked.get("page", "1")
    page = min(max(int(typed), 1), pages) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    rows = page_of(found, chosen, (page - 1) * PAGE, PAGE) if chosen else []
    return Rows(tabs, chosen, [_line(found, row) for row in rows], page, pages)


def _line(found: SheetImport, row: SheetRow) -> Line:
    faults = [(one["cell"], one["found"], one["says"].get(language(), "")) for one in row.faults]
    return Line(row.number, row.name, faults, _fields(THINGS[found.kind], row))


def _fields(thing: str, row: SheetRow) -> list[tuple[str, str, str]]:
    lines: list[tuple[str, str, str]] = []
    for name, new in row.values.items():
        if name in ("employer", "true_employer") and not isinstance(new, str):
            continue
        if name == "contact":
            lines.append((label(thing, "sealed"), "***" if row.before.get("sealed") else "", " ".join(new)))
            continue
        old: Any = row.before.get(name)
        if (new or old) and not (row.state == NEW and name in ("pay_unit", "origin", "source", "work_division")):
            lines.append((label(thing, name), value(thing, name, old), value(thing, name, new)))
    return lines
