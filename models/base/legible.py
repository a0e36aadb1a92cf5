"""Legible text: what may be drawn for people and sent to a database, of text that anybody may have sent.

Half of an emoji or of a rare character (a lone surrogate) cannot be written in UTF-8, and PostgreSQL keeps no NUL.
Both come from old browsers that cut a text, or from a person who tries. What came stays in the operation as it came.
"""

import json
import re
from typing import Any

from models.base.json_body import decode

LONGEST_SHOWN = 32 * 1024  # letters of one text; facts are kept with no longer one
DEEPEST = 20  # lists within lists
_ILLEGIBLE = re.compile("[\0\ud800-\udfff]")
_SIGN = "\ufffd"  # what Unicode has for a letter that nobody can read


def legible(text: str) -> str:
    """Return a text with a sign in place of every letter that cannot be drawn or stored."""
    return _ILLEGIBLE.sub(_SIGN, text)


def legible_in(value: Any, levels: int = DEEPEST) -> Any:
    """Return a JSON value with all its texts legible, the names of fields too, none longer or deeper than is shown."""
    if isinstance(value, str):
        return legible(value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…")
    if not isinstance(value, list | dict):
        return value
    if levels == 0:
        return "…"
    if isinstance(value, list):
        return [legible_in(one, levels - 1) for one in value]
    return {legible_in(name): legible_in(one, levels - 1) for name, one in value.items()}


def read_legible(body: str) -> dict[str, Any]:
    """Return a stored operation's JSON, legible."""
    found: dict[str, Any] = legible_in(json.loads(body))
    return found


def read_typed(text: str) -> object:
    """Return what a JSON text from a form says, legible; None where it says nothing that can be read."""
    try:
        return legible_in(decode(text.encode()))
    except (ValueError, RecursionError):
        return None
