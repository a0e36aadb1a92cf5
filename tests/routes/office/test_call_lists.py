"""Lists for employers: only who agreed, for a purpose and until a date; who withdraws is on no later print."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import openpyxl
import pytest

from models import schema as models
from models.intake.ingest import record

PHONES = ("13800006666", "13900007777", "13700008888")
NAMES = ("王小明", "李秀英", "=HYPERLINK(1)")


@pytest.fixture
def agreed(fair, operation, morning):
    """Register three people: two agree with the factory, the third with the restaurant; return ids and consents."""
    ids, consents = [str(uuid4()) for _ in NAMES], [str(uuid4()) for _ in NAMES]
    vacancies = (fair.sewing.number, fair.sewing.number, fair.cook.number)
    for id, consent, name, phone, vacancy in zip(ids, consents, NAMES, PHONES, vacancies, strict=True):
        record(fair.day, [
            operation(0, "candidate.registered", id=id, name=name, birth_year=1980, phone=phone),
            operation(0, "check_in.recorded", candidate=id, vacancy=vacancy),
            operation(0, "consent.given", id=consent, candidate=id, vacancy=vacancy),
        ])  # fmt: skip
    return list(zip(ids, consents, vacancies, strict=True))


@pytest.fixture
def hand_over(organiser, fair):
    """Return a function that hands a list over and returns the answer; changes spoil a field."""

    def post(employer=fair.factory, **changes):
        form = {
            "vacancies": [fair.sewing.number, fair.cook.number], "purpose": "安排面试", "taken_by": "周老板",
            "expires_on": "2026-03-20",
        }  # fmt: skip
        return organiser.post(f"/organiser/employers/{employer.id}/call-lists", data=form | changes)

    return post


def withdraw(fair, operation, one) -> None:
    id, consent, vacancy = one
    record(fair.day, [operation(0, "consent.withdrawn", id=consent, candidate=id, vacancy=vacancy)])


def test_before_it_is_handed_over_nobody_is_named(organiser, fair, agreed):
    page = organiser.get(f"/organiser/employers/{fair.factory.id}/call-lists").text
    assert "缝纫工" in page and not [word for word in (*NAMES, *PHONES) if word in page]


def test_a_list_names_who_agreed_with_this_employer_and_says_what_for(organiser, fair, agreed, hand_over):
    page = organiser.get(hand_over().headers["Location"])
    assert page.headers["Cache-Control"] == "no-store"
    assert all(word in page.text for word in (*NAMES[:2], *PHONES[:2], "安排面试", "周老板"))
    assert not [word for word in (NAMES[2], PHONES[2]) if word in page.text]
    entry = models.AuditEntry.get(what="call list")
    assert (entry.who, entry.rows, entry.why, entry.thing) == ("chen", 2, "安排面试", "employer")


def test_a_workbook_says_the_same_and_takes_no_name_for_a_formula(organiser, fair, agreed, hand_over):
    where = hand_over(fair.kitchen.employer).headers["Location"]
    sheet = openpyxl.load_workbook(io.BytesIO(organiser.get(f"{where}.xlsx").data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[3][1:4] == [NAMES[2], 1980, PHONES[2]] and len(rows) == 4
    assert "安排面试" in rows[1][0] and "周老板" in rows[1][0]
    assert models.AuditEntry.get(action="export").rows == 1


def test_who_withdraws_is_on_no_later_print_and_the_office_is_warned(organiser, fair, agreed, hand_over, operation):
    where = hand_over().headers["Location"]
    withdraw(fair, operation, agreed[0])
    page = organiser.get(where).text
    assert PHONES[0] not in page and PHONES[1] in page
    assert NAMES[0] in page.partition("call-list-warning")[2].partition("</div>")[0]
    assert "badge-attention" in organiser.get(f"/organiser/employers/{fair.factory.id}/call-lists").text
    assert PHONES[0].encode() not in organiser.get(f"{where}.xlsx").data
    later = organiser.get(hand_over().headers["Location"]).text
    assert NAMES[0] not in later and NAMES[1] in later


def test_a_consent_of_another_registration_of_theirs_does_not_outlive_the_withdrawal(
    organiser, fair, agreed, hand_over, operation, morning
):
    again, consent = str(uuid4()), str(uuid4())
    record(fair.day, [
        operation(0, "candidate.registered", id=again, name=NAMES[0], birth_year=1980, phone=PHONES[0]),
        operation(0, "consent.given", id=consent, candidate=again, vacancy=fair.sewing.number),
    ])  # fmt: skip
    page = organiser.get(hand_over().headers["Location"]).text
    assert page.count(PHONES[0]) == 1  # one person, once
    later = "2026-02-24T10:00:00+08:00"
    told = operation(0, "consent.withdrawn", id=consent, candidate=again, vacancy=fair.sewing.number) | {"at": later}
    record(fair.day, [told])
    assert PHONES[0] not in organiser.get(hand_over().headers["Location"]).text


def test_a_list_that_has_ended_shows_nobody(organiser, fair, agreed, hand_over, morning):
    where = hand_over().headers["Location"]
    morning(datetime(2026, 3, 21, 1, tzinfo=UTC))
    page = organiser.get(where)
    assert page.status_code == 200 and not [word for word in (*NAMES, *PHONES) if word in page.text]
    assert organiser.get(f"{where}.xlsx").status_code == 404


@pytest.mark.parametrize("spoilt", [
    {"purpose": " "}, {"taken_by": ""}, {"expires_on": "2026-02-23"}, {"expires_on": "2026-06-30"}, {"vacancies": []},
])  # fmt: skip
def test_nothing_is_handed_over_without_purpose_taker_and_end(agreed, hand_over, spoilt):
    assert hand_over(**spoilt).status_code == 422
    assert not models.HandedList.select().count()


def test_others_find_no_list(app, fair, agreed, hand_over):
    where = hand_over().headers["Location"]
    for role in ("reader", "reviewer", "clerk", "neighbour", "city"):
        browser = app.test_client(user=models.Organiser.get_by_id(getattr(fair, role).id))
        for address in (where, f"{where}.xlsx", where.rpartition("/")[0]):
            assert browser.get(address).status_code == 404, (role, address)


def test_a_list_of_one_employer_is_none_of_another(organiser, fair, agreed, hand_over):
    number = hand_over().headers["Location"].rpartition("/")[2]
    assert organiser.get(f"/organiser/employers/{fair.kitchen.employer_id}/call-lists/{number}").status_code == 404


def test_everybody_of_a_day_is_listed_without_phones(app, organiser, fair, agreed):
    page = organiser.get(f"/organiser/market-days/{fair.day.id}/people").text
    assert all(name in page for name in NAMES) and not [phone for phone in PHONES if phone in page]
    one = organiser.get(f"/organiser/market-days/{fair.day.id}/people?q=秀英").text
    assert NAMES[1] in one and NAMES[0] not in one
    reader = app.test_client(user=models.Organiser.get_by_id(fair.reader.id))
    assert reader.get(f"/organiser/market-days/{fair.day.id}/people").status_code == 404


def test_a_list_of_one_booth_of_one_day_names_who_agreed_there(organiser, fair, agreed, hand_over, operation):
    on, name = fair.day.date.replace(day=27), "赵四"
    other = models.MarketDay.create(county=fair.county, town=fair.day.town, date=on)
    booth = models.Booth.create(market_day=other, number=7, name="山城制衣厂", employer=fair.factory)
    models.Offer.of(fair.sewing, booth)
    record(other, [
        operation(0, "candidate.registered", id=(id := str(uuid4())), name=name, birth_year=1980, phone="13600001111"),
        operation(0, "consent.given", candidate=id, vacancy=fair.sewing.number),
    ])  # fmt: skip
    place = f"{other.id}.7"
    form = organiser.get(f"/organiser/employers/{fair.factory.id}/call-lists?place={place}").text
    assert form.count('name="places"') == 2 and form.count('name="places" value="' + place) == 1
    page = organiser.get(hand_over(places=[place]).headers["Location"]).text
    assert name in page and not [word for word in NAMES if word in page]
    page = organiser.get(hand_over().headers["Location"]).text
    assert page.index(name) < page.index("<h2>", page.index(name)) < page.index(NAMES[0])
    for address in (f"/organiser/market-days/{other.id}/people", f"/organiser/market-days/{other.id}/booths/7"):
        assert f"call-lists?place={place}" in organiser.get(address).text
