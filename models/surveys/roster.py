"""Rosters: the bureau's list of people to ask, as a spreadsheet or a CSV file. Taken in whole, or not at all.

Read are the columns that the asking needs. All others, such as an identity number, are not even looked at; they are
named, so that the bureau leaves them out the next time.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from models.base.database import execute_many, fetch, insert_many, writing
from models.base.secret import digest
from models.base.typed import name_of, phone_of, plain_of, text_of
from models.market.county import County
from models.spreadsheet.apart import read_apart
from models.spreadsheet.book import EMPTY, TOO_MANY, Row, Trouble
from models.spreadsheet.heading import Columns, Heading, heading_of, is_data
from models.surveys.survey import Survey, token_of
from models.vocabulary.code_list import GROUPS, N_

LONGEST_ID, LONGEST_NAME, LONGEST_VILLAGE = 64, 40, 64
_HEADS = {
    "bureau_id": ("编号", "人员编号", "序号", "id"), "name": ("姓名", "name"),
    "phone": ("电话", "联系电话", "手机", "手机号", "phone"), "village": ("村", "村社", "所在村", "村居", "village"),
    "group": ("人员类别", "类别", "group"), "may_contact": ("同意联系", "可联系", "agreed"),
}  # fmt: skip
COLUMNS = tuple(Columns(code, code, words) for code, words in _HEADS.items())
REQUIRED = ("bureau_id", "name", "village")
_YES, _NO = ("是", "同意", "yes", "y", "1", "true"), ("", "否", "不同意", "no", "n", "0", "false")
# Why a line cannot be taken.
FAULTS = {
    "no_id": N_("no number of the bureau"), "long_id": N_("the number is too long"),
    "twice": N_("the number stands in the file twice"), "no_name": N_("no name"),
    "long_name": N_("the name is too long"), "no_village": N_("no village"),
    "long_village": N_("the village is too long"), "phone": N_("no telephone number"), "group": N_("unknown group"),
    "agreed": N_("agreed or not? Write 是 or 否"), "columns": N_("more cells than the heading has columns"),
}  # fmt: skip
NO_TEXT, NO_HEAD, NO_ROWS = "no_text", "no_head", "no_rows"
_TROUBLES = {EMPTY: NO_ROWS, TOO_MANY: TOO_MANY}  # of the file, by what the reader says
OF_THE_FILE = {
    NO_TEXT: N_("No spreadsheet that we can read: .xlsx, .xls, or CSV in UTF-8 or GB18030. Or it is damaged."),
    NO_HEAD: N_("No line names the columns 编号, 姓名 and 村."),
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
    """Read a file, in a process of its own; nothing is stored. Of several sheets the one that names most columns."""
    try:
        sheets = read_apart(content)
    except Trouble as trouble:
        return Roster(trouble=_TROUBLES.get(trouble.code, NO_TEXT))
    headings = [(sheet, heading_of(sheet, COLUMNS)) for sheet in sheets]
    sheet, heading = max(headings, key=lambda one: len(one[1].fields) if one[1] else 0)
    places = _places(heading) if heading else {}
    if heading is None or not places:
        return Roster(trouble=NO_HEAD)
    return _read([row for row in sheet.rows if is_data(row, heading)], heading, places)


def _read(rows: list[Row], heading: Heading, places: dict[str, int]) -> Roster:
    found, seen = Roster(), set[str]()
    read = places.values()
    found.left_out = [text_of(cell)[:30] for place, cell in enumerate(heading.labels) if place not in read and cell]
    width = len(heading.labels)
    for row in rows:
        line = _line(row.cells + [""] * width, places, seen) if len(row.cells) <= width else "columns"
        if isinstance(line, Line):
            found.lines.append(line)
        else:
            found.faults.append((row.number, line))
    if not rows:
        found.trouble = NO_ROWS
    return found


def _places(heading: Heading) -> dict[str, int]:
    """Return where each column stands, by the best of its words; nothing when a required one is missing."""
    names = heading.plain
    places = {key: names.index(name) for key, known in _HEADS.items() for name in known[::-1] if name in names}
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
        insert_many(
            "survey_person", 'id, survey_id, bureau_id, name, phone, village, "group", may_contact, token_hash',
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
