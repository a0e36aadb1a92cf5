"""A thousand requests that nobody should send, by night twice as many, on both databases: none is answered by a 500."""

import pytest

from bench.fuzz import Fuzz
from models.base.database import is_sqlite
from tests.effort import DEEP


@pytest.mark.parametrize("seed", [1, 2] if DEEP else [1])
def test_no_request_whatever_is_answered_by_a_500(app, fair, morning, seed):
    fuzz = Fuzz(app, seed)
    fuzz.run((1_750 if is_sqlite() else 750) // (1 if DEEP else 2))
    assert not fuzz.faults, "\n\n".join(f"{fault}\n{how}" for fault, how in fuzz.faults.items())
    assert fuzz.statuses.keys() >= {200, 303, 401, 403, 404, 405, 422}
