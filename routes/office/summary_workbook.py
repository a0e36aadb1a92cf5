"""Summary workbooks: the figures of a market day as a workbook, one sheet of totals and one for each table."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from models.vocabulary.code_list import TALLY_TOPICS
from routes.office.summary_words import SECTIONS, TABLES, value_words
from routes.office.workbook import Sheet, workbook

WIDE = {"name": 30, "title": 34, "trade": 22, "group": 26, "written_off": 26, "last_contact": 19}
FIGURE_WIDTH = 13


def summary_workbook(found: Mapping[str, Any]) -> bytes:
    """Return the figures of a summary as an XLSX file; of one version the same, whenever somebody fetches it."""
    return workbook(_sheets(found), datetime.fromisoformat(found["as_of"]))


def figure_at(found: Mapping[str, Any], path: str) -> Any:
    """Return the figure at a path such as ``reached.hired``."""
    outer, _dot, inner = path.partition(".")
    return found[outer][inner] if inner else found[outer]


def _sheets(found: Mapping[str, Any]) -> Iterator[Sheet]:
    heads = [(_("Line"), 6), (_("Section"), 24), (_("Figure"), 40), (_("Value"), 14)]
    yield _sheet(found, _("Totals"), heads, _totals(found))
    for name, (title, columns) in TABLES.items():
        if name in ("stops", "tablets") and not found.get(name):
            continue  # no caravan, or a version of before there were any; or a sheet for outside
        rows = [[_cell(column, row.get(column)) for column in columns] for row in found[name]]
        heads = [(_(words), WIDE.get(column, FIGURE_WIDTH)) for column, words in columns.items()]
        yield _sheet(found, _(title), heads, rows)


def _sheet(found: Mapping[str, Any], name: str, heads: list[tuple[str, int]], rows: list[list[Any]]) -> Sheet:
    day = date.fromisoformat(found["market_day"]["date"])
    title = f"{_('Statistical summary of a recruitment event')} · {name}"
    return Sheet(name, title, _about(found), heads, rows, day)


def _about(found: Mapping[str, Any]) -> str:
    day, version = found["market_day"], found["version"]
    said = [day["office"], day["town"], _("version %(number)s", number=version) if version else _("not closed yet")]
    if version:
        said.append(_("check code %(code)s", code=found["hash"][:16]))
    said.append(_("as of %(time)s", time=found["as_of"][:16].replace("T", " ")))
    if found.get("outside"):
        said.append(_("for outside the county: * stands for fewer than five people, or for what would tell it"))
    return " · ".join(said)


def _totals(found: Mapping[str, Any]) -> list[list[Any]]:
    lines = [
        (_(section), _(words), figure_at(found, path))
        for section, figures in SECTIONS.items()
        for path, words in figures.items()
        if path.partition(".")[0] in found  # a version of before does not have all of them
    ]
    lines += [
        (_("Services"), _(TALLY_TOPICS[topic]) if topic in TALLY_TOPICS else topic, count)
        for topic, count in found["tallies"].items()
    ]
    return [[number, *line] for number, line in enumerate(lines, start=1)]


def _cell(column: str, value: Any) -> Any:
    """Return a cell's value: moments as the county's wall clock, hours as times of day, codes as words."""
    if column == "last_contact" and value:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    return f"{value}:00" if column == "hour" else value_words(column, value)
