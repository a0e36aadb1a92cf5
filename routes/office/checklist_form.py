"""The checklist's form: for each line who sees to it and whether it is done, and lines to add."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.checklist import MOST, OWN, Line, checklist_of
from models.market.market_day import MarketDay
from models.vocabulary.checklist import CHECKLIST
from routes.web.editing import EditedForm

BLANK = 3  # lines to add
LONGEST_TEXT, LONGEST_PERSON = 60, 20


class ChecklistForm(EditedForm):
    """Fields by a line's key: ``person_KEY``, ``done_KEY`` and ``out_KEY`` (``yes``), ``text_KEY`` of an own line."""

    def __init__(self, day: MarketDay, typed: MultiDict | None = None) -> None:
        self.lines = checklist_of(day)
        super().__init__(typed, _start(self.lines), is_stored=True)
        self.blank = [f"new{number}" for number in range(min(BLANK, max(0, MOST - len(self.lines))))]

    def words(self, line: Line) -> str:
        """Return what a line says."""
        return _(CHECKLIST[line.code]) if line.code in CHECKLIST else line.text

    def read(self) -> list[Line]:
        """Return the lines as they are to be kept; look at ``ok`` before keeping them."""
        lines = [self._line(line.key, line.code) for line in self.lines]
        added = [self._line(key, "") for key in self.blank]
        return [*lines, *(line for line in added if line.text)]

    def _line(self, key: str, code: str) -> Line:
        text = "" if code else self.text(f"text_{key}", LONGEST_TEXT, required=False) or ""
        person = self.text(f"person_{key}", LONGEST_PERSON, required=False) or ""
        is_left_out, is_done = (self.value(f"{name}_{key}") == "yes" for name in ("out", "done"))
        return Line(key, code, text, person, is_left_out, is_done)


def _start(lines: list[Line]) -> dict[str, Any]:
    start: dict[str, Any] = {}
    for line in lines:
        ticks = {f"done_{line.key}": line.is_done, f"out_{line.key}": line.is_left_out}
        start |= {f"person_{line.key}": line.person} | {name: "yes" if on else "" for name, on in ticks.items()}
        if line.key.startswith(OWN):
            start[f"text_{line.key}"] = line.text
    return start
