"""Whatever the order, the batches and the repeats: every state is the same, and the figures are right."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import CheckIn, Operation, Progress, Scan, Tablet, Tally, Visit
from models.database import db, fetch
from models.summary import figures
from models.sync.ingest import ingest
from tests.oracle import Oracle
from tests.properties.mornings import market_mornings

PROJECTIONS = (Operation, Scan, Progress, CheckIn, Visit, Tally)


@pytest.fixture
def tablets(fair):
    booths = (fair.clothing, fair.kitchen, fair.desk)
    return [
        Tablet.create(market_day=fair.day, booth=booth, letter=letter)
        for booth, letter in zip(booths, "ABC", strict=True)
    ]


def send(tablets: list[Tablet], logs: list[list[dict]], order: list[tuple[int, int, bool]]) -> None:
    """Send the logs in the order drawn: (tablet, how many operations, whether twice)."""
    sent = [0, 0, 0]
    for who, size, twice in [*order, *((who, 500, False) for who in range(3))]:
        batch = logs[who][sent[who] : sent[who] + size]
        for _ in range(1 + twice):
            ingest(tablets[who], batch)
        sent[who] += len(batch)


def state() -> dict[str, list]:
    """Return everything derived, without the times of arrival and the change log's positions."""
    rows = {model.__name__: sorted(map(repr, model.select().tuples())) for model in PROJECTIONS}
    rows["Operation"] = sorted(
        map(repr, fetch("SELECT tablet_id, seq, body, outcome, reason FROM operation"))
    )
    rows["Person"] = sorted(fetch("SELECT id, person FROM candidate"))
    rows["Alias"] = sorted(fetch("SELECT node, person FROM alias"))
    rows["Closed"] = sorted(fetch("SELECT number, closed FROM vacancy"))
    return rows


def orders() -> st.SearchStrategy:
    step = st.tuples(st.integers(0, 2), st.integers(1, 4), st.booleans())
    return st.lists(step, max_size=12)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_of_batches_gives_the_same_state_and_the_right_figures(data, fair, tablets):
    logs = data.draw(market_mornings(fair))
    states = []
    for _ in range(2):
        order = data.draw(orders())
        with db.atomic() as transaction:
            send(tablets, logs, order)
            states.append(state())
            counted = figures(fair.day)
            refused = {
                (tablet, seq)
                for tablet, seq in fetch("SELECT tablet_id, seq FROM operation WHERE outcome = 'refused'")
            }
            transaction.rollback()

    assert states[0] == states[1]
    oracle = Oracle({fair.sewing.number: 1, fair.ironing.number: 1, fair.cook.number: 2})
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        kept = [op for op in log if (tablet.id, op["seq"]) not in refused]
        oracle.add(tablet.letter, booth, kept)
    assert _comparable(counted) == oracle.figures() | oracle.breakdowns(), json.dumps(logs, ensure_ascii=False)


def _comparable(counted: dict) -> dict:
    """Return the figures in the oracle's shape."""
    return {
        **{
            name: counted[name]
            for name in (
                "persons", "visits", "registered", "check_ins", "persons_checked_in", "reached", "tallies",
                "persons_reached", "migrant_places",
            )
        },
        "seekers": {row["trade"]: row["seekers"] for row in counted["trades"] if row["seekers"]},
        "groups": {
            (row["group"], row["sex"], row["age"]): (row["registered"], row["agreed"], row["hired"])
            for row in counted["groups"]
        },
        "booths": {row["booth"]: row["visits"] for row in counted["booths"] if row["visits"]},
        "vacancies": {row["number"]: row["check_ins"] for row in counted["vacancies"]},
        "hours": {row["hour"]: (row["visits"], row["check_ins"]) for row in counted["hours"]},
    }  # fmt: skip


