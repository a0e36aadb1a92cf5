"""Facts set aside in bulk: whenever that is said, the state is the same, and taken back it never was."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.log.exclusion import Exclusion
from models.quarantine.decide import settle
from models.quarantine.exclude import Wanted, end_exclusion, exclude
from tests.effort import examples
from tests.properties.mornings import market_mornings
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import REST, deliver, orders

NINE = datetime(2026, 2, 24, 1, tzinfo=UTC)
SAID = NINE + timedelta(hours=6)


@settings(
    max_examples=examples(24),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whenever_it_is_said_the_state_is_the_same_and_taken_back_it_never_was(data, fair, tablets):
    logs = data.draw(market_mornings(fair))
    who, minutes = data.draw(st.integers(0, 2)), data.draw(st.integers(-30, 90))
    later = data.draw(st.booleans())  # a decision about one fact, older or younger than the exclusion
    decided = (who, data.draw(st.integers(1, len(logs[who])))) if logs[who] else None
    moved = data.draw(st.none() | st.integers(-300, 300))  # minutes: its time is corrected, or it is set aside
    wanted = Wanted(tablets[who].log, None, NINE + timedelta(minutes=minutes))
    states = []
    for step in (None, 0, data.draw(st.integers(1, 6)), 99):
        with db.atomic() as transaction:
            run(tablets, logs, data.draw(orders()), wanted, step)
            if decided:
                _decide((tablets[who].id, decided[1]), logs[who][decided[1] - 1], moved, later)
            states.append(state())
            if step is not None:
                end_exclusion(Exclusion.get(), "chen")
                assert_alike(state(), states[0])
            transaction.rollback()

    assert_alike(states[2], states[1])
    assert_alike(states[3], states[1])


def _decide(key: tuple[int, int], operation: dict, moved: int | None, later: bool) -> None:
    """Set one fact aside, or correct its time alone, before or after the exclusion was said."""
    at = SAID + timedelta(minutes=5 if later else -5)
    said = operation.get("data")
    if moved is None or not isinstance(said, dict):
        settle(key, "set_aside", "chen", at=at)
    else:
        settle(key, "corrected", "chen", said, at=at, happened=NINE + timedelta(minutes=moved))


def run(tablets, logs, order, wanted: Wanted, when: int | None) -> None:
    """Send the batches in an order, and set facts aside at a step, or after all."""
    sent = [0] * len(logs)
    steps = list(enumerate([*order, *REST]))
    when = when and min(when, len(steps))
    for step, (who, size, way) in steps:
        if step == when:
            exclude(tablets[0].market_day, wanted, "chen", "stolen", at=SAID)
        sent[who] += deliver(tablets[who], logs[who][sent[who] : sent[who] + size], way)
    if when == len(steps):
        exclude(tablets[0].market_day, wanted, "chen", "stolen", at=SAID)
