"""How a device becomes a booth's tablet."""

from datetime import timedelta

import pytest

from models import Enrolment, Tablet
from models.clock import utcnow


def test_a_code_enrols_one_tablet_once(client, fair):
    code = Enrolment.open(fair.clothing)

    answer = client.post("/enrol", data={"code": code, "name": "红米平板"})

    assert answer.status_code == 201
    assert answer.json == {"tablet": "A", "booth": 1, "market_day": fair.day.id}
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" in cookie
    assert client.post("/enrol", data={"code": code}).status_code == 422
    assert Tablet.get().name == "红米平板"


def test_the_cookie_is_stored_only_as_a_hash(client, fair):
    answer = client.post("/enrol", data={"code": Enrolment.open(fair.clothing)})
    token = answer.headers["Set-Cookie"].split("=", 1)[1].split(";")[0]
    assert len(token) >= 43  # 256 random bits
    assert Tablet.get().token_hash != token


def test_an_old_code_enrols_nobody(client, fair):
    code = Enrolment.open(fair.clothing, now=utcnow() - timedelta(minutes=11))
    assert client.post("/enrol", data={"code": code}).status_code == 422
    assert not Tablet.select().exists()


@pytest.mark.parametrize("form", [{}, {"code": ""}, {"code": "x" * 10_000}, {"code": "\0"}])
def test_a_wrong_code_gets_a_clear_answer(client, fair, form):
    answer = client.post("/enrol", data=form)
    assert (answer.status_code, answer.json) == (422, {"error": "code_invalid"})


def test_tablets_of_a_market_day_are_lettered_in_turn(client, fair):
    letters = [
        client.post("/enrol", data={"code": Enrolment.open(booth)}).json["tablet"]
        for booth in (fair.clothing, fair.kitchen, fair.clothing)
    ]
    assert letters == ["A", "B", "C"]


def test_a_code_can_be_typed_in_small_letters_with_hyphens(client, fair):
    code = Enrolment.open(fair.clothing).lower()
    assert client.post("/enrol", data={"code": f" {code[:5]}-{code[5:]} "}).status_code == 201


def test_after_twenty_wrong_codes_even_the_right_one_waits(client, fair):
    for _ in range(20):
        client.post("/enrol", data={"code": "guess"})
    answer = client.post("/enrol", data={"code": Enrolment.open(fair.clothing)})
    assert (answer.status_code, answer.json) == (429, {"error": "too_many_tries"})
    assert not Tablet.select().exists()
