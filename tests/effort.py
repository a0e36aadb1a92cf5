"""How hard tests try: random ones the same examples every time in CI, others at a desk; all that is costly by night.

``CI=true`` derandomises Hypothesis, so that a build is red for a change and never by luck, and tries a quarter as many:
the same ones each time find little new. On PostgreSQL a third of those: it is the same code, and each costs twice to
six times as much. ``GANCHANG_DEEP=1`` is for the night: new examples, forty times as many, the
fault loops at the size of a whole market, each look at a page in the second language too, every benchmark, what Node's
tests prove as well, old browsers between the oldest and the newest. What the night finds becomes a plain test. None has
a deadline: on a busy machine it would measure the neighbours.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

DEEP = bool(os.environ.get("GANCHANG_DEEP"))
IN_CI = os.environ.get("CI") == "true"
_DEEPER, _IN_CI, _ON_POSTGRES = 40, 0.25, 1 / 3
_OF_A_PROPERTY = "_hypothesis_internal_use_settings"  # where Hypothesis' own plugin for pytest reads them

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("deep" if DEEP else "ci" if IN_CI else "desk")


def examples(usual: int) -> int:
    """Return how many examples a property tries that needs ``usual`` of them to be worth its time."""
    return max(1, int(usual * (_DEEPER if DEEP else _IN_CI if IN_CI else 1)))


def on_postgres(usual: int) -> int:
    """Return how many of ``usual`` examples are tried on PostgreSQL."""
    return usual if DEEP else max(1, round(usual * _ON_POSTGRES))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Try fewer examples on PostgreSQL. Both runs share one function, hence its settings are put back."""
    is_postgres = getattr(getattr(item, "callspec", None), "params", {}).get("database") == "postgresql"
    test = getattr(item, "obj", None)
    usual = getattr(test, _OF_A_PROPERTY, None) if is_postgres else None
    if usual is None:
        return (yield)
    setattr(test, _OF_A_PROPERTY, settings(usual, max_examples=on_postgres(usual.max_examples)))
    try:
        return (yield)
    finally:
        setattr(test, _OF_A_PROPERTY, usual)
