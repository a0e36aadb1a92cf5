"""ECDSA takes (r, N − s) where it takes (r, s), so anybody can write a second code for a pass. It is the same pass."""

from datetime import UTC, datetime

from models.keys.pass_key import PassKey, check_signed, keys_of
from models.people.candidate_pass import numbered, read_pass
from models.schema import Operation, Visit

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
NUMBER, EVENING = numbered(900_000_042), datetime(2026, 2, 24, 15, tzinfo=UTC)


def mirrored(digits: str) -> str:
    packed = int(digits).to_bytes(80, "big")
    s = ORDER - int.from_bytes(packed[48:], "big")
    return str(int.from_bytes(packed[:48] + s.to_bytes(32, "big"), "big"))


def test_a_mirrored_signature_is_the_same_pass(fair, enrol, operation):
    digits = PassKey.current(fair.county).sign(fair.day, NUMBER, EVENING)
    other = mirrored(digits)
    number, signed = read_pass(other)
    assert other != digits and number == NUMBER
    assert check_signed(signed, fair.day.id, 0, keys_of(fair.county.id)) is None
    tablet = enrol(fair.clothing)
    tablet.sync(*(operation(seq, "visit.recorded", pass_=text) for seq, text in enumerate((digits, other, digits), 1)))
    assert Visit.select().count() == 1 and {fact.reason for fact in Operation.select()} == {None}


def test_a_signature_with_anything_else_changed_is_forged(fair):
    packed = int(PassKey.current(fair.county).sign(fair.day, NUMBER, EVENING)).to_bytes(80, "big")
    for place in (7, 11, 15, 20, 50):  # number, expiry, r, s
        changed = packed[:place] + bytes([packed[place] ^ 1]) + packed[place + 1 :]
        assert check_signed(changed, fair.day.id, 0, keys_of(fair.county.id)) == "pass_forged"


def test_another_county_s_key_signs_nothing_here(fair, enrol, operation):
    """As to who made it there is one county to a key: a laptop of the other county makes no pass of ours."""
    digits = PassKey.current(fair.elsewhere).sign(fair.day, NUMBER, EVENING)
    answer = enrol(fair.clothing).sync(operation(1, "visit.recorded", pass_=digits))
    assert answer.json["results"] == [{"seq": 1, "outcome": "attention", "reason": "pass_forged"}]
    assert check_signed(read_pass(digits)[1], fair.day.id, 0, keys_of(fair.elsewhere.id)) is None
