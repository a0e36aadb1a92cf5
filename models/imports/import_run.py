"""Import runs: what a process of its own does with a spreadsheet: reads it, looks at it, takes it in, undoes it.

Each step leaves the import in a state from which the next process goes on when this one dies. A run that a person
stops, or that lost its claim, stores nothing more.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.base.clock import utcnow
from models.base.database import execute_many, writing
from models.imports.import_kind import CHANGED, FAULTY, NEW, Checked, Checker, Kind, Made
from models.imports.sheet_import import (
    ALL,
    APPLYING,
    CHECKING,
    DONE,
    FAILED,
    MATCHING,
    READING,
    READY,
    UNDONE,
    SheetImport,
    SheetMatch,
    Stopped,
    claim_next,
    empty,
    forget_left,
    go_on,
    move,
)
from models.imports.sheet_row import ABOVE, PASSED_OVER, READ, SheetRow, counts_of, first_rows, rows_of, taken_of
from models.market.actor import acting, because
from models.market.audit import AuditEntry
from models.spreadsheet.book import Row, Sheet, Trouble, read_book
from models.spreadsheet.cell import column_name
from models.spreadsheet.heading import LOOKED_AT, Heading, heading_of, is_data, likely_heading

MOST_TRIES = 3
INSERT = """
INSERT INTO sheet_row
  (sheet_import_id, sheet, number, hidden, cells, state, name, "values", before, after, faults, applied, why)
VALUES (?, ?, ?, ?, ?, ?, '', '{}', '{}', '{}', '[]', ?, '')
"""
MERGED_KEPT = 60  # first rows of a sheet of which merged cells are kept, to read the heading anew
TOGETHER = 500  # rows between two looks at whether the import goes on
BROKEN, KEPT, MEANWHILE = "broken", "kept", "meanwhile"
TAKEN_IN, TAKEN_BACK = "sheet_imported", "sheet_import_undone"


def run_all(kinds: Mapping[str, Kind]) -> int:
    """Go on with the imports that wait, one after the other; return how many steps were made."""
    forget_left()
    steps = 0
    while found := claim_next():
        steps += 1
        try:
            if found.tries > MOST_TRIES:
                raise Trouble(BROKEN)  # it ended the processes before this one
            run(found, kinds[str(found.kind)])
        except Stopped:
            continue
        except Trouble as trouble:
            _fail(found, trouble.code)
        except Exception:
            logging.exception("import %s", found.id)
            _fail(found, BROKEN)
    return steps


def run(found: SheetImport, kind: Kind) -> None:
    """Make one step with a claimed import. Raises Stopped and Trouble."""
    if found.state == READING:
        _read(found, kind)
    elif found.state == CHECKING:
        _check(found, kind)
    elif found.state == APPLYING:
        _apply(found, kind)
    else:
        _undo(found, kind)


def _fail(found: SheetImport, code: str) -> None:
    try:
        if found.applied_at is None:
            move(found, FAILED, trouble=code)
            with writing():
                empty(found.id)
        else:
            move(found, DONE, trouble=code)
    except Stopped:
        return


def _read(found: SheetImport, kind: Kind) -> None:
    sheets = read_book(bytes(found.content or b""))
    total = sum(len(sheet.rows) for sheet in sheets)
    with writing():
        SheetRow.delete().where(SheetRow.sheet_import == found.id).execute()
    done, dump = 0, SheetRow.cells.db_value
    for place, sheet in enumerate(sheets):
        for part in _parts(sheet.rows):
            with writing():
                go_on(found, done=done, total=total)
                execute_many(INSERT, [
                    (found.id, place, row.number, row.is_hidden, dump(row.cells), READ, False) for row in part
                ])  # fmt: skip
            done += len(part)
    headings = [heading_of(sheet, kind.columns()) or likely_heading(sheet, kind.columns()) for sheet in sheets]
    found_in = [len(heading.fields) for heading in headings]
    best = found_in.index(max(found_in))
    described = [
        {"name": sheet.name, "rows": len(sheet.rows), "merged": [one for one in sheet.merged if one[0] < MERGED_KEPT]}
        for sheet in sheets
    ]
    move(found, content=None, sheets=described, sheet=best, **matched(found, kind, headings[best]))


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]


def matched(found: SheetImport, kind: Kind, heading: Heading) -> dict[str, Any]:
    """Return what an import is given by a heading: its columns as somebody of the county said before, or as they read.

    Where what the kind needs is missing, a person matches the columns.
    """
    known = SheetMatch.get_or_none(county=found.county_id, kind=found.kind, heading=_hashed(heading.labels))
    fields = {int(place): code for place, code in known.fields.items()} if known else heading.fields
    return {
        "state": MATCHING if kind.missing(fields.values()) else CHECKING, "heading": list(heading.rows),
        "labels": heading.labels, "fields": {str(place): code for place, code in fields.items()},
    }  # fmt: skip


def remember(found: SheetImport, labels: Sequence[str], fields: Mapping[int, str], who: str) -> None:
    """Keep which fields the columns under a heading are, for the county's next file with the same heading."""
    with writing():
        same = {"county": found.county_id, "kind": found.kind, "heading": _hashed(labels)}
        SheetMatch.delete().where(*(getattr(SheetMatch, name) == value for name, value in same.items())).execute()
        SheetMatch.create(**same, fields={str(place): code for place, code in fields.items()}, by=who)


