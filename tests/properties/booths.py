"""What happens at the booths of a random season: rules of the machine in test_tablets.py."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from models.log.fact import body_of
from tests.properties.device import Device
from tests.properties.office import DEVICES
from tests.properties.season import offered

NIGHTS = st.sampled_from((1, 9, 9))  # after the last a log is closed
WORK = st.tuples(*[st.integers(0, 3)] * 4)  # facts of each device
WANG = {"name": "王芳", "birth_year": 1980, "phone": "13800000000"}


class Booths(RuleBasedStateMachine):
    """Records facts, and goes to the next market."""

    @rule(data=st.data(), who=DEVICES, times=st.integers(1, 6))
    def record(self, data: st.DataObject, who: int, times: int) -> None:
        self.morning.draw = data.draw
        for _ in range(times):
            self._record(self.devices[who], self.morning.perhaps_spoiled(self.fact(who)))

    @rule(data=st.data(), one=DEVICES, other=DEVICES, by_pass=st.booleans())
    def register_one_person_twice(self, data: st.DataObject, one: int, other: int, by_pass: bool) -> None:
        self.morning.draw = data.draw
        same = {"pass": self.season.passes[0]} if by_pass else WANG
        for who in (one, other):
            fact = self.fact(who, "candidate.registered")
            if fact["kind"] == "candidate.registered":
                self._record(self.devices[who], fact | {"data": fact["data"] | same})

    @rule(data=st.data(), who=DEVICES)
    def hire(self, data: st.DataObject, who: int) -> None:
        """Somebody with a pass is tied to a vacancy and hired, perhaps for the place that another day's booth gave."""
        self.morning.draw = data.draw
        tie = self.fact(who, "check_in.recorded")
        tie["data"] = {"pass": data.draw(st.sampled_from(self.season.passes)), "vacancy": tie["data"]["vacancy"]}
        hire = self.fact(who, "check_in.progressed")
        for fact in (tie, hire | {"data": {"check_in": tie["id"], "stage": "hired", "place": "town"}}):
            self._record(self.devices[who], fact)

    def fact(self, who: int, kind: str | None = None) -> dict:
        """Draw a fact of a device's booth and day; seldom about a vacancy that is offered elsewhere."""
        tablet = self.devices[who].tablet
        self.morning.date = str(tablet.market_day.date)
        self.morning.scans = self.scans.setdefault(tablet.market_day_id, [])
        visible = [number for number, booth in offered() if tablet.booth.is_desk or booth == tablet.booth_id]
        self.morning.vacancies = [*sorted(set(visible) & set(self.vacancies)) * 4, *self.vacancies]
        return self.morning.fact(kind)

    def _record(self, device: Device, fact: dict) -> None:
        device.record(fact)
        self.note(fact)
        self.recorded_in.setdefault(body_of(fact), set()).add(device.tablet.market_day_id)

    def note(self, fact: dict) -> None:
        """Note a fact that may never be lost."""
        self.made.append(body_of(fact))

    @rule(data=st.data(), without=st.sets(DEVICES), nights=NIGHTS)
    def evening(self, data: st.DataObject, without: set[int], nights: int) -> None:
        """Send all and be off to the next market; who is without network stays, and hears of it when it may."""
        for device in self.devices:
            device.restart()
        self.sync(without)
        self.now += timedelta(days=nights)
        self.sync(without)
        self.work(data)

    def work(self, data: st.DataObject) -> None:
        """Record a few facts at every booth; one of them at least is that somebody is hired."""
        for who, facts in enumerate(data.draw(WORK)):
            self.record(data, who, facts)
        self.hire(data, data.draw(DEVICES))
