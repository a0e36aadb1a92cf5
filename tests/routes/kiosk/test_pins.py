"""PINs that operators set on tablets: believed of the booth's own people, and only while none is set."""

import base64

import pytest

from models import schema as models
from models.kiosk.staffing import reset_pin, take_off_duty
from models.market.duty import assign, on_duty


def text(byte: bytes, length: int) -> str:
    return base64.b64encode(byte * length).decode()


MINE = {"salt": text(b"s", 16), "hash": text(b"h", 32), "iterations": 60_000, "pin_resets": 0}
THEIRS = MINE | {"hash": text(b"t", 32)}


@pytest.fixture
def li(fair):
    return models.Operator.enlist(fair.clothing, "李工")


@pytest.fixture
def send(fair, enrol, li):
    """Return a function that brings a PIN from a tablet of the factory's booth."""
    tablet = enrol(fair.clothing)

    def send(verifier=MINE, operator=None, browser=tablet.browser, query=""):
        return browser.post(f"/kiosk/operators/{operator or li.id}/pin{query}", json=verifier)

    send.tablet = tablet
    return send


def stored(li) -> tuple:
    li = models.Operator.get_by_id(li.id)
    return li.pin_salt, li.pin_hash, li.pin_iterations


def test_a_pin_is_stored_once_and_every_tablet_that_knows_the_person_hears_of_it(send, li, fair, enrol):
    assign(li, fair.kitchen)
    next_door = enrol(fair.kitchen)
    for _ in range(2):
        answer = send()
        pin = {"salt": MINE["salt"], "iterations": 60_000, "hash": MINE["hash"]}
        assert (answer.status_code, answer.json) == (200, {"operator": li.id, "pin": pin, "pin_resets": 0})
    assert stored(li) == (MINE["salt"], MINE["hash"], 60_000)
    for tablet in (send.tablet, next_door):
        assert [change["data"]["pin"]["hash"] for change in tablet.sync().json["changes"]] == [MINE["hash"]]


def test_who_set_it_is_noted_without_the_pin(send, li):
    send()
    entry = models.AuditEntry.get(thing="operator", action="changed")
    assert (entry.who, entry.county_id) == (f"tablet:{send.tablet.tablet.letter}", li.county_id)
    assert entry.changes["pin_hash"] == [] and MINE["hash"] not in str(entry.changes)


def test_the_first_that_arrives_counts_and_the_second_is_told(send, li):
    send()
    answer = send(THEIRS)
    assert (answer.status_code, answer.json["error"], answer.json["pin"]["hash"]) == (409, "pin_set", MINE["hash"])
    assert stored(li)[1] == MINE["hash"]


def test_one_that_was_set_before_the_office_cleared_it_is_not_believed(send, li):
    send()
    reset_pin(li)
    answer = send()  # its first answer was lost
    assert (answer.status_code, answer.json["pin"]["hash"], answer.json["pin_resets"]) == (409, "", 1)
    assert send(THEIRS | {"pin_resets": 1}).status_code == 200
    assert send(MINE).status_code == 409 and stored(li)[1] == THEIRS["hash"]


def test_nobody_of_another_booth_of_none_or_off_duty_gets_one(send, li, fair):
    cook = models.Operator.enlist(fair.kitchen, "厨师长")
    idle = models.Operator.create(county=fair.county, name="闲人")
    stranger = models.Operator.enlist(fair.other_booth, "外县人")
    for operator in (cook, idle, stranger):
        answer = send(operator=operator.id)
        assert (answer.status_code, answer.json["error"]) == (404, "not_on_duty")
        assert not stored(operator)[1]
    take_off_duty(on_duty(fair.clothing)[0])
    assert send().status_code == 404 and not stored(li)[1]


@pytest.mark.parametrize("changes", [
    {"salt": ""}, {"salt": text(b"s", 15)}, {"hash": text(b"h", 31)}, {"hash": "!" * 44}, {"hash": "哈" * 44},
    {"iterations": 1}, {"iterations": 2**40}, {"iterations": "60000"}, {"iterations": True}, {"pin_resets": None},
    {"hash": None}, {"salt": 5}, {"salt": "\ud800"},
], ids=ascii)  # fmt: skip
def test_what_no_tablet_of_ours_sends_is_not_kept(send, li, changes):
    assert send(MINE | changes).status_code == 400
    assert not stored(li)[1]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 900, b'"x"'])
def test_a_body_that_cannot_be_read_is_400(send, li, body):
    answer = send.tablet.browser.post(f"/kiosk/operators/{li.id}/pin", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["error"]) == (400, "malformed")


def test_a_body_that_is_too_large_is_413(send, li):
    answer = send.tablet.browser.post(f"/kiosk/operators/{li.id}/pin", data=b" " * 3_000)
    assert answer.status_code == 413


def test_only_an_enrolled_device_and_only_for_its_own_log(app, client, send, li, fair, enrol):
    assert send(browser=client).status_code == 401
    assert send(browser=app.test_client(user=fair.chen)).status_code == 401
    next_door = enrol(fair.kitchen)
    assert send(browser=next_door.browser).status_code == 404
    named = f"?log={fair.day.id}.{send.tablet.tablet.letter}"
    assert send(query=named).status_code == 200
    assert send(browser=next_door.browser, query=named).status_code == 421
    send.tablet.tablet.revoke()
    assert send().status_code == 401


def test_a_joined_person_is_known_by_the_number_of_the_booth(send, li, fair):
    models.Duty.update(known_as=900).execute()
    assert send().status_code == 404
    assert send(operator=900).json["operator"] == 900
    assert stored(li)[1] == MINE["hash"]
