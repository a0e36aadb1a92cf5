"""The MAC of a hand-over: the known answer that tablets' tests check too, and what it refuses."""

import json
from pathlib import Path

from models.base.secret import digest
from models.keys.hand_over_mac import read_signed, sign

VECTOR = json.loads((Path(__file__).parents[2] / "data" / "hand-over-mac.json").read_text(encoding="utf-8"))
PACKED = VECTOR["packed"].encode()


def test_the_known_answer():
    plain = sign(PACKED, digest(VECTOR["resume"]))
    assert plain.hex() == VECTOR["signed"]
    assert read_signed(plain).packed == PACKED and read_signed(plain).is_by(digest(VECTOR["resume"]))


def test_another_secret_a_changed_fact_or_no_mac_prove_nothing():
    plain, secret = sign(PACKED, digest(VECTOR["resume"])), digest(VECTOR["resume"])
    assert not read_signed(plain).is_by(digest("another"))
    assert not read_signed(plain).is_by(None)
    assert not read_signed(plain + b"!").is_by(secret)
    assert not read_signed(PACKED).is_by(secret)
    assert not read_signed(plain[:20]).is_by(secret)