def _hashed(labels: Sequence[str]) -> str:
    return hashlib.sha256(Heading((), list(labels)).key.encode()).hexdigest()


def sheet_of(found: SheetImport) -> Sheet:
    """Return the first rows of an import's sheet, as they were read."""
    described = found.sheets[found.sheet]
    rows = [Row(row.number, row.cells, row.hidden) for row in first_rows(found, LOOKED_AT)]
    return Sheet(described["name"], rows, [tuple(one) for one in described["merged"]])


def _check(found: SheetImport, kind: Kind) -> None:
    heading = Heading(tuple(found.heading), found.labels, found.field_places)
    places = _places(found)
    checker = _checker(found, kind)
    with writing():
        SheetRow.update(state=READ).where(SheetRow.sheet_import == found.id).execute()
    total, done, number = sum(counts_of(found).values()), 0, 0
    seen: dict[str, int] = {}
    while rows := rows_of(found, READ, after=number, most=TOGETHER):
        number = rows[-1].number
        looked_at = [_look_at(row, heading, checker, kind, seen, bool(found.without_hidden)) for row in rows]
        with writing():
            go_on(found, done=done, total=total)
            execute_many(
                'UPDATE sheet_row SET state = ?, name = ?, thing = ?, "values" = ?, before = ?, faults = ?'
                " WHERE id = ?",
                [_stored(row, one, places) for row, one in zip(rows, looked_at, strict=True)],
            )
        done += len(rows)
    move(found, READY, done=done, counts=counts_of(found))


def _checker(found: SheetImport, kind: Kind) -> Checker:
    labels: dict[str, str] = {}
    for place, code in found.field_places.items():
        labels.setdefault(code, found.labels[place] if place < len(found.labels) else "")
    return kind.checker(found.county, labels, bool(found.is_checked), str(found.applied_by or found.made_by))


def _places(found: SheetImport) -> dict[str, int]:
    """Return the first column of each field."""
    places: dict[str, int] = {}
    for place, code in sorted(found.field_places.items()):
        places.setdefault(code, place)
    return places


def _look_at(
    row: SheetRow, heading: Heading, checker: Checker, kind: Kind, seen: dict[str, int], without_hidden: bool
) -> Checked:
    """Return what a row is; ABOVE stand title and heading."""
    if row.number <= heading.rows[-1]:
        return Checked(ABOVE)
    if not is_data(Row(row.number, row.cells), heading) or (row.hidden and without_hidden):
        return Checked(PASSED_OVER)
    checked = checker.check(texts_of(row.cells, heading, {one.code: one.many for one in kind.columns()}))
    again = next((seen[key] for key in checked.keys if key in seen), None)
    if again is not None and checked.state != FAULTY:
        checked.state = FAULTY
        checked.faults.append(kind.repeated(again))
    for key in checked.keys:
        seen.setdefault(key, row.number)
    return checked


