"""What an organiser sees while a market day goes on, and when the page stops asking."""

import re
from datetime import datetime

import pytest
from playhouse.test_utils import assert_query_count

from models.schema import AccessToken, Booth, Tablet
from routes.office import live, market_dates

HTMX = {"HX-Request": "true"}
AGAIN = f'hx-trigger="every {live.PACE}s"'


@pytest.fixture
def page(app, fair):
    return f"/organiser/market-days/{fair.day.id}/live"


@pytest.fixture
def look(app, fair, page, monkeypatch):
    """Return a function that looks at the live page at a time of the market day."""

    def look(clock: str = "10:00", headers: dict | None = None, **query: str) -> str:
        moment = datetime.fromisoformat(f"2026-02-24T{clock}:00+08:00")
        monkeypatch.setattr(market_dates, "utcnow", lambda: moment)
        return app.test_client(user=fair.chen).get(page, query_string=query, headers=headers).text

    return look


def test_it_shows_the_summary_s_figures(app, look, fair, enrol, operation):
    scans = [operation(n, "check_in.recorded", pass_=fair.passes[n], vacancy=fair.sewing.number) for n in (1, 2)]
    enrol(fair.clothing).sync(
        *scans, operation(3, "check_in.progressed", check_in=scans[0]["id"], stage="hired"), unsent=0
    )
    told = app.test_client(user=fair.chen).get(f"/organiser/market-days/{fair.day.id}/summary.json").json

    shown = look()

    figures = [int(figure) for figure in re.findall(r'class="count"><strong>(\d+)<', shown)]
    names = ("persons", "visits", "registered", "persons_checked_in")
    assert figures == [*(told[name] for name in names), told["persons_reached"]["hired"], told["signed_up"]]
    assert "意向登记2人次" in shown and "录用1人次" in shown
    stages = dict(re.findall(r'data-stage="(\w+)">(\d+)<', shown))
    assert stages == {"interested": "2"} | {stage: str(count) for stage, count in told["reached"].items()}
    assert re.findall(r'data-hour="9" data-figure="(\w+)">(\d+)<', shown) == [("visits", "2"), ("check_ins", "2")]
    people = dict(re.findall(r'data-persons="(\w+)">(\d+)<', shown))
    assert people == {"interested": "2"} | {stage: str(count) for stage, count in told["persons_reached"].items()}
    assert "无平板的展位：2、3" in shown


def test_a_tablet_shows_up_to_where_its_log_is_here_and_what_it_holds(look, fair, enrol, operation):
    tablet = enrol(fair.clothing)
    tablet.sync(operation(1, "tally.counted", topic="leaflet", count=1), unsent=8)  # this one among them
    enrol(fair.kitchen)

    shown = look()

    line = shown.split(f'id="tablet-{tablet.tablet.id}"')[1].split("</tr>")[0]
    assert re.findall(r'class="is-number"[^>]*>([^<]+)<', line) == ["1", "7"]
    assert "2台平板中2台还没传完" in shown
    newest_first = [str(row.id) for row in Tablet.select().order_by(Tablet.log.desc())]
    assert re.findall(r'id="tablet-(\d+)"', shown) == newest_first  # never synced comes before some unsent


@pytest.mark.parametrize(
    ("clock", "unsent", "renews", "words"),
    [
        ("07:00", 0, True, "08:00开场"),
        ("10:00", 0, True, "进行中"),
        ("12:30", 3, True, "平板还在上传"),
        ("12:30", 0, False, "已结束"),
    ],
)
def test_it_renews_itself_until_the_day_is_over(look, fair, enrol, clock, unsent, renews, words):
    Booth.update(expects_tablet=False).where(Booth.id != fair.clothing.id).execute()
    enrol(fair.clothing).sync(unsent=unsent)

    for shown in (look(clock), look(clock, headers=HTMX)):
        assert (AGAIN in shown) is renews and words in shown


def test_it_can_be_held_still(look):
    shown = look(still="yes")

    assert AGAIN not in shown and "恢复刷新" in shown
    assert "停止刷新" in look()


def test_htmx_gets_the_part_that_changes(look):
    shown = look(headers=HTMX)

    assert shown.lstrip().startswith('<div id="live"') and "<html" not in shown


def test_names_are_text_and_nothing_is_styled_inline(look, fair):
    fair.clothing.name = "<b>山城</b>"
    fair.clothing.save()

    shown = look()

    assert "&lt;b&gt;山城" in shown and " style=" not in shown and "<style" not in shown


def test_it_asks_the_database_as_often_for_many_booths_as_for_one(app, page, fair, enrol, by_day):
    browser = app.test_client(user=fair.chen)
    browser.get(page)
    for number in range(10, 30):
        enrol(Booth.create(market_day=fair.day, number=number, name=f"展位{number}"))

    with assert_query_count(27):
        browser.get(page, headers=HTMX)


def test_a_token_reads_the_figures_elsewhere_and_looks_at_no_page(client, page, fair):
    token = AccessToken.issue(fair.county, "figures")

    assert client.get(page, headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_the_desks_counters_stand_by_the_hour(look, fair, enrol, operation):
    tablet = enrol(fair.desk)
    tablet.sync(
        operation(1, "tally.counted", topic="policy", count=2), operation(2, "tally.counted", topic="policy", count=1),
        operation(3, "tally.counted", topic="visitor", count=9),
    )  # fmt: skip
    part = look().partition('id="services-title"')[2].partition("</figure>")[0]
    assert part.count("<tr>") == 2 and '<td data-hour="9">3</td>' in part and "<td>3</td>" in part
