"""What a JSON text says does not depend on which of the two decoders reads it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.json_body import decode

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


def canonical(content: object) -> str:
    return json.dumps(content, sort_keys=True)


@given(VALUES, st.booleans())
def test_it_reads_what_pythons_decoder_reads(content, ascii_only):
    body = json.dumps(content, ensure_ascii=ascii_only)
    body = body.encode("utf-8", "surrogatepass" if not ascii_only else "strict")
    assert canonical(decode(body)) == canonical(json.loads(body))


@pytest.mark.parametrize("text", [r'"\ud83d"', r'{"name": "\ude00"}', "1e400", "-0", "123456789012345678901234567890"])
def test_odd_texts_are_read_as_ever(text):
    assert canonical(decode(text.encode())) == canonical(json.loads(text))


@pytest.mark.parametrize("text", ["", "NaN", "[Infinity]", "[1,]", '"\x01"', "{1: 2}", "01", '"\\x"', "[] x"])
def test_what_is_no_json_is_a_value_error(text):
    with pytest.raises(ValueError):
        decode(text.encode())


def test_what_is_nested_too_deeply_is_an_error_that_the_callers_know():
    with pytest.raises((ValueError, RecursionError)):
        decode(b"[" * 100_000)
