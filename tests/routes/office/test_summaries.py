"""The figures of a market day: the same as page, JSON, CSV and XLSX, and only for the county's people."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from models.base.clock import utcnow
from models.figures.line import lines_of
from models.figures.summary import figures
from models.quarantine.decide import settle
from models.schema import AccessToken, AuditEntry, Vacancy
from routes.office.summary_words import CODES, SECTIONS, code_of
from routes.office.summary_workbook import figure_at

DATA = Path(__file__).parents[2] / "data/cases"
CASES = [
    *json.loads((DATA / "export_texts.json").read_text(encoding="utf-8"))["cases"],
    *({"text": text} for text in ("＝1+1", " =1+1", "\t=1+1", "mailto:a@b.example", "internal:Sheet1!A1", "{=1+1}")),
]


@pytest.fixture
def busy(enrol, fair, operation):
    """A market day on which something of everything has happened."""
    clothing, kitchen, desk = enrol(fair.clothing), enrol(fair.kitchen), enrol(fair.desk)
    scans = [
        operation(seq, "check_in.recorded", at=f"2026-02-24T{8 + seq // 10:02d}:15:00+08:00",
                  pass_=fair.passes[seq], vacancy=fair.sewing.number)
        for seq in range(1, 31)
    ]  # fmt: skip
    hires = [
        operation(30 + place, "check_in.progressed", check_in=scan["id"], stage="hired", place="town")
        for place, scan in enumerate(scans[:5], start=1)
    ]
    clothing.sync(*scans, *hires, unsent=0)
    kitchen.sync(
        operation(1, "check_in.recorded", pass_=fair.passes[1], vacancy=fair.cook.number), unsent=4
    )
    desk.sync(
        operation(1, "tally.counted", topic="leaflet", count=7),
        operation(2, "tally.counted", topic="visitor", count=3),
        operation(3, "tally.counted", topic="=cmd", count=1),
    )
    settle((desk.tablet.id, 3), "accepted", "chen")  # no topic that we know
    return fair.day


@pytest.fixture
def address(busy):
    return f"/organiser/market-days/{busy.id}/summary"


def test_the_json_says_what_happened(app, fair, address):
    found = app.test_client(user=fair.chen).get(f"{address}.json").json
    assert (found["persons"], found["visits"], found["check_ins"]) == (30, 34, 31)
    assert found["reached"]["hired"] == 5
    assert found["hours"][0] == {"hour": 8, "visits": 9, "check_ins": 9}
    assert found["tallies"]["leaflet"] == 7
    assert found["vacancies"][0]["hired"] == 5
    assert found["booths"][0]["check_ins"] == 30


def test_completeness_names_the_tablet_that_still_holds_facts(app, fair, address):
    found = app.test_client(user=fair.chen).get(f"{address}.json").json
    assert found["complete"] is False
    assert [tablet["complete"] for tablet in found["tablets"]] == [True, False, True]


def test_every_form_says_the_same(app, fair, busy, address):
    browser = app.test_client(user=fair.chen)
    found = figures(busy)
    expected = {code_of(line): line[3] for line in lines_of(found) if line[2] != "as_of"}

    lines = list(csv.reader(io.StringIO(browser.get(f"{address}.csv?lang=en").text.lstrip("\ufeff"))))[1:]
    as_csv = {code: value.lstrip("'") for *_, value, code in lines if code != "as_of"}
    assert as_csv == {code: said(code, value) for code, value in expected.items()}

    totals, booths, vacancies, hours, tablets, trades, groups = sheets(browser.get(f"{address}.xlsx?lang=en").data)
    shown = [(path, row[3]) for path, row in zip(PATHS, totals, strict=False)]
    assert shown == [(path, figure_at(found, path)) for path in PATHS]
    assert {row[2]: row[3] for row in totals[len(PATHS):]} == {
        "Leaflet handed out": 7, "Visitor": 3, "=cmd": 1,
    }  # fmt: skip
    assert booths == [tuple(row.values()) for row in found["booths"]]
    assert vacancies == [tuple(row.values()) for row in found["vacancies"]]
    assert hours == [(f"{row['hour']}:00", row["visits"], row["check_ins"]) for row in found["hours"]]
    assert [row[1:] for row in trades] == [tuple(row.values())[1:] for row in found["trades"]]
    assert (len(tablets), len(groups)) == (3, len(found["groups"]))

    page = browser.get(address).text
    for name in ("persons", "visits", "check_ins", "nameless", "signed_up"):
        assert f'data-figure="{name}">{found[name]}<' in page
    for stage in ("introduced", "hired"):
        assert f'data-figure="persons_{stage}">{found["persons_reached"][stage]}<' in page


PATHS = [path for section in SECTIONS.values() for path in section]


def said(code: str, value: object) -> str:
    """Return a value as CSV has it in English; codes of what the event is by their words."""
    value = CODES[kind].get(value, value) if (kind := code.partition("market_day.")[2]) in CODES else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def sheets(content: bytes) -> list[list[tuple]]:
    """Return the rows of each sheet below its title, its day and its heads; an empty cell is an empty text or None."""
    return [list(sheet.values)[3:] for sheet in openpyxl.load_workbook(io.BytesIO(content))]


def test_a_workbook_is_for_people(app, fair, address):
    answer = app.test_client(user=fair.chen).get(f"{address}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))

    assert book.sheetnames == ["总数", "展位", "岗位", "分时段", "平板", "工种", "重点群体"]
    totals, _booths, vacancies, *_ = book
    assert [cell.value for cell in totals[3]] == ["序号", "类别", "指标", "数值"]
    assert totals["A2"].value == datetime(2026, 2, 24) and totals["A2"].number_format == "yyyy-mm-dd"
    assert "璧山区公共就业服务中心" in totals["C2"].value and "未定稿" in totals["C2"].value
    assert [cell.value for cell in vacancies[3]][1] == "岗位" and vacancies.freeze_panes == "A4"
    assert vacancies.page_setup.paperSize == "9" or vacancies.page_setup.paperSize == 9
    assert isinstance(book["平板"].cell(4, 8).value, datetime)
    assert "缝纫工" in [row[0] for row in book["工种"].values]
    said = unquote(answer.headers["Content-Disposition"])
    assert "招聘统计汇总-2026-02-24-八塘镇.xlsx" in said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].encode("unicode_escape").decode())
def test_no_text_becomes_a_formula_or_a_link(app, fair, address, enrol, operation, case):
    text = case["text"]
    Vacancy.update(title=text).where(Vacancy.number == fair.sewing.number).execute()
    fair.clothing.name = text
    fair.clothing.save()
    enrol(fair.clothing).sync(operation(1, "tally.counted", topic=text[:32], count=1))
    browser = app.test_client(user=fair.chen)

    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{address}.xlsx").data))
    title = book["岗位"].cell(4, 2)
    written = text.replace("\r", "_x000D_")  # as the format writes what XML would not keep
    assert (title.value, title.data_type, title.hyperlink) == (written, "s", None)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.hyperlink or cell.data_type == "f"]
    for line in csv.reader(io.StringIO(browser.get(f"{address}.csv").text.lstrip("\ufeff"))):
        assert not [cell for cell in line if cell.strip()[:1] in tuple("=+@＝＋－＠") or cell[:1] in tuple("\t\r\n")]


def test_exports_are_audited(app, fair, address):
    app.test_client(user=fair.chen).get(f"{address}.xlsx")
    entry = AuditEntry.get(action="export")
    assert entry.who == "chen"


def test_a_reader_may_read(app, fair, address):
    assert app.test_client(user=fair.reader).get(address).status_code == 200


@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".xlsx"])
def test_signed_out_and_strangers_see_nothing(app, fair, address, ending):
    assert app.test_client().get(address + ending).status_code in (303, 401)
    assert app.test_client(user=fair.neighbour).get(address + ending).status_code == 404


def test_a_token_reads_the_figures_of_its_county_until_it_is_revoked(client, fair, address):
    headers = {"Authorization": f"Bearer {AccessToken.issue(fair.county, 'bureau')}"}
    assert client.get(f"{address}.json", headers=headers).status_code == 200
    days = client.get("/organiser/market-days.json", headers=headers).json
    assert days == [{"id": fair.day.id, "date": "2026-02-24", "town": "八塘镇", "cancelled": "", "state": "open"}]
    stranger = {"Authorization": f"Bearer {AccessToken.issue(fair.elsewhere, 'other')}"}
    assert client.get(f"{address}.json", headers=stranger).status_code == 404
    AccessToken.update(revoked_at=utcnow()).execute()
    assert client.get(f"{address}.json", headers=headers).status_code == 401


def test_a_token_changes_nothing(client, fair):
    headers = {"Authorization": f"Bearer {AccessToken.issue(fair.county, 'bureau')}"}
    answer = client.post("/organiser/market-days", headers=headers)
    assert answer.status_code in (303, 401)
