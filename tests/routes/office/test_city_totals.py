"""The city's pages: totals of all counties and their CSV. No answer for the city names a person."""

from datetime import date

import pytest

from models import demo
from models.schema import AuditEntry, Campaign, Candidate, MarketDay, Operator, Organiser
from tests.routes.test_every_route import rules


@pytest.fixture
def city(app, fair):
    """Return the client of somebody who signed in for the city."""
    return app.test_client(user=fair.city)


def test_the_page_shows_each_county_and_all_together(city, fair):
    page = city.get("/organiser/city?from=2026-02-01&until=2026-02-28").text
    assert "璧山区" in page and "铜梁区" in page and "<tfoot>" in page


def test_the_city_begins_there_and_sees_no_other_way(client, fair):
    answer = client.post("/sign-in", data={"login": "shi", "password": "market-day-24"})
    page = client.get(answer.location).text
    assert answer.location == "/organiser/city"
    assert "/organiser/market-days" not in page and "/organiser/employers" not in page


@pytest.mark.parametrize("query", ["from=2026-02-28&until=2026-02-01", "from=2026-01-01&until=2027-06-01", "from=x"])
def test_what_is_no_span_of_a_year_is_said_beside_its_field(city, fair, query):
    answer = city.get(f"/organiser/city?{query}")
    assert answer.status_code == 422 and "field-error" in answer.text
    assert city.get(f"/organiser/city.csv?{query}").status_code == 422


def test_the_csv_holds_the_same_and_is_noted(city, fair):
    answer = city.get("/organiser/city.csv?from=2026-02-01&until=2026-02-28")
    rows = answer.text.removeprefix("\ufeff").splitlines()
    assert rows[1].startswith("璧山区,") and rows[3].count(",") == rows[1].count(",") == 11
    assert AuditEntry.get(who="shi").action == "export" and AuditEntry.get(who="shi").county_id is None


def test_no_answer_to_the_city_names_anybody(app, database):
    """Every GET route, asked on the demo as it stands at its noon."""
    demo.load(date(2026, 2, 24))
    county = demo.MarketDay.select().first().county
    Organiser.enlist(county, "organiser-of-the-demo", "market-day-24", name="蒋主任")
    city = Organiser.enlist(None, "shi", "market-day-24", role="city", name="市就业局")
    names = {row.name for model in (Candidate, Operator) for row in model.select()}
    names |= {name for row in Organiser.select().where(Organiser.id != city.id) for name in (row.name, row.login)}
    assert len(names) > 200
    first, last = date(2026, 1, 1), date(2026, 3, 31)
    spring = Campaign.create(county=None, name="全市春风行动", starts_on=first, ends_on=last)
    MarketDay.update(campaign=spring).execute()
    browser = app.test_client(user=city)
    assert browser.get(f"/organiser/city/campaigns/{spring.id}").status_code == 200
    asked = 0
    for rule in rules(app, "GET"):
        for values in _addresses(rule):
            with app.test_request_context():
                url = app.url_for(rule.endpoint, **values)
            text = browser.get(url).get_data().decode("utf-8", "replace")
            assert [name for name in names if name in text] == [], url
            asked += 1
    assert asked > 60


def _addresses(rule) -> list[dict[str, object]]:
    """Return values for a route's address among the demo: both market days, and the first of everything else."""
    days = [day.id for day in demo.MarketDay.select()]
    known = {
        "city_campaign_id": Campaign.get(Campaign.county.is_null()).id,
        "number": 1, "operator_id": 1, "vacancy_number": demo.Vacancy.select().first().number, "tablet_id": 1,
        "employer_id": 1, "range_id": 1, "booth_id": 1, "version": "1", "path": "css/base.css", "name": "gate",
        "kind": "v", "rest": "1", "key_id": 1, "hand_over_id": "0" * 64, "exclusion_id": 1, "digits": "1000000000",
        "code": "signs", "paper": "58", "token": "x",
        "vacancy": demo.Vacancy.select().first().number, "seq": 1, "account_id": 1,
        "invitation_id": 1,
    }  # fmt: skip
    if rule.endpoint.startswith("vacancy_pages."):
        known["number"] = known["vacancy"]
    ways = [{"market_day_id": day} for day in days] if "market_day_id" in rule.arguments else [{}]
    return [{name: (known | way).get(name, 1) for name in rule.arguments} for way in ways]
