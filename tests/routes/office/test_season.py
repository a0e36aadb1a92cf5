"""All vacancies of a county's season: urgent ones first, and which are to be checked with their employers again."""

from datetime import timedelta

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.base.clock import utcnow
from models.figures.season import county_season
from models.market.offer import new_vacancy
from models.market.planning import date_in

HERE = "/organiser/vacancies"


def change(vacancy, **fields) -> None:
    models.Vacancy.update(**fields).where(models.Vacancy.id == vacancy.id).execute()


def numbers_in(page: str, fair) -> list[str]:
    """Return the cast's vacancies in the order in which a page has them."""
    found = [(page.find(f'id="vacancy-{one.number}"'), one.title) for one in (fair.sewing, fair.ironing, fair.cook)]
    return [title for place, title in sorted(found) if place >= 0]


def test_urgent_ones_stand_first_and_other_counties_are_not_there(organiser, fair):
    change(fair.sewing, urgent=True)
    change(fair.cook, closed=True)
    page = organiser.get(HERE).text
    assert numbers_in(page, fair) == ["缝纫工", "熨烫工", "厨师"]
    assert fair.stranger.number not in page and "灯笼工" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("urgent=yes", ["缝纫工"]),
        ("state=closed", ["厨师"]),
        ("kind=welfare", ["熨烫工"]),
        ("origin=sichuan", ["厨师"]),
        ("check=due", ["熨烫工"]),
        ("q=制鞋", ["缝纫工"]),
        ("print=yes", ["缝纫工", "熨烫工", "厨师"]),
    ],
)
def test_what_is_looked_for_is_found(organiser, fair, query, found):
    change(fair.sewing, urgent=True, cluster="制鞋产业集群", verified_at=utcnow())
    change(fair.ironing, work_kind="welfare", verified_at=utcnow() - timedelta(days=16))
    change(fair.cook, closed=True, origin="sichuan")
    assert numbers_in(organiser.get(f"{HERE}?{query}").text, fair) == found


@pytest.mark.parametrize(("days", "stale"), [(None, True), (0, False), (13, False), (16, True)])
def test_a_vacancy_is_checked_again_after_two_weeks(fair, days, stale):
    change(fair.sewing, verified_at=None if days is None else utcnow() - timedelta(days=days))
    (row,) = (row for row in county_season(fair.county, date_in(fair.county)) if row.vacancy == fair.sewing)
    assert row.is_stale is stale


def test_what_is_closed_is_checked_no_more(fair):
    change(fair.sewing, closed=True)
    (row,) = (row for row in county_season(fair.county, date_in(fair.county)) if row.vacancy == fair.sewing)
    assert not row.is_stale and row.days == 1


def test_many_vacancies_ask_no_more_often_than_few(fair):
    for number in range(20):
        new_vacancy(fair.clothing, title=f"第{number}种", trade="sewing", openings=1)
    with assert_query_count(3):
        assert len(county_season(fair.county, fair.day.date)) == 23


def test_a_clerk_has_no_list_of_the_county(app, fair):
    clerk = app.test_client(user=fair.clerk)
    assert clerk.get(HERE).status_code == 403 and HERE not in clerk.get("/organiser/employers").text
    assert app.test_client(user=fair.reader).get(HERE).status_code == 200
