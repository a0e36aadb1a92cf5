"""Links: which candidates and passes stand for one person, each pair by itself (person.py connects them).

A pass links with whom it was given to, two candidates with the same identity hash link with each other, and so do two
of whom the office says that they are one (same_person.py). Where the office says that two are not one, neither a pass
nor a hash links them: of those who share it, each goes to the first with whom nobody in it is parted from them.
"""

from collections import defaultdict
from collections.abc import Iterable

from models.base.database import fetch_in
from models.derived.same_person import Pair, words_about

Link = tuple[str, str]
_BOUND = "SELECT pass_number, candidate FROM pass_binding WHERE stands AND "


def links_of(passes: list[str], candidates: list[str]) -> list[Link]:
    """Return the links of these nodes with any others."""
    bound = set(fetch_in(_BOUND + "pass_number IN (??)", passes) + fetch_in(_BOUND + "candidate IN (??)", candidates))
    twins = fetch_in(
        "SELECT one.id, other.id FROM candidate AS one JOIN candidate AS other"
        " ON other.identity = one.identity AND other.county_id = one.county_id"
        " WHERE one.id <> other.id AND one.id IN (??)",
        candidates,
    )
    words = words_about({*candidates, *(node for _, node in bound), *(node for pair in twins for node in pair)})
    joined = [pair for pair, is_one in words.items() if is_one]
    if parted := {pair for pair, is_one in words.items() if not is_one}:
        bound -= _cut(bound, parted)
        twins = _still_twins(twins, parted)
    return [*bound, *twins, *joined]


def _cut(bound: set[Link], parted: set[Pair]) -> set[Link]:
    """Return which of these bindings link nobody: the pass was given earlier to somebody whom they are parted from."""
    of_the_parted = {number for number, candidate in bound if any(candidate in pair for pair in parted)}
    rows = sorted(fetch_in(
        "SELECT pass_number, effective_ms, tablet_id, seq, candidate FROM pass_binding"
        " WHERE stands AND pass_number IN (??)", of_the_parted,
    ))  # fmt: skip
    parted = {pair for pair, is_one in words_about({row[-1] for row in rows}).items() if not is_one}
    owners: dict[str, list[str]] = defaultdict(list)
    cut = set()
    for number, *_, candidate in rows:
        if _is_parted(candidate, owners[number], parted):
            cut.add((number, candidate))
        else:
            owners[number].append(candidate)
    return cut - {(number, owner) for number, some in owners.items() for owner in some}


def _still_twins(twins: list[Link], parted: set[Pair]) -> list[Link]:
    """Return the pairs with the same hash that are still one when those who are parted stand apart."""
    groups = {frozenset({one, *(b for a, b in twins if a == one)}) for one, _ in twins}
    together = [some for group in groups for some in _apart(group, parted)]
    return [(one, other) for some in together for one in some for other in some if one < other]


def _apart(group: Iterable[str], parted: set[Pair]) -> list[list[str]]:
    """Divide people of one hash: each goes to the first, by their ids, among whom they are parted from nobody."""
    divided: list[list[str]] = []
    for one in sorted(group):
        for some in divided:
            if not _is_parted(one, some, parted):
                some.append(one)
                break
        else:
            divided.append([one])
    return divided


def _is_parted(one: str, others: Iterable[str], parted: set[Pair]) -> bool:
    return any((min(one, other), max(one, other)) in parted for other in others)
