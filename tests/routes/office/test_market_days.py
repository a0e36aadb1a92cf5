"""What an organiser can plan, and what nobody else can."""

from datetime import UTC, date, datetime

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from routes.office import market_dates

HTMX = {"HX-Request": "true"}
LIST = "/organiser/market-days"


@pytest.fixture(autouse=True)
def some_weeks_before(monkeypatch):
    """Plan in January: the cast's market day and those that are planned here are to come."""
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 1, 20, 1, tzinfo=UTC))


@pytest.fixture
def plan(organiser, fair):
    """Post a valid market day, letting the test spoil a field."""

    def post(browser=organiser, headers=None, url=LIST, **changes):
        form = {
            "town": fair.town.code, "date": "2026-02-26", "opens_at": "08:00", "closes_at": "12:00",
            "place": "农贸市场门口", "campaign": str(fair.campaign.id),
        }  # fmt: skip
        return browser.post(url, data=form | changes, headers=headers)

    return post


def test_a_market_day_is_planned(plan, fair):
    answer = plan()

    day = models.MarketDay.get(date=date(2026, 2, 26))
    assert (answer.status_code, answer.location) == (303, f"{LIST}/{day.id}")
    assert (day.county, day.campaign, day.place) == (fair.county, fair.campaign, "农贸市场门口")


def test_a_market_day_is_changed(plan, fair):
    answer = plan(url=f"{LIST}/{fair.day.id}", date="2026-02-24", opens_at="07:30", campaign="")

    day = models.MarketDay.get_by_id(fair.day.id)
    assert answer.status_code == 303
    assert (day.opens_at, day.campaign) == ("07:30", None)


def test_the_set_up_of_an_earlier_market_day_is_used_again(plan, fair):
    models.Operator.enlist(fair.clothing, "李师傅", "1234")
    fair.cook.closed = True
    fair.cook.save()

    plan(copy_from=str(fair.day.id))

    day = models.MarketDay.get(date=date(2026, 2, 26))
    booths = list(day.booths.order_by(models.Booth.number))
    assert [(b.number, b.name, b.kind) for b in booths] == [
        (1, "山城制衣厂", "employer"), (2, "来凤鱼庄", "employer"), (3, "维权服务台", "desk"),
    ]  # fmt: skip
    assert [duty.operator.name for duty in booths[0].duties] == ["李师傅"]
    copied = {offer.vacancy.title: offer.vacancy for booth in booths for offer in booth.offers}
    assert set(copied) == {"缝纫工", "熨烫工"}  # the cook's is closed, on whichever market day
    assert copied["缝纫工"] == fair.sewing


def test_another_county_s_set_up_cannot_be_copied(plan, fair):
    answer = plan(copy_from=str(fair.other_day.id))

    assert answer.status_code == 422
    assert not models.MarketDay.select().where(models.MarketDay.date == date(2026, 2, 26)).exists()


def test_a_new_campaign_starts_with_its_market_day(plan, fair):
    plan(campaign="", new_campaign="零工夜市")

    campaign = models.MarketDay.get(date=date(2026, 2, 26)).campaign
    assert (campaign.name, campaign.county) == ("零工夜市", fair.county)
    assert (campaign.starts_on, campaign.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("town", ""),
        ("town", "500999999"),
        ("date", "30 February"),
        ("date", "9999-99-99"),
        ("opens_at", "eight"),
        ("opens_at", "25:00"),
        ("closes_at", "07:00"),
        ("place", "长" * 10_000),
        ("new_campaign", "长" * 10_000),
        ("campaign", "77"),
        ("copy_from", "77"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(plan, field, typed):
    answer = plan(**{"place": "河边老黄桷树下", field: typed})

    assert answer.status_code == 422
    assert "请再看看" in answer.text or "field-error" in answer.text
    if field not in ("town", "campaign", "copy_from"):
        assert typed in answer.text
    if field != "place":
        assert "河边老黄桷树下" in answer.text
    assert models.MarketDay.select().count() == 2


def test_a_form_without_fields_is_answered(organiser):
    assert organiser.post(LIST).status_code == 422


def test_one_town_has_one_market_day_a_date(plan):
    assert plan(date="2026-02-24").status_code == 422


def test_the_same_date_elsewhere_is_no_obstacle(plan, fair):
    fair.day.delete_instance(recursive=True)

    assert plan(date="2026-02-24").status_code == 303  # the other county's stands in this town too


def test_a_date_that_is_past_is_asked_about(plan, fair):
    answer = plan(date="2026-01-19")

    assert answer.status_code == 422
    assert 'name="past"' in answer.text
    assert plan(date="2026-01-19", past="yes").status_code == 303


def test_a_day_that_is_past_is_changed_without_being_asked(plan, fair, monkeypatch):
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 3, 1, tzinfo=UTC))

    assert plan(url=f"{LIST}/{fair.day.id}", date="2026-02-24", place="桥头").status_code == 303
    assert plan(url=f"{LIST}/{fair.day.id}", date="2026-02-23", place="桥头").status_code == 422


@pytest.fixture
def rule(fair):
    return models.MarketRule.create(town=fair.town, calendar="gregorian", digits="3-6-9")


