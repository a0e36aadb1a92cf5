"""Bounds of a fact: how much of one operation is kept, and in what form that which is larger.

Operations are kept for ever and shown to people, so nobody may leave two megabytes in a field, or lists so deep that no
reader gets to their end. What is larger than any fact that a tablet writes is kept as its beginning, its size and its
digest: the fact stays, refused or marked as it would have been, and the same content is still known again.
"""

import json
from hashlib import sha256
from typing import Any

LARGEST = 32 * 1024  # letters of an operation's JSON; a registration with a sealed contact has some 1,000
LARGEST_FIELD = 4 * 1024  # no field of ours takes so many
DEEPEST = 8  # levels; ours have three
BEGINNING = 200  # letters that are kept of what is too large
ENVELOPE = ("seq", "id", "kind", "at", "operator", "data")
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def bounded(raw: dict[str, Any]) -> dict[str, Any]:
    """Return an operation as it is kept: itself, unless it is too large or too deep.

    ``seq`` is a whole number already. The same operation always gives the same.
    """
    if not _is_deep(raw, DEEPEST) and len(_encode(raw)) <= LARGEST:
        return raw
    small = {name: _fitting(value) if name != "data" else value for name, value in raw.items()}
    if isinstance(data := raw.get("data"), dict):
        small["data"] = {name: _fitting(value) for name, value in data.items()}
    else:
        small["data"] = _fitting(data)
    if len(_encode(small)) <= LARGEST:
        return small
    kept = {name: small[name] for name in ENVELOPE if name in raw}
    rest = {name: value for name, value in raw.items() if name not in ENVELOPE}
    return kept | {"data": _mark(data)} | ({"rest": _mark(rest)} if rest else {})


def _fitting(value: Any) -> Any:
    is_small = not _is_deep(value, DEEPEST - 2) and len(_encode(value)) <= LARGEST_FIELD
    return value if is_small else _mark(value)


def _mark(value: Any) -> dict[str, Any]:
    """Return what stands in the place of a value. An object: no field of ours takes one, so none mistakes it."""
    begins = value if isinstance(value, str) else "" if _is_deep(value, DEEPEST) else _encode(value)
    return {"too_large": True, "begins": begins[:BEGINNING], "sha256": _digest(value)}


def _is_deep(value: Any, levels: int) -> bool:
    """Say whether a JSON value has more than so many levels."""
    if isinstance(value, dict):
        inner: Any = value.values()
    elif isinstance(value, list):
        inner = value
    else:
        return False
    return levels == 0 or any(_is_deep(one, levels - 1) for one in inner)


def _digest(value: Any) -> str:
    """Return a digest of a JSON value, however deep: Python's own writer of JSON gives up at a thousand levels."""
    digest, left = sha256(), [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            digest.update(b"{%d" % len(one))
            for name in sorted(one):
                left += [one[name], name]
        elif isinstance(one, list):
            digest.update(b"[%d" % len(one))
            left += reversed(one)
        else:
            digest.update(_encode(one).encode() + b",")
    return digest.hexdigest()
