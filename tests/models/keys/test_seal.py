"""Boxes that only the county opens: the known answers, and what was changed, cut off or is for somebody else."""

import json
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.keys import seal as seal_module
from models.keys.seal import Lid, SealKey, Unreadable, bytes_of, open_box, private_keys, text_of

VECTOR = json.loads((Path(__file__).parents[2] / "data/sealed-box.json").read_text(encoding="utf-8"))
KEYS = {VECTOR["key_id"]: VECTOR["private_pem"]}


def plain_bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


@pytest.mark.parametrize("case", VECTOR["cases"], ids=lambda case: case["name"])
def test_a_box_made_by_an_independent_hand_opens(case):
    assert open_box(bytes_of(case["box"]), KEYS) == plain_bytes(case["plain"])


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_as_it_was(plain):
    box = Lid(VECTOR["key_id"], bytes_of(VECTOR["public"])).seal(plain)

    assert len(box) == 96 + len(plain)
    assert bytes_of(text_of(box)) == box
    assert open_box(box, KEYS) == plain


@given(data=st.data())
def test_no_byte_of_a_box_can_be_changed(data):
    box = bytearray(plain_bytes(VECTOR["cases"][0]["box"]))
    place = data.draw(st.integers(0, len(box) - 1))
    box[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Unreadable):
        open_box(bytes(box), KEYS)


@given(st.binary(max_size=200))
def test_garbage_is_unreadable_and_no_error(garbage):
    for box in (garbage, b"\x01" + garbage, plain_bytes(VECTOR["cases"][0]["box"])[: len(garbage)]):
        with pytest.raises(Unreadable):
            open_box(box, KEYS)


@pytest.mark.parametrize("text", ["a", "AQ==", "A Q", "AQ\n", "é", "A+/A", "AB"])
def test_only_plain_base64url_is_read(text):
    with pytest.raises(Unreadable):
        bytes_of(text)


def test_a_key_is_made_once_and_another_county_does_not_open_its_boxes(database, fair):
    key = SealKey.current(fair.county)
    box = key.seal("好".encode())

    assert SealKey.current(fair.county) == key
    assert open_box(box, private_keys(fair.county.id)) == "好".encode()
    SealKey.current(fair.elsewhere)
    with pytest.raises(Unreadable):
        open_box(box, private_keys(fair.elsewhere.id))


def test_the_slow_part_of_opening_is_done_once_for_all_boxes_of_a_page(monkeypatch):
    derived = []
    cipher = seal_module._cipher
    monkeypatch.setattr(seal_module, "_cipher", lambda *key: derived.append(key) or cipher(*key))
    seal_module._opener.cache_clear()

    for case in VECTOR["cases"] * 100:
        open_box(plain_bytes(case["box"]), KEYS)

    assert len(derived) == 1
