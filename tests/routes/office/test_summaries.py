"""The figures of a market day: the same as page, JSON, CSV and XLSX, and only for the county's people."""

import csv
import io

import openpyxl
import pytest

from models.base.clock import utcnow
from models.figures.summary import figures
from models.quarantine.decide import settle
from models.schema import AccessToken, AuditEntry
from routes.office.summaries import flat


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
    expected = [line for line in flat(figures(busy)) if line[2] != "as_of"]

    lines = list(csv.reader(io.StringIO(browser.get(f"{address}.csv").text.lstrip("\ufeff"))))[1:]
    as_csv = [line for line in lines if line[2] != "as_of"]
    assert [tuple(cell.lstrip("'") for cell in line) for line in as_csv] == [
        (t, r, f, "" if v is None else str(v)) for t, r, f, v in expected
    ]

    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{address}.xlsx").data))
    totals, booths, vacancies, hours, tablets, trades, groups = (list(sheet.values) for sheet in book)
    found = figures(busy)
    assert [row for row in totals[1:] if row[1] != "as_of"] == [
        (r or None, f, v) for t, r, f, v in expected if t == "totals"
    ]
    tables = {"booths": booths, "vacancies": vacancies, "hours": hours, "trades": trades, "groups": groups}
    for name, sheet in tables.items():
        assert sheet[1:] == [tuple(row.values()) for row in found[name]], name
    assert len(tablets) == 4

    page = browser.get(address).text
    for name in ("persons", "visits", "check_ins"):
        assert f'data-figure="{name}">{found[name]}<' in page


def test_a_spreadsheet_takes_no_text_for_a_formula(app, fair, address):
    text = app.test_client(user=fair.chen).get(f"{address}.csv").text
    assert "'=cmd" in text


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
    assert days == [{"id": fair.day.id, "date": "2026-02-24", "town": "八塘镇"}]
    stranger = {"Authorization": f"Bearer {AccessToken.issue(fair.elsewhere, 'other')}"}
    assert client.get(f"{address}.json", headers=stranger).status_code == 404
    AccessToken.update(revoked_at=utcnow()).execute()
    assert client.get(f"{address}.json", headers=headers).status_code == 401


def test_a_token_changes_nothing(client, fair):
    headers = {"Authorization": f"Bearer {AccessToken.issue(fair.county, 'bureau')}"}
    answer = client.post("/organiser/market-days", headers=headers)
    assert answer.status_code in (303, 401)
