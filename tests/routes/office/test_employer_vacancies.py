"""An employer's vacancies of the season: drafts of visits, checked, offered on days, closed everywhere."""

import re
from datetime import timedelta

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.figures.season import season_of
from models.kiosk.employer_merge import merge
from models.market.offer import Offer, new_vacancy, to_offer
from models.market.planning import date_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(fair):
    return f"/organiser/employers/{fair.factory.id}"


@pytest.fixture
def today(fair):
    return date_in(fair.county)


@pytest.fixture
def write(organiser, url, today):
    """Post a valid vacancy of the factory, letting the test spoil a field."""

    def post(browser=organiser, headers=None, url=f"{url}/vacancies", **changes):
        form = {
            "title": "裁剪工", "trade": "sewing", "openings": "5", "duties": "按纸样裁布", "place": "八塘镇工业园",
            "pay_min": "3500", "pay_unit": "month", "work_kind": "full_time",
            "valid_until": str(today + timedelta(days=90)),
        }  # fmt: skip
        return browser.post(url, data=form | changes, headers=headers)

    return post


@pytest.fixture
def coming(fair, today):
    """A market day to come in which the factory has booth 4."""
    day = models.MarketDay.create(county=fair.county, town=fair.town, date=today + timedelta(days=3))
    return models.Booth.create(market_day=day, number=4, name="山城制衣厂", employer=fair.factory)


def made() -> models.Vacancy:
    return models.Vacancy.get(title="裁剪工")


def hire(tablet, operation, vacancy, passes) -> None:
    for seq, number in enumerate(passes):
        scan = operation(2 * seq + 1, "check_in.recorded", pass_=number, vacancy=vacancy.number)
        tablet.sync(scan, operation(2 * seq + 2, "check_in.progressed", check_in=scan["id"], stage="hired"))


def test_a_visit_becomes_a_draft_without_a_market_day(organiser, write, url, fair, today):
    visit = models.EmployerVisit.create(employer=fair.factory, day=today, went="陈", needs="缝纫工五名")
    new = f"{url}/vacancies/new?visit={visit.id}"

    assert new in organiser.get(url).text and "缝纫工五名" in organiser.get(new).text
    assert write(url=f"{url}/vacancies?visit={visit.id}").location == f"{url}/vacancies/{made().number}"

    assert (made().draft, made().visit, made().employer, made().verified_at) == (True, visit, fair.factory, None)
    assert not made().offers.exists()
    page = organiser.get(url).text
    assert f'{url}/vacancies/{made().number}">裁剪工</a></p>' in page and "草稿" in page


def test_a_visit_to_somebody_else_begins_nothing(organiser, url, fair, today):
    other = models.EmployerVisit.create(employer=fair.kitchen.employer, day=today, went="陈", needs="厨师两名")
    assert "厨师两名" not in organiser.get(f"{url}/vacancies/new?visit={other.id}").text


def test_the_visit_of_a_vacancy_may_be_deleted(organiser, write, url, fair, today):
    visit = models.EmployerVisit.create(employer=fair.factory, day=today, went="陈", needs="缝纫工五名")
    write(url=f"{url}/vacancies?visit={visit.id}")
    organiser.post(f"{url}/visits/{visit.id}/delete")
    assert made().visit is None


def test_nobody_sees_a_draft_until_it_was_checked(organiser, client, write, url, coming):
    write()
    one = f"{url}/vacancies/{made().number}"

    assert client.get(f"/v/{made().number}").status_code == 404
    organiser.post(f"{one}/offers", data={"booth": [coming.id]})
    assert not made().offers.exists() and to_offer(coming) == [
        vacancy for vacancy in to_offer(coming) if vacancy != made()
    ]
    assert f'value="{coming.id}"' not in organiser.get(one).text

    assert organiser.post(f"{one}/verification").status_code == 303
    assert (made().draft, made().verified_by) == (False, "chen")
    assert client.get(f"/v/{made().number}").status_code == 404  # no day offers it yet
    assert f'value="{coming.id}"' in organiser.get(one).text
    organiser.post(f"{one}/offers", data={"booth": [coming.id]})
    assert [offer.booth for offer in made().offers] == [coming]
    assert client.get(f"/v/{made().number}").status_code == 200


def test_who_checked_it_already_says_so_in_the_form(write):
    write(checked="yes")
    assert (made().draft, made().verified_by) == (False, "chen")


def test_a_form_with_an_error_keeps_the_tick_and_all_that_was_typed(write, today):
    answer = write(checked="yes", title="", valid_until=str(today - timedelta(days=1)), headers=HTMX)
    assert answer.status_code == 422 and answer.text.lstrip().startswith("<form")
    assert "按纸样裁布" in answer.text and re.search(r'name="checked" value="yes"\s+checked', answer.text)
    assert answer.text.count("field-error") == 2


