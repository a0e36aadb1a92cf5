"""After a market day nobody registers for it by phone, and a flood while it goes on is braked and can be taken out."""

from datetime import UTC, datetime, timedelta

import pytest

from models.market.market_day import MarketDay
from models.market.vacancy import Vacancy
from models.people.candidate import Candidate
from models.schema import Log, Operation
from tests.routes.phone.visit import MORNING, facts

OF_NOW = ("as_of", "tablets", "complete")


@pytest.fixture
def figures(fair, organiser):
    """Return a function that asks for the day's figures as its organisers do."""

    def figures() -> dict:
        answer = organiser.get(f"/organiser/market-days/{fair.day.id}/summary.json").json
        return {name: value for name, value in answer.items() if name not in OF_NOW}

    return figures


def test_a_day_that_is_over_registers_nobody_and_leads_to_the_next(app, fair, morning, sign_up, form):
    browser = app.test_client()
    sign_up(browser=browser)
    recorded = facts()
    morning(MORNING + timedelta(days=1))
    Vacancy.update(closed=True).where(Vacancy.id == fair.cook.id).execute()

    for vacancy in (fair.sewing, fair.cook):
        for answer in (app.test_client().post(f"/v/{vacancy.number}", data=form),
                       browser.post(f"/v/{vacancy.number}/check-ins")):  # fmt: skip
            assert answer.status_code == 422 and "还没有安排下一场" in answer.text
        for page in (app.test_client().get(f"/v/{vacancy.number}"), browser.get(f"/v/{vacancy.number}")):
            assert f'action="/v/{vacancy.number}' not in page.text
    next_day = MarketDay.create(county=fair.county, town=fair.town, date=fair.day.date + timedelta(days=3))
    for path in (f"/v/{fair.sewing.number}", f"/b/{fair.clothing.id}", f"/m/{fair.day.id}"):
        assert f'href="/m/{next_day.id}"' in app.test_client().get(path).text
    assert facts() == recorded


def test_a_night_market_registers_until_it_closes(fair, morning, sign_up):
    MarketDay.update(opens_at="18:00", closes_at="01:00").where(MarketDay.id == fair.day.id).execute()
    morning(datetime(2026, 2, 24, 16, 30, tzinfo=UTC))  # half past midnight
    assert sign_up().status_code == 303
    morning(datetime(2026, 2, 24, 17, 0, tzinfo=UTC))
    assert sign_up(name="李师傅").status_code == 422


def test_a_flood_from_one_address_is_braked_and_what_was_typed_stays(app, fair, morning, form):
    for count in range(60):
        answer = app.test_client().post(f"/v/{fair.sewing.number}", data=form | {
            "name": f"王{count}", "registration": f"6b1f3f2e-0000-4000-8000-{count:012}"})  # fmt: skip
        assert answer.status_code == 303

    form |= {"name": "李师傅", "registration": "6b1f3f2e-0000-4000-8000-000000000999"}
    answer = app.test_client().post(f"/v/{fair.sewing.number}", data=form)

    assert (answer.status_code, Candidate.select().count()) == (429, 60)
    assert 'value="李师傅"' in answer.text and "6b1f3f2e-0000-4000-8000-000000000999" in answer.text
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    other = app.test_client().post(f"/v/{fair.sewing.number}", data=form, environ_base=elsewhere)
    assert other.status_code == 303


@pytest.fixture
def flood(app, fair, form):
    """Return a function that registers as many as are asked for, each from a phone of its own."""

    def flood(many: int, start: int = 0) -> set[int]:
        answers = set()
        for count in range(start, start + many):
            sent = form | {"name": f"王{count}", "registration": f"6b1f3f2e-0000-4000-8000-{count:012}"}
            answers.add(app.test_client().post(f"/v/{fair.sewing.number}", data=sent).status_code)
        return answers

    return flood


def test_a_week_of_posters_after_the_day_moves_no_figure(morning, sign_up, figures, flood):
    sign_up()
    before = figures()
    assert before["registered"] == 1

    for days in (1, 7, 600):
        morning(MORNING + timedelta(days=days))
        assert flood(5) == {422}
        assert figures() == before


def test_what_phones_sent_from_a_moment_on_is_set_aside_together_and_so_is_what_follows(
    fair, organiser, morning, sign_up, figures, flood
):
    sign_up(phone="13800000000")
    before = figures()
    morning(MORNING + timedelta(hours=1))
    assert flood(50) == {303}
    assert figures()["registered"] == before["registered"] + 50
    assert not Operation.select().where(Operation.outcome != "applied").exists()  # nothing marks them

    log = Log.get(market_day=fair.day, kind="phones")
    form = {"whose": f"log-{log.id}", "start": "09:30", "note": "a flood", "act": "exclude"}
    assert organiser.post(f"/organiser/market-days/{fair.day.id}/exclusions", data=form).status_code == 303

    assert figures() == before | {"settled": 150}  # three facts of each
    assert flood(5, start=50) == {303}  # it may go on
    assert figures() == before | {"settled": 165}


def test_day_labour_takes_nobody_from_midnight_on_while_the_night_market_goes_on(app, fair, morning, sign_up, form):
    MarketDay.update(opens_at="18:00", closes_at="01:00").where(MarketDay.id == fair.day.id).execute()
    Vacancy.update(work_kind="day", work_date=fair.day.date).where(Vacancy.id == fair.sewing.id).execute()
    browser, path = app.test_client(), f"/v/{fair.sewing.number}"
    sign_up(browser=browser)
    morning(datetime(2026, 2, 24, 15, 59, tzinfo=UTC))
    assert f'action="{path}' in app.test_client().get(path).text
    recorded = facts()
    morning(datetime(2026, 2, 24, 16, 0, tzinfo=UTC))
    for answer in (app.test_client().post(path, data=form), browser.post(f"{path}/check-ins")):
        assert answer.status_code == 422 and "这一天已经过了" in answer.text
    for page in (app.test_client().get(path), browser.get(path)):
        assert f'action="{path}' not in page.text and f'href="/m/{fair.day.id}"' in page.text
    board = app.test_client().get(f"/m/{fair.day.id}").text
    assert "已过用工日期" in board and "2个岗位" in board
    assert facts() == recorded
