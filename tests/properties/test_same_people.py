"""Who is whom by the office's word: said at any moment of a morning, or taken back, it leads to the same state."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.derived.same_person import KINDS, PARTED
from models.intake.ingest import record
from models.log.settlement import SET_ASIDE
from models.market.log import OFFICE, Log
from models.quarantine.decide import put_back, settle
from models.schema import Candidate
from tests.effort import examples
from tests.properties.mornings import Morning
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import REST, deliver, orders


@st.composite
def mornings(draw: st.DrawFn, fair: object) -> tuple[list[list[dict]], list[dict]]:
    """Draw three logs, and up to five words of the office about the people in them."""
    morning = Morning(draw, fair)
    logs = morning.draw_logs()
    words = []
    for number in range(draw(st.integers(1, 5))):
        one, other = draw(st.permutations(morning.candidates))[:2]
        words.append({
            "id": f"00000000-0000-4000-8000-{number:012d}", "kind": draw(st.sampled_from(KINDS)),
            "at": f"2026-02-24T{8 + number:02d}:30:00+08:00", "operator": "organiser:chen",
            "data": {"candidate": one, "other": other},
        })  # fmt: skip
    return logs, words


def run(fair: object, tablets: list, logs: list[list[dict]], words: list[dict], order: list, at: list[int]) -> None:
    """Send batches in an order, and say each word of the office after its step."""
    sent, waiting = [0] * len(logs), list(zip(at, words, strict=True))
    for step, (who, size, way) in enumerate([*order, *REST]):
        batch = logs[who][sent[who] : sent[who] + size]
        sent[who] += deliver(tablets[who], batch, way)
        while waiting and waiting[0][0] <= step:
            record(fair.day, [waiting.pop(0)[1]], OFFICE)
    for _, word in waiting:
        record(fair.day, [word], OFFICE)


@settings(
    max_examples=examples(12), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_who_is_whom_does_not_depend_on_when_the_office_says_it(data, fair, tablets):
    logs, words = data.draw(mornings(fair))
    gone = data.draw(st.integers(1, len(words)))
    Log.of(fair.day, OFFICE)
    states, without = [], []
    for _ in range(2):
        order = data.draw(orders())
        at = sorted(data.draw(st.lists(st.integers(0, 12), min_size=len(words), max_size=len(words))))
        with db.atomic() as transaction:
            run(fair, tablets, logs, words, order, at)
            states.append(state())
            key = (Log.of(fair.day, OFFICE).id, gone)
            settle(key, SET_ASIDE, "chen")
            without.append(state())
            put_back(key, "chen")
            assert comparable(state()) == comparable(states[-1])  # whatever it was, it is again
            transaction.rollback()
    assert_alike(states[1], states[0])
    assert comparable(without[0]) == comparable(without[1])


def test_a_word_that_stands_parts_whoever_it_names(fair, tablets, operation):
    ids = [f"0000000{place}-0000-4000-8000-000000000000" for place in range(3)]
    same = {"name": "陈秀英", "birth_year": 1970, "phone": "13800000000"}
    record(fair.day, [operation(0, "candidate.registered", id=id, **same) for id in ids])
    record(fair.day, [operation(0, PARTED, candidate=ids[1], other=ids[0])], OFFICE)
    assert [one.person for one in Candidate.select().order_by(Candidate.id)] == [ids[0], ids[1], ids[0]]


def comparable(found: dict[str, list]) -> dict[str, list]:
    """Return a state without what tells that something was decided, and when."""
    return {table: rows for table, rows in found.items() if table not in ("settlement", "remark")}
