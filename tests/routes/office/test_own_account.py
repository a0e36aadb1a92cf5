"""One's own account: a new password, the end of other sessions, and a second factor to its use at the sign-in."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from models.market import second_factor
from models.market.second_factor import SecondFactor
from models.schema import AuditEntry, Organiser

OWN = "/organiser/account"
FACTOR = f"{OWN}/second-factor"
RIGHT = {"login": "chen", "password": "market-day-24"}
NEW = {"current": "market-day-24", "password": "market-day-25", "again": "market-day-25"}


@pytest.fixture
def clock(monkeypatch):
    """Return a function that moves the clock of codes on by steps of half a minute."""
    now = [datetime(2026, 2, 24, 1, tzinfo=UTC)]
    monkeypatch.setattr(second_factor, "utcnow", lambda: now[0])

    def clock(steps: int = 0) -> datetime:
        now[0] += timedelta(seconds=30 * steps)
        return now[0]

    return clock


@pytest.fixture
def with_factor(fair, clock):
    """Chen has a second factor; return (what the telephone shows now, the recovery codes)."""
    factor = SecondFactor.begin(fair.chen)
    codes = factor.confirm()
    return lambda: pyotp.TOTP(factor.secret).at(clock()), codes


def audited() -> list[str]:
    """Return the acts that were noted, without the rows that they changed."""
    return [row.action for row in AuditEntry.select().where(AuditEntry.thing == "").order_by(AuditEntry.id)]


def test_a_new_password_ends_the_other_sessions_and_not_this_one(app, organiser, fair):
    other = app.test_client(user=fair.chen)
    assert organiser.post(f"{OWN}/password", data=NEW).status_code == 303
    assert organiser.get(OWN).status_code == 200 and other.get(OWN).status_code == 303
    assert Organiser.authenticate("chen", "market-day-25") and audited() == ["password_changed"]


@pytest.mark.parametrize("spoilt, field", [
    ({"current": "wrong"}, "current"), ({"password": "short", "again": "short"}, "password"),
    ({"again": "market-day-26"}, "again"), ({"current": ""}, "current"),
])  # fmt: skip
def test_what_is_wrong_stands_beside_its_field(organiser, fair, spoilt, field):
    answer = organiser.post(f"{OWN}/password", data=NEW | spoilt)
    assert answer.status_code == 422 and f'id="field-{field}-error"' in answer.text
    assert Organiser.authenticate("chen", "market-day-24")


def test_a_desk_left_signed_in_does_not_give_the_password_away(organiser, fair):
    for _ in range(5):
        organiser.post(f"{OWN}/password", data=NEW | {"current": "guess"})
    assert organiser.post(f"{OWN}/password", data=NEW).status_code == 422
    assert organiser.post(f"{FACTOR}", data={"password": "market-day-24"}).status_code == 422


def test_other_sessions_end_and_this_one_goes_on(app, organiser, fair):
    other = app.test_client(user=fair.chen)
    organiser.post(f"{OWN}/sessions/delete")
    assert organiser.get(OWN).status_code == 200 and other.get(OWN).status_code == 303


def test_a_factor_is_set_up_with_the_password_and_a_first_code(organiser, fair, clock):
    assert organiser.get(f"{FACTOR}/edit").status_code == 404
    assert organiser.post(FACTOR, data={"password": "wrong"}).status_code == 422
    assert organiser.post(FACTOR, data={"password": "market-day-24"}).location == f"{FACTOR}/edit"
    page = organiser.get(f"{FACTOR}/edit").text
    secret = re.search(r'typed-code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert 'class="qr"' in page
    assert organiser.post(f"{FACTOR}/confirm", data={"code": "000000"}).status_code == 422
    assert SecondFactor.of(fair.chen) is None
    answer = organiser.post(f"{FACTOR}/confirm", data={"code": pyotp.TOTP(secret).at(clock())})
    assert len(re.findall(r"<li><code>[a-z2-9]{4}(?:-[a-z2-9]{4}){3}</code>", answer.text)) == 10
    assert SecondFactor.of(fair.chen) and audited() == ["second_factor_on"]
    assert organiser.get(f"{FACTOR}/edit").location == OWN  # the secret is shown no more
    assert secret not in organiser.get(FACTOR).text + organiser.get(OWN).text


def test_signing_in_takes_the_password_and_then_the_code(client, fair, with_factor):
    shown, _ = with_factor
    first = client.post("/sign-in", data=RIGHT | {"next": "/organiser/keys"})
    assert first.location == "/sign-in/code" and client.get("/organiser/keys").status_code == 303
    assert client.get("/sign-in/code").status_code == 200
    assert client.post("/sign-in/code", data={"code": "12"}).status_code == 422
    assert client.post("/sign-in/code", data={"code": shown()}).location == "/organiser/keys"
    assert client.get("/organiser/keys").status_code == 200


def test_the_code_of_one_sign_in_is_none_for_the_next(app, client, fair, with_factor, clock):
    shown, _ = with_factor
    other = app.test_client()
    for browser in (client, other):
        browser.post("/sign-in", data=RIGHT)
    assert client.post("/sign-in/code", data={"code": shown()}).status_code == 303
    assert other.post("/sign-in/code", data={"code": shown()}).status_code == 422
    clock(1)
    assert other.post("/sign-in/code", data={"code": shown()}).status_code == 303


def test_a_recovery_code_stands_for_the_telephone_once(app, client, fair, with_factor):
    _, codes = with_factor
    client.post("/sign-in", data=RIGHT)
    assert client.post("/sign-in/code", data={"code": codes[0]}).status_code == 303
    other = app.test_client()
    other.post("/sign-in", data=RIGHT)
    assert other.post("/sign-in/code", data={"code": codes[0]}).status_code == 422
    assert audited() == ["recovery_code_used", "sign_in_refused"]


def test_the_code_alone_opens_nothing(client, fair, with_factor):
    shown, codes = with_factor
    assert client.get("/sign-in/code").location == "/sign-in"
    for code in (shown(), codes[0]):
        assert client.post("/sign-in/code", data={"code": code}).location == "/sign-in"
    client.post("/sign-in", data=RIGHT | {"password": "wrong"})
    assert client.post("/sign-in/code", data={"code": shown()}).location == "/sign-in"


def test_the_right_password_holds_for_ten_minutes_and_not_beyond_a_new_one(client, fair, with_factor, monkeypatch):
    shown, _ = with_factor
    client.post("/sign-in", data=RIGHT)
    with client.session_transaction() as session:
        session["second_factor_of"]["at"] -= 601
        session.modified = True
    assert client.post("/sign-in/code", data={"code": shown()}).location == "/sign-in"
    client.post("/sign-in", data=RIGHT)
    fair.chen.change_password("market-day-25")
    assert client.post("/sign-in/code", data={"code": shown()}).location == "/sign-in"


def test_codes_are_guessed_as_seldom_as_passwords(app, client, fair, with_factor):
    shown, codes = with_factor
    client.post("/sign-in", data=RIGHT)
    for guess in range(5):
        assert client.post("/sign-in/code", data={"code": f"{guess:06d}"}).status_code == 422
    for code in (shown(), codes[0]):
        assert client.post("/sign-in/code", data={"code": code}).status_code == 429
    elsewhere = app.test_client()
    elsewhere.post("/sign-in", data=RIGHT, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    answer = elsewhere.post("/sign-in/code", data={"code": codes[0]}, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert answer.status_code == 303


def test_many_machines_guess_no_more_than_sixty_codes_a_day(app, fair, with_factor):
    _, codes = with_factor
    for machine in range(13):
        browser, place = app.test_client(), {"REMOTE_ADDR": f"198.51.100.{machine}"}
        browser.post("/sign-in", data=RIGHT, environ_base=place)
        for guess in range(5):
            last = browser.post("/sign-in/code", data={"code": f"{guess:06d}"}, environ_base=place).status_code
    assert last == 429
    assert browser.post("/sign-in/code", data={"code": codes[0]}, environ_base=place).status_code == 429


def test_new_codes_and_giving_it_up_take_the_password(organiser, fair, with_factor):
    _, codes = with_factor
    for path in ("codes", "delete"):
        assert organiser.post(f"{FACTOR}/{path}", data={"password": "wrong"}).status_code == 422
    answer = organiser.post(f"{FACTOR}/codes", data={"password": "market-day-24"})
    assert answer.status_code == 200 and codes[0] not in answer.text
    assert organiser.post(f"{FACTOR}/delete", data={"password": "market-day-24"}).status_code == 303
    assert SecondFactor.of(fair.chen) is None
    assert audited() == ["recovery_codes_made", "second_factor_off"]


def test_nobody_sets_a_second_one_up_over_the_first(organiser, fair, with_factor, clock):
    shown, _ = with_factor
    organiser.post(FACTOR, data={"password": "market-day-24"})
    clock(1)
    assert organiser.post(f"{FACTOR}/confirm", data={"code": shown()}).location == OWN
    assert audited() == []
