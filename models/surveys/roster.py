"""Rosters: the bureau's list of people to ask, as a CSV file in UTF-8 or GB18030. Taken in whole, or not at all.

Read are the columns that the asking needs. All others, such as an identity number, are not even looked at; they are
named, so that the bureau leaves them out the next time.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from models.base.database import execute_many, fetch, writing
from models.base.secret import digest
from models.base.typed import name_of, phone_of, plain_of, text_of
from models.market.county import County
from models.surveys.survey import Survey, token_of
from models.vocabulary.code_list import GROUPS, N_

MOST_ROWS = 20_000
LONGEST_ID, LONGEST_NAME, LONGEST_VILLAGE = 64, 40, 64
_HEADS = {
    "bureau_id": ("编号", "人员编号", "序号", "id"), "name": ("姓名", "name"),
    "phone": ("电话", "联系电话", "手机", "手机号", "phone"), "village": ("村", "村社", "所在村", "村居", "village"),
    "group": ("人员类别", "类别", "group"), "may_contact": ("同意联系", "可联系", "agreed"),
}  # fmt: skip
REQUIRED = ("bureau_id", "name", "village")
_YES, _NO = ("是", "同意", "yes", "y", "1", "true"), ("", "否", "不同意", "no", "n", "0", "false")
# Why a line cannot be taken.
FAULTS = {
    "no_id": N_("no number of the bureau"), "long_id": N_("the number is too long"),
    "twice": N_("the number stands in the file twice"), "no_name": N_("no name"),
    "long_name": N_("the name is too long"), "no_village": N_("no village"),
    "long_village": N_("the village is too long"), "phone": N_("no telephone number"), "group": N_("unknown group"),
    "agreed": N_("agreed or not? Write 是 or 否"), "columns": N_("too many or too few columns"),
}  # fmt: skip
NO_TEXT, NO_HEAD, NO_ROWS, TOO_MANY = "no_text", "no_head", "no_rows", "too_many"
OF_THE_FILE = {
    NO_TEXT: N_("This is no CSV file in UTF-8 or GB18030."),
    NO_HEAD: N_("The first line has to name the columns 编号, 姓名 and 村."),
    NO_ROWS: N_("There is nobody in the file."),
    TOO_MANY: N_("The file has more than 20,000 lines."),
}


@dataclass
class Line:
    """A line of the file that can be taken."""

    bureau_id: str
    name: str
    phone: str
    village: str
    group: str
    may_contact: bool


@dataclass
class Roster:
    """What a file holds: lines to take, faults as ``(number of the line, code)``, columns that are not read."""

    lines: list[Line] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    trouble: str = ""  # of the whole file, a code of OF_THE_FILE

    @property
    def is_good(self) -> bool:
        """Say whether it can be taken in."""
        return bool(self.lines) and not self.faults and not self.trouble


def read_roster(content: bytes) -> Roster:
    """Read a file; nothing is stored."""
    text = _decoded(content)
    if text is None:
        return Roster(trouble=NO_TEXT)
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        return _read(rows)
    except csv.Error:
        return Roster(trouble=NO_TEXT)


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",\t;，", key=head.count)


def _read(rows: Iterable[list[str]]) -> Roster:
    found, places, seen = Roster(), None, set[str]()
    for number, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        if places is None:
            places = _places(row, found)
            if not places:
                return Roster(trouble=NO_HEAD)
            width = len(row)
            continue
        if len(found.lines) + len(found.faults) >= MOST_ROWS:
            return Roster(trouble=TOO_MANY)
        line = _line(row, places, seen) if len(row) == width else "columns"
        if isinstance(line, Line):
            found.lines.append(line)
        else:
            found.faults.append((number, line))
    if places is None or not (found.lines or found.faults):
        found.trouble = NO_ROWS
    return found


def _places(head: list[str], found: Roster) -> dict[str, int]:
    """Return where each column stands, nothing when a required one is missing; note those that are not read."""
    names = [plain_of(cell).casefold() for cell in head]
    places = {key: names.index(name) for key, known in _HEADS.items() for name in known[::-1] if name in names}
    found.left_out = [text_of(cell)[:30] for place, cell in enumerate(head) if place not in places.values() and cell]
    return places if set(REQUIRED) <= places.keys() else {}


def _line(row: list[str], places: dict[str, int], seen: set[str]) -> Line | str:
    """Return a line, or the code of what is wrong with it."""
    cells = {key: row[place] for key, place in places.items()}
    bureau_id, name, village = plain_of(cells["bureau_id"]), name_of(cells["name"]), name_of(cells["village"])
    phone, agreed = phone_of(cells.get("phone", "")), plain_of(cells.get("may_contact", "")).casefold()
    group = _group(cells.get("group", ""))
    for is_wrong, code in (
        (not bureau_id, "no_id"), (len(bureau_id) > LONGEST_ID, "long_id"), (bureau_id in seen, "twice"),
        (not name, "no_name"), (len(name) > LONGEST_NAME, "long_name"), (not village, "no_village"),
        (len(village) > LONGEST_VILLAGE, "long_village"), (phone is None, "phone"), (group is None, "group"),
        (agreed not in _YES + _NO, "agreed"),
    ):  # fmt: skip
        if is_wrong:
            return code
    seen.add(bureau_id)
    return Line(bureau_id, name, phone or "", village, group or "", agreed in _YES)


def _group(text: str) -> str | None:
    code = plain_of(text).upper()
    return code if not code or code in GROUPS else None


def take_in(survey: Survey, county: County, roster: Roster) -> tuple[int, int]:
    """Store a good roster in one transaction; return how many people are new, and how many were known.

    Who is known by the bureau's id is changed, and keeps their answers. Who was deleted comes back as somebody new.
    """
    with writing():
        known = dict(fetch("SELECT bureau_id, id FROM survey_person WHERE survey_id = ?", (survey.id,)))
        new = [line for line in roster.lines if line.bureau_id not in known]
        execute_many(
            'INSERT INTO survey_person (id, survey_id, bureau_id, name, phone, village, "group", may_contact,'
            " token_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(county, survey, str(uuid4()), line) for line in new],
        )
        old = [(known[line.bureau_id], line) for line in roster.lines if line.bureau_id in known]
        execute_many(
            'UPDATE survey_person SET name = ?, phone = ?, village = ?, "group" = ?, may_contact = ? WHERE id = ?',
            [(line.name, line.phone or None, line.village, line.group, line.may_contact, id) for id, line in old],
        )
    return len(new), len(old)


def _row(county: County, survey: Survey, id: str, line: Line) -> tuple:
    said = (line.bureau_id, line.name, line.phone or None, line.village, line.group, line.may_contact)
    return (id, survey.id, *said, digest(token_of(county, id)))


def count_known(survey: Survey, roster: Roster) -> int:
    """Return how many people of a roster the survey has already."""
    known = {id for (id,) in fetch("SELECT bureau_id FROM survey_person WHERE survey_id = ?", (survey.id,))}
    return sum(line.bureau_id in known for line in roster.lines)
