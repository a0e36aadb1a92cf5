"""Whatever the order, the batches and the repeats: every state is the same, and the figures are right."""

import json
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import CheckIn, Operation, Progress, Scan, Showing, Tablet, Tally, Visit
from models.database import db, fetch
from models.summary import figures
from models.sync.hand_over import receive
from models.sync.ingest import ingest
from tests.oracle import Oracle
from tests.properties.mornings import in_the_clear, market_mornings
from tests.sealing import sealed

PROJECTIONS = (Operation, Scan, Progress, CheckIn, Visit, Tally, Showing)


# Such a reason stands before one that is worked out from other facts.
SAID_BY_THE_FACT_ITSELF = ("vacancy_other_booth", "contact_unreadable", "under_16")


@pytest.fixture
def tablets(fair):
    booths = (fair.clothing, fair.kitchen, fair.desk)
    return [
        Tablet.create(market_day=fair.day, booth=booth, letter=letter)
        for booth, letter in zip(booths, "ABC", strict=True)
    ]


def send(tablets: list[Tablet], logs: list[list[dict]], order: list[tuple[int, int, str]]) -> None:
    """Send the logs in the order drawn: (tablet, how many operations, in what way)."""
    sent = [0, 0, 0]
    for who, size, way in [*order, *((who, 500, "once") for who in range(3))]:
        batch = logs[who][sent[who] : sent[who] + size]
        if way == "handed over":  # which the tablet does not hear of: it sends the same again
            receive(tablets[who].market_day, sealed(tablets[who], batch), "file", "chen")
            continue
        for _ in range(2 if way == "twice" else 1):
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


def copies_among(tablets: list[Tablet], logs: list[list[dict]]) -> set[tuple[int, int]]:
    """Return (tablet, seq) of what was scanned from a pass's QR within 20 s after the same at another booth."""
    shown = []
    for tablet, log in zip(tablets, logs, strict=True):
        for op in log:
            is_child = op["kind"] == "candidate.registered" and op["data"]["birth_year"] > 2010  # refused unread
            if op["data"].get("pass", "").startswith("https:") and not is_child:
                at = datetime.fromisoformat(op["at"]).timestamp()
                shown.append((at, tablet.id, op["seq"], op["data"]["pass"], tablet.booth_id))
    return {
        later[1:3]
        for earlier, later in permutations(shown, 2)
        if earlier < later and later[0] - earlier[0] <= 20 and earlier[3] == later[3] and earlier[4] != later[4]
    }


def orders() -> st.SearchStrategy:
    step = st.tuples(st.integers(0, 2), st.integers(1, 4), st.sampled_from(("once", "twice", "handed over")))
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
            reasons = {tuple(key): reason for *key, reason in fetch("SELECT tablet_id, seq, reason FROM operation")}
            refused = {
                (tablet, seq)
                for tablet, seq in fetch("SELECT tablet_id, seq FROM operation WHERE outcome = 'refused'")
            }
            transaction.rollback()

    assert states[0] == states[1]
    copied = copies_among(tablets, logs)
    assert {key for key, reason in reasons.items() if reason == "pass_copied"} <= copied
    assert {reasons[key] for key in copied} <= {"pass_copied", *SAID_BY_THE_FACT_ITSELF}
    oracle = Oracle({fair.sewing.number: 1, fair.ironing.number: 1, fair.cook.number: 2})
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        oracle.add(tablet.letter, booth, in_the_clear(log, fair), {seq for of, seq in refused if of == tablet.id})
    assert comparable(counted) == oracle.figures(), json.dumps(logs, ensure_ascii=False)


def comparable(counted: dict) -> dict:
    """Return the figures in the oracle's shape."""
    return {
        **{
            name: counted[name]
            for name in (
                "persons", "visits", "registered", "check_ins", "persons_checked_in", "reached", "tallies",
            )
        },
        "booths": {row["booth"]: row["visits"] for row in counted["booths"] if row["visits"]},
        "vacancies": {row["number"]: row["check_ins"] for row in counted["vacancies"]},
        "hours": {row["hour"]: (row["visits"], row["check_ins"]) for row in counted["hours"]},
    }  # fmt: skip


