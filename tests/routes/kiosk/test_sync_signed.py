"""Passes that were signed, scanned at booths: copies of one, and those whose key was revoked."""

from datetime import UTC, datetime, timedelta

import pytest

from models.keys.pass_key import key_of
from models.kiosk import keys
from models.people.candidate_pass import PhonePass, numbered
from models.schema import MarketDay, Operation, PassKey, Showing

NUMBER = numbered(900_000_042)
NINE = datetime(2026, 2, 24, 1, tzinfo=UTC)
EVENING = NINE + timedelta(hours=14)


@pytest.fixture
def signed(fair):
    return f"https://ganchang.example/p/{PassKey.current(fair.county).sign(fair.day, NUMBER, EVENING)}"


@pytest.fixture
def show(operation, fair):
    """Return a function that shows a pass at a booth's tablet some seconds after nine."""

    def show(tablet, scanned: str, second: int, kind: str = "visit.recorded", seq: int = 1, **more: object):
        at = (NINE + timedelta(seconds=second)).isoformat()
        return tablet.sync(operation(seq, kind, at=at, pass_=scanned, **more))

    return show


@pytest.fixture
def at_nine(monkeypatch):
    """Let keys be made and revoked at a moment of the test's choice."""

    def at(moment: datetime = NINE) -> None:
        monkeypatch.setattr(keys, "utcnow", lambda: moment)

    at()
    return at


def reasons() -> dict[str, str | None]:
    return {op.log.letter: op.reason for op in Operation.select()}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("second", "reason"), [(0, "pass_copied"), (20, "pass_copied"), (21, None)])
def test_a_pass_at_two_booths_at_once_marks_the_later_whoever_synced_first(
    enrol, fair, show, signed, order, second, reason
):
    tablets = enrol(fair.clothing), enrol(fair.kitchen)
    for place in order:
        show(tablets[place], signed, second * place)

    assert reasons() == {"T0": None, "T1": reason}


def test_one_booths_two_tablets_or_one_tablet_twice_make_no_copy(enrol, fair, show, signed):
    one, beside = enrol(fair.clothing), enrol(fair.clothing)
    show(one, signed, 0)
    show(one, signed, 2, seq=2)
    show(beside, signed, 5)

    assert set(reasons().values()) == {None}


@pytest.mark.parametrize("where", ["typed", "forged", "other"])
def test_only_the_same_signed_code_is_a_copy(enrol, fair, show, signed, where):
    last = signed[:-6] + f"{int(signed[-6:]) ^ 5:06d}"
    other = PassKey.current(fair.county).sign(fair.day, numbered(900_000_043), EVENING)
    show(enrol(fair.clothing), {"typed": NUMBER, "forged": last, "other": other}[where], 0)
    show(enrol(fair.kitchen), signed, 5)

    assert reasons()["T1"] is None


def test_a_copy_says_more_than_that_a_vacancy_was_full_whichever_came_first(enrol, fair, show, signed, operation):
    clothing, kitchen, desk = enrol(fair.clothing), enrol(fair.kitchen), enrol(fair.desk)
    filled = operation(1, "vacancy.filled", at=(NINE - timedelta(hours=1)).isoformat(), vacancy=fair.cook.number)
    show(kitchen, signed, 5, "check_in.recorded", vacancy=fair.cook.number)
    desk.sync(filled)
    assert reasons()["T1"] == "vacancy_closed"
    show(clothing, signed, 0)
    assert reasons()["T1"] == "pass_copied"
    desk.sync(operation(2, "vacancy.reopened", at=(NINE - timedelta(minutes=50)).isoformat(), vacancy=fair.cook.number))
    assert reasons()["T1"] == "pass_copied"


def test_what_the_fact_itself_shows_stays(enrol, fair, show, signed):
    show(enrol(fair.clothing), signed, 0)
    show(enrol(fair.kitchen), signed, 5, mood="merry")

    assert reasons()["T1"] == "unknown_field"
    assert Showing.select().count() == 2


