"""Lines: a market day's figures one by one, as a table of (table, row, figure, value)."""

from collections.abc import Collection, Mapping
from typing import Any

TABLES = ("stops", "booths", "vacancies", "hours", "tablets", "trades", "groups")
Line = tuple[str, str, str, object]  # (table, row, figure, value)
# What differs between two counts of the same facts, or says nothing of what happened.
# What versions of before the program knew it do not have.
_ADDED = {("totals", "market_day"), ("totals", "referred"), ("totals", "taken_up"), ("totals", "provinces")}
_OF_THE_COUNT = {"as_of", "version", "closed_at", "reason", "hash", "since"}


def lines_of(figures: Mapping[str, Any], tables: Collection[str] = TABLES) -> list[Line]:
    """Return the figures as lines, each figure once. A row is named by its first field; a total has no row."""
    lines: list[Line] = []
    for name, value in figures.items():
        if name in tables:
            for row in value:
                key, *rest = row.items()
                lines += [(name, str(key[1]), figure, amount) for figure, amount in rest]
        elif isinstance(value, dict):
            lines += [("totals", name, figure, amount) for figure, amount in value.items()]
        elif isinstance(value, list):
            lines.append(("totals", "", name, ", ".join(map(str, value))))
        else:
            lines.append(("totals", "", name, value))
    return lines


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str, object, object]]:
    """Return ``(table, row, figure, old, new)`` of the figures that are not the same; None is none.

    Tablets are left out: what they say of themselves changes with every contact. So is what a version of before does
    not say of its day, because the program did not ask for it then.
    """
    before, after = _counted(old), _counted(new)
    return [
        (*key, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key) and not (key[:2] in _ADDED and key not in before)
    ]


def _counted(figures: Mapping[str, Any]) -> dict[tuple[str, str, str], object]:
    return {
        (table, row, figure): value
        for table, row, figure, value in lines_of(figures)
        if table != "tablets" and not (table == "totals" and figure in _OF_THE_COUNT)
    }