def texts_of(cells: Sequence[str], heading: Heading, joins: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each field; where several columns are one field, each led by what heads it, or a slash."""
    codes = list(heading.fields.values())
    found: dict[str, list[str]] = {}
    for place, code in sorted(heading.fields.items()):
        text = cells[place] if place < len(cells) else ""
        parts = found.setdefault(code, [])
        if text:
            label = heading.labels[place].rpartition("/")[2] if place < len(heading.labels) else ""
            is_led = label and joins.get(code) != "/" and codes.count(code) > 1
            parts.append(f"{label}：{text}" if is_led else text)
    return {code: (joins.get(code) or "；").join(parts) for code, parts in found.items()}


def _stored(row: SheetRow, one: Checked, places: Mapping[str, int]) -> tuple:
    dump = SheetRow.values.db_value
    faults = [
        {
            "cell": f"{column_name(places[fault.field])}{row.number}" if fault.field in places else str(row.number),
            "found": fault.found[:200], "says": fault.says,
        }
        for fault in one.faults
    ]  # fmt: skip
    return (one.state, one.name[:200], one.thing, dump(one.values), dump(one.before), dump(faults), row.id)


def _as_checked(row: SheetRow) -> Checked:
    return Checked(row.state, row.name, (), row.thing, row.values, row.before)


def _apply(found: SheetImport, kind: Kind) -> None:
    checker = _checker(found, kind)
    with acting(lambda: str(found.applied_by)), because(str(found.name)):
        if found.mode == ALL:
            try:
                with writing():
                    for rows in _groups(found):
                        _take_in(found, kind, checker, rows)
                    _finish(found)
            except _Late:
                move(found, CHECKING, trouble=MEANWHILE, applied_by="", mode="", done=0)
            return
        for rows in _groups(found):
            with writing():
                _take_in(found, kind, checker, [row for row in rows if not row.applied])
                go_on(found, done=min(found.done + len(rows), found.total))
        with writing():
            _finish(found)


class _Late(Exception):
    """Somebody else changed what a row is about since it was looked at."""


def _groups(found: SheetImport) -> Iterator[list[SheetRow]]:
    number = 0
    while rows := rows_of(found, NEW, CHANGED, after=number, most=TOGETHER):
        number = rows[-1].number
        yield rows


def _all(found: SheetImport) -> Iterator[SheetRow]:
    for rows in _groups(found):
        yield from rows


def _take_in(found: SheetImport, kind: Kind, checker: Checker, rows: list[SheetRow]) -> None:
    """Store rows inside ``writing()``. Raises _Late where others changed what they are about, of ALL or none."""
    go_on(found)  # nobody stopped it, and no other process has it
    checked = [_as_checked(row) for row in rows]
    late = [row for row, one in zip(rows, checked, strict=True) if checker.meanwhile(one)]
    if late and found.mode == ALL:
        raise _Late
    if late:
        fault = SheetRow.faults.db_value([{"cell": "", "found": "", "says": kind.other_meanwhile()}])
        execute_many("UPDATE sheet_row SET state = ?, faults = ? WHERE id = ?", [(FAULTY, fault, r.id) for r in late])
    good = [(row, one) for row, one in zip(rows, checked, strict=True) if row not in late]
    new = [(row, one) for row, one in good if one.state == NEW]
    made = list(zip([row for row, _ in new], checker.make([one for _, one in new]), strict=True))
    made += [(row, checker.change(one)) for row, one in good if one.state == CHANGED]
    execute_many(
        "UPDATE sheet_row SET applied = ?, thing = ?, after = ? WHERE id = ?",
        [(True, one.thing, SheetRow.after.db_value(one.after), row.id) for row, one in made],
    )


def _finish(found: SheetImport) -> None:
    counts = counts_of(found)
    taken = taken_of(found)
    _note(found, TAKEN_IN, taken, str(found.applied_by))
    move(found, DONE, counts=counts | {"taken": taken}, done=found.total, applied_at=utcnow(), trouble="")
    empty(found.id)


def _note(found: SheetImport, action: str, rows: int, who: str) -> None:
    AuditEntry.create(county=found.county_id, who=who, action=action, rows=rows, what=found.name)


def _undo(found: SheetImport, kind: Kind) -> None:
    checker = _checker(found, kind)
    with acting(lambda: str(found.undone_by)), because(str(found.name)), writing():
        go_on(found)
        applied = [row for row in _all(found) if row.applied]
        whys = [(checker.why_kept(row.state, _made(row)), row.id) for row in applied]
        if any(why for why, _ in whys):
            execute_many("UPDATE sheet_row SET why = ? WHERE id = ?", whys)
            move(found, DONE, trouble=KEPT, undone_by="")
            return
        for row in reversed(applied):
            checker.take_back(row.state, _made(row), row.before)
        _note(found, TAKEN_BACK, len(applied), str(found.undone_by))
        move(found, UNDONE, undone_at=utcnow())
        SheetRow.update(before="{}", after="{}").where(SheetRow.sheet_import == found.id).execute()


def _made(row: SheetRow) -> Made:
    return Made(int(row.thing or 0), row.after)
