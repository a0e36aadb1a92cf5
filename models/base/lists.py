"""Lists in one column: short words joined by commas, as tablets and forms send them."""

import re
from collections.abc import Iterable

from peewee import CharField

COMMA = re.compile(r"[,，]")  # the second is what Chinese keyboards type


class ListField(CharField):
    """Codes as a list in Python and as text with commas in the database. A text that is assigned is stored as it is."""

    def db_value(self, value: Iterable[str] | str | None) -> str | None:
        return value if value is None or isinstance(value, str) else ",".join(value)

    def python_value(self, value: str | None) -> list[str] | None:
        return None if value is None else listed(value)


def listed(text: str) -> list[str]:
    """Return the words of a text with commas, without empty ones."""
    return [word.strip() for word in COMMA.split(text) if word.strip()]