def test_it_is_offered_at_booths_of_its_employer_on_days_to_come_alone(organiser, write, url, fair, coming):
    write(checked="yes")
    chosen = [coming.id, fair.clothing.id, fair.kitchen.id, fair.other_booth.id, "x"]
    answer = organiser.post(f"{url}/vacancies/{made().number}/offers", data={"booth": chosen})
    assert answer.status_code == 303
    assert [offer.booth for offer in made().offers] == [coming]  # the cast's own day is over
    organiser.post(f"{url}/vacancies/{made().number}/offers", data={"booth": chosen})
    assert made().offers.count() == 1


@pytest.mark.parametrize("spoilt", ["cancelled", "closed"])
def test_it_is_not_offered_on_a_day_that_is_cancelled_or_closed(organiser, write, url, coming, spoilt):
    write(checked="yes")
    day = coming.market_day
    if spoilt == "cancelled":
        models.MarketDay.update(cancelled_at=1, cancelled_why="大雨").where(models.MarketDay.id == day.id).execute()
    else:
        models.Closing.create(market_day=day, version=1, who="chen", figures="{}", hash="", facts=0, settlements=0)
    organiser.post(f"{url}/vacancies/{made().number}/offers", data={"booth": [coming.id]})
    assert not made().offers.exists()


def test_a_new_offer_reaches_the_booth_s_tablet(organiser, write, url, coming, enrol):
    tablet = enrol(coming)
    write(checked="yes")
    organiser.post(f"{url}/vacancies/{made().number}/offers", data={"booth": [coming.id]})
    assert [change["id"] for change in tablet.sync().json["changes"]] == [made().number]


def test_hires_are_distinct_persons_over_all_days(organiser, url, fair, enrol, operation, coming, today):
    Offer.of(fair.sewing, coming)
    models.PassRange.reserve(coming.market_day, 10)
    hire(enrol(fair.clothing), operation, fair.sewing, fair.passes[:2])
    row = next(row for row in season_of(fair.factory, today) if row.vacancy == fair.sewing)
    assert (row.hired, row.left, row.state, [offer.booth for offer in row.offers]) == (
        2, 6, "open", [fair.clothing, coming]
    )  # fmt: skip
    page = organiser.get(url).text
    for booth in (fair.clothing, coming):
        assert f"/{booth.market_day_id}/booths/{booth.number}#vacancy-{fair.sewing.number}" in page


def test_more_hires_than_places_are_shown(organiser, url, fair, enrol, operation):
    hire(enrol(fair.clothing), operation, fair.ironing, fair.passes[:3])
    assert "1 too many" in organiser.get(f"{url}?lang=en").text


def test_closing_is_for_all_days_and_is_taken_back(organiser, url, fair, enrol, coming):
    Offer.of(fair.sewing, coming)
    first, second = enrol(fair.clothing), enrol(coming)
    one = f"{url}/vacancies/{fair.sewing.number}"

    assert organiser.post(f"{one}/closure").status_code == 303
    assert organiser.post(f"{one}/closure").status_code == 303

    fact = models.Operation.get()
    assert (fact.kind, fact.market_day_id) == ("vacancy.filled", coming.market_day_id)
    for tablet in (first, second):
        assert tablet.sync().json["changes"][-1]["data"]["closed"] is True
    assert "已关闭" in organiser.get(one).text
    assert organiser.post(f"{one}/closure/delete").status_code == 303
    assert not models.Vacancy.get_by_id(fair.sewing.id).closed


def test_after_the_last_day_it_is_closed_in_that_day_s_log(organiser, url, fair):
    organiser.post(f"{url}/vacancies/{fair.sewing.number}/closure")
    assert models.Operation.get().market_day_id == fair.day.id


def test_what_no_day_offers_is_taken_away_and_not_closed(organiser, write, url, fair):
    write()
    one = f"{url}/vacancies/{made().number}"
    assert organiser.post(f"{one}/closure").status_code == 409
    assert organiser.post(f"{one}/delete").status_code == 303
    assert models.Vacancy.get_or_none(title="裁剪工") is None
    assert organiser.post(f"{url}/vacancies/{fair.sewing.number}/delete").status_code == 409
    assert models.Vacancy.get_or_none(id=fair.sewing.id)


def test_what_was_checked_stays_when_its_last_day_is_taken_from_it(organiser, url, fair):
    for vacancy in (fair.sewing, fair.ironing):
        booth = f"/organiser/market-days/{fair.day.id}/booths/1/vacancies/{vacancy.number}"
        if vacancy == fair.sewing:
            organiser.post(f"{booth}/verification")
        assert organiser.post(f"{booth}/delete").status_code == 303
    assert models.Vacancy.get_by_id(fair.sewing.id).offers.count() == 0
    assert models.Vacancy.get_or_none(id=fair.ironing.id) is None
    assert fair.sewing.number in organiser.get(url).text


