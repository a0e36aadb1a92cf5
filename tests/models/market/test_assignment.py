"""Assignments: which booth has a device on which day, and which log it is to write next."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.base.database import writing
from models.figures.summary import figures
from models.market.assignment import Clash, as_last_time, assign, next_for, of_device, send_to, withdraw
from models.market.device import Device
from models.schema import Booth, MarketDay, Tablet

FIRST = date(2026, 2, 24)


def at(day: int, clock: str) -> datetime:
    """A moment of the market's clock, 8 hours ahead of UTC, so many days after the first."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 2, 24, tzinfo=UTC) + timedelta(days=day, hours=hour - 8, minutes=minute)


@pytest.fixture
def week(fair) -> list[Booth]:
    """A booth of each of three days in a row; the first is the cast's."""
    booths = [fair.clothing]
    for days in (1, 2):
        day = MarketDay.create(county=fair.county, town=fair.town, date=FIRST + timedelta(days=days))
        booths.append(Booth.create(market_day=day, number=fair.clothing.number + days, name="展位"))
    return booths


@pytest.fixture
def device(fair) -> Device:
    return Device.create(county=fair.county, name="平板7")


def told(device: Device, present: Tablet, now: datetime) -> "tuple[str, int, int] | None":
    found = next_for(Tablet.get_by_id(present.id), now)
    return found and (found.letter, found.booth, found.market_day.id)


def test_the_next_booth_is_told_while_the_market_goes_on_and_is_due_half_an_hour_after_it(week, device):
    tablets = [assign(device, booth) for booth in week]
    first = tablets[0]
    first.log.market_day = week[0].market_day

    found = next_for(Tablet.get_by_id(first.id), at(0, "09:00"))
    assert (found.log, found.since) == (tablets[1].id, int(at(0, "12:30").timestamp() * 1000))
    later = next_for(Tablet.get_by_id(first.id), at(0, "18:00"))
    assert (later.log, later.since) == (found.log, found.since)
    assert next_for(Tablet.get_by_id(tablets[1].id), at(0, "18:00")).log == tablets[2].id
    assert next_for(Tablet.get_by_id(first.id), at(1, "20:00")).log == tablets[2].id  # a day it never heard of


def test_a_device_with_nothing_to_come_stays_while_its_market_goes_on_and_is_told_so_afterwards(week, device):
    tablet = assign(device, week[0])
    assert next_for(Tablet.get_by_id(tablet.id), at(0, "12:29")).log == tablet.id
    assert next_for(Tablet.get_by_id(tablet.id), at(0, "12:30")) is None


def test_who_is_enrolled_at_a_booth_after_its_market_goes_there_and_stays_until_the_next_evening(fair, week, device):
    first, tomorrow = assign(device, week[0]), assign(device, week[1])
    Tablet.update(assigned_at=at(-1, "09:00")).execute()
    with writing():
        enrolled = send_to(device, fair.kitchen, at(0, "14:50"))

    def goes(tablet: Tablet, clock: str) -> "tuple[int, bool]":
        """Which log it is told to write next, and whether it is time."""
        found = next_for(Tablet.get_by_id(tablet.id), at(0, clock))
        return found.log, found.since <= at(0, clock).timestamp() * 1000

    assert goes(first, "14:51") == (enrolled.id, True)
    assert goes(enrolled, "14:51") == (tomorrow.id, False)
    assert goes(tomorrow, "14:51") == (enrolled.id, True)  # it went on too early: somebody wants it here
    assert goes(enrolled, "19:00") == (tomorrow.id, True)
    assert goes(tomorrow, "19:00")[0] != enrolled.id  # never to and fro

    with writing():
        again = send_to(device, fair.clothing, at(0, "15:00"))  # where it was before
    assert again.id == first.id
    assert goes(enrolled, "15:01") == (first.id, True)


