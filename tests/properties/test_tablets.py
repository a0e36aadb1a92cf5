"""A random season: devices that go from booth to booth and from day to day, and the real server's domain.

Through losses, doubles, reorders, restarts, revocations and merges; logs that arrive late, and closed ones. Always:
every acknowledged operation is stored exactly once in the log that it was recorded in, and every other is still on its
device. In the end, when everything has arrived: what is derived equals what any other order of the same logs,
decisions and offers gives, the figures of each day and the places of each vacancy are those of an independent count,
and each device knows what one enrolled now would be told.
"""

import random
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from models.base.database import db, fetch, is_sqlite
from models.derived.count import hired_counts
from models.figures.summary import figures
from models.intake.hand_over import receive
from models.log.fact import body_of
from models.schema import MarketDay, Vacancy
from tests.effort import examples, on_postgres
from tests.properties.booths import Booths
from tests.properties.device import CLOSED, Device, arrive
from tests.properties.end import End
from tests.properties.mornings import Morning
from tests.properties.office import DEVICES, Office
from tests.properties.season import make_season
from tests.properties.state import assert_alike, heard, state
from tests.properties.test_convergence import comparable
from tests.sealing import sealed

PLANS = st.tuples(st.integers(3, 5), st.integers(6, 7))  # booths of the two later days
FATES = st.sampled_from(("answered", "answered", "request lost", "answer lost", "twice"))
SIZES = st.sampled_from((1, 2, 3, 500))
NINE = datetime(2026, 2, 24, 1, tzinfo=UTC)


@pytest.fixture
def season(fair):
    return make_season(fair)


