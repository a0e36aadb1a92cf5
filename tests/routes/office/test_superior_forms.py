"""The superior's own workbook: kept as it is, its cells named once, filled for a day or a period."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Font

from models.schema import AuditEntry, SuperiorCell, SuperiorForm
from models.spreadsheet.book import Trouble
from models.spreadsheet.filled import filled, grids_of
from tests.sheets import xlsx

FORMS = "/organiser/superior-forms"


def bureau(also=None) -> bytes:
    """Return a sheet as bureaus send it: a merged title, labels left and above, a sum, a second sheet, a print area."""

    def look(sheet) -> None:
        sheet.merge_cells("A1:D1")
        sheet["A1"].font = Font(bold=True, size=20)
        sheet["B3"].number_format = "0"
        sheet["B8"] = "=B3+B4"
        sheet.print_area = "A1:D8"
        sheet.page_setup.orientation = "landscape"
        sheet.parent.create_sheet("附表")["A1"] = "政策咨询（人次）"
        if also:
            also(sheet)

    return xlsx(
        ("春风行动招聘活动统计表",), ("填报单位", None, "统计时间", None), ("到访人次", None, "到访人数", None),
        ("达成意向（人）", None, "招聘岗位数（个）", None), ("重点群体", "登记人数", "现场录用"),
        ("农民工", None, None), ("说明", None), ("合计", None), name="统计表", also=look,
    )  # fmt: skip


@pytest.fixture
def office(app, fair, enrol, operation):
    """The office of a day on which one person came and leaflets were given."""
    enrol(fair.clothing).sync(
        operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number),
        operation(2, "tally.counted", topic="policy", count=7), unsent=0,
    )  # fmt: skip
    return app.test_client(user=fair.chen)


def send(office, content: bytes, address: str = FORMS, name: str = "上级/统计表.xlsx"):
    return office.post(address, data={"file": (io.BytesIO(content), name)})


def opened(answer):
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def test_cells_are_named_once_and_filled_for_a_day_and_a_period(office, fair):
    here = send(office, bureau()).location
    form = SuperiorForm.get()
    assert form.name == "统计表" and office.get(FORMS).text.count("统计表") == 1
    assert office.get(f"{here}/filled.xlsx?day={fair.day.id}").status_code == 422  # nothing is named

    page = office.get(f"{here}?sheet=统计表&cell=B3").text
    assert "按表头：" in page and 'value="visits"' in page and 'colspan="4"' in page
    assert "cell=B8" not in page  # a formula is left alone
    office.post(f"{here}/suggestions")
    named = {(one.sheet, one.cell): one.figure for one in SuperiorCell.select()}
    assert named == {
        ("统计表", "B2"): "market_day.office", ("统计表", "D2"): "dates", ("统计表", "B3"): "visits",
        ("统计表", "D3"): "persons", ("统计表", "B4"): "persons_reached.agreed", ("统计表", "D4"): "vacancy_kinds",
        ("统计表", "B6"): "groups.MIG.registered", ("统计表", "C6"): "groups.MIG.hired",
    }  # fmt: skip
    office.post(f"{here}/cells", data={"sheet": "统计表", "cell": "B7", "figure": "market_day.town"})
    office.post(f"{here}/cells", data={"sheet": "附表", "cell": "A1", "figure": "tallies.policy"})
    office.post(f"{here}/cells", data={"sheet": "统计表", "cell": "D4", "figure": ""})
    for cell, figure in (("B8", "visits"), ("B1", "visits"), ("B3", "passwords"), ("ZZ9", "visits")):
        data = {"sheet": "统计表", "cell": cell, "figure": figure}
        assert office.post(f"{here}/cells", data=data).status_code == 404

    answer = office.get(f"{here}/filled.xlsx?day={fair.day.id}")
    book = opened(answer)
    sheet = book["统计表"]
    assert [sheet[at].value for at in ("B3", "D3", "B4", "D4", "B6", "B7")] == [1, 1, 0, None, 0, "八塘镇"]
    assert sheet["B8"].value == "=B3+B4"
    assert sheet["D2"].value == datetime(2026, 2, 24) and book["附表"]["A1"].value == 7
    assert sheet["A1"].font.size == 20 and "A1:D1" in sheet.merged_cells and sheet.page_setup.orientation == "landscape"
    assert "filename*=UTF-8''%E7%BB%9F" in answer.headers["Content-Disposition"]
    assert "superior form" in AuditEntry.get(AuditEntry.action == "export").what

    summed = opened(office.get(f"{here}/filled.xlsx?from=2026-02-01&until=2026-02-28"))["统计表"]
    assert (summed["B3"].value, summed["D2"].value) == (1, datetime(2026, 2, 24))
    for query in ("from=2026-03-01&until=2026-02-01", "from=2025-01-01&until=2025-01-31", "from=&until=x"):
        assert office.get(f"{here}/filled.xlsx?{query}").status_code == 422
    assert office.get(f"{here}/filled.xlsx?day={fair.other_day.id}").status_code == 404

    assert office.get(f"{here}/filled.xlsx?day={fair.day.id}&outside=1").status_code == 422  # it is not closed
    office.post(f"/organiser/market-days/{fair.day.id}/closings", data={"reason": ""})
    outside = opened(office.get(f"{here}/filled.xlsx?day={fair.day.id}&outside=1"))["统计表"]
    assert (outside["B3"].value, outside["B4"].value) == ("*", 0)

    assert send(office, bureau(lambda sheet: sheet.cell(9, 1, "新")), here).status_code == 303
    assert SuperiorForm.get().size != form.size and SuperiorCell.select().count() == 9
    office.post(f"{here}/names/delete")
    assert not SuperiorCell.select().exists()
    office.post(f"{here}/delete")
    assert not SuperiorForm.select().exists()
    for kind in ("superior_form", "superior_cell"):
        assert AuditEntry.select().where(AuditEntry.thing == kind).exists()


def member(content: bytes, name: str, text: bytes) -> bytes:
    """Return a workbook with another member."""
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return made.getvalue()


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    made, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(old, new))
    return made.getvalue()


@pytest.mark.parametrize("content, words", [
    (b"", "请选择文件"),
    (b"PK\x03\x04 broken", "无法读取该表格"),
    (member(bureau(), "xl/vbaProject.bin", b"x"), "含有宏"),
    (member(bureau(), "xl/bomb.xml", b"0" * 9_000_000), "表格过大"),
    (member(bureau(), "xl/entity.xml", b"<!DOCTYPE a><a/>"), "文件含有表格不需要的内容"),
    (rewritten(bureau(), b'ref="A1:D1"', b'ref="A1:XFD1048576"'), "合并的单元格过多"),
    (xlsx(), "文件里没有内容"),
])  # fmt: skip
def test_what_is_no_workbook_to_fill_is_refused_in_words(office, content, words):
    answer = send(office, content)
    assert answer.status_code == 422 and words in answer.text, answer.text[-3000:]
    assert not SuperiorForm.select().exists()


def test_no_text_becomes_a_formula_and_what_is_gone_is_passed_over():
    content = bureau()
    made = filled(content, {
        ("统计表", "B7"): '=HYPERLINK("http://x")', ("统计表", "B8"): 5, ("统计表", "B1"): 5, ("gone", "A1"): 1,
        ("统计表", "XFD1"): 1, ("统计表", "B3"): 3.5, ("统计表", "B4"): None, ("统计表", "D4"): date(2026, 2, 24),
    })  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(made))["统计表"]
    assert (sheet["B7"].data_type, sheet["B7"].value) == ("s", '=HYPERLINK("http://x")')
    assert (sheet["B8"].value, sheet["B3"].value, sheet["D4"].is_date) == ("=B3+B4", 3.5, True)
    assert [grid.name for grid in grids_of(made)] == ["统计表", "附表"]
    with pytest.raises(Trouble):
        filled(b"PK", {})


def test_a_reader_fills_and_names_nothing_and_another_county_finds_nothing(app, office, fair):
    here = send(office, bureau()).location
    office.post(f"{here}/suggestions")
    reader = app.test_client(user=fair.reader)
    page = reader.get(here).text
    assert "cell=B3" not in page and "/suggestions" not in page
    assert reader.get(f"{here}/filled.xlsx?day={fair.day.id}").status_code == 200
    assert app.test_client(user=fair.neighbour).get(f"{here}/filled.xlsx?day={fair.other_day.id}").status_code == 404
