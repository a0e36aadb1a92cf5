"""From door to door: a round's screens, and a hundred answers without network on a tablet that is killed twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from models import schema as models
from models.base.database import connect_database, db, fetch
from models.kiosk.survey_set_up import make_round
from models.market.enrolment import Enrolment
from models.surveys.roster import read_roster, take_in
from models.surveys.survey_answer import answers_of, latest_of
from models.surveys.survey_list import figures_of
from tests.browser.ground import market_today, new_day
from tests.browser.server import Server
from tests.browser.switched import Switched
from tests.browser.tablet import FACTS

PATIENCE = 30_000  # ms
PLANS = ("stay", "go_out", "start_business", "train", "undecided")
NAMES = [f"{family}{given}" for family in "王李张刘陈杨赵黄周吴" for given in "秀英小明建国桂花大山"]


def round_of(database: str, on: date, count: int, villages: tuple[str, ...] = ("石院村",)) -> SimpleNamespace:
    """Make a market day, a survey of so many people, and a round of it in all its villages."""
    connect_database(database)
    with db.connection_context():
        day = new_day(on)
        survey = models.Survey.create(
            county=day.county, name="节后打算", made_by="demo",
            begins_on=market_today() - timedelta(days=3), ends_on=market_today() + timedelta(days=10),
        )  # fmt: skip
        lines = [f"{n:06},{NAMES[n % 100]},13800{n:06},{villages[n % len(villages)]}" for n in range(count)]
        take_in(survey, day.county, read_roster("\n".join(["编号,姓名,电话,村", *lines]).encode()))
        booth = make_round(survey, day, "石院村一组", villages).booth
        return SimpleNamespace(day=day, survey=survey, booth=booth, code=Enrolment.open(booth))


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


def ready(page: object, server: Server, path: str = "/kiosk") -> None:
    page.goto(f"{server.url}{path}")
    expect(page.locator("html[data-state=ready]")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#door-progress")).to_be_visible(timeout=PATIENCE)


def answer(page: object, count: int, said: Counter) -> None:
    """Answer for the next so many people, in turn."""
    page.locator("#door-rows .door-row").first.click()
    for n in range(count):
        person, plan = page.locator("#door-person").get_attribute("data-person"), PLANS[sum(said.values()) % len(PLANS)]
        page.locator(f"#door-{plan}").click()
        if n % 7 == 0:
            page.locator(".door-chips .choice").first.click()
            page.locator("#door-month").select_option(index=1)
        page.locator("#door-save").click()
        expect(page.locator(f"#door-person[data-person='{person}']")).to_have_count(0)
        said[plan] += 1


def test_a_hundred_answers_without_network_on_a_tablet_killed_twice_count_once_each(server, playwright, tmp_path):
    found, said = round_of(server.database, market_today(), 100), Counter()
    tablet = Switched(playwright, tmp_path / "profile")
    page = tablet.switch_on()
    ready(page, server, f"/enrol#{found.code}")
    expect(page.locator("#offline-ready")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#scan, #gate, #camera, #vacancies, #today")).to_have_count(0)  # nothing of a market
    tablet.switch_off()  # Chromium writes an enrolment's cookie down late
    server.kill()

    for count, done in ((33, 33), (33, 66)):
        page = tablet.switch_on()
        tablet.cut_off()
        ready(page, server)
        answer(page, count, said)
        expect(page.locator("#line")).to_have_attribute("data-unsent", str(done))
        tablet.pull_the_plug()
    page = tablet.switch_on()
    tablet.cut_off()
    ready(page, server)
    expect(page.locator("#line")).to_have_attribute("data-unsent", "66", timeout=PATIENCE)
    assert page.locator("#door-progress progress").evaluate("bar => [bar.value, bar.max]") == [66, 100]
    answer(page, 34, said)
    expect(page.locator("#door-none")).to_be_visible()  # everybody was asked
    assert len(page.evaluate(FACTS)) == 100

    server.start()
    tablet.connect()
    page.locator("#menu-open").click()
    page.locator("#sync-now").click()
    expect(page.locator("#line")).to_have_attribute("data-unsent", "0", timeout=PATIENCE)
    tablet.switch_off()
    with db.connection_context():
        everybody, _ = figures_of(found.survey, market_today())
        assert (everybody.listed, everybody.asked, everybody.reached, everybody.answered) == (100,) * 4
        assert everybody.intentions == said and set(said.values()) == {20}
        latest = latest_of(found.survey)
        assert len(latest) == 100 and all(len(answers_of(person)) == 1 for person in latest)
        assert {given.channel for given in latest.values()} == {"door"}
        assert fetch("SELECT COUNT(*) FROM operation WHERE kind = 'survey.answered'") == [(100,)]


@pytest.fixture
def round_page(chromium, live_server) -> Iterator[SimpleNamespace]:
    found = round_of(live_server.database, market_today() + timedelta(days=1), 60, ("石院村", "接龙村", "青杠村"))
    context = chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    found.context, found.page, found.server = context, context.new_page(), live_server
    ready(found.page, live_server, f"/enrol#{found.code}")
    expect(found.page.locator("#offline-ready")).to_be_visible(timeout=PATIENCE)
    context.set_offline(True)
    yield found
    context.close()


def test_found_by_how_a_name_is_spelt_asked_undone_and_corrected(round_page):
    page = round_page.page
    expect(page.locator("#door-progress")).to_contain_text("60")
    page.locator("#door-text").fill("wangxiu")
    page.locator("#door-rows .door-row").first.click()
    expect(page.locator("#door-person #door-title")).to_have_text("王秀")
    page.locator("#door-go_out").click()
    page.locator("#door-back").click()  # not that
    page.locator("#door-train").click()
    page.locator("#door-trade").select_option("sewing")
    page.locator("#door-save").click()
    expect(page.locator("#receipt")).to_contain_text("王秀")
    page.locator("#undo").click()
    expect(page.locator("#door-person #door-title")).to_have_text("王秀")  # there again
    page.locator("#door-not_home").click()
    page.locator("#door-back").click()
    page.locator("#door-text").fill("000000")
    row = page.locator("#door-rows .door-row")
    expect(row).to_have_count(1)
    expect(row).to_have_attribute("data-state", "again")
    row.click()
    page.locator("#door-undo").click()
    expect(page.locator("#door-before")).to_be_hidden()
    page.locator("#door-stay").click()
    page.locator("#door-save").click()
    page.locator("#door-back").click()
    kinds = [fact["kind"] for fact in page.evaluate(FACTS)]
    undone = "survey.withdrawn"
    assert kinds == ["survey.answered", undone, "survey.attempted", undone, "survey.answered"]
    round_page.context.set_offline(False)
    expect(page.locator("#unsent strong")).to_have_text("0", timeout=PATIENCE)
    with db.connection_context():
        (given,) = latest_of(round_page.survey).values()
        assert given.answer.intention == "stay"
    page.locator("#door-text").fill("")
    page.locator("#door-all").click()
    page.locator("#door-village").select_option("接龙村")
    expect(page.locator("#door-rows .door-row")).to_have_count(20)


def test_after_the_survey_no_name_is_shown(round_page):
    page = round_page.page
    page.clock.install()
    page.clock.set_fixed_time(f"{market_today() + timedelta(days=11)}T12:00:00+08:00")
    page.reload()
    expect(page.locator("#door-over")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#door-rows .door-row")).to_have_count(0)


def test_with_somebody_on_duty_names_are_hidden_until_they_sign_in(chromium, live_server):
    found = round_of(live_server.database, market_today() + timedelta(days=2), 3)
    with db.connection_context():
        models.Operator.enlist(found.booth, "李工", "2580")
    context = chromium.new_context(locale="zh-CN", viewport={"width": 800, "height": 1280})
    page = context.new_page()
    ready(page, live_server, f"/enrol#{found.code}")
    row = page.locator("#door-rows .door-row strong").first
    expect(row).to_have_text("王**")
    page.locator("#operator").click()
    page.locator(".pin-name").filter(has_text="李工").click()
    page.locator("#pin").fill("2580")
    page.locator("#pin-enter").click()
    expect(row).to_have_text("王秀")
    row.click()
    page.locator("#door-stay").click()
    page.locator("#door-save").click()
    expect(page.locator("#unsent strong")).to_have_text("0", timeout=PATIENCE)
    assert [fact["operator"] is not None for fact in page.evaluate(FACTS)] == [True]
    context.close()
