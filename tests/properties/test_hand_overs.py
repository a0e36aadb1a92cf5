"""Hand-overs of any part of a log, with gaps before it, in any order with sync: every fact counts once."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db, fetch
from models.figures.summary import figures
from models.intake.hand_over import receive
from models.intake.ingest import ingest
from models.schema import Operation, Tablet
from tests.effort import examples
from tests.oracle import Oracle
from tests.properties.mornings import market_mornings
from tests.properties.test_convergence import comparable
from tests.sealing import sealed


def hand_over(tablet: Tablet, operations: list[dict]) -> None:
    receive(tablet.market_day, sealed(tablet, operations), "file", "chen")


def slices() -> st.SearchStrategy:
    step = st.tuples(st.integers(0, 2), st.integers(0, 8), st.integers(1, 9), st.booleans())
    return st.lists(step, max_size=12)


@settings(
    max_examples=examples(24),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_parts_handed_over_in_any_order_are_counted_once(data, fair, tablets):
    logs = data.draw(market_mornings(fair))
    with db.atomic() as transaction:
        for who, start, size, is_sealed in data.draw(slices()):
            part = logs[who][start : start + size]
            hand_over(tablets[who], part) if is_sealed else ingest(tablets[who].log, part)
        everywhere = {uuid for (uuid,) in fetch("SELECT uuid FROM operation")}
        for tablet, log in zip(tablets, logs, strict=True):
            hand_over(tablet, log)
        counted = figures(fair.day)
        own = {tablet.id: {op.seq for op in Operation.select().where(Operation.log == tablet.id)} for tablet in tablets}
        transaction.rollback()

    assert everywhere <= {op["id"] for log in logs for op in log}
    assert own == {tablet.id: {op["seq"] for op in log} for tablet, log in zip(tablets, logs, strict=True)}
    assert [row["tablet"] for row in counted["tablets"]] == ["A", "B", "C"]
    assert all(row["unsent"] == 0 for row in counted["tablets"])
    oracle = Oracle.of(fair)
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        oracle.add(tablet.letter, booth, log)
    assert comparable(counted) == oracle.figures(), json.dumps(logs, ensure_ascii=False)
