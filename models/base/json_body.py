"""JSON bodies: read fast where they are as we write them, and exactly as ever where they are not."""

import json
from typing import TypeVar

import msgspec

T = TypeVar("T")


def decode(body: bytes) -> object:
    """Return what a JSON text says. Raises ValueError, and RecursionError for what is nested too deeply.

    msgspec refuses the half of an emoji that a text field may have cut, and numbers beyond every float. A tablet that
    sent one would never get rid of its batch, so what msgspec refuses is read by Python's own decoder.
    """
    try:
        return msgspec.json.decode(body)
    except msgspec.MsgspecError:
        return json.loads(body, parse_constant=_no_constant)


def fields_in(content: object, of: type[T]) -> T:
    """Return the fields of a struct as a JSON object has them; others are not looked at. Raises ValueError."""
    if not isinstance(content, dict):
        raise ValueError("the body is not an object")
    names = of.__struct_fields__  # type: ignore[attr-defined]
    return msgspec.convert({name: content[name] for name in names if name in content}, of)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
