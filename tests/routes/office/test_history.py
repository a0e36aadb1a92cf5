"""The history: who did what, in the words of the forms; found through the county, filtered, paged and exported."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import schema as models
from models.market.actor import acting
from models.market.audited import Audited
from models.market.history import PAGE
from models.schema import AuditEntry
from routes.office import history_names, history_said, history_words
from tests.properties.mornings import STRAY_PASS

ROOT = Path(__file__).parents[3]
HISTORY = "/organiser/history"
AUDITED = [model for model in models.MODELS if issubclass(model, Audited)]


@pytest.fixture
def renamed(fair):
    """The factory's booth under another name, and who says so."""
    with acting(lambda: "chen"):
        fair.clothing.name, fair.clothing.expects_tablet = "二号棚", False
        fair.clothing.save()
    return fair


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_a_change_in_the_browser_is_noted_under_its_name(organiser, fair):
    organiser.post("/organiser/operators", data={"name": "李工"})
    entry = AuditEntry.get(thing="operator")
    assert (entry.who, entry.action, entry.name, entry.county_id) == ("chen", "made", "李工", fair.county.id)
    organiser.post(f"/organiser/operators/{entry.thing_id}/pin/delete")
    page = organiser.get(HISTORY).text
    assert "李工" in page and "pin_hash" not in page and "不显示" in page


def test_values_stand_as_the_forms_say_them(organiser, renamed):
    page = organiser.get(f"{HISTORY}/booth/{renamed.clothing.id}?lang=en").text
    for words in ("Name on the booth", "山城制衣厂", "二号棚", "This booth is to have a tablet", "yes", "no"):
        assert words in page
    assert "expects_tablet" not in page


@pytest.mark.parametrize("model", AUDITED, ids=lambda model: model.__name__)
def test_every_field_that_is_noted_has_words(model):
    table = model._meta.table_name
    assert table in history_names.THINGS
    missing = [field.name for field in model.noted_fields() if field.name not in history_names.FIELDS.get(table, {})]
    assert not missing, f"routes/office/history_names.py: give {table} words for {missing}"


def test_what_is_gone_still_has_its_history(organiser, fair):
    with acting(lambda: "chen"):
        operator = models.Operator.enlist(fair.clothing, "李工", "1234")
        operator.delete_instance()
    page = organiser.get(f"{HISTORY}/operator/{operator.id}?lang=en").text
    assert "李工" in page and "Deleted" in page


@pytest.mark.parametrize("path", ["booth/999", "nothing/1", "booth/x", "booth/99999999999", "organiser/abc"])
def test_what_never_was_is_nowhere(organiser, path):
    assert organiser.get(f"{HISTORY}/{path}").status_code == 404


def test_another_county_reads_nothing_of_it(app, renamed):
    neighbour = app.test_client(user=renamed.neighbour)
    assert neighbour.get(f"{HISTORY}/booth/{renamed.clothing.id}").status_code == 404
    assert "二号棚" not in neighbour.get(HISTORY).text
    assert "二号棚" not in neighbour.get(f"{HISTORY}/export.csv").text


def test_a_reader_reads_and_takes_it_and_that_is_noted(app, renamed):
    reader = app.test_client(user=renamed.reader)
    assert "二号棚" in reader.get(HISTORY).text
    taken = rows(reader.get(f"{HISTORY}/export.csv?lang=en"))
    assert [line[5:8] for line in taken[1:3]] == [
        ["Name on the booth", "山城制衣厂", "二号棚"], ["This booth is to have a tablet", "yes", "no"]
    ]
    assert taken[-1][0].startswith("Taken by tan on ") and taken[-1][0].endswith("1 entries.")
    entry = AuditEntry.get(action="export")
    assert (entry.who, entry.what, entry.rows) == ("tan", "history as csv", 1)


def test_no_cell_becomes_a_formula(organiser, fair):
    with acting(lambda: "chen"):
        models.Employer.create(county=fair.county, name="=1+1")
    assert all(not cell.startswith("=") for line in rows(organiser.get(f"{HISTORY}/export.csv")) for cell in line)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("who=chen", True), ("who=tan", False), ("thing=booth", True), ("thing=employer", False),
        ("kind=changed", True), ("kind=made", False), ("kind=other", False), ("start=2020-01-01", True),
        ("end=2020-01-01", False), ("start=nonsense&kind=nonsense&thing=nonsense", True),
    ],
)  # fmt: skip
def test_it_is_filtered(organiser, renamed, query, fits):
    assert ("二号棚" in organiser.get(f"{HISTORY}?{query}").text) is fits


