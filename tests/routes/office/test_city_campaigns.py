"""Campaigns of the city: kept by the city alone, joined by market days of all counties, each seeing its own part."""

from datetime import UTC, date, datetime

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.figures.campaign_progress import city_progress
from models.kiosk.cancellation import cancel
from models.market import life
from routes.office import market_dates

HERE = "/organiser/city/campaigns"
TYPED = {"name": "春风行动暨就业援助季", "theme": "家门口就业", "starts_on": "2026-01-01", "ends_on": "2026-03-31"}


@pytest.fixture(autouse=True)
def in_march(monkeypatch):
    for module in (market_dates, life):
        monkeypatch.setattr(module, "utcnow", lambda: datetime(2026, 3, 10, 1, tzinfo=UTC))


@pytest.fixture
def city(app, fair):
    return app.test_client(user=fair.city)


@pytest.fixture
def spring(fair):
    """A campaign of the city, with targets for both counties."""
    spring = models.Campaign.create(
        county=None, name="春风行动暨就业援助季", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31)
    )
    for county, venue, events in ((fair.county, "MARKET_TOWN", 10), (fair.elsewhere, "NIGHT", 4)):
        models.CampaignTarget.create(campaign=spring, county=county, venue=venue, events=events)
    return spring


@pytest.fixture
def hold(fair, spring):
    """Plan a day of the city's campaign in a county."""

    def hold(county, on: date, **fields) -> models.MarketDay:
        return models.MarketDay.create(county=county, town=fair.town, campaign=spring, date=on, **fields)

    return hold


def test_the_city_adds_changes_and_deletes_its_campaign(city, fair):
    where = city.post(HERE, data=TYPED).location
    made = models.Campaign.get(name=TYPED["name"])
    assert where == f"{HERE}/{made.id}" and made.county is None and "家门口就业" in city.get(where).text
    assert city.post(where, data=TYPED | {"theme": "送岗下乡"}).status_code == 303
    assert models.Campaign.get_by_id(made.id).theme == "送岗下乡"
    assert city.post(f"{where}/delete").location == HERE
    assert models.Campaign.get_or_none(id=made.id) is None


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "春风行动暨就业援助季"}, {"ends_on": "2025-01-01"}], ids=str)
def test_a_wrong_field_is_named(city, spring, wrong):
    answer = city.post(HERE, data=TYPED | {"name": "另一个"} | wrong)
    assert answer.status_code == 422 and "field-error" in answer.text and "家门口就业" in answer.text
    assert models.Campaign.select().count() == 2


def test_targets_are_set_for_each_county(city, fair, spring):
    where = f"{HERE}/{spring.id}/targets/{fair.county.id}"
    assert 'value="10"' in city.get(where).text
    assert city.post(where, data={"target_NIGHT": "-1"}).status_code == 422
    typed = {"target_MARKET_TOWN": "12", "target_NIGHT": "3", "target_HUB": "0"}
    assert city.post(where, data=typed).status_code == 303
    assert models.CampaignTarget.by_county(spring) == {
        fair.county.id: {"MARKET_TOWN": 12, "NIGHT": 3}, fair.elsewhere.id: {"NIGHT": 4}
    }  # fmt: skip
    assert city.get(f"{HERE}/{spring.id}/targets/99").status_code == 404


def test_two_who_set_targets_lose_nothing(city, fair, spring):
    where = f"{HERE}/{spring.id}/targets/{fair.county.id}"
    opened = city.get(where).text.partition('name="opened_with" value="')[2].partition('"')[0].replace("&#34;", '"')
    city.post(where, data={"target_MARKET_TOWN": "10", "target_NIGHT": "5", "opened_with": opened})
    city.post(where, data={"target_MARKET_TOWN": "20", "opened_with": opened})
    assert models.CampaignTarget.of(spring, fair.county) == {"MARKET_TOWN": 20, "NIGHT": 5}


def test_each_county_s_days_count_towards_its_targets_and_all_together(fair, spring, hold):
    hold(fair.county, date(2026, 3, 1))
    hold(fair.county, date(2026, 3, 2), venue="NIGHT")
    hold(fair.county, date(2026, 3, 20))
    hold(fair.county, date(2026, 4, 2))  # outside of the campaign
    hold(fair.county, date(2026, 3, 3), published_at=None)
    cancel(hold(fair.elsewhere, date(2026, 3, 4)), "chen", "大雨")
    hold(fair.elsewhere, date(2026, 3, 5), venue="NIGHT")
    counties, venues = city_progress(spring)
    assert {row.county: row.all[1:] for row in counties} == {fair.county: (10, 2, 1), fair.elsewhere: (4, 1, 0)}
    assert {line.venue: line[1:] for line in venues} == {
        "MARKET_TOWN": (10, 1, 1), "NIGHT": (4, 2, 0), "": (14, 3, 1),
    }  # fmt: skip


def test_the_page_of_all_counties_asks_as_often_for_many_days_as_for_one(city, fair, spring, hold):
    for day in range(1, 28):
        hold(fair.county, date(2026, 1, day))
    with assert_query_count(4):
        city_progress(spring)
    page = city.get(f"{HERE}/{spring.id}").text
    assert f'data-county="{fair.county.id}"' in page and f'data-county="{fair.elsewhere.id}"' in page


def test_a_county_joins_it_in_the_form_of_a_day_and_sees_its_own_part_alone(organiser, fair, spring, hold):
    hold(fair.elsewhere, date(2026, 3, 5), venue="NIGHT", place="铜梁夜市")
    assert TYPED["name"] in organiser.get("/organiser/market-days/new").text
    mine = hold(fair.county, date(2026, 3, 1))
    page = organiser.get(f"/organiser/campaigns/{spring.id}").text
    assert f'id="day-{mine.id}"' in page and "铜梁" not in page
    assert 'data-venue="MARKET_TOWN"' in page and 'data-venue="NIGHT"' not in page
    assert TYPED["name"] in organiser.get("/organiser/campaigns").text


def test_a_county_does_not_change_it(app, organiser, fair, spring):
    url = f"/organiser/campaigns/{spring.id}"
    assert f"{url}/edit" not in organiser.get(url).text
    assert organiser.get(f"{url}/edit").status_code == 403
    for path in (url, f"{url}/delete"):
        assert organiser.post(path, data=TYPED).status_code == 403
    assert models.Campaign.get_or_none(id=spring.id)


def test_a_county_s_campaign_of_the_same_name_joins_the_city_s(organiser, fair, spring):
    answer = organiser.post("/organiser/campaigns", data=TYPED)
    assert answer.status_code == 422  # two of one name could not be told apart in a list
    form = {"town": fair.town.code, "date": "2026-03-17", "opens_at": "08:00", "closes_at": "12:00",
            "new_campaign": "春风行动暨就业援助季", "off_market": "yes"}  # fmt: skip
    organiser.post("/organiser/market-days", data=form)
    assert models.MarketDay.get(date=date(2026, 3, 17)).campaign == spring


def test_a_campaign_that_a_county_joined_stays(city, fair, spring, hold):
    hold(fair.elsewhere, date(2026, 3, 5))
    assert city.post(f"{HERE}/{spring.id}/delete").status_code == 409
    assert models.Campaign.get_or_none(id=spring.id)


def test_a_county_s_own_campaign_is_not_the_city_s(city, fair):
    assert city.get(f"{HERE}/{fair.campaign.id}").status_code == 404
    assert "春风行动" not in city.get(HERE).text.replace("春风行动暨就业援助季", "")
