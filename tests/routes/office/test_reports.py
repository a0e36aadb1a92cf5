"""Reports: one dict in four forms, for those of the county who read it, of whatever market days they choose."""

import csv
import hashlib
import io
import json
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest

from models import schema as models
from models.figures import report
from models.figures.suppression import HIDDEN
from models.figures.version import close
from models.intake.ingest import ingest, record
from models.market.campaign_target import CampaignTarget
from models.market.tablet import Tablet
from routes.office.report_words import SECTIONS, figure_at

NOON = datetime(2026, 2, 24, 6, tzinfo=UTC)
WANG = {"name": "王芳", "birth_year": 1970, "phone": "13800000000", "trades": ["sewing"], "groups": ["MIG"]}
PATHS = [path for section in SECTIONS.values() for path in section]


@pytest.fixture
def season(fair, operation, morning, monkeypatch):
    """The cast's day, closed; the same woman a year before; a cancelled day, a draft and one to come."""
    monkeypatch.setattr(report, "utcnow", lambda: NOON)
    last_year = models.Campaign.create(
        county=fair.county, name="2025年春风行动", starts_on=date(2025, 2, 1), ends_on=date(2025, 3, 31)
    )
    models.Campaign.update(name="2026年春风行动").where(models.Campaign.id == fair.campaign.id).execute()
    CampaignTarget.create(campaign=fair.campaign, county=fair.county, venue="MARKET_TOWN", events=4)
    days = {"county": fair.county, "town": fair.town}
    before = models.MarketDay.create(campaign=last_year, date=date(2025, 2, 20), **days)
    record(before, [operation(0, "candidate.registered", **WANG)])
    for number, more in enumerate(({"cancelled_at": 1}, {"published_at": None}, {})):
        models.MarketDay.create(campaign=fair.campaign, date=date(2026, 3, 10 + number), **days, **more)
    scan = operation(2, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    hired = operation(3, "check_in.progressed", check_in=scan["id"], stage="hired", place="outside")
    wang = operation(1, "candidate.registered", pass_=fair.passes[0], **WANG)
    leaflets = operation(4, "tally.counted", topic="leaflet", count=7)
    ingest(Tablet.enlist(fair.clothing).log, [wang, scan, hired, leaflets])
    close(fair.day, "chen", now=NOON)
    return fair


def test_page_json_csv_and_xlsx_say_the_same(app, season):
    office = app.test_client(user=season.chen)
    query = f"campaign={season.campaign.id}&by=town"
    found = office.get(f"/organiser/reports.json?{query}").json
    lines = list(csv.reader(io.StringIO(office.get(f"/organiser/reports.csv?{query}&lang=en").text.lstrip("\ufeff"))))
    book = openpyxl.load_workbook(io.BytesIO(office.get(f"/organiser/reports.xlsx?{query}&lang=en").data))
    page = office.get(f"/organiser/reports?{query}&lang=en").text

    assert [found["days"][state] for state in ("counted", "cancelled", "draft", "ahead")] == [1, 1, 1, 1]
    assert (found["once"]["persons"], found["once"]["employers"], found["persons_reached"]["hired"]) == (1, 2, 1)
    totals = {path: figure_at(found, path) for path in PATHS}
    by_code = {code: value for *_, value, code in lines[1:]}
    assert {path: by_code[path] for path in PATHS} == {p: "" if v is None else str(v) for p, v in totals.items()}
    rows = list(book["Totals"].values)[3:]
    assert [row[3] for row in rows] == list(totals.values())
    shown = dict(re.findall(r'data-figure="([\w.]+)">(-?\d+)<', page))
    assert {path: int(n) for path, n in shown.items() if path in totals} == {
        path: totals[path] for path in shown if path in totals
    }  # fmt: skip
    assert len(shown.keys() & totals.keys()) > 30
    assert by_code["rows/500120100/persons"] == "1" and 'data-row="500120100"' in page
    assert list(book["Rows"].values)[3][:3] == ("八塘镇", 1, 1)
    days = list(book["Market days of this report"].values)[3:]
    assert [row[1] for row in days] == [datetime(2026, 2, 24), *(datetime(2026, 3, 10 + n) for n in range(3))]
    assert [row[3] for row in days] == ["Figures closed", "Cancelled", "Draft", "Published"]
    said = {name: value for name, value in found.items() if name not in ("hash", "as_of")}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert found["hash"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert found["hash"] in page and by_code["hash"] == found["hash"]


def test_a_campaign_stands_beside_its_targets_and_the_last_one_of_its_name(app, season):
    found = app.test_client(user=season.reader).get(f"/organiser/reports.json?campaign={season.campaign.id}").json

    assert found["progress"][-1] == {"venue": "", "target": 4, "held": 1, "ahead": 1, "share": 25}
    assert found["year_before"] == {
        "from": "2025-02-01", "until": "2025-03-31", "campaign": "2025年春风行动", "days": 1,
    }  # fmt: skip
    beside = {row["figure"]: (row["now"], row["before"], row["change"]) for row in found["comparison"]}
    assert beside["registered"] == (1, 1, 0) and beside["tallies.leaflet"] == (7, 0, 7)


def test_the_same_figures_have_the_same_check_code_and_another_choice_another(app, season):
    office = app.test_client(user=season.chen)
    one, again, other = (
        office.get(f"/organiser/reports.json?{query}").json for query in ("by=week", "by=week&lang=en", "by=month")
    )
    assert one["hash"] == again["hash"] != other["hash"]


@pytest.mark.parametrize("query", [
    "from=2026-03-01&until=2026-02-01", "from=soon", "campaign=999", "town=500151001", "venue=MOON", "by=colour",
])  # fmt: skip
def test_what_makes_no_sense_is_said_and_nothing_typed_is_lost(app, fair, query):
    office = app.test_client(user=fair.chen)
    answer = office.get(f"/organiser/reports?{query}&lang=en")

    assert answer.status_code == 422 and "error-summary" in answer.text
    assert "from=" not in query or f'value="{query[5:15].split("&")[0]}"' in answer.text
    assert office.get(f"/organiser/reports.csv?{query}").status_code == 422


def test_who_reads_reports(app, season):
    statuses = {who: app.test_client(user=getattr(season, who)).get("/organiser/reports.json").status_code
                for who in ("chen", "reader", "reviewer", "clerk", "city")}  # fmt: skip
    assert statuses == {"chen": 200, "reader": 200, "reviewer": 200, "clerk": 403, "city": 403}
    neighbours = app.test_client(user=season.neighbour).get("/organiser/reports.json").json
    assert (neighbours["persons"], neighbours["once"]["persons"]) == (0, 0)
    assert [sheet["id"] for sheet in neighbours["sheets"]] == [season.other_day.id]


def test_what_leaves_the_county_tells_no_count_below_five(app, season):
    office = app.test_client(user=season.reader)
    query = f"campaign={season.campaign.id}&by=town&outside=1"
    found = office.get(f"/organiser/reports.json?{query}").json

    people = [found[name] for name in ("persons", "visits", "registered", "check_ins", "persons_checked_in")]
    tables = ("once", "reached", "persons_reached", "places", "provinces")
    people += [count for table in tables for count in found[table].values()]
    people += [row[name] for row in found["rows"] for name in ("persons", "visits", "registered")]
    people += [row[name] for row in found["groups"] for name in ("registered", "agreed", "hired")]
    people += [row["before"] for row in found["comparison"]]
    offered = {found["once"][name] for name in ("employers", "vacancy_kinds", "openings")}
    assert HIDDEN in people and not {1, 2, 3, 4} & set(people) - offered - {found["days"]["counted"]}
    assert found["outside"] and found["tallies"]["leaflet"] == 7 and found["once"]["openings"] == 11
    within = office.get(f"/organiser/reports.json?{query.removesuffix('&outside=1')}").json
    assert found["hash"] != within["hash"] and within["persons"] == 1
    for form in ("", ".csv", ".xlsx"):
        assert office.get(f"/organiser/reports{form}?{query}").status_code == 200
    exported = models.AuditEntry.select().where(models.AuditEntry.what.contains("for outside the county"))
    assert exported.count() == 3
