"""A file that somebody sent is read as text, or refused: nothing of it is unpacked too far, fetched or computed."""

import io
import zipfile

import openpyxl
import pytest

from models.spreadsheet import book as book_module
from models.spreadsheet.book import EMPTY_ROWS, LARGEST, Trouble, read_book
from models.spreadsheet.cell import column_name, column_place, said
from models.spreadsheet.xlsx import UNPACKED
from tests.sheets import comma, xls, xlsx

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)
FETCH = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def rebuilt(**parts: bytes) -> bytes:
    """Return a workbook in which parts, by the end of their names, are others."""
    source, made = zipfile.ZipFile(io.BytesIO(xlsx(("姓名",), ("李工",)))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, parts.get(name.rpartition("/")[2].replace(".", "_"), source.read(name)))
    return made.getvalue()


def trouble(content: bytes) -> str:
    with pytest.raises(Trouble) as raised:
        read_book(content)
    return raised.value.code


@pytest.mark.parametrize("content, code", [
    (b"", "empty"), (b"x" * (LARGEST + 1), "too_large"), (b"\xff\xff\xff\xff", "not_read"),
    (b"PK\x03\x04 nothing", "not_read"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_read"),
    (b"\n\n,,\n", "empty"),
    (xlsx(), "empty"), (rebuilt(sheet1_xml=BOMB), "unsafe"), (rebuilt(theme1_xml=FETCH), "unsafe"),
    (rebuilt(styles_xml=BOMB.decode().encode("utf-16")), "unsafe"),
    (rebuilt(styles_xml=b'<?xml version="1.0" encoding="utf-7"?><x/>'), "unsafe"),
    (rebuilt(workbook_xml=b"<workbook"), "not_read"), (rebuilt(sheet1_xml=b"<worksheet><sheetData><row"), "not_read"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_what_is_no_good_list_is_refused_with_its_reason(content, code):
    assert trouble(content) == code


def test_a_bomb_is_not_unpacked(monkeypatch):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet1.xml", "w") as part:
        for _ in range(UNPACKED // 1_000_000 + 1):
            part.write(b" " * 1_000_000)
    assert made.tell() < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a member was unpacked"))
    assert trouble(made.getvalue()) == "too_large"


def test_a_member_larger_than_it_says_is_not_read():
    content = bytearray(rebuilt(sheet1_xml=b"<worksheet>" + b" " * 100_000 + b"</worksheet>"))
    size = (100_000 + 23).to_bytes(4, "little")
    lied = bytes(content).replace(size, (50).to_bytes(4, "little"))
    assert lied != bytes(content) and trouble(lied) == "not_read"


def test_far_away_cells_and_rows_cost_nothing():
    rows = (b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>' % (n, n) for n in range(1, 400))
    assert trouble(rebuilt(sheet1_xml=SHEET % b"".join(rows))) == "too_many"
    late = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert trouble(rebuilt(sheet1_xml=SHEET % late)) == "empty"


def test_so_many_rows_and_no_more(monkeypatch):
    monkeypatch.setattr(book_module, "MOST_ROWS", 3)
    assert len(read_book(comma(("姓名",), ("a",), ("b",)))[0].rows) == 3
    assert trouble(comma(("姓名",), ("a",), ("b",), ("c",))) == "too_many"


def test_a_sheet_ends_after_many_empty_rows():
    rows = read_book(comma(("姓名",), *[("",)] * (EMPTY_ROWS + 5), ("李工",)))[0].rows
    assert [row.cells for row in rows] == [["姓名"]]


def test_a_formula_is_never_computed():
    (sheet,) = read_book(xlsx(("=1+1", '=HYPERLINK("http://x")', "=WEBSERVICE(1)")))
    assert sheet.rows[0].cells == ["=?"] * 3
    (sheet,) = read_book(comma(("=1+1", "@SUM(1)", "-2")))
    assert sheet.rows[0].cells == ["=1+1", "@SUM(1)", "-2"]


def test_numbers_dates_and_lost_digits_as_a_person_reads_them():
    assert [said(value) for value in (13800001234, 4500.0, 4.5, True, None, " 李 ")] == [
        "13800001234", "4500", "4.5", "1", "", "李",
    ]  # fmt: skip
    assert said(915001200123456789).startswith("9.15") and "E+17" in said(9.15001200123457e17)


def test_merged_downwards_is_filled_and_hidden_rows_are_told():
    def also(sheet):
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[2].hidden = True

    (sheet,) = read_book(xlsx(("厂", "缝纫工"), (None, "普工"), (None, "保安"), also=also))
    assert [row.cells[0] for row in sheet.rows] == ["厂"] * 3
    assert [row.number for row in sheet.rows if row.is_hidden] == [2]


def test_an_old_workbook_tells_its_hidden_rows_too():
    def also(sheet):
        sheet.row(1).hidden = True

    (sheet,) = read_book(xls(("姓名",), ("李工",), ("周工",), also=also))
    assert [row.number for row in sheet.rows if row.is_hidden] == [2]


def test_a_hidden_sheet_is_not_read():
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("b").append(["b"])
    book.worksheets[1].sheet_state = "veryHidden"
    content = io.BytesIO()
    book.save(content)
    assert [sheet.rows[0].cells for sheet in read_book(content.getvalue())] == [["a"]]


@pytest.mark.parametrize("place, name", [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_a_spreadsheet_does(place, name):
    assert (column_name(place), column_place(name)) == (name, place)
