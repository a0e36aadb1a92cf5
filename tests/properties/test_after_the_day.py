"""What is found out after a day: said and taken back at any moment, one state and the oracle's figures follow."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.figures.summary import figures
from models.follow_up.placement import placements
from models.intake.ingest import record
from models.market.log import AFTER
from tests.effort import examples
from tests.oracle import PLACES, Oracle
from tests.properties.mornings import Morning
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import REST, deliver, orders

RESULTS = ("reached", "reached", "no_answer", "refused")
OUTCOMES = ("started", "still_there", "gone", "elsewhere", "looking")


@st.composite
def seasons(draw: st.DrawFn, fair: object) -> tuple[list[list[dict]], list[dict]]:
    """Draw three logs of a morning, and up to six facts of the weeks after it about the people in them."""
    morning = Morning(draw, fair)
    logs, said = morning.draw_logs(), []
    for number in range(draw(st.integers(1, 6))):
        fact = {
            "id": f"00000000-0000-4000-8000-{number:012d}", "kind": "contact.attempted",
            "at": f"2026-03-{3 + number:02d}T10:00:00+08:00", "operator": "organiser:chen",
            "data": {"candidate": draw(st.sampled_from(morning.candidates)), "channel": "phone"},
        }  # fmt: skip
        earlier = [one for one in said if one["kind"] == "contact.attempted"]
        if earlier and draw(st.integers(0, 3)) == 0:
            named = draw(st.sampled_from(earlier))
            fact |= {"kind": "contact.withdrawn", "data": {
                "candidate": named["data"]["candidate"], "attempt": named["id"],
            }}  # fmt: skip
        elif draw(st.integers(0, 4)) == 0:
            fact |= {"kind": "helper.assigned", "data": {"candidate": fact["data"]["candidate"], "helper": "陈"}}
        else:
            fact["data"]["result"] = result = draw(st.sampled_from(RESULTS))
            if result == "reached":
                fact["data"]["outcome"] = draw(st.sampled_from(OUTCOMES))
                fact["data"] |= draw(st.sampled_from([{}, *({"place": place} for place in PLACES)]))
        said.append(fact)
    return logs, said


def run(fair: object, tablets: list, logs: list[list[dict]], said: list[dict], order: list, at: list[int]) -> None:
    """Send batches in an order, and record each fact of later after its step: what it is about may come after it."""
    sent, waiting = [0] * len(logs), list(zip(at, said, strict=True))
    for step, (who, size, way) in enumerate([*order, *REST]):
        batch = logs[who][sent[who] : sent[who] + size]
        sent[who] += deliver(tablets[who], batch, way)
        while waiting and waiting[0][0] <= step:
            record(fair.day, [waiting.pop(0)[1]], AFTER)
    for _, fact in waiting:
        record(fair.day, [fact], AFTER)


@settings(
    max_examples=examples(10), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_any_order_gives_one_state_and_figures_apart_from_the_days(data, fair, tablets):
    logs, said = data.draw(seasons(fair))
    steps = st.lists(st.integers(0, 15), min_size=len(said), max_size=len(said)).map(sorted)
    oracle, states, days = Oracle.of(fair), [], []
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        oracle.add(tablet.letter, booth, log)
    for later in (said, said, []):
        with db.atomic() as transaction:
            run(fair, tablets, logs, later, data.draw(orders()), data.draw(steps)[: len(later)])
            states.append(state())
            days.append({name: value for name, value in figures(fair.day).items() if name not in ("as_of", "tablets")})
            found = placements([fair.day.id])[fair.day.id]
            transaction.rollback()
        if later:
            last = found
    assert_alike(states[1], states[0])
    assert days[0] == days[1] == days[2]  # nothing of it is in the day's own figures
    oracle.add("after", None, [{"seq": seq} | fact for seq, fact in enumerate(said, start=1)])
    expected = oracle.after()
    assert {name: last[name] for name in expected if name != "now"} == {
        name: value for name, value in expected.items() if name != "now"
    }
    assert {outcome: count for outcome, count in last["now"].items() if count} == expected["now"]
