"""Codes and passes, by the vectors that the tablet is held to as well (tests/data/passes.json)."""

from datetime import datetime

import pytest

from models.base import check_digit
from models.keys.pass_key import check_signed
from models.people.candidate_pass import read_pass
from tests.vectors import vectors

VECTORS = vectors("passes")


def moment(at: str) -> int:
    """Return a time in ms."""
    return int(datetime.fromisoformat(at).timestamp() * 1000)


KEYS = {
    key["key_id"]: (VECTORS["private_pem"], key["revoked_at"] and moment(key["revoked_at"])) for key in VECTORS["keys"]
}


@pytest.mark.parametrize("case", VECTORS["texts"], ids=lambda case: case.get("name", ascii(case["text"][:60])))
def test_what_a_tablet_sends_is_read_and_what_it_turns_away_is_no_pass(case):
    if "error" in case:
        assert read_pass(case["text"]) is None
    else:
        number, _ = read_pass(case["sent"])
        assert number == case["number"] and check_digit.is_valid(number)


@pytest.mark.parametrize("case", VECTORS["passes"], ids=lambda case: case["name"])
def test_a_signed_pass_is_judged_by_the_moment_at_which_it_was_scanned(case):
    number, signed = read_pass(case["digits"])
    assert number == VECTORS["number"]
    assert check_signed(signed, VECTORS["market_day"], moment(case["at"]), KEYS) == case["reason"]