class Season(Office, Booths):
    """Two devices at the clothing factory's booth of the first day, one at the restaurant's, one at the desk."""

    def __init__(self, season: object) -> None:
        super().__init__()
        self.season, self.now = season, NINE
        self.made: list[str] = []  # what every fact ever recorded says
        self.versions: list[tuple] = []  # what was closed
        self.recorded_in: dict[str, set[int]] = {}  # the market days on whose devices a fact stands
        self.scans: dict[int, list[str]] = {}  # of each market day
        self.vacancies = [season.sewing.number, season.ironing.number, season.cook.number]
        self.stack = ExitStack()
        self.transaction = self.stack.enter_context(db.atomic())
        self.devices = [Device(season.booths[which], self.now) for which in (0, 0, 1, 2)]

    @initialize(data=st.data(), seed=st.integers(0, 2**32))
    def open_the_market(self, data: st.DataObject, seed: int) -> None:
        self.morning = Morning(data.draw, self.season)
        self.chance = random.Random(seed)  # for the order at the end, which no rule can draw
        for who in range(len(self.devices)):
            for which in data.draw(PLANS):
                self.assign(who, which)
        self.work(data)
        self.evening(data, data.draw(st.sets(DEVICES, max_size=2)), 1)  # so all that follows is of several days

    # What the network does.

    @rule(who=DEVICES, size=SIZES, fate=FATES)
    def send(self, who: int, size: int, fate: str) -> None:
        device = self.devices[who]
        batch = device.batch(size)
        for _ in range({"request lost": 0, "twice": 2}.get(fate, 1)):
            answer = arrive(batch, self.now)
        if fate in ("answered", "twice"):
            device.hear(answer, self.now)

    @rule(who=DEVICES, which=st.integers(0, 99))
    def arrive_late(self, who: int, which: int) -> None:
        """Also after the device went on to another booth, or after the log was closed."""
        under_way = self.devices[who].under_way
        if under_way:
            arrive(under_way[which % len(under_way)], self.now)

    # What happens to the devices.

    def sync(self, without: set[int]) -> None:
        """Let the devices with network send what they have."""
        for who in {0, 1, 2, 3} - without:
            device = self.devices[who]
            device.hear(arrive(device.batch(500), self.now), self.now)

    @rule(who=DEVICES, seldom=st.integers(0, 3))
    def revoke(self, who: int, seldom: int) -> None:
        if seldom == 0:  # a device that is turned away finds out nothing more
            self.devices[who].revoke()

    @rule(who=DEVICES, forgets=st.booleans())
    def enrol_anew(self, who: int, forgets: bool) -> None:
        """With the secret the log is taken up again, unless the tablet was revoked; without it a new log begins."""
        device = self.devices[who]
        device.resume = "" if forgets else device.resume
        device.enrol(device.tablet.booth, self.now)

    @rule(who=DEVICES, start=st.integers(0, 3), size=SIZES)
    def hand_over(self, who: int, start: int, size: int) -> None:
        """Bring some of what is unsent to the office; the tablet does not hear of it, and may send it as well."""
        tablet = self.devices[who].tablet
        receive(tablet.market_day, sealed(tablet, self.devices[who].unsent[start : start + size]), "file", "chen")

    # What always holds.

    @invariant()
    def what_is_acknowledged_is_stored_once_and_everything_else_is_still_on_its_device(self) -> None:
        rows = fetch("SELECT tablet_id, seq, body FROM operation ORDER BY tablet_id, seq")
        stored = {(tablet, seq): body for tablet, seq, body in rows}
        assert len(stored) == len(rows)
        for log, acknowledged in fetch("SELECT id, acknowledged FROM log"):
            assert [seq for tablet, seq in stored if tablet == log] == list(range(1, acknowledged + 1))
        for device in self.devices:
            for tablet, log in [(device.tablet, device.log[: device.acknowledged]), *device.left]:
                assert [stored[tablet.id, operation["seq"]] for operation in log] == list(map(body_of, log))
        safe = set(stored.values()) | {body_of(op) for device in self.devices for op in device.unsent}
        safe |= {body_of(op) for device in self.devices for _, box in device.boxes for op in box}
        assert safe.issuperset(self.made)

    # What holds when everything has arrived.

    def teardown(self) -> None:
        try:
            for device in self.devices:
                self._sync(device)
            self._look_at_the_end()
        finally:
            self.transaction.rollback()
            self.stack.close()

    def _sync(self, device: Device) -> None:
        if device.is_revoked:
            device.enrol(device.tablet.booth, self.now)
        answer = None
        while device.unsent and answer != CLOSED:
            answer = arrive(device.batch(500), self.now)
            device.hear(answer, self.now)
        device.hand_over()

    def _look_at_the_end(self) -> None:
        for device in self.devices:  # once more, for what the others sent last
            device.hear(arrive(device.batch(0), self.now), self.now)
        for device in self.devices:  # who went to another booth only now heard all
            if arrive(device.batch(0), self.now) != CLOSED:
                device.learn()
                assert device.store == heard(device.tablet, own=False)
        ended, end = state(), End.now(self.season)
        assert {body_of(op) for log in end.logs for op in log.operations} == set(self.made)
        for log in end.logs:
            assert all(log.day in self.recorded_in.get(body_of(op), {log.day}) for op in log.operations)
        self._count(end)
        self.look_at_the_versions()
        self.transaction.rollback()
        end.reach_in_another_order(self.chance)
        assert_alike(state(), ended)

    def _count(self, end: End) -> None:
        oracle, counted = end.counted_independently(), {}
        for day in self.season.days:
            counted[day.id] = comparable(figures(MarketDay.get_by_id(day.id)))
        assert counted == {day.id: oracle.figures(day.id) for day in self.season.days}
        hired = hired_counts(self.vacancies)
        assert {number: count for number, count in hired.items() if count} == oracle.hired()
        assert {vacancy.number for vacancy in Vacancy.select() if vacancy.closed} == oracle.closed()


def test_devices_lose_nothing_and_end_in_the_same_state_whatever_happens(season):
    run_state_machine_as_test(
        lambda: Season(season),
        settings=settings(
            max_examples=examples(15) if is_sqlite() else on_postgres(examples(15)), stateful_step_count=20,
            deadline=None, suppress_health_check=list(HealthCheck),
        ),
    )
