"""People in the office: found by name, pinyin, pass and phone; each asker finds whom they may, and it is noted."""

from uuid import uuid4

import pytest
from playhouse.test_utils import count_queries

from models import schema as models
from models.base.database import writing
from models.derived.person_key import index_all
from models.intake.ingest import ingest, record

WANG, LI = "13800006666", "13900007777"


@pytest.fixture
def people(fair, enrol, operation):
    """Register two people on the cast's market day, the second with a pass; return their ids."""
    ids = str(uuid4()), str(uuid4())
    ingest(enrol(fair.clothing).tablet.log, [
        operation(1, "candidate.registered", id=ids[0], name="王小明", birth_year=1985, phone=WANG),
        operation(2, "candidate.registered", id=ids[1], name="单·雄信", birth_year=1970, phone=LI,
                  pass_=fair.passes[3]),
        operation(3, "visit.recorded", pass_=fair.passes[4]),
    ])  # fmt: skip
    return ids


@pytest.fixture
def found(organiser, people):
    """Return a function that searches and returns the names on the page."""

    def ask(q: str, browser=organiser) -> list[str]:
        page = browser.get("/organiser/people", query_string={"q": q})
        assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
        return [name for name in ("王小明", "单·雄信") if f">{name}</a>" in page.text]

    return ask


@pytest.mark.parametrize("q", [
    "王", "王小", "小明", "wang", "WangXiaoming", "wxm", "xm", "xiaoming", "王小明 1985", " 王 小明 ", WANG,
    "+86 138-0000-6666", "王小明 1985 ",
])  # fmt: skip
def test_somebody_is_found_by_any_beginning(found, q):
    assert found(q) == ["王小明"]


@pytest.mark.parametrize("q", ["单雄", "shanxiong", "sxx", "xiongxin", "单•雄信", LI])
def test_a_surname_is_found_as_it_is_read(found, q):
    assert found(q) == ["单·雄信"]


@pytest.mark.parametrize("q", [
    "", " ", "明", "王小明 1986", "danxiong", "138000066", "1380000", "%", "_", "\0", "9999999999",
])  # fmt: skip
def test_nobody_is_found_by_what_is_not_theirs(found, q):
    assert found(q) == []


def test_a_pass_finds_its_holder_by_its_number_and_its_last_four(found, fair, organiser):
    assert found(fair.passes[3]) == found(fair.passes[3][-4:]) == ["单·雄信"]
    page = organiser.get(f"/organiser/people/{fair.passes[4]}")  # given to nobody who is registered
    assert page.status_code == 200 and fair.passes[4] not in page.headers.get("Location", "")


def test_clerks_find_those_of_their_towns_and_other_counties_nobody(app, fair, found, people):
    assert found("王", app.test_client(user=fair.clerk)) == found(WANG, app.test_client(user=fair.clerk)) == ["王小明"]
    for stranger in (fair.other_clerk, fair.neighbour):
        browser = app.test_client(user=models.Organiser.get_by_id(stranger.id))
        for q in ("王", "wxm", WANG, fair.passes[3], fair.passes[3][-4:]):
            assert found(q, browser) == []
        for node in (*people, fair.passes[3], fair.passes[4]):
            assert browser.get(f"/organiser/people/{node}").status_code == 404


def test_another_county_with_a_person_of_the_same_name_has_its_own_only(found, fair, operation, app):
    ingest(models.Tablet.enlist(fair.other_booth, letter="A").log, [
        operation(1, "candidate.registered", name="王小明", birth_year=1985, phone=WANG)
    ])  # fmt: skip
    page = app.test_client(user=fair.neighbour).get("/organiser/people?q=wxm")
    assert page.text.count(">王小明</a>") == 1


def test_reading_is_noted_without_a_name(organiser, found, people):
    found("王")
    organiser.get(f"/organiser/people/{people[0]}")
    entries = models.AuditEntry.select().where(models.AuditEntry.action == "read")
    read = [(one.what, one.rows, one.thing) for one in entries]
    assert read == [("search by name", 1, "county"), ("page", 1, "person")]
    assert not [one for one in models.AuditEntry.select() if "王" in f"{one.what}{one.name}{one.why}"]


def test_more_people_take_no_more_statements(organiser, found, fair, operation):
    def statements(address: str) -> int:
        with count_queries() as counted:
            assert organiser.get(address).status_code == 200
        return counted.count

    few = [statements(f"/organiser/people?q={q}") for q in ("wxm", "王小明 1985", WANG)]
    record(fair.day, [
        operation(0, "candidate.registered", name="王小明", birth_year=1985, phone=f"1390000{place:04d}")
        for place in range(80)
    ])  # fmt: skip
    assert [statements(f"/organiser/people?q={q}") for q in ("wxm", "王小明 1985", WANG)] == few


def test_people_of_before_there_were_keys_are_found_after_the_upgrade(found, people):
    keys = sorted(models.PersonKey.select().tuples())
    models.PersonKey.delete().execute()
    assert found("wxm") == []
    with writing():
        assert (index_all(), index_all()) == (2, 0)
    assert sorted(models.PersonKey.select().tuples()) == keys and found("wxm") == ["王小明"]
