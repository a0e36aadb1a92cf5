"""A new office is set up in the browser by who has the address of the terminal, and by nobody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from models import schema as models
from models.base.database import writing
from models.data import load_reference
from models.market import first_run
from models.market.first_run import FirstRun, Over

COUNTY = {"division": "500120", "timezone": "Asia/Shanghai", "languages": ["zh", "en"], "seal_line": "璧山区人社局"}
OFFICE = {"service_name": "璧山区公共就业服务中心", "phone": "023-41412345", "hours": "9:00–17:00"}
ACCOUNT = {"name": "陈晓", "login": "chen", "password": "market-day-24", "again": "market-day-24"}
STEPS = "/organiser/first-steps"


@pytest.fixture
def secret(app, database) -> str:
    """The secret of the address, in a database in which there is nothing but the national list."""
    with writing():
        load_reference()
    return FirstRun.open()


@pytest.fixture
def browser(client, secret):
    """A browser that opened the address."""
    answer = client.get(f"/set-up/{secret}")
    assert (answer.status_code, answer.location) == (303, "/set-up")
    return client


def send(browser, step: str, form: dict, **changes):
    return browser.post(f"/set-up/{step}", data=form | changes, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def owner(browser):
    """The browser of somebody who went through the steps before the account, and the account's."""
    for step, form, to in (
        ("county", COUNTY, "/set-up/office"), ("office", OFFICE, "/set-up/account"), ("account", ACCOUNT, STEPS)
    ):  # fmt: skip
        answer = send(browser, step, form)
        assert (answer.status_code, answer.location) == (303, to)
    return browser


def test_the_steps_make_a_county_an_office_and_an_account(owner):
    (county,) = models.County.select()
    assert (county.division_id, county.name, county.seal_line) == ("500120", "璧山区", "璧山区人社局")
    assert (county.service_name, county.phone, county.hours) == tuple(OFFICE.values())
    assert models.SealKey.newest(county) and models.PassKey.newest(county) and not county.is_demo
    (account,) = models.Organiser.select()
    assert (account.login, account.role, account.county) == ("chen", "organiser", county)
    assert owner.get("/organiser/market-days").status_code == 200
    entries = {(entry.who, entry.action, entry.thing) for entry in models.AuditEntry.select()}
    assert {("first run", "made", "county"), ("first run", "made", "organiser")} <= entries
    assert ("chen", "first_account", "") in entries


def test_the_address_is_over_when_there_is_an_account(owner, app, secret):
    stranger = app.test_client()
    assert stranger.get(f"/set-up/{secret}").status_code == 404
    for path in ("/set-up", "/set-up/county", "/set-up/office", "/set-up/account"):
        assert owner.get(path).status_code == 404 and stranger.get(path).status_code == 404
    assert send(owner, "account", ACCOUNT, login="second").status_code == 404
    assert not models.FirstRun.select().exists() and models.Organiser.select().count() == 1
    with pytest.raises(Over):
        FirstRun.open()


def test_a_stranger_who_is_there_first_gets_nowhere(client, secret):
    for path in ("/set-up", "/set-up/county", "/set-up/account", f"/set-up/{secret[:-1]}x", "/set-up/first_run"):
        assert client.get(path).status_code == 404
    for step, form in (("county", COUNTY), ("office", OFFICE), ("account", ACCOUNT)):
        assert send(client, step, form).status_code == 404
    assert not models.County.select().exists() and not models.Organiser.select().exists()
    assert "flask --app app setup" in client.get("/sign-in").text


def test_another_site_sets_nothing_up(browser):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert browser.post("/set-up/county", data=COUNTY, headers=headers).status_code == 403
    assert not models.County.select().exists()


def test_a_new_address_ends_the_one_before_and_so_does_a_day(browser, app, secret, monkeypatch):
    newer = FirstRun.open()
    assert browser.get("/set-up/county").status_code == 404
    assert app.test_client().get(f"/set-up/{secret}").status_code == 404
    assert browser.get(f"/set-up/{newer}").status_code == 303
    monkeypatch.setattr(first_run, "utcnow", lambda: datetime.now(UTC) + timedelta(hours=24, minutes=1))
    assert browser.get("/set-up/county").status_code == 404


def test_the_secret_stands_nowhere_in_the_database_and_in_no_answer(browser, secret):
    (row,) = models.FirstRun.select()
    assert secret not in (row.secret_hash, str(row.ends_at))
    answer = browser.get("/set-up/county")
    assert secret not in answer.text and answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_of_two_who_send_the_account_at_once_one_makes_it(browser, app, secret):
    send(browser, "county", COUNTY), send(browser, "office", OFFICE)
    other = app.test_client()
    other.get(f"/set-up/{secret}")
    assert send(other, "account", ACCOUNT, login="other").status_code == 303
    assert send(browser, "account", ACCOUNT).status_code == 404
    assert [one.login for one in models.Organiser.select()] == ["other"]
    assert browser.get("/organiser/market-days").status_code == 303


def test_who_leaves_a_step_finds_what_was_typed(browser):
    send(browser, "county", COUNTY)
    left = send(browser, "office", {"service_name": "半个名", "phone": "x", "to": "county"})
    assert (left.status_code, left.location) == (303, "/set-up/county")
    assert 'value="璧山区"' in browser.get("/set-up/county").text
    page = browser.get("/set-up/office").text
    assert 'value="半个名"' in page and 'value="x"' in page and "error-summary" not in page
    send(browser, "office", OFFICE)
    left = send(browser, "account", ACCOUNT | {"to": "office"})
    assert 'value="chen"' in browser.get("/set-up/account").text
    assert "半个名" not in browser.get("/set-up/office").text
    with browser.session_transaction() as session:
        assert "'chen'" in repr(dict(session)) and "market-day-24" not in repr(dict(session))


