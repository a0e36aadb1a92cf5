"""Programmes in the office and on the phone: planned, signed up for, printed without phones, read by nobody else."""

from datetime import date, timedelta

import pytest

from models.base.clock import utcnow
from models.derived.sign_up import SignUp
from models.desk.person import Person
from models.forgetting.held import Held
from models.market.programme import Programme
from models.schema import Candidate

FORM = {"kind": "trip", "title": "去东莞电子厂", "clock": "08:30", "place": "八塘汽车站", "seats": "1",
        "contact": "周队长", "phone": "13900000000", "scope": ""}  # fmt: skip


@pytest.fixture
def trip(organiser) -> Programme:
    begins = utcnow().date() + timedelta(days=3)
    answer = organiser.post("/organiser/programmes", data=FORM | {"begins_on": begins.isoformat()})
    assert answer.status_code == 303
    return Programme.get()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(organiser):
    answer = organiser.post("/organiser/programmes", data=FORM | {"begins_on": "2026-03-02", "ends_on": "2026-03-01",
                                                                  "clock": "8 Uhr", "seats": "0"})  # fmt: skip
    assert answer.status_code == 422 and "去东莞电子厂" in answer.text and not Programme.select().exists()
    for name in ("clock", "seats", "ends_on"):
        assert f'href="#field-{name}"' in answer.text


def test_people_sign_up_in_the_office_and_by_phone_and_the_list_is_printed(app, fair, organiser, sign_up, trip):
    path = f"/organiser/programmes/{trip.id}"
    assert organiser.post(f"{path}/sign-ups", data={"number": "123"}).status_code == 303
    organiser.post(f"{path}/sign-ups", data={"number": fair.passes[0]})
    phone = app.test_client()
    address = sign_up(browser=phone).location
    assert "去东莞电子厂" in phone.get(f"{address}/sign-ups").text
    for _ in range(2):  # tapped twice
        assert phone.post(f"{address}/sign-ups", data={"programme": trip.id}).status_code == 303
    assert SignUp.select().count() == 2 and "您在候补名单第1位" in phone.get(f"{address}/sign-ups").text

    assert "候补1人" in organiser.get("/organiser/programmes").text
    sheet = organiser.get(f"{path}/sheet").text
    for words in ("乘车人员名单", "八塘汽车站", "周队长", "王师傅", "（候补）"):
        assert words in sheet
    assert fair.passes[0][:3] in sheet and (Candidate.get().phone or "no phone") not in sheet
    me = Candidate.get()
    assert organiser.post(f"{path}/people/{me.person}", data={"outcome": "came"}).status_code == 303
    assert organiser.post(f"{path}/people/nobody", data={"outcome": "came"}).status_code == 404
    assert organiser.post(f"{path}/people/{me.person}", data={"outcome": "x"}).status_code == 422
    (own,) = Held.of(Person.find(fair.county, me.person, None)).sign_ups
    assert (own.title, own.outcome) == ("去东莞电子厂", "came")
    assert "去东莞电子厂" in organiser.get(f"/organiser/people/{me.person}/held").text

    organiser.post(f"{path}/people/{fair.passes[0]}", data={"outcome": "off"})
    organiser.post(f"{path}/closure", data={"closed": "yes"})
    assert phone.post(f"{address}/sign-ups", data={"programme": trip.id}).status_code == 404
    assert "候补" not in organiser.get(path).text


def test_nobody_of_another_county_or_role_reads_or_changes_it(app, fair, trip):
    path = f"/organiser/programmes/{trip.id}"
    for account in (fair.neighbour, fair.reader, fair.clerk, fair.reviewer):
        client = app.test_client(user=account)
        assert client.get(path).status_code in (403, 404) and client.get(f"{path}/sheet").status_code in (403, 404)
        assert client.post(f"{path}/sign-ups", data={"number": fair.passes[0]}).status_code in (403, 404)
    assert not SignUp.select().exists() and date.today() < trip.begins_on
