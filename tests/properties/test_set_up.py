"""A vacancy or passes that come into being after facts that name them: the state is as if they had come before."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.derived.anew import passes_added
from models.kiosk.set_up import keep_vacancy
from models.quarantine.decide import settle
from models.schema import PassRange, Vacancy
from tests.effort import examples
from tests.properties.mornings import market_mornings
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import REST, deliver, orders


@settings(
    max_examples=examples(28),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whenever_a_vacancy_and_passes_are_added_the_state_is_the_same(data, fair, tablets):
    logs = data.draw(market_mornings(fair))
    who = data.draw(st.integers(0, 2))
    accepted = data.draw(st.none() | st.integers(1, len(logs[who]))) if logs[who] else None
    states = []
    for step in (0, data.draw(st.integers(1, 6)), 99):
        with db.atomic() as transaction:
            late = _taken_away(fair)
            _run(fair, tablets, logs, data.draw(orders()), step, late)
            if accepted:
                settle((tablets[who].id, accepted), "accepted", "chen")
            states.append(state())
            transaction.rollback()

    assert_alike(states[1], states[0])
    assert_alike(states[2], states[0])


def _taken_away(fair) -> tuple[dict, dict]:
    """Take the sewing vacancy and all passes away, and return what they were."""
    vacancy = dict(fair.sewing.__data__, id=None)
    span = dict(PassRange.get(market_day=fair.day).__data__)
    Vacancy.delete().where(Vacancy.id == fair.sewing.id).execute()
    PassRange.delete().execute()
    return vacancy, span


def _add(fair, late: tuple[dict, dict]) -> None:
    """Add both as an organiser does."""
    vacancy, span = late
    keep_vacancy(Vacancy(**vacancy), fair.clothing)
    passes_added(PassRange.create(**span).numbers())


def _run(fair, tablets, logs, order, when: int, late) -> None:
    """Send the batches in an order, and add what was taken away at a step, or after all."""
    sent = [0] * len(logs)
    steps = list(enumerate([*order, *REST]))
    when = min(when, len(steps))
    for step, (who, size, way) in steps:
        if step == when:
            _add(fair, late)
        sent[who] += deliver(tablets[who], logs[who][sent[who] : sent[who] + size], way)
    if when == len(steps):
        _add(fair, late)
