"""Headings: in which rows a sheet names its columns, which columns these are, and which rows below are no data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from models.base.typed import plain_of
from models.spreadsheet.book import Row, Sheet

LOOKED_AT = 30  # rows
NUMBERS = frozenset({"序号", "编号", "no", "no.", "行号"})
EXAMPLES = frozenset({"例", "示例", "样例", "example"})
_SIGNS = re.compile(r"[*※＊☆★#:：]")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_FOOT = re.compile(
    r"^(?:合计|总计|小计|共计|填表人|填报人|填表单位|填报单位|填表日期|填报日期|填表时间|填报时间|制表|审核|审批|负责人[:：]|单位负责人|"
    r"单位[(（]?盖章|经办人[:：]|联系人[:：]|联系电话[:：]|(?:备注|说明|填表说明|注)(?:[:：]|$)|total\b)",
    re.IGNORECASE,
)


class Columns(NamedTuple):
    """A field that a sheet may have a column for, with the words that head it.

    ``label`` is what our pages call it. ``many``: what joins the texts of several columns, where it may have several.
    """

    code: str
    label: str
    words: tuple[str, ...]
    many: str = ""


def columns_of(
    labels: Mapping[str, str], words: Mapping[str, str], many: Mapping[str, str] | None = None
) -> tuple[Columns, ...]:
    """Return the fields of a kind of list; ``words``: what heads each, by blanks, a blank within as an underscore."""
    return tuple(
        Columns(code, labels[code], tuple(one.replace("_", " ") for one in said.split()), (many or {}).get(code, ""))
        for code, said in words.items()
    )


@dataclass
class Heading:
    """The rows that head a sheet (their numbers), what heads each column, and which field each column is."""

    rows: tuple[int, ...]
    labels: list[str]
    fields: dict[int, str] = field(default_factory=dict)

    @cached_property
    def plain(self) -> list[str]:
        """What heads each column, as headings are compared."""
        return [plain(label) for label in self.labels]

    @property
    def key(self) -> str:
        """Return what headings have in common that are the same but for blanks, width and signs."""
        return "|".join(self.plain)


def plain(label: str) -> str:
    """Return a heading without blanks, lines, stars and colons, in plain width."""
    return _SIGNS.sub("", plain_of(label)).casefold()


def heading_of(sheet: Sheet, known: Sequence[Columns], least: int = 2) -> Heading | None:
    """Return the heading of a sheet: one row or two that name most fields, at least so many; None without one."""
    words = {plain(word): one for one in known for word in one.words}
    best: Heading | None = None
    rows = sheet.rows[:LOOKED_AT]
    for place, row in enumerate(rows):
        for heading in _readings(sheet, row, rows[place + 1] if place + 1 < len(rows) else None):
            heading.fields = fields_of(heading.labels, words)
            if len(heading.fields) >= least and (best is None or len(heading.fields) > len(best.fields)):
                best = heading
    return best


def likely_heading(sheet: Sheet, known: Sequence[Columns]) -> Heading:
    """Return the row that most likely names the columns where none of their names is known: the fullest of words."""
    rows = sheet.rows[:10]
    words = [sum(bool(cell) and not any(c.isdigit() for c in cell) for cell in row.cells) for row in rows]
    row = rows[words.index(max(words))]
    return heading_in(sheet, known, (row.number,)) or Heading((row.number,), list(row.cells))


def heading_in(sheet: Sheet, known: Sequence[Columns], numbers: Sequence[int]) -> Heading | None:
    """Return the heading that stands in these rows, one or two, as somebody says; None where there are no such rows."""
    rows = [row for row in sheet.rows if row.number in numbers]
    if not rows:
        return None
    labels = list(rows[0].cells) if len(rows) == 1 else _joined(rows[0].cells, rows[1].cells)
    words = {plain(word): one for one in known for word in one.words}
    return Heading(tuple(row.number for row in rows), labels, fields_of(labels, words))


def _readings(sheet: Sheet, row: Row, below: Row | None) -> list[Heading]:
    """Return how a row may be read as a heading: by itself, and as the first of two."""
    found = [Heading((row.number,), list(row.cells))]
    if below is not None and below.number == row.number + 1 and _stands_over(sheet, row, below):
        found.append(Heading((row.number, below.number), _joined(row.cells, below.cells)))
    return found


def _stands_over(sheet: Sheet, row: Row, below: Row) -> bool:
    """Say whether a row can be the upper one of two: a group that spans several columns, not the whole table."""
    width = max(len(row.cells), len(below.cells))
    spans = [right - left + 1 for top, left, bottom, right in sheet.merged if top == row.number and right > left]
    if spans:
        return max(spans) < width
    # CSV knows no merged cells: a group is a cell with empty ones behind it, under which words stand.
    filled = [place for place, cell in enumerate(row.cells) if cell]
    return len(filled) > 1 and any(
        cell and not (row.cells[place] if place < len(row.cells) else "") and not any(c.isdigit() for c in cell)
        for place, cell in enumerate(below.cells)
    )


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Return a label for each column of two rows: what both say, a group's word before its parts."""
    labels, group = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        beneath = lower[place] if place < len(lower) else ""
        group = above or (group if beneath else "")
        labels.append(f"{group}/{beneath}" if beneath and group and beneath != group else beneath or above)
    return labels


def fields_of(labels: Sequence[str], words: Mapping[str, Columns]) -> dict[int, str]:
    """Return which field each column is; of two columns for one field the first, unless the field takes many."""
    found: dict[int, str] = {}
    for place, label in enumerate(labels):
        one = next((words[name] for name in _names(label) if name in words), None)
        if one is not None and (one.many or one.code not in found.values()):
            found[place] = one.code
    return found


def _names(label: str) -> list[str]:
    """Return what a column may be known by: all of it, without what stands in brackets, and its part of a group."""
    whole = [label, _BRACKETS.sub("", label)]
    group, slash, part = label.partition("/")
    if slash:
        whole += [group + part, _BRACKETS.sub("", group + part), part, _BRACKETS.sub("", part)]
    return [plain(name) for name in whole]


def is_data(row: Row, heading: Heading) -> bool:
    """Say whether a row below the heading is about something: no total, no signature, no heading once more."""
    if row.number <= heading.rows[-1]:
        return False
    filled = [(place, cell) for place, cell in enumerate(row.cells) if cell]
    first = plain_of(filled[0][1])
    if _FOOT.match(first) or first.casefold() in EXAMPLES:
        return False
    if all(_is_number(heading, place) for place, _ in filled):
        return False  # a numbered line that nobody filled in
    labels = heading.plain
    return not all(place < len(labels) and (said := plain(cell)) and said in labels[place] for place, cell in filled)


def _is_number(heading: Heading, place: int) -> bool:
    return place < len(heading.labels) and heading.plain[place] in NUMBERS
