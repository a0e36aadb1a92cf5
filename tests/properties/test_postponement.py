"""A market day that is put off amid what phones record: the state is as if it had been put off before, or after all."""

from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.intake.ingest import record
from models.kiosk.postponement import postpone
from models.schema import MarketDay
from tests.effort import examples
from tests.properties.state import assert_alike, state

NEW_DATE = date(2027, 1, 5)  # in another year: who may be 16 then is not who may be 16 now
TIMES = ("2026-02-20T20:00:00+08:00", "2026-02-24T09:00:00+08:00", "2027-01-05T09:00:00+08:00")
PEOPLE = [(UUID(int=n, version=4), name, born) for n, (name, born) in enumerate(
    [("王师傅", 1975), ("李工", 2009), ("小陈", 2010), ("小周", 2011), ("王师傅", 1975)], start=1)]  # fmt: skip


@st.composite
def evenings(draw, numbers: list[str]) -> list[dict]:
    """Draw facts as phones send them: people register, and check in for some vacancies."""
    facts: list[dict] = []
    for place, (candidate, name, born) in enumerate(draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1))):
        at = draw(st.sampled_from(TIMES))
        own = {"name": name, "birth_year": born, "phone": "13800000000", "trades": ["sewing"], "registered_by": "self"}
        facts.append(_fact("candidate.registered", candidate, at, **own, notice_at=at))
        for number in draw(st.lists(st.sampled_from(numbers), unique=True)):
            id = UUID(int=1_000 * (place + 1) + int(number) % 997, version=4)
            named = {"candidate": str(candidate), "vacancy": number, "channel": "phone"}
            facts.append(_fact("check_in.recorded", id, draw(st.sampled_from(TIMES)), **named))
    return facts


def _fact(kind: str, id: UUID, at: str, **data: object) -> dict:
    return {"id": str(id), "kind": kind, "at": at, "operator": None, "data": data}


@settings(
    max_examples=examples(24),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whenever_a_day_is_put_off_the_state_is_the_same(data, fair):
    facts = data.draw(evenings([fair.sewing.number, fair.cook.number]))
    states = []
    for step in (0, data.draw(st.integers(0, len(facts))), len(facts)):
        with db.atomic() as transaction:
            _run(fair, facts, step)
            states.append(state())
            transaction.rollback()

    assert_alike(states[1], states[0])
    assert_alike(states[2], states[0])


def _run(fair, facts: list[dict], when: int) -> None:
    """Record the facts one by one, and put the day off after some of them."""
    for place in range(len(facts) + 1):
        day = MarketDay.get_by_id(fair.day.id)
        if place == when:
            postpone(day, NEW_DATE, "chen", "大雨")
            day = MarketDay.get_by_id(fair.day.id)
        if place < len(facts):
            record(day, [facts[place]])