def test_a_step_that_needs_another_leads_there(browser):
    assert browser.get("/set-up/account").location == "/set-up/county"
    assert send(browser, "office", OFFICE).location == "/set-up/county"
    send(browser, "county", COUNTY)
    assert send(browser, "account", ACCOUNT).location == "/set-up/office"
    assert browser.get("/set-up").location == "/set-up/office"
    assert not models.Organiser.select().exists()


def test_what_was_begun_is_gone_on_with_in_another_browser(browser, app):
    send(browser, "county", COUNTY), send(browser, "office", OFFICE)
    other = app.test_client()
    other.get(f"/set-up/{FirstRun.open()}")
    assert other.get("/set-up").location == "/set-up/account"
    send(other, "county", COUNTY, division="500151", name="铜梁")
    (county,) = models.County.select()
    assert (county.division_id, county.name) == ("500151", "铜梁")


@pytest.mark.parametrize(("step", "form", "field"), [
    ("county", COUNTY | {"division": "500105"}, "division"),
    ("county", COUNTY | {"timezone": "Asia/Nowhere"}, "timezone"),
    ("county", COUNTY | {"languages": []}, "languages"), ("office", OFFICE | {"service_name": " "}, "service_name"),
    ("account", ACCOUNT | {"password": "short", "again": "short"}, "password"),
    ("account", ACCOUNT | {"again": "x"}, "again"),
])  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_is_kept(browser, step, form, field):
    if step == "account":
        send(browser, "county", COUNTY), send(browser, "office", OFFICE)
    if step == "office":
        send(browser, "county", COUNTY)
    before = list(models.County.select().dicts())
    answer = send(browser, step, form)
    assert answer.status_code == 422 and f'href="#field-{field}"' in answer.text
    assert list(models.County.select().dicts()) == before and not models.Organiser.select().exists()


def test_a_county_that_ended_is_not_offered(browser):
    page = browser.get("/set-up/county").text
    assert '"500120"' in page and '"500105"' not in page  # Jiangbei was abolished in 2025


def test_the_first_day_follows_from_the_rules_and_its_code_is_shown(owner):
    page = owner.get(f"{STEPS}/device").text
    offered = re.findall(r'name="market" value="(\d{9}) (\d{4}-\d\d-\d\d)"', page)
    assert len(offered) == 12 and offered == sorted(offered, key=lambda one: (one[1], one[0]))
    assert owner.post(f"{STEPS}/device", data={"market": "500120100 2026-01-01"}).status_code == 422
    assert owner.post(f"{STEPS}/device", data={"market": " ".join(offered[0])}).status_code == 303
    (day,) = models.MarketDay.select()
    (booth,) = day.booths
    assert (day.town_id, day.date.isoformat()) == offered[0] and day.is_draft
    assert (booth.number, booth.kind, booth.expects_tablet) == (1, "desk", True)
    page = owner.get(f"{STEPS}/device").text
    code = owner.post(re.search(r'action="(/organiser/market-days/[^"]+/tablets)"', page)[1])
    assert code.status_code == 201 and 'class="qr"' in code.text and "set-up-steps" in code.text


def test_without_rules_the_device_s_page_says_what_to_do(owner):
    models.MarketRule.delete().execute()
    page = owner.get(f"{STEPS}/device").text
    assert "/organiser/market-rules" in page and 'name="market"' not in page


def done(page: str) -> int:
    return page.count('class="card is-done"')


def test_what_is_done_follows_from_the_data(owner):
    assert done(owner.get(STEPS).text) == 3
    rule = models.MarketRule.select().where(models.MarketRule.town == "500120100").get()
    rule.confirmed_by, rule.confirmed_on = "八塘镇社保所", datetime.now(UTC).date()
    rule.save()
    assert done(owner.get(STEPS).text) == 4
    models.Device.create(county=models.County.get(), name="一号")
    assert done(owner.get(STEPS).text) == 5
    assert owner.post(f"{STEPS}/sheet").status_code == 303
    assert done(owner.get(STEPS).text) == 6


def test_the_steps_stand_above_the_office_s_pages_until_they_are_put_away(owner):
    for path in ("/organiser/market-days", "/organiser/market-rules", "/organiser/county/edit", "/organiser/account"):
        assert "set-up-steps" in owner.get(path).text
    assert owner.post(f"{STEPS}/delete").status_code == 303
    assert "set-up-steps" not in owner.get("/organiser/market-days").text
    assert f'href="{STEPS}"' in owner.get("/organiser/county").text
    assert owner.get(STEPS).status_code == 200 and "set-up-steps" not in owner.get("/organiser/market-days").text
    assert owner.post(STEPS).status_code == 303 and "set-up-steps" in owner.get("/organiser/market-days").text


def test_the_test_print_names_the_seal(owner):
    page = owner.get(f"{STEPS}/sheet").text
    assert "璧山区人社局" in page and page.count('class="qr"') == 2


def test_the_office_is_told_that_the_demo_is_still_there(organiser, fair, app):
    assert "demo --remove" not in organiser.get("/organiser/market-days").text
    models.County.update(is_demo=True).where(models.County.id == fair.elsewhere.id).execute()
    assert "demo --remove" in organiser.get("/organiser/market-days").text
    assert "demo --remove" not in app.test_client(user=fair.reader).get("/organiser/market-days").text
