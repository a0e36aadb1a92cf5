"""Model tablets and the real server's domain, through losses, doubles, reorders, restarts, revocations and merges.

Always: every acknowledged operation is stored exactly once, and every other is still on its tablet. In the end, when
everything has synced: what is derived equals what any other order of the same logs and decisions gives, the figures
are those of an independent count, and each tablet knows what one enrolled now would be told.
"""

import json
import random
from contextlib import ExitStack

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.base.database import db, fetch
from models.figures.summary import figures
from models.intake.hand_over import receive
from models.log.fact import body_of
from models.quarantine.decide import put_back, settle
from tests.effort import examples
from tests.properties.device import Device, arrive
from tests.properties.end import End
from tests.properties.mornings import Morning
from tests.properties.state import heard, state
from tests.properties.test_convergence import comparable
from tests.sealing import sealed

DEVICES = st.integers(0, 3)
SIZES = st.sampled_from((1, 2, 3, 500))
WANG = {"name": "王芳", "birth_year": 1980, "phone": "13800000000"}


class Tablets(RuleBasedStateMachine):
    """Two tablets at the clothing factory's booth, one at the restaurant's, one at the desk."""

    def __init__(self, fair: object) -> None:
        super().__init__()
        self.fair = fair
        self.made: list[str] = []  # what every fact ever recorded says
        self.stack = ExitStack()
        self.transaction = self.stack.enter_context(db.atomic())
        self.devices = [Device(booth) for booth in (fair.clothing, fair.clothing, fair.kitchen, fair.desk)]

    @initialize(data=st.data(), seed=st.integers(0, 2**32))
    def open_the_market(self, data: st.DataObject, seed: int) -> None:
        self.morning = Morning(data.draw, self.fair)
        self.chance = random.Random(seed)  # for the order at the end, which no rule can draw
        for who in range(len(self.devices)):
            self.record(data, who, data.draw(st.integers(0, 6)))

    # What happens at the booths.

    @rule(data=st.data(), who=DEVICES, times=st.integers(1, 6))
    def record(self, data: st.DataObject, who: int, times: int) -> None:
        self.morning.draw = data.draw
        for _ in range(times):
            self._record(self.devices[who], self.morning.perhaps_spoiled(self.morning.fact()))

    @rule(data=st.data(), one=DEVICES, other=DEVICES, by_pass=st.booleans())
    def register_one_person_twice(self, data: st.DataObject, one: int, other: int, by_pass: bool) -> None:
        self.morning.draw = data.draw
        same = {"pass": self.fair.passes[0]} if by_pass else WANG
        for who in (one, other):
            fact = self.morning.fact("candidate.registered")
            if fact["kind"] == "candidate.registered":
                self._record(self.devices[who], fact | {"data": fact["data"] | same})

    def _record(self, device: Device, fact: dict) -> None:
        device.record(fact)
        self.made.append(body_of(fact))

    # What the network does.

    @rule(who=DEVICES, size=SIZES)
    def send(self, who: int, size: int) -> None:
        device = self.devices[who]
        device.hear(arrive(device.tablet, device.batch(size)))

    @rule(who=DEVICES, size=SIZES)
    def lose_the_request(self, who: int, size: int) -> None:
        self.devices[who].batch(size)

    @rule(who=DEVICES, size=SIZES)
    def lose_the_answer(self, who: int, size: int) -> None:
        device = self.devices[who]
        arrive(device.tablet, device.batch(size))

    @rule(who=DEVICES, size=SIZES)
    def double(self, who: int, size: int) -> None:
        device = self.devices[who]
        batch = device.batch(size)
        arrive(device.tablet, batch)
        device.hear(arrive(device.tablet, batch))

    @rule(who=DEVICES, which=st.integers(0, 99))
    def arrive_late(self, who: int, which: int) -> None:
        under_way = self.devices[who].under_way
        if under_way:
            arrive(*under_way[which % len(under_way)])

    # What happens to the tablets.

    @rule(who=DEVICES)
    def restart(self, who: int) -> None:
        self.devices[who].restart()

    @rule(who=DEVICES)
    def revoke(self, who: int) -> None:
        self.devices[who].revoke()

    @rule(who=DEVICES, forgets=st.booleans())
    def enrol_anew(self, who: int, forgets: bool) -> None:
        """With the secret the log is taken up again, unless the tablet was revoked; without it a new log begins."""
        device = self.devices[who]
        device.resume = "" if forgets else device.resume
        device.enrol()

    @rule(who=DEVICES, start=st.integers(0, 3), size=SIZES)
    def hand_over(self, who: int, start: int, size: int) -> None:
        """Bring some of what is unsent to the office; the tablet does not hear of it, and may send it as well."""
        tablet = self.devices[who].tablet
        receive(tablet.market_day, sealed(tablet, self.devices[who].unsent[start : start + size]), "file", "chen")

    # What the organiser does.

    @precondition(lambda self: fetch("SELECT 1 FROM operation LIMIT 1"))
    @rule(data=st.data(), chosen=st.lists(st.integers(0, 999), min_size=1, max_size=5))
    def decide(self, data: st.DataObject, chosen: list[int]) -> None:
        self.morning.draw = data.draw
        rows = fetch("SELECT tablet_id, seq, body FROM operation ORDER BY tablet_id, seq")
        for which in chosen:
            tablet, seq, body = rows[which % len(rows)]
            act, corrected = self.morning.decision(json.loads(body))
            settle((tablet, seq), act, "chen", corrected) if act else put_back((tablet, seq), "chen")

    # What always holds.

    @invariant()
    def what_is_acknowledged_is_stored_once_and_everything_else_is_still_on_its_tablet(self) -> None:
        rows = fetch("SELECT tablet_id, seq, body FROM operation ORDER BY tablet_id, seq")
        stored = {(tablet, seq): body for tablet, seq, body in rows}
        assert len(stored) == len(rows)
        for tablet, acknowledged in fetch("SELECT id, acknowledged FROM log"):
            assert [seq for log, seq in stored if log == tablet] == list(range(1, acknowledged + 1))
        for device in self.devices:
            for operation in device.log[: device.acknowledged]:
                assert stored[device.tablet.id, operation["seq"]] == body_of(operation)
        safe = set(stored.values()) | {body_of(op) for device in self.devices for op in device.unsent}
        assert safe.issuperset(self.made)

    # What holds when everything has synced.

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
            device.enrol()
        while device.unsent:
            device.hear(arrive(device.tablet, device.batch(500)))

    def _look_at_the_end(self) -> None:
        for device in self.devices:  # once more, for what the others sent last
            device.hear(arrive(device.tablet, []))
            assert device.store == heard(device.tablet, own=False)
        ended, counted, end = state(), figures(self.fair.day), End.now()
        assert {body_of(op) for _, _, log in end.logs for op in log} == set(self.made)
        assert comparable(counted) == end.counted_independently(self.fair)
        self.transaction.rollback()
        end.reach_in_another_order(self.fair, self.chance)
        assert state() == ended


def test_tablets_lose_nothing_and_end_in_the_same_state_whatever_happens(fair):
    run_state_machine_as_test(
        lambda: Tablets(fair),
        settings=settings(
            max_examples=examples(15), stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
