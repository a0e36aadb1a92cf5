"""Whatever people settle, and whenever: the state is that of all facts and the standing decisions, in any order."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.figures.summary import figures
from models.log.fact import body_of
from models.quarantine.decide import put_back, settle
from models.schema import Tablet
from tests.effort import examples
from tests.oracle import Oracle
from tests.properties.mornings import Decision, settled_mornings
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import REST, comparable, deliver, orders


class Morning:
    """A morning as it reaches the server: batches of three logs, and decisions about what arrived."""

    def __init__(self, tablets: list[Tablet], logs: list[list[dict]]) -> None:
        self.tablets, self.logs, self.sent = tablets, logs, [0] * len(logs)

    def run(self, order: list[tuple[int, int, str]], decisions: list[tuple[int, Decision]]) -> None:
        """Send batches in an order, each decision after its step or as soon as its fact is here."""
        waiting = list(decisions)
        for step, (who, size, way) in enumerate([*order, *REST]):
            batch = self.logs[who][self.sent[who] : self.sent[who] + size]
            self.sent[who] += deliver(self.tablets[who], batch, way)
            while waiting and waiting[0][0] <= step and waiting[0][1][1] <= self.sent[waiting[0][1][0]]:
                self.decide(waiting.pop(0)[1])
        for _, decision in waiting:
            self.decide(decision)

    def decide(self, decision: Decision) -> None:
        """Settle a fact, or put it back."""
        log, seq, act, data = decision
        key = (self.tablets[log].id, seq)
        settle(key, act, "chen", data) if act else put_back(key, "chen")


def standing(logs: list[list[dict]], decisions: list[Decision]) -> list[Decision]:
    """Return the decisions that stand in the end; what the same fact was decided in another log counts too."""
    last: dict[str, Decision] = {}
    for decision in decisions:
        said = body_of(logs[decision[0]][decision[1] - 1])
        last.pop(said, None)
        if decision[2]:
            last[said] = decision
    return list(last.values())


@settings(
    max_examples=examples(28),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_of_facts_and_decisions_gives_the_same_state_and_the_right_figures(data, fair, tablets):
    logs, decisions = data.draw(settled_mornings(fair))
    final = data.draw(st.permutations(standing(logs, decisions)))
    states = []
    for decided in (decisions, final):
        order = data.draw(orders())
        at = sorted(data.draw(st.lists(st.integers(0, 12), min_size=len(decided), max_size=len(decided))))
        with db.atomic() as transaction:
            Morning(tablets, logs).run(order, list(zip(at, decided, strict=True)))
            states.append(state())
            counted = figures(fair.day)
            transaction.rollback()

    assert_alike(states[1], states[0])
    oracle = Oracle.of(fair)
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        oracle.add(tablet.letter, booth, log)
    for log, seq, act, corrected in final:
        oracle.settle(logs[log][seq - 1], act, corrected)
    assert comparable(counted) == oracle.figures(), json.dumps((logs, final), ensure_ascii=False)
