"""The difference between two readings of a row of the set-up, as the audit log keeps it: fields, each old and new."""

from datetime import date, datetime
from typing import Any

from peewee import ForeignKeyField

LONGEST = 500  # letters of a value
Changes = dict[str, list[Any]]  # field: [old, new]; of a secret field: []


def whole(row: Any, is_new: bool, known: dict[tuple[str, Any], str] | None = None) -> Changes:
    """Return all that stands in a row that is new or gone. Empty fields say nothing.

    ``known``: what other rows are called, asked for once where many rows are noted.
    """
    found: Changes = {}
    for field in row.noted_fields():
        value = row.__data__.get(field.name)
        if value in (None, "", [], False):
            continue
        said = None if row.is_secret(field) else _said(field, value, known)
        found[field.name] = [] if row.is_secret(field) else [None, said] if is_new else [said, None]
    return found


def changes(before: Any, after: Any) -> Changes:
    """Return what differs between two readings of a row."""
    found: Changes = {}
    for field in after.noted_fields():
        old, new = before.__data__.get(field.name), after.__data__.get(field.name)
        if old != new:
            found[field.name] = [] if after.is_secret(field) else [_said(field, old), _said(field, new)]
    return found


def _said(field: Any, value: Any, known: dict[tuple[str, Any], str] | None = None) -> Any:
    """Return a value as it is kept in JSON; another row by what it is called, for it may be gone one day."""
    if value is None:
        return None
    if isinstance(field, ForeignKeyField) and hasattr(field.rel_model, "noted_as"):
        names, place = known if known is not None else {}, (field.name, value)
        if place not in names:
            found = field.rel_model.get_or_none(field.rel_model._meta.primary_key == value)
            names[place] = found.noted_as() if found else str(value)
        return names[place]
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) > LONGEST:
        return value[:LONGEST] + "…"
    return value if isinstance(value, str | int | float | bool | list) else str(value)