def test_a_date_off_the_market_is_asked_about_and_market_dates_are_offered(plan, rule):
    answer = plan(date="2026-02-25")

    assert answer.status_code == 422
    assert "2026年2月25日" in answer.text
    assert 'name="off_market"' in answer.text
    assert 'name="pick"' in answer.text
    assert plan(date="2026-02-25", off_market="yes").status_code == 303


def test_a_date_picked_goes_into_the_form_which_keeps_the_rest(plan, rule):
    answer = plan(date="2026-02-25", pick="2026-02-26", place="河边老黄桷树下")

    assert answer.status_code == 200
    assert 'value="2026-02-26"' in answer.text
    assert "河边老黄桷树下" in answer.text
    assert models.MarketDay.select().count() == 2


def test_choosing_a_town_shows_its_market_dates(organiser, rule, fair):
    answer = organiser.get(
        "/organiser/market-dates", query_string={"town": fair.town.code, "date": "2026-02-25"}
    )

    assert "逢三六九赶场" in answer.text
    assert "<html" not in answer.text


def test_the_date_stays_once_facts_are_recorded(plan, fair, enrol, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    enrol(fair.clothing).sync(scan)

    assert plan(url=f"{LIST}/{fair.day.id}").status_code == 422
    assert plan(url=f"{LIST}/{fair.day.id}", date="2026-02-24").status_code == 303


def test_htmx_gets_the_form_alone_and_is_sent_on_by_header(plan):
    wrong, right = plan(headers=HTMX, place="长" * 200), plan(headers=HTMX)

    assert wrong.status_code == 422
    assert wrong.text.lstrip().startswith("<form")
    assert "HX-Request" in wrong.headers["Vary"]
    assert right.status_code == 204
    assert right.headers["HX-Redirect"].startswith(f"{LIST}/")


def test_only_organisers_of_the_county_may(app, client, plan, fair):
    reader, neighbour = app.test_client(user=fair.reader), app.test_client(user=fair.neighbour)
    own = f"{LIST}/{fair.day.id}"

    assert plan(browser=client).status_code == 401
    assert plan(browser=reader).status_code == 403
    assert plan(browser=neighbour, url=own).status_code == 404
    assert plan(headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert models.MarketDay.select().count() == 2


@pytest.mark.parametrize("page", ["", "/new", "/{day}", "/{day}/edit", "/{day}/tablets"])
def test_pages_are_for_those_signed_in_and_of_the_county(app, client, organiser, fair, page):
    url = LIST + page.format(day=fair.day.id)

    assert organiser.get(url).status_code == 200
    asked = client.get(url)
    assert (asked.status_code, asked.location.split("?")[0]) == (303, "/sign-in")
    assert client.get(url, headers={"Accept": "application/json"}).status_code == 401
    if "{day}" in page:
        assert app.test_client(user=fair.neighbour).get(url).status_code == 404


def test_a_reader_sees_the_day_and_no_way_to_change_it(app, fair):
    reader = app.test_client(user=fair.reader)

    page = reader.get(f"{LIST}/{fair.day.id}")

    assert page.status_code == 200
    assert "/edit" not in page.text
    assert reader.get(f"{LIST}/{fair.day.id}/edit").status_code == 403
    assert reader.get(f"{LIST}/new").status_code == 403


def test_a_token_reads_no_page_of_the_day(client, fair):
    token = models.AccessToken.issue(fair.county, "figures")

    answer = client.get(f"{LIST}/{fair.day.id}", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 403


def test_the_list_shows_the_county_s_own_with_their_facts(organiser, fair, enrol, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    enrol(fair.clothing).sync(scan)

    page = organiser.get(LIST).text

    assert f"{LIST}/{fair.day.id}" in page
    assert f'"{LIST}/{fair.other_day.id}"' not in page
    assert "正月初八" in page


def test_the_list_asks_the_database_as_often_for_many_days_as_for_one(organiser, fair, by_day):
    organiser.get(LIST)
    for n in range(1, 20):
        models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 3, n))

    with assert_query_count(9):
        organiser.get(LIST)


def test_the_day_asks_the_database_as_often_for_many_booths_as_for_one(organiser, fair, by_day):
    url = f"{LIST}/{fair.day.id}"
    organiser.get(url)
    for number in range(10, 30):
        models.Booth.create(market_day=fair.day, number=number, name=f"展位{number}")

    with assert_query_count(16):
        organiser.get(url)


def test_the_office_begins_with_the_market_days_and_says_who_is_signed_in(client, organiser):
    assert organiser.get("/organiser/").location == LIST
    assert "chen" in organiser.get(LIST).text.partition("</header>")[0]
    assert client.get("/organiser/", headers={"Accept": "text/html"}).location.startswith("/sign-in")


def test_the_first_page_leads_on(client, organiser, fair):
    assert organiser.get("/").location == LIST
    assert client.get("/").location == "/counties"  # there are two, and no first one
    models.MarketDay.update(date=date(2026, 1, 19)).execute()  # past
    models.Organiser.delete().where(models.Organiser.county == fair.elsewhere).execute()
    models.MarketDay.delete().where(models.MarketDay.county == fair.elsewhere).execute()
    fair.elsewhere.delete_instance()
    assert client.get("/").location == "/sign-in"
    coming = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2099, 1, 3))
    assert client.get("/").location == f"/m/{coming.id}"