def test_days_are_the_countys(organiser, fair):
    night = datetime(2026, 2, 23, 16, 30, tzinfo=UTC)
    AuditEntry.create(county=fair.county, at=night, who="chen", action="export", what="夜里")
    assert "夜里" in organiser.get(f"{HISTORY}?start=2026-02-24&end=2026-02-24").text
    assert "夜里" not in organiser.get(f"{HISTORY}?end=2026-02-23").text


def test_thirty_stand_on_a_page(organiser, fair):
    start = datetime(2026, 2, 1, tzinfo=UTC)
    for number in range(PAGE + 5):
        at = start + timedelta(minutes=number)
        AuditEntry.create(county=fair.county, at=at, who="chen", action="export", what=f"no {number}.")
    first = organiser.get(HISTORY).text
    assert "no 34." in first and "no 4." not in first
    oldest = AuditEntry.get(what="no 5.").id
    assert f"before={oldest}" in first
    second = organiser.get(f"{HISTORY}?before={oldest}").text
    assert "no 4." in second and "no 0." in second and "no 5." not in second and "before=" not in second


def test_entries_of_earlier_releases_stay_readable(organiser, fair):
    AuditEntry.create(county=fair.county, who="chen", action="vacancy_overruled", what="1234567: 限男性 · 法律允许")
    AuditEntry.create(county=fair.county, who="tablet:B", action="of_a_later_release", what="x")
    page = organiser.get(f"{HISTORY}?lang=en").text
    assert "Kept a vacancy against the check" in page and "限男性" in page
    assert "Tablet B" in page and "of a later release" in page


def test_reading_names_is_noted_and_an_empty_page_is_not(organiser, fair, operation):
    from models.intake.ingest import ingest
    from models.market.tablet import Tablet

    url = f"/organiser/market-days/{fair.day.id}/quarantine"
    organiser.get(url)
    assert not AuditEntry.select().where(AuditEntry.action == "read").exists()
    tablet = Tablet.enlist(fair.clothing, letter="A")
    ingest(tablet.log, [operation(1, "candidate.registered", name="吴小妹", birth_year=2015)])
    organiser.get(url)
    entry = AuditEntry.get(action="read")
    assert (entry.who, entry.rows, entry.thing, entry.thing_id) == ("chen", 1, "market_day", str(fair.day.id))
    organiser.get(f"{url}/{tablet.id}/1")
    assert AuditEntry.select().where(AuditEntry.action == "read").count() == 2


def test_a_command_is_noted_under_the_user_who_typed_it(app, fair, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    app.test_cli_runner().invoke(args=["user", "add", "wang", "--password", "a-long-password", "--county", "璧山区"])
    entry = AuditEntry.get(thing="organiser")
    assert (entry.who, entry.action, entry.name) == ("command line:root", "made", "wang")
    assert "a-long-password" not in str(entry.changes)


def test_syncing_and_phones_note_nothing_of_the_set_up(fair, enrol, client, operation):
    tablet = enrol(fair.clothing)
    before = AuditEntry.select().count()
    client.get(f"/v/{fair.sewing.number}")
    client.get(f"/m/{fair.day.id}")
    assert tablet.sync(operation(1, "visit.recorded", pass_=STRAY_PASS)).status_code == 200
    assert AuditEntry.select().count() == before


ACT = r"\b(?:audit|_note|_kept|_keep)\((?:[^()\"']|\([^()]*\))*?|\baction[ =]+"  # up to the name of what was done
NAMED = re.compile(rf'(?:{ACT})"([a-z]+(?:_[a-z]+)*)"')


def test_every_act_that_is_noted_has_words():
    sources = [path.read_text("utf-8") for room in ("routes", "models") for path in (ROOT / room).rglob("*.py")]
    noted = {name for source in sources for name in NAMED.findall(source)}
    assert len(noted) > 40
    assert noted - history_words.ACTIONS.keys() - {"day", "cells"} == set()


@pytest.mark.parametrize(("what", "said"), [
    ("checklist of market day 3", "检查清单（第3号赶场天）"),
    ("market day 3, tablet B: lost in the river", "第3号赶场天，平板B: lost in the river"),
    ("tan, reader", "tan，查看人员"),
    ("八塘镇零工驿站", "八塘镇零工驿站"),
])  # fmt: skip
def test_what_the_program_says_of_an_act_is_said_in_the_reader_s_language(app, what, said):
    with app.test_request_context(headers={"Accept-Language": "zh"}):
        assert history_said.said(what) == said