def test_a_change_is_told_and_closed_days_note_it(write, url, fair, enrol):
    models.Closing.create(market_day=fair.day, version=1, who="chen", figures="{}", hash="", facts=0, settlements=0)
    tablet = enrol(fair.clothing)
    assert write(url=f"{url}/vacancies/{fair.sewing.number}", openings="9").status_code == 303
    assert tablet.sync().json["changes"][-1]["data"]["openings"] == 9
    noted = {entry.field: entry.new for entry in models.Amendment.select()}
    assert noted["openings"] == "9"


def test_an_agency_s_vacancy_names_its_true_employer(organiser, write, fair):
    agency = models.Employer.create(
        county=fair.county, name="璧山劳务", kind="agency", credit_code="91500120MAJNTYGD12", licence="渝1",
        hires_for="山城制衣厂\n外地电子厂",
    )  # fmt: skip
    vacancies = f"/organiser/employers/{agency.id}/vacancies"
    for wrong in ("", "别家"):
        answer = write(url=vacancies, true_employer=wrong)
        assert answer.status_code == 422 and 'id="field-true_employer-error"' in answer.text
    assert write(url=vacancies, true_employer="外地电子厂").status_code == 303
    assert made().true_employer == "外地电子厂"
    Offer.of(made(), fair.clothing)
    assert "外地电子厂" in organiser.get(f"/organiser/market-days/{fair.day.id}/posters?per=vacancy").text
    assert "外地电子厂" in organiser.get(f"{vacancies}/{made().number}").text
    models.Employer.update(hires_for="").where(models.Employer.id == agency.id).execute()
    assert write(url=vacancies, title="别的").status_code == 422


def test_its_page_shows_what_the_demand_form_holds(organiser, write, url, fair):
    said = {"transport": "镇上7:30班车", "hazard": "噪声，配耳塞", "contract": "劳动合同三年", "shift": "night",
            "work_division": fair.town.code, "insurance": "五险"}  # fmt: skip
    write(**said)
    page = organiser.get(f"{url}/vacancies/{made().number}").text
    for words in ("镇上7:30班车", "噪声，配耳塞", "劳动合同三年", "夜班", "八塘镇", "五险", "按纸样裁布"):
        assert words in page
    assert "镇上7:30班车" in organiser.get(f"/organiser/history/vacancy/{made().id}").text


def test_an_archived_employer_keeps_its_list_and_gets_nothing_new(organiser, write, url, fair, coming):
    write(checked="yes")
    organiser.post(f"{url}/archive")
    page = organiser.get(url).text
    assert made().number in page and f"{url}/vacancies/new" not in page
    assert write(title="另一个").status_code == 409
    organiser.post(f"{url}/vacancies/{made().number}/offers", data={"booth": [coming.id]})
    assert not made().offers.exists()


def test_merging_takes_drafts_and_their_visits_along(organiser, write, url, fair, today):
    visit = models.EmployerVisit.create(employer=fair.factory, day=today, went="陈", needs="缝纫工五名")
    write(url=f"{url}/vacancies?visit={visit.id}")
    kept = models.Employer.create(county=fair.county, name="山城制衣厂有限公司")
    merge(kept, fair.factory, "chen", "同一家")
    assert (made().employer, made().draft, made().visit.employer) == (kept, True, kept)
    assert made().number in organiser.get(f"/organiser/employers/{kept.id}").text


def test_an_employer_with_a_draft_alone_is_archived_and_not_deleted(organiser, write, fair):
    new = models.Employer.create(county=fair.county, name="正则绣坊", kind="household")
    write(url=f"/organiser/employers/{new.id}/vacancies")
    assert f"/organiser/employers/{new.id}/archive" in organiser.get(f"/organiser/employers/{new.id}/edit").text
    assert organiser.post(f"/organiser/employers/{new.id}/delete").status_code == 409


def test_a_vacancy_is_found_through_its_employer_alone(organiser, url, fair):
    for number in (fair.cook.number, fair.stranger.number, "1"):
        assert organiser.get(f"{url}/vacancies/{number}").status_code == 404
        assert organiser.post(f"{url}/vacancies/{number}/closure").status_code == 404


def test_a_reader_sees_it_without_its_buttons(app, url, fair):
    reader = app.test_client(user=fair.reader)
    for page in (url, f"{url}/vacancies/{fair.sewing.number}"):
        text = reader.get(page).text
        assert fair.sewing.number in text and "/closure" not in text and "/offers" not in text and "/edit" not in text


def test_the_list_is_filtered_and_htmx_gets_it_alone(organiser, url, fair):
    found = organiser.get(f"{url}?q=熨烫", headers=HTMX).text
    assert fair.ironing.number in found and fair.sewing.number not in found and "<h1" not in found


def test_the_page_asks_the_database_as_often_for_many_as_for_one(organiser, url, fair, by_day):
    for number in range(20):
        new_vacancy(fair.clothing, title=f"第{number}种", trade="sewing", openings=1)
    organiser.get(url)
    with assert_query_count(12):  # three of them for the season
        organiser.get(url)
    models.Vacancy.delete().where(models.Vacancy.title.startswith("第")).execute()
    with assert_query_count(12):
        organiser.get(url)
