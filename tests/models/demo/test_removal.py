"""The demo's removal takes everything of its county away and leaves every other row as it was, on both databases."""

from datetime import UTC, date, datetime

import pytest

from models import demo
from models import schema as models
from models.base.database import fetch
from models.demo.removal import added, contents, remove
from models.figures import summary
from models.intake.ingest import ingest
from models.market.used_number import UsedNumber
from models.people.candidate_pass import FIRST_PAPER, numbered

TODAY, NOW = date(2025, 3, 12), datetime(2026, 2, 24, 6, tzinfo=UTC)
# The demo loads them, and they stay; names of figures are nobody's.
CAME_WITH_THE_PROGRAM = {"division", "market_rule", "rollup_figure"}
FIRST_CARD = numbered(FIRST_PAPER + 200)  # of the demo: the cast has the first two hundred


def rows_of_all_tables(but: set[str] = frozenset()) -> dict[str, list[tuple]]:
    """Return every row of the database by its table, in an order of their own."""
    tables = {model._meta.table_name for model in models.MODELS} - but
    return {table: sorted(fetch(f'SELECT * FROM "{table}"'), key=repr) for table in sorted(tables)}


def test_an_empty_database_is_empty_again(database):
    demo.load(TODAY)
    assert contents(models.County.demo())["recorded facts"] > 1_000
    remove(models.County.demo())
    left = {table: len(rows) for table, rows in rows_of_all_tables(CAME_WITH_THE_PROGRAM).items() if rows}
    assert left == {"used_number": 2}


@pytest.fixture
def fair(fair):
    """The cast, whose town has the rule that the demo looks for its market days by."""
    models.MarketRule.create(town=fair.town, digits="3-6-9")
    return fair


@pytest.fixture
def recorded(fair, enrol, operation):
    """A morning of the cast's county, in which somebody shows a card that may be the demo's."""
    tablet = enrol(fair.clothing).tablet
    ingest(tablet.log, [
        operation(1, "candidate.registered", name="王师傅", pass_=fair.passes[0], notice_at=fair.nine),
        operation(2, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number, channel="card"),
        operation(3, "check_in.recorded", pass_=FIRST_CARD, vacancy=fair.sewing.number, channel="card"),
    ])  # fmt: skip
    return fair


def test_every_other_row_stays_as_it_was(recorded):
    before, figures = rows_of_all_tables(CAME_WITH_THE_PROGRAM), summary.figures(recorded.day, NOW)
    demo.load(TODAY)
    assert rows_of_all_tables(CAME_WITH_THE_PROGRAM) != before
    remove(models.County.demo())
    after = rows_of_all_tables(CAME_WITH_THE_PROGRAM)
    assert len(after.pop("used_number")) == 2 and not before.pop("used_number")
    assert after == before
    assert summary.figures(recorded.day, NOW) == figures


def test_what_named_a_card_of_the_demo_is_judged_as_if_the_demo_had_never_been(fair, enrol, operation):
    tablet = enrol(fair.clothing).tablet
    demo.load(TODAY)
    came = operation(1, "check_in.recorded", pass_=FIRST_CARD, vacancy=fair.sewing.number, channel="card")
    ingest(tablet.log, [came])
    of_it = models.Remark.select().where(models.Remark.log == tablet.log)
    assert [remark.reason for remark in of_it] == ["pass_other_day"]
    remove(models.County.demo())
    assert [remark.reason for remark in models.Remark.select()] == ["pass_unknown"]


def test_numbers_that_are_known_outside_are_not_given_out_again(database):
    demo.load(TODAY)
    days = {day.id for day in models.MarketDay.select()}
    cards = {span.last_payload for span in models.PassRange.select()}
    remove(models.County.demo())
    county = models.County.create(name="铜梁区", service_name="铜梁区公共就业服务中心")
    town = models.Division.get_by_id("500120100")
    new = [models.MarketDay.create(county=county, town=town, date=date(2025, 4, day)) for day in (3, 6)]
    assert min(day.id for day in new) > max(days) and new[0].id != new[1].id
    assert models.PassRange.reserve(new[0], 10).first_payload == max(cards) + 1
    assert UsedNumber.last_of("pass") == max(cards)


def test_nobody_who_was_signed_in_to_the_demo_is_signed_in_to_what_comes_after(database):
    demo.load(TODAY)
    account = models.Organiser.enlist(models.County.demo(), "demo", "market-day-24")
    session = account.get_id()
    remove(models.County.demo())
    assert models.Organiser.by_session(session) is None
    assert models.Organiser.authenticate("demo", "market-day-24") is None
    county = models.County.create(name="铜梁区", service_name="铜梁区公共就业服务中心")
    models.Organiser.enlist(county, "chen", "another-day-24")
    assert models.Organiser.by_session(session) is None


def test_what_people_added_is_named(database):
    demo.load(TODAY)
    county = models.County.demo()
    models.Organiser.enlist(county, "demo", "market-day-24")
    assert added(county).nothing
    models.MarketDay.create(county=county, town="500120100", date=date(2025, 3, 16))
    models.Organiser.enlist(county, "zhang", "market-day-24")
    models.Employer.create(county=county, name="自己的厂")
    assert added(county) == (["2025-03-16 八塘镇"], ["zhang"], ["自己的厂"])
