"""Whatever the order, the batches and the repeats: every state is the same, and the figures are right."""

import json
from datetime import datetime
from itertools import permutations, takewhile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db, fetch
from models.figures.summary import figures
from models.intake.hand_over import receive
from models.intake.ingest import ingest
from models.schema import Tablet
from models.vocabulary.reason import PRECEDENCE
from tests.effort import examples
from tests.oracle import Oracle
from tests.properties.mornings import market_mornings
from tests.properties.state import assert_alike, state
from tests.sealing import sealed

REST = [(who, 500, "once") for who in range(3)]
REASONS = "SELECT t.letter, o.seq, o.reason FROM operation AS o JOIN log AS t ON t.id = o.tablet_id"
COPIES = "SELECT t.letter, r.seq FROM remark AS r JOIN log AS t ON t.id = r.tablet_id WHERE r.reason = 'pass_copied'"


def send(tablets: list[Tablet], logs: list[list[dict]], order: list[tuple[int, int, str]]) -> None:
    """Send the logs in the order drawn: (tablet, how many operations, in what way)."""
    sent = [0, 0, 0]
    for who, size, way in [*order, *REST]:
        sent[who] += deliver(tablets[who], logs[who][sent[who] : sent[who] + size], way)


def deliver(tablet: Tablet, batch: list[dict], way: str) -> int:
    """Bring a batch to the server, once, twice or handed over; return how many operations the tablet knows of."""
    if way == "handed over":  # which the tablet does not hear of: it sends the same again
        receive(tablet.market_day, sealed(tablet, batch), "file", "chen")
        return 0
    for _ in range(2 if way == "twice" else 1):
        ingest(tablet.log, batch)
    return len(batch)


def copies_in(oracle: Oracle) -> set[tuple[str, int]]:
    """Return (letter, seq) of what was scanned from a pass's QR within 20 s after the same at another booth."""
    shown = [
        (datetime.fromisoformat(op["at"]).timestamp(), letter, op["seq"], op["data"]["pass"], booth)
        for letter, booth, op in oracle.facts
        if op["data"].get("pass", "").startswith("https:")
    ]
    return {
        later[1:3]
        for earlier, later in permutations(shown, 2)
        if earlier < later and later[0] - earlier[0] <= 20 and earlier[3] == later[3] and earlier[4] != later[4]
    }


def orders() -> st.SearchStrategy:
    step = st.tuples(st.integers(0, 2), st.integers(1, 4), st.sampled_from(("once", "twice", "handed over")))
    return st.lists(step, max_size=12)


@settings(
    max_examples=examples(40),
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
            reasons = {tuple(key): reason for *key, reason in fetch(REASONS)}
            noticed = set(map(tuple, fetch(COPIES)))
            transaction.rollback()

    assert_alike(states[1], states[0])
    oracle = Oracle.of(fair)
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        oracle.add(tablet.letter, booth, log)
    assert comparable(counted) == oracle.figures(), json.dumps(logs, ensure_ascii=False)
    copied = copies_in(oracle)
    assert noticed == copied
    # What a fact shows by itself is shown before it, what others show is not.
    before = takewhile(lambda reason: reason != "pass_copied", PRECEDENCE)
    assert {reasons[key] for key in copied} <= {"pass_copied", *before}


def comparable(counted: dict) -> dict:
    """Return the figures in the oracle's shape."""
    return {
        **{
            name: counted[name]
            for name in (
                "persons", "visits", "nameless", "signed_up", "registered", "check_ins", "persons_checked_in",
                "reached", "tallies", "persons_reached", "places", "provinces", "migrant_places",
                "referred", "taken_up",
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
