"""Whoever is forgotten whenever, and whatever comes late: one state in the end, and the figures of before."""

import json
from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.clock import milliseconds, utcnow
from models.base.database import db, fetch, writing
from models.derived.forget import forget
from models.derived.forget_rows import Forgetting
from models.derived.replay import replay
from models.figures.summary import figures
from models.intake.ingest import ingest
from tests.effort import examples
from tests.properties.mornings import market_mornings
from tests.properties.state import assert_alike, state

NAMES = ("王芳", "李强", "陈秀英", "王 • 芳", "13800000000", "13900000000", "138-0000-0000")
REST = [(who, 500) for who in range(3)]
SAYS_WHO = ("name", "birth_year", "phone", "contact")


def steps() -> st.SearchStrategy:
    """Draw the order in which batches come; -1 forgets the people there are, as many as the number says."""
    return st.lists(st.tuples(st.integers(-1, 2), st.integers(1, 4)), max_size=14)


def play(fair, tablets, logs, order) -> None:
    """Send the logs in this order, with people forgotten in between."""
    sent = [0, 0, 0]
    for who, size in [*order, *REST]:
        if who < 0:
            forget_people(fair.county, size)
        else:
            batch = logs[who][sent[who] : sent[who] + size]
            for _ in range(2):  # a repeat is known as one, whole or shortened
                ingest(tablets[who].log, batch)
            sent[who] += len(batch)


def forget_people(county, most: int = 500) -> None:
    found = [id for (id,) in fetch("SELECT id FROM candidate ORDER BY registered_at, id LIMIT ?", (most,))]
    with writing():
        forget(found, Forgetting(county, milliseconds(utcnow())))


def told() -> dict[str, list]:
    """Return the state, each link under the name of the first candidate who has it: links are random."""
    links: dict[str, str] = {}
    for link, candidate in fetch("SELECT link, MIN(candidate) FROM forgotten WHERE link IS NOT NULL GROUP BY link"):
        links[link] = candidate
    text = json.dumps(state())
    for link, candidate in links.items():
        text = text.replace(link, f"as {candidate}")
    return json.loads(text)


def without_changes_of_who(logs: list[list[dict]]) -> list[list[dict]]:
    """Leave out what says later that somebody is another: of the forgotten, nobody can be told apart any more.

    A registration that is taken back is no candidate's any more, so what it held goes when its period is over
    (models/forgetting/due.py), and who asks for deletion in between finds nothing of it. Of a pass that proves not
    to be theirs, facts that came before a deletion are shortened and later ones are not: they name nobody.
    """
    logs = deepcopy(logs)
    for op in (op for log in logs for op in log):
        if op["kind"] in ("candidate.withdrawn", "candidate.restored", "pass.voided"):
            op |= {"kind": "tally.counted", "data": {"topic": "leaflet", "count": 1}}
        if op["kind"] == "candidate.amended":
            for name in SAYS_WHO:
                op["data"].pop(name, None)
            op["data"]["cleared"] = [name for name in op["data"].pop("cleared", []) if name not in SAYS_WHO]
    return logs


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_with_people_forgotten_at_any_time_ends_in_the_same_state(data, fair, tablets):
    logs = without_changes_of_who(data.draw(market_mornings(fair)))
    states, counted = [], []
    for _ in range(2):
        with db.atomic() as transaction:
            play(fair, tablets, logs, data.draw(steps()))
            counted.append(counts(fair))
            forget_people(fair.county)
            states.append(told())
            assert counted[-1] == counts(fair)
            replay([tuple(key) for key in fetch("SELECT tablet_id, seq FROM operation")])
            assert_alike(told(), states[-1])
            kept = json.dumps(fetch("SELECT name, phone FROM candidate"), ensure_ascii=False)
            assert not any(name in kept for name in NAMES)
            transaction.rollback()
    with db.atomic() as transaction:
        play(fair, tablets, logs, [])
        counted.append(counts(fair))
        transaction.rollback()

    assert_alike(states[1], states[0])
    assert counted[0] == counted[1] == counted[2]


def counts(fair) -> dict:
    """Return the figures of the day, without when tablets were heard of and how many facts wait for a person.

    Of somebody who was forgotten there is less to decide.
    """
    return {name: value for name, value in figures(fair.day).items() if name not in ("as_of", "tablets", "attention")}