def test_order_of_assigning_changes_nothing(week, device):
    tablets = {booth.id: assign(device, booth) for booth in reversed(week)}
    assert next_for(Tablet.get_by_id(tablets[week[2].id].id), at(0, "08:00")).log == tablets[week[0].id].id


def test_two_booths_of_one_date_clash_and_a_repeat_changes_nothing(fair, week, device):
    tablet = assign(device, week[0])
    assert assign(device, week[0]).id == tablet.id
    with pytest.raises(Clash) as clash:
        assign(device, fair.kitchen)
    assert clash.value.tablet.id == tablet.id
    assert Tablet.select().count() == 1


def test_who_was_withdrawn_is_as_if_it_never_was_unless_it_has_facts_and_may_come_back(fair, week, device):
    tablet = assign(device, week[0])
    assert [row["booth"] for row in figures(fair.day)["tablets"]] == [1]
    withdraw(tablet)
    assert figures(fair.day)["tablets"] == [] and of_device(device) == []
    other = assign(device, fair.kitchen)
    withdraw(other)
    assert assign(device, week[0]).id == tablet.id  # its log goes on
    assert next_for(Tablet.get_by_id(other.id), at(0, "09:00")).log == tablet.id


def test_facts_of_a_device_that_was_sent_elsewhere_count_where_they_were_made(fair, enrol, operation):
    tablet = enrol(fair.clothing)
    withdraw(tablet.tablet)
    answer = tablet.sync(operation(1, "visit.recorded", pass_=fair.passes[0]))
    assert answer.json["acknowledged"] == 1
    assert [row["acknowledged"] for row in figures(fair.day)["tablets"]] == [1]


def test_as_last_time_sends_each_device_to_the_booth_of_its_number(fair, week, device):
    spare = Device.create(county=fair.county, name="备用")
    assign(device, fair.clothing), assign(spare, fair.kitchen)
    day = MarketDay.create(county=fair.county, town=fair.town, date=FIRST + timedelta(days=7))
    booths = [Booth.create(market_day=day, number=number, name="展位") for number in (1, 2)]
    found = [(one.id, booth.id) for one, booth in as_last_time(day)]
    assert found == [(device.id, booths[0].id), (spare.id, booths[1].id)]

    spare.state = "lost"
    spare.save()
    assert [one.id for one, _ in as_last_time(day)] == [device.id]
    assign(device, booths[1])
    assert as_last_time(day) == []


def test_a_round_keeps_its_device_until_the_evening_before_the_next_market(week, device):
    past = MarketDay.create(county=device.county, town=week[0].market_day.town, date=FIRST - timedelta(days=5))
    ahead = week[2].market_day  # of the third day
    for day in (past, ahead):
        walk = Booth.create(market_day=day, number=1001, name="入户", kind="round")
        market = assign(device, week[1])
        with writing():
            out = send_to(device, walk, at(0, "09:00"))
        for clock in ("09:01", "17:59", "18:01"):
            found = next_for(Tablet.get_by_id(out.id), at(0, clock))
            assert (found.log, found.since) == (market.id, int(at(0, "18:00").timestamp() * 1000))
        assert next_for(Tablet.get_by_id(market.id), at(1, "09:00")).log in (market.id, out.id)
        withdraw(market)
        assert next_for(Tablet.get_by_id(out.id), at(0, "09:01")).log == out.id
        withdraw(out)
        assert next_for(Tablet.get_by_id(out.id), at(0, "09:01")) is None


def test_at_a_market_a_round_that_is_over_calls_nobody_back(week, device):
    past = MarketDay.create(county=device.county, town=week[0].market_day.town, date=FIRST - timedelta(days=1))
    walk = Booth.create(market_day=past, number=1001, name="入户", kind="round")
    with writing():
        send_to(device, walk, at(0, "07:00"))
    market = assign(device, week[0])
    assert next_for(Tablet.get_by_id(market.id), at(0, "09:00")).log == market.id
