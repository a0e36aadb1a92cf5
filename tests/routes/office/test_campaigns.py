"""Campaigns: who keeps them, and what counts towards their targets."""

from datetime import UTC, date, datetime

import pytest

from models import schema as models
from models.figures.campaign_progress import campaign_progress
from models.figures.overview import day_rows
from models.figures.version import close
from models.kiosk.cancellation import cancel
from models.kiosk.postponement import postpone
from models.market import life
from routes.office import market_dates

HERE = "/organiser/campaigns"
TYPED = {"name": "零工夜市月", "theme": "家门口就业", "starts_on": "2026-06-01", "ends_on": "2026-06-30"}


@pytest.fixture(autouse=True)
def in_march(monkeypatch):
    for module in (market_dates, life):
        monkeypatch.setattr(module, "utcnow", lambda: datetime(2026, 3, 10, 1, tzinfo=UTC))


@pytest.fixture
def hold(fair):
    """Plan a day of the cast's campaign."""

    def hold(on: date, **fields) -> models.MarketDay:
        return models.MarketDay.create(county=fair.county, town=fair.town, campaign=fair.campaign, date=on, **fields)

    return hold


@pytest.fixture
def counted(fair):
    """Return ``{venue: (target, held, to come)}`` of the cast's campaign; all of it under an empty code."""

    def counted() -> dict:
        rows = campaign_progress(fair.campaign, fair.county, day_rows(fair.county))
        return {line.venue: line[1:] for line in rows}

    return counted


def test_a_campaign_is_added_changed_and_deleted(organiser, fair):
    targets = {"target_NIGHT": "6", "target_GIG": "", "target_HUB": "0"}
    where = organiser.post(HERE, data=TYPED | targets).location
    made = models.Campaign.get(name="零工夜市月")
    assert where == f"{HERE}/{made.id}" and made.county == fair.county
    assert models.CampaignTarget.of(made, fair.county) == {"NIGHT": 6}

    organiser.post(where, data=TYPED | {"theme": "夜市", "target_NIGHT": "8", "target_PARK": "2"})
    assert models.Campaign.get_by_id(made.id).theme == "夜市"
    assert models.CampaignTarget.of(made, fair.county) == {"NIGHT": 8, "PARK": 2}
    shown = organiser.get(where).text
    assert "夜市" in shown and 'data-venue="PARK"' in shown and 'data-venue="GIG"' not in shown
    assert "零工夜市月" in organiser.get(HERE).text

    assert organiser.post(f"{where}/delete").location == HERE
    assert not models.CampaignTarget.select().exists()


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "春风行动"}, {"ends_on": "2026-05-01"}, {"starts_on": "soon"}, {"target_NIGHT": "-1"},
     {"target_NIGHT": "many"}, {"theme": "长" * 300}],
)  # fmt: skip
def test_a_wrong_field_is_named_and_what_was_typed_stays(organiser, wrong):
    answer = organiser.post(HERE, data=TYPED | {"target_GIG": "77"} | wrong)
    assert answer.status_code == 422 and 'value="77"' in answer.text
    assert models.Campaign.select().count() == 1


def test_a_campaign_with_market_days_stays(organiser, fair):
    assert organiser.post(f"{HERE}/{fair.campaign.id}/delete").status_code == 409
    assert models.Campaign.get_or_none(id=fair.campaign.id)


def test_what_was_held_counts_by_venue_and_what_was_not_held_never_does(fair, hold, counted):
    models.CampaignTarget.create(campaign=fair.campaign, county=fair.county, venue="MARKET_TOWN", events=10)
    hold(date(2026, 3, 3))
    hold(date(2026, 3, 4), venue="NIGHT")
    hold(date(2026, 3, 20))  # to come
    hold(date(2026, 3, 5), published_at=None)  # a draft that nobody published
    cancel(hold(date(2026, 3, 6)), "chen", "大雨")
    close(fair.day, "chen", now=datetime(2026, 2, 24, 5, tzinfo=UTC))
    assert counted() == {"MARKET_TOWN": (10, 2, 1), "NIGHT": (0, 1, 0), "": (10, 3, 1)}


def test_a_postponed_day_counts_on_its_new_date_only(hold, counted):
    day = hold(date(2026, 3, 3))
    assert counted()[""] == (0, 2, 0)
    postpone(day, date(2026, 3, 25), "chen", "大雨")
    assert counted()[""] == (0, 1, 1)
    postpone(models.MarketDay.get_by_id(day.id), date(2026, 4, 2), "chen", "还在下")  # the campaign ends in March
    assert counted()[""] == (0, 1, 0)


def test_the_page_shows_its_days_and_says_which_are_outside(organiser, fair, hold):
    hold(date(2026, 5, 1))
    page = organiser.get(f"{HERE}/{fair.campaign.id}").text
    assert f'id="day-{fair.day.id}"' in page and "1场" in page
    assert f'id="day-{fair.day.id}"' not in organiser.get(f"{HERE}/{fair.campaign.id}?type=CARAVAN").text


def test_two_who_change_a_campaign_lose_nothing(organiser, fair):
    url = f"{HERE}/{fair.campaign.id}"
    opened = organiser.get(f"{url}/edit").text.partition('name="opened_with" value="')[2].partition('"')[0]
    opened = opened.replace("&#34;", '"')
    form = {"name": "春风行动", "theme": "", "starts_on": "2026-01-01", "ends_on": "2026-03-31"}
    organiser.post(url, data=form | {"target_NIGHT": "5", "opened_with": opened})
    organiser.post(url, data=form | {"theme": "春风送岗", "opened_with": opened})
    assert models.CampaignTarget.of(fair.campaign, fair.county) == {"NIGHT": 5}
    assert models.Campaign.get_by_id(fair.campaign.id).theme == "春风送岗"


def test_another_county_s_campaign_is_not_there(app, organiser, fair):
    other = models.Campaign.create(
        county=fair.elsewhere, name="铜梁行动", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
    )
    assert organiser.get(f"{HERE}/{other.id}").status_code == 404
    assert "铜梁行动" not in organiser.get(HERE).text
    assert app.test_client(user=fair.reader).get(f"{HERE}/{fair.campaign.id}/edit").status_code == 403
