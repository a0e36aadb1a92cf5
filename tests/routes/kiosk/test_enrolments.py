"""How a device becomes a booth's tablet."""

from datetime import timedelta
from hashlib import sha256

import pytest

from models.base.clock import utcnow
from models.schema import AuditEntry, Device, Enrolment, Log, Tablet


def test_a_code_enrols_one_tablet_once(client, fair):
    code = Enrolment.open(fair.clothing)

    answer = client.post("/enrol", data={"code": code, "name": "红米平板"})

    assert answer.status_code == 201
    assert len(answer.json["resume"]) >= 43  # 256 random bits
    assert answer.json == {
        "tablet": "A", "booth": 1, "market_day": fair.day.id,
        "resume": answer.json["resume"], "resumed": False, "acknowledged": 0,
    }  # fmt: skip
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" in cookie
    assert client.post("/enrol", data={"code": code}).status_code == 422
    assert Tablet.get().name == "红米平板"


def test_the_cookie_is_stored_only_as_a_hash(client, fair):
    answer = client.post("/enrol", data={"code": Enrolment.open(fair.clothing)})
    token = answer.headers["Set-Cookie"].split("=", 1)[1].split(";")[0]
    assert len(token) >= 43  # 256 random bits
    assert Device.get().token_hash != token


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


@pytest.fixture
def enrolled(app, fair):
    """Return a function that enrols a new browser and gives (browser, answer)."""

    def enrolled(booth=None, **form: str) -> tuple:
        browser = app.test_client()
        code = Enrolment.open(booth or fair.clothing)
        return browser, browser.post("/enrol", data={"code": code} | form).json

    return enrolled


def status_of(browser) -> tuple:
    answer = browser.get("/kiosk/identity")
    return answer.status_code, answer.json.get("error")


def test_a_device_that_lost_its_cookie_is_the_same_tablet_again(enrolled):
    old, first = enrolled(name="红米平板")
    Log.update(acknowledged=44).execute()
    new, again = enrolled(resume=first["resume"])

    assert again == first | {"resumed": True, "acknowledged": 44}
    assert (Tablet.select().count(), Tablet.get().name) == (1, "红米平板")
    assert status_of(new) == (200, None)
    assert status_of(old) == (401, "not_enrolled")  # a copy of the store is nobody
    assert AuditEntry.get(action="tablet_resumed").who == "tablet:A"


def test_the_secret_is_stored_only_as_a_hash(enrolled):
    secret = enrolled()[1]["resume"]
    assert secret not in Device.get().resume_hash


def test_a_device_that_this_database_forgot_keeps_its_secret(enrolled, fair):
    first = enrolled()[1]
    Log.delete().execute()  # as in a backup from before the tablet was enrolled
    Device.delete().execute()
    enrolled()
    browser, again = enrolled(resume=first["resume"])

    assert again == first | {"tablet": "B", "acknowledged": 0}
    assert browser.get("/kiosk/identity").json["log"] == sha256(first["resume"].encode()).hexdigest()
    assert enrolled(fair.desk, resume=first["resume"])[1]["resume"] == first["resume"]  # the same device, elsewhere
    assert enrolled(resume="guess")[1]["resume"] != "guess"


def test_a_revoked_tablet_is_not_resumed_and_stays_out(enrolled):
    old, first = enrolled()
    Tablet.get().revoke()
    _, again = enrolled(resume=first["resume"])

    assert (again["tablet"], again["resumed"]) == ("B", False)
    assert again["resume"] != first["resume"]
    assert status_of(old) == (401, "revoked")


def test_another_booths_code_makes_another_tablet(enrolled, fair):
    _, first = enrolled()
    _, other = enrolled(fair.kitchen, resume=first["resume"])
    assert (other["tablet"], other["booth"], other["resumed"]) == ("B", 2, False)
    assert Device.select().count() == 1
    first_there, then = Tablet.select().order_by(Tablet.log)
    assert first_there.withdrawn_at and not then.withdrawn_at  # one date, one booth


@pytest.mark.parametrize("secret", ["", "guess", "x" * 10_000, "\0"])
def test_a_wrong_secret_is_just_a_new_tablet(enrolled, secret):
    enrolled()
    Tablet.enlist(Tablet.get().booth, letter="web2")  # without a secret
    assert enrolled(resume=secret)[1]["resumed"] is False


def test_a_wrong_code_resumes_nothing(client, enrolled):
    old, first = enrolled()
    assert client.post("/enrol", data={"code": "guess", "resume": first["resume"]}).status_code == 422
    assert status_of(old) == (200, None)
