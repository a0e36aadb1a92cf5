"""A tablet that seals facts in another's name, from outside: they wait, and the other goes on (docs/protocol.md).

Everybody who has a tablet has the county's public key, so anybody can seal a box in the name of any letter and day.
What a box proves is the secret of the tablet in whose name it was made.
"""

from datetime import date
from types import SimpleNamespace

import pytest

from models.base.secret import digest
from models.keys.hand_over_mac import sign
from models.keys.seal import SealKey
from models.schema import AuditEntry, Booth, Device, Enrolment, HandOver, MarketDay, Operation
from tests.sealing import packed

STREAM = "application/octet-stream"
OF_THE_TABLETS = ("as_of", "tablets", "complete", "waiting")


@pytest.fixture
def enrolled(app):
    """Return a function that enrols a device with a code, as a device does, and returns what it got to know."""

    def enrolled(booth: Booth) -> SimpleNamespace:
        browser = app.test_client()
        known = browser.post("/enrol", data={"code": Enrolment.open(booth)}).json
        tablet = Device.get(resume_hash=digest(known["resume"])).tablets.get()
        return SimpleNamespace(browser=browser, tablet=tablet, secret=digest(known["resume"]))

    return enrolled


@pytest.fixture
def victims(fair, enrolled):
    """Tablets in whose names somebody may seal: of the next booth, of a day that is over, of the other county."""
    past = MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 20))
    return {
        "booth": enrolled(fair.clothing),
        "day": enrolled(Booth.create(market_day=past, number=1, name="山城制衣厂")),
        "county": enrolled(fair.other_booth),
    }


@pytest.fixture
def shown(app, fair):
    """Return a function that asks for a day's figures as its organisers do, without what is said of tablets."""

    def shown(day: MarketDay) -> dict:
        office = app.test_client(user=fair.chen if day.county_id == fair.county.id else fair.neighbour)
        answer = office.get(f"/organiser/market-days/{day.id}/summary.json").json
        return {name: value for name, value in answer.items() if name not in OF_THE_TABLETS}

    return shown


@pytest.fixture
def forged(fair, operation):
    """A hundred people whom nobody saw."""
    return [
        operation(seq, "candidate.registered", name=f"王{seq}", birth_year=1970, trades=["sewing"])
        for seq in range(1, 101)
    ]


def send(browser, *facts: dict):
    batch = "6b1f3f2e-0000-4000-8000-000000000001"
    body = {"protocol": 1, "batch": batch, "cursor": 0, "operations": list(facts)}
    return browser.post("/sync", json=body)


@pytest.mark.parametrize("proof", ["its own", "none"])
@pytest.mark.parametrize("whose", ["booth", "day", "county"])
def test_what_is_sealed_in_anothers_name_waits_and_the_other_goes_on(
    fair, enrolled, victims, shown, operation, forged, whose, proof
):
    thief, victim = enrolled(fair.kitchen), victims[whose]
    honest = operation(1, "tally.counted", topic="visitor", count=3)
    days = {fair.day, victim.tablet.market_day}
    before = {day: shown(day) for day in days}
    plain = packed(victim.tablet, forged)
    plain = sign(plain, thief.secret) if proof == "its own" else plain
    box = SealKey.current(fair.county).seal(plain)  # the only key that a tablet of this county is told

    answer = thief.browser.post("/kiosk/hand-overs", data=box, content_type=STREAM)

    assert (answer.status_code, answer.json["kept"]) == (200, True)
    assert {day: shown(day) for day in days} == before and not Operation.select().exists()
    assert HandOver.get().waits or whose == "county"
    by = f"brought by tablet {thief.tablet.letter} of market day {fair.day.id}"
    assert [by in entry.what for entry in AuditEntry.select() if entry.action == "hand_over_received"] == [True]
    answer = send(victim.browser, honest)
    assert (answer.status_code, answer.json["acknowledged"]) == (200, 1)
    visits = {day: shown(day)["visits"] for day in days}
    assert visits == {day: before[day]["visits"] + 3 * (day == victim.tablet.market_day) for day in days}


def test_nor_does_it_come_in_when_the_day_is_long_over(monkeypatch, fair, enrolled, victims, shown, forged):
    thief, victim = enrolled(fair.kitchen), victims["day"]
    send(victim.browser, forged[0])
    before = shown(victim.tablet.market_day)
    monkeypatch.setattr("routes.web.tablet_access.is_closed", lambda day: day.id == victim.tablet.market_day_id)

    for secret in (thief.secret, digest("guessed"), digest("")):
        box = SealKey.current(fair.county).seal(sign(packed(victim.tablet, forged), secret))
        assert thief.browser.post("/kiosk/hand-overs", data=box).status_code == 200

    assert shown(victim.tablet.market_day) == before and Operation.select().count() == 1
    assert send(victim.browser).json == {"error": "closed"}


def test_the_secret_of_a_tablet_is_told_to_nobody_else(fair, enrolled, victims, operation):
    thief, victim = enrolled(fair.clothing), victims["booth"]
    answers = [
        thief.browser.get("/kiosk/identity"), thief.browser.get("/kiosk/snapshot?own=1"),
        send(thief.browser, operation(1, "visit.recorded", pass_=fair.passes[0])),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [200] * 3
    assert thief.secret in answers[0].text
    assert not [answer for answer in answers if victim.secret in answer.text]


def test_a_device_with_anothers_secret_alone_becomes_nobody(app, fair, victims):
    """Without a code of the booth it is no key, and at another booth it opens nothing."""
    guessed = "x" * 43
    browser = app.test_client()
    for code in ("", "guess"):
        assert browser.post("/enrol", data={"code": code, "resume": guessed}).status_code == 422
    answer = browser.post("/enrol", data={"code": Enrolment.open(fair.kitchen), "resume": guessed})
    assert answer.status_code == 201 and not answer.json["resumed"]
