"""CSV files: UTF-8 with or without its mark, GB18030, or what Excel calls Unicode text; commas, tabs or semicolons."""

import csv
import io
from collections.abc import Iterator

from models.spreadsheet.book import NOT_READ, Raw, Trouble

ENCODINGS = ("utf-8-sig", "gb18030")
_LONGEST_CELL = 100_000  # letters


def sheets_of(content: bytes) -> Iterator[Raw]:
    """Yield the one sheet of a CSV file. Raises Trouble."""
    text = decoded(content)
    if text is None:
        raise Trouble(NOT_READ)
    yield Raw("", _rows(text))


def decoded(content: bytes) -> str | None:
    """Return the text of a file, None when it is none in an encoding that we know."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    except csv.Error as error:
        raise Trouble(NOT_READ) from error


def _delimiter(text: str) -> str:
    """Return what divides the cells: what the first ten lines have most of; a comma where none is there."""
    head = "\n".join(text.splitlines()[:10])
    return max(",\t;，", key=head.count)
