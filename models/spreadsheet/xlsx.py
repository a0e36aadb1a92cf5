"""Workbooks of Excel and WPS since 2007 (.xlsx), by openpyxl, read once from top to bottom."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from models.spreadsheet.book import NOT_READ, TOO_LARGE, UNSAFE, Raw, Trouble
from models.spreadsheet.cell import NO_VALUE, column_place

UNPACKED = 48 * 1024 * 1024  # bytes of all members together
MOST_MEMBERS = 1_000
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["'](?!utf-8|us-ascii)""", re.IGNORECASE)
_HIDDEN = re.compile(rb"""<row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\br=["'](\d{1,7})["']""")
_MERGED = re.compile(rb"""<mergeCell\b[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
# A formula behind which no value stands: written by a program that does not compute.
_WITHOUT_VALUE = re.compile(
    rb"""<c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)


def sheets_of(content: bytes) -> Iterator[Raw]:
    """Yield the sheets of a workbook that are not hidden. Raises Trouble."""
    look_at(content)
    import openpyxl  # 80 ms and 12 MB, and few processes read a workbook

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # of a damaged file it raises whatever comes
        raise Trouble(NOT_READ) from error
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield _sheet(book, sheet)


def look_at(content: bytes, unpacked: int = UNPACKED) -> None:
    """Look at the members of the archive before any is read by a library. Raises Trouble."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > unpacked:
                raise Trouble(TOO_LARGE)
            if len({member.filename for member in members}) < len(members):
                raise Trouble(UNSAFE)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _look_at_xml(archive.read(member))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Trouble(NOT_READ) from error
    except Trouble:
        raise
    except Exception as error:  # zlib.error and the like
        raise Trouble(NOT_READ) from error


def _look_at_xml(part: bytes) -> None:
    """Refuse what could expand or fetch, and encodings in which that could hide."""
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:200] or _OTHER_ENCODING.match(part[:200]):
        raise Trouble(UNSAFE)
    if _DECLARES.search(part):
        raise Trouble(UNSAFE)


def _sheet(book: Any, sheet: Any) -> Raw:
    part = book._archive.read(sheet._worksheet_path)
    hidden = frozenset(int(number) for number in _HIDDEN.findall(part))
    merged = tuple(
        (int(top), column_place(left.decode()), int(bottom), column_place(right.decode()))
        for left, top, right, bottom in _MERGED.findall(part)[:20_000]
    )
    without: dict[int, list[int]] = {}
    if b"<f" in part:
        for column, row in _WITHOUT_VALUE.findall(part):
            without.setdefault(int(row), []).append(column_place(column.decode()))
    sheet.reset_dimensions()  # what WPS and others state here is often wrong
    return Raw(sheet.title, _values(sheet, without), hidden, merged)


def _values(sheet: Any, without: dict[int, list[int]]) -> Iterator[Iterable[object]]:
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise Trouble(NOT_READ) from error
        if number in without:
            filled = list(row)
            for place in without[number]:
                filled.extend([None] * (place + 1 - len(filled)))
                filled[place] = NO_VALUE
            row = filled
        yield row
