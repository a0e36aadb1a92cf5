"""A market day planned from another, and what its tablets are told; on both databases."""

from datetime import date

import pytest

from models import schema as models
from models.kiosk.in_use import InUse, facts_of
from models.kiosk.set_up import drop_booth, drop_offer, keep_booth, keep_vacancy
from models.log.change import changes_since
from models.market.planning import change, coming, market_day_choices, plan


def heard_by(booth) -> list[tuple[str, str]]:
    return changes_since(booth.market_day_id, booth.number, 0, 0)[0]


def test_a_day_planned_from_another_offers_the_same_vacancies(fair):
    models.Operator.enlist(fair.clothing, "李师傅", "1234")

    day = plan(fair.day, county=fair.county, town=fair.town, date=date(2026, 2, 26), campaign=None)

    numbers = [offer.vacancy.number for booth in day.booths for offer in booth.offers]
    assert numbers == [fair.sewing.number, fair.ironing.number, fair.cook.number]
    choices = market_day_choices(fair.county, fair.day.date)
    assert [(d.id, d.booth_count) for d in choices] == [(day.id, 3), (fair.day.id, 3)]
    assert coming(fair.county, date(2026, 2, 25)) == day
    assert facts_of([day, fair.day]) == {day.id: 0, fair.day.id: 0}


def test_a_new_campaign_is_stored_with_the_change(fair):
    campaign = models.Campaign(county=fair.county, name="夜市专场")

    change(fair.day, date=fair.day.date, campaign=campaign)

    assert models.MarketDay.get_by_id(fair.day.id).campaign.name == "夜市专场"


def test_a_vacancy_is_told_to_its_booth_and_the_desks(fair):
    fair.sewing.openings = 9
    keep_vacancy(fair.sewing)

    told = [("vacancy", fair.sewing.number)]
    assert (heard_by(fair.clothing), heard_by(fair.desk), heard_by(fair.kitchen)) == (told, told, [])


def test_what_is_in_use_stays(fair, enrol):
    enrol(fair.clothing)
    fair.clothing.number = 8

    with pytest.raises(InUse):
        keep_booth(fair.clothing)
    with pytest.raises(InUse):
        drop_booth(models.Booth.get_by_id(fair.clothing.id))


def test_what_nobody_used_goes(fair):
    drop_offer(fair.ironing.offers.get())
    drop_booth(fair.kitchen)

    assert {(b.number, b.offers.count()) for b in fair.day.booths} == {(1, 1), (3, 0)}
    assert heard_by(fair.kitchen) == []


def test_the_organiser_s_lists_can_be_read(app, fair, enrol, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    enrol(fair.clothing).sync(scan)
    organiser, day = app.test_client(user=fair.chen), f"/organiser/market-days/{fair.day.id}"

    for page in ("/organiser/market-days", "/organiser/market-days/new", "/organiser/employers",
                 day, f"{day}/booths/1", f"{day}/tablets"):  # fmt: skip
        assert organiser.get(page).status_code == 200