def test_a_revoked_keys_pass_holds_for_what_was_before_and_is_not_called_forged(enrol, fair, show, signed, at_nine):
    before, after, forged = enrol(fair.clothing), enrol(fair.kitchen), enrol(fair.desk)
    keys.revoke_pass_key(PassKey.get())

    show(before, signed, -60)
    show(after, signed, 60)
    show(forged, signed[:-6] + f"{int(signed[-6:]) ^ 5:06d}", 120)

    assert reasons() == {"T0": None, "T1": "pass_key_revoked", "T2": "pass_forged"}


def test_a_signed_pass_of_another_market_day_is_kept_and_marked(enrol, fair, show):
    other = MarketDay.create(county=fair.county, town=fair.town, date=fair.day.date + timedelta(days=5))
    show(enrol(fair.clothing), PassKey.current(fair.county).sign(other, NUMBER, EVENING), 0)

    assert reasons() == {"T0": "pass_other_day"}


def test_a_pass_has_expired_by_the_moment_of_the_scan_however_late_it_is_told(enrol, fair, show):
    noon = NINE + timedelta(hours=3)
    scanned = PassKey.current(fair.county).sign(fair.day, NUMBER, noon)
    show(enrol(fair.clothing), scanned, 0)  # and it is told months after noon: the clock here is today's
    show(enrol(fair.clothing), scanned, 3 * 3600 + 1)

    assert reasons() == {"T0": None, "T1": "pass_expired"}


def test_revoking_tells_the_tablets_of_the_days_to_come_and_signs_the_passes_anew(enrol, fair, at_nine):
    tablet, elsewhere = enrol(fair.clothing), enrol(fair.other_booth)
    cursor = tablet.browser.get("/kiosk/snapshot").json["cursor"]
    theirs = elsewhere.browser.get("/kiosk/snapshot").json["cursor"]
    old = PassKey.get(county=fair.county)
    PhonePass.issue("c", fair.day, EVENING)

    assert keys.revoke_pass_key(old) == 1
    assert keys.revoke_pass_key(old) == 0  # a repeat changes nothing

    new = PassKey.newest(fair.county)
    heard = {change["id"]: change["data"] for change in tablet.sync(cursor=cursor).json["changes"]}
    assert heard == {
        str(old.id): {"key_id": old.id, "public": old.public, "revoked_at": NINE.isoformat()},
        str(new.id): {"key_id": new.id, "public": new.public, "revoked_at": None},
    }
    assert key_of(PhonePass.get().digits) == new.id
    assert elsewhere.sync(cursor=theirs).json["changes"] == []


def test_a_new_key_signs_from_now_on_and_what_the_old_one_signed_stays_good(enrol, fair, show, signed, at_nine):
    tablet = enrol(fair.clothing)
    cursor = tablet.browser.get("/kiosk/snapshot").json["cursor"]
    new = keys.renew_pass_key(fair.county)

    assert key_of(PhonePass.issue("c", fair.day, EVENING).digits) == new.id
    assert [change["id"] for change in tablet.sync(cursor=cursor).json["changes"]] == [str(new.id)]
    show(tablet, signed, 60)
    assert reasons() == {"T0": None}


def test_tablets_know_the_key_before_the_first_phone_gets_its_pass(enrol, fair):
    changes = enrol(fair.clothing).browser.get("/kiosk/snapshot").json["changes"]

    known = {change["id"] for change in changes if change["kind"] == "pass_key"}
    assert known == {str(PassKey.current(fair.county).id)}


def test_days_that_are_over_are_not_told(enrol, fair, at_nine):
    at_nine(NINE + timedelta(days=1))
    tablet = enrol(fair.clothing)
    cursor = tablet.browser.get("/kiosk/snapshot").json["cursor"]
    keys.renew_pass_key(fair.county)

    assert tablet.sync(cursor=cursor).json["changes"] == []
