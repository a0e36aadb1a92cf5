"""One vacancy on two market days: one number, one count of places, one closing, and each day its own facts."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from models.base.database import db
from models.kiosk.in_use import InUse
from models.kiosk.set_up import drop_offer, keep_vacancy, offer_vacancies
from models.market.offer import Offer, to_offer
from models.phone import notice
from models.schema import Booth, CheckIn, MarketDay, Operation, PassRange, Vacancy
from tests.properties.state import state
from tests.routes.kiosk.test_sync import outcomes

LATER = "2026-02-27T09:00:00+08:00"


@pytest.fixture
def season(fair, enrol):
    """The sewing vacancy (one place) offered on two days at booths of two numbers, each with a tablet."""
    fair.sewing.openings = 1
    keep_vacancy(fair.sewing)
    fair.next_day = MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    fair.stand = Booth.create(market_day=fair.next_day, number=7, name="山城制衣厂", employer=fair.factory)
    fair.next_desk = Booth.create(market_day=fair.next_day, number=8, name="服务台", kind="desk")
    offer_vacancies([fair.sewing], fair.stand)
    fair.cards = PassRange.reserve(fair.next_day, 20).numbers()
    fair.first, fair.second = enrol(fair.clothing), enrol(fair.stand)
    return fair


def hire(operation, seq: int, card: str, vacancy: Vacancy, at: str) -> list[dict]:
    tie = operation(seq, "check_in.recorded", at=at, pass_=card, vacancy=vacancy.number)
    return [tie, operation(seq + 1, "check_in.progressed", at=at, check_in=tie["id"], stage="hired")]


def left(tablet) -> int:
    """Return how many places a tablet is told are left."""
    changes = tablet.sync().json["changes"]
    return [one["data"]["remaining"] for one in changes if one["kind"] == "vacancy"][-1]


def test_places_are_shared_by_all_market_days(season, operation):
    assert (left(season.first), left(season.second)) == (1, 1)

    season.first.sync(*hire(operation, 1, season.passes[0], season.sewing, season.nine))

    assert left(season.second) == 0
    answer = season.second.sync(*hire(operation, 1, season.cards[0], season.sewing, LATER))
    assert outcomes(answer) == [("attention", "vacancy_full"), ("attention", "vacancy_full")]
    assert CheckIn.select().where(CheckIn.vacancy == season.sewing.number).count() == 2  # a fact is never refused


def test_who_took_the_place_first_does_not_depend_on_who_sent_first(season, operation):
    morning = [
        (season.first, hire(operation, 1, season.passes[0], season.sewing, season.nine)),
        (season.second, hire(operation, 1, season.cards[0], season.sewing, LATER)),
    ]
    found = []
    state()  # makes the keys that tablets are told of
    for order in permutations(morning):
        with db.atomic() as transaction:
            for tablet, facts in order:
                tablet.sync(*facts)
            found.append(state())
            transaction.rollback()

    assert found[0] == found[1]


def test_a_person_hired_on_two_days_takes_one_place(season, operation, enrol):
    season.sewing.openings = 2
    keep_vacancy(season.sewing)
    name = {"name": "欧阳娜娜", "birth_year": 1970, "phone": "13900000000"}
    name |= {"trades": ["sewing"], "wanted_place": "town"}
    for tablet, card, at in ((season.first, season.passes[0], season.nine), (season.second, season.cards[0], LATER)):
        person = operation(1, "candidate.registered", at=at, pass_=card, **name)
        assert set(outcomes(tablet.sync(person, *hire(operation, 2, card, season.sewing, at)))) == {("applied", None)}

    assert left(season.second) == 1


def test_closing_it_on_one_day_closes_it_on_all(season, operation):
    season.second.sync(operation(1, "vacancy.filled", at="2026-02-24T08:30:00+08:00", vacancy=season.sewing.number))

    closed = [c["data"]["closed"] for c in season.first.sync().json["changes"] if c["kind"] == "vacancy"]
    answer = season.first.sync(
        operation(1, "check_in.recorded", pass_=season.passes[0], vacancy=season.sewing.number)
    )
    assert closed[-1] is True and outcomes(answer) == [("attention", "vacancy_closed")]
    season.first.sync(operation(2, "vacancy.reopened", vacancy=season.sewing.number))
    assert not Vacancy.get_by_id(season.sewing.id).closed


def test_a_day_that_does_not_offer_it_waits_until_it_does(season, operation):
    tie = operation(1, "check_in.recorded", at=LATER, pass_=season.cards[0], vacancy=season.ironing.number)
    assert outcomes(season.second.sync(tie)) == [("waiting", "vacancy_other_day")]

    offer_vacancies([season.ironing], season.stand)

    assert Operation.get(uuid=tie["id"]).outcome == "applied"
    assert [v.number for v in to_offer(season.stand)] == []


def test_a_desk_helps_to_whatever_its_own_day_offers(season, operation, enrol):
    desk = enrol(season.next_desk)
    tie = operation(1, "check_in.recorded", at=LATER, pass_=season.cards[0], vacancy=season.sewing.number)
    cook = operation(2, "check_in.recorded", at=LATER, pass_=season.cards[1], vacancy=season.cook.number)

    assert outcomes(desk.sync(tie, cook)) == [("applied", None), ("waiting", "vacancy_other_day")]


def test_an_offer_goes_unless_a_fact_of_its_day_names_it(season, operation):
    season.first.sync(operation(1, "check_in.recorded", pass_=season.passes[0], vacancy=season.sewing.number))
    offers = {offer.market_day_id: offer for offer in season.sewing.offers}

    drop_offer(offers[season.next_day.id])
    with pytest.raises(InUse):
        drop_offer(Offer.get_by_id(offers[season.day.id].id))

    gone = [one for one in season.second.sync().json["changes"] if one["kind"] == "vacancy"]
    assert gone[-1] == {"kind": "vacancy", "id": season.sewing.number, "data": None}
    assert [offer.booth for offer in season.sewing.offers] == [season.clothing]


def test_a_posters_code_leads_to_the_next_day_that_offers_it(season, client, morning):
    path = f"/v/{season.sewing.number}"
    assert "2月24日" in client.get(path).text

    morning(datetime(2026, 2, 25, 1, 0, tzinfo=UTC))
    assert "2月27日" in client.get(path).text
    morning(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    assert "2月27日" in client.get(path).text  # over, and it says so
    offered = [day.date for day, _ in notice.offers_numbered(season.sewing.number)]
    assert offered == [date(2026, 2, 24), date(2026, 2, 27)]


def test_the_office_offers_what_an_employer_offers_elsewhere(season, app):
    organiser = app.test_client(user=season.chen)
    path = f"/organiser/market-days/{season.next_day.id}/booths/7"
    assert f'value="{season.ironing.number}"' in organiser.get(path).text

    headers, form = {"Sec-Fetch-Site": "same-origin"}, {"vacancy": [season.ironing.number, season.cook.number, "1"]}
    answer = organiser.post(f"{path}/vacancies/offers", data=form, headers=headers)

    offered = {offer.vacancy.title for offer in season.stand.offers}
    assert (answer.status_code, offered) == (303, {"缝纫工", "熨烫工"})  # the cook's employer is another one
