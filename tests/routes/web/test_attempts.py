"""How often a secret may be guessed: a sliding window for each key, counted anew by each application."""

import time

import pytest

from routes.web.attempts import WINDOW_SECONDS, Attempts

TRIES = 3


@pytest.fixture
def attempts(app):
    with app.app_context():
        yield Attempts("test", TRIES)


@pytest.fixture
def later(monkeypatch):
    """Return a function that sets the limiter's clock forward."""
    start, passed = time.time(), [0.0]
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: start + passed[0])

    def later(seconds: float) -> None:
        passed[0] += seconds

    return later


def test_tries_are_spent_for_that_key_alone(attempts):
    for _ in range(TRIES):
        assert not attempts.are_spent("chen")
        attempts.add("chen")

    assert attempts.are_spent("chen")
    assert not attempts.are_spent("tan")
    assert not Attempts("another", TRIES).are_spent("chen")


def test_looking_spends_nothing(attempts):
    assert not any(attempts.are_spent("chen") for _ in range(10 * TRIES))


def test_each_failure_is_forgotten_when_its_own_window_ends(attempts, later):
    for _ in range(TRIES):
        assert not attempts.are_spent("chen")
        attempts.add("chen")
        later(60)
    assert attempts.are_spent("chen")

    later(WINDOW_SECONDS - 60 * TRIES + 1)  # now the first is older than the window, the others are not
    assert not attempts.are_spent("chen")
    attempts.add("chen")
    assert attempts.are_spent("chen")
    later(WINDOW_SECONDS + 1)
    assert not attempts.are_spent("chen")


def test_another_application_counts_for_itself(app, attempts):
    for _ in range(TRIES):
        attempts.add("chen")
    app.extensions.pop("attempts")

    assert not attempts.are_spent("chen")
