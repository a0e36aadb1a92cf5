"""How hard tests try: random ones the same examples every time in CI, others at a desk; all that is costly by night.

``CI=true`` derandomises Hypothesis, so that a build is red for a change and never by luck, and tries a quarter as many:
the same ones each time find little new. ``GANCHANG_DEEP=1`` is for the night: new examples, forty times as many, the
fault loops at the size of a whole market, each look at a page in the second language too, every benchmark, what Node's
tests prove as well, old browsers between the oldest and the newest. What the night finds becomes a plain test. None has
a deadline: on a busy machine it would measure the neighbours.
"""

import os

from hypothesis import settings

DEEP = bool(os.environ.get("GANCHANG_DEEP"))
IN_CI = os.environ.get("CI") == "true"
_DEEPER, _IN_CI = 40, 0.25

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("deep", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("deep" if DEEP else "ci" if IN_CI else "desk")


def examples(usual: int) -> int:
    """Return how many examples a property tries that needs ``usual`` of them to be worth its time."""
    return int(usual * (_DEEPER if DEEP else _IN_CI if IN_CI else 1))
