"""Shortened operations: what is left of one whose person was forgotten.

What figures need stays: whom and what it is about, its stage, sex, groups, trades, and in the place of the birth year
one of the same age band. What nobody needs goes: names, phones, sealed contacts, free text, and all that no kind
declares. ``forgotten`` is a keyed hash of the operation as it came, by which a repeat is known (docs/protocol.md).
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from models.log.fact import Fact
from models.log.forgotten import GONE, hashed
from models.log.kind import Kind, is_uuid, is_vacancy_number, pass_in, required_of
from models.people.candidate import surname_of

ENVELOPE = ("id", "kind", "at", "operator", "data")
SOMEBODY = "某"  # 王某 is how an official paper names a Mr Wang without naming him
AGE_BANDS = ((0, 24), (25, 39), (40, 49), (50, 59), (60, 200))  # those of models/figures/breakdown.py
# Codes, numbers and ids, whatever the kind.
STAYS = frozenset({
    "candidate", "pass", "vacancy", "check_in", "stage", "place", "correction", "channel", "by", "topic", "count",
    "spoken", "based_on", "name", "birth_year", "sex", "groups", "trades", "registered_by", "notice_at",
})  # fmt: skip
_OF_NO_KIND: dict[str, Callable[[Any], bool]] = {
    "candidate": is_uuid,
    "check_in": is_uuid,
    "vacancy": is_vacancy_number,
    "pass": lambda value: isinstance(value, str) and pass_in(value) is not None,
}
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


class Way(NamedTuple):
    """How operations are shortened: the county's key, what is left of a name, the years in which the person came.

    Without years, that of the operation's market day is taken. ``opens`` opens what the data hold sealed: groups stay.
    """

    key: bytes
    level: str
    years: frozenset[int]
    opens: Callable[[dict[str, Any]], dict[str, Any]] = dict


def shorten(fact: Fact, kind: type[Kind] | None, way: Way) -> str | None:
    """Return the body of an operation as it is kept from now on, or None when nothing in it is personal.

    ``fact`` is the operation as it came, read by itself, whatever was decided about it.
    """
    raw = json.loads(fact.body)
    operator = raw.get("operator")
    kept: dict[str, Any] = {
        "id": fact.uuid or str(uuid5(NAMESPACE_OID, fact.body)),
        "kind": fact.kind,
        "at": raw.get("at") if fact.at_ms else None,
        "operator": operator if isinstance(operator, str) and len(operator) <= 64 else None,
        "data": {},
    }
    if fact.refusal:
        kept |= {"refused": fact.refusal, "subject": fact.subject}
    else:
        kept["data"] = shorten_data(fact.data, kind, way)
        if all(raw.get(name) == kept[name] for name in ENVELOPE) and raw.keys() <= set(ENVELOPE):
            return None
    return _encode(kept | {"forgotten": hashed(way.key, fact.body)})


def shorten_data(data: dict[str, Any], kind: type[Kind] | None, way: Way) -> dict[str, Any]:
    """Return what is left of the data of a kind, None for an unknown one: data that were read without a fault."""
    if kind is None or kind.is_open:
        return {name: data[name] for name, fits in _OF_NO_KIND.items() if name in data and fits(data[name])}
    stays = STAYS | kind.stays | required_of(kind)
    kept = {name: value for name, value in way.opens(data).items() if name in stays and value is not None}
    if "name" in kept:
        kept["name"] = masked(str(kept["name"]), way.level)
    if "birth_year" in kept:
        kept["birth_year"] = year_of_band(kept["birth_year"], way.years)
    return kept


def rename(body: str) -> str:
    """Return a shortened body without the surname that was left in it."""
    raw = json.loads(body)
    if "name" in raw["data"]:
        raw["data"]["name"] = SOMEBODY
    return _encode(raw)


def masked(name: str, level: str) -> str:
    """Return what is left of a name."""
    return SOMEBODY if level == GONE else surname_of(name) + SOMEBODY


def year_of_band(birth_year: int, years: frozenset[int]) -> int:
    """Return a birth year that stands for the age band of this one in each of ``years``, at least one.

    It is the first year of those that would do, so that it says no more; of the last band, whose first year has no
    end, it is the last.
    """
    first, last = 0, 9_999
    for year in years:
        youngest, oldest = next(band for band in AGE_BANDS if year - birth_year <= band[1])
        last = min(last, year - youngest)
        first = max(first, year - oldest if oldest < AGE_BANDS[-1][1] else 0)
    return first or last
