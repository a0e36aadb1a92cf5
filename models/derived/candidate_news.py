"""Candidates' news: a booth hears of the people who came to it or are tied to a vacancy of it, and of nobody else."""

from collections.abc import Iterable

from models.base.database import fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.person import is_pass, persons_of
from models.derived.scope import Scope
from models.derived.visit import PRESENCE


def tell_who_left(batch: Batch, regrouping: Regrouping) -> None:
    """Tell booths that knew a person who was split of each candidate who was one of them: it may not be theirs now."""
    if regrouping.split:
        booths = {booth for _, booth in booths_of(batch.day, regrouping.gone)}
        nodes = [node for node in regrouping.members if not is_pass(node)]
        batch.told |= {(booth, "candidate", node) for booth in booths for node in nodes}


def announce(batch: Batch) -> None:
    """Tell a booth of the people who came to it, and of what changed about them."""
    booths: dict[str, set[int]] = {}
    for fact in batch.of(*PRESENCE):
        place = batch.place_of(fact)
        at = (batch.booth_of(fact), place.booth if place else None)
        booths.setdefault(batch.persons[fact.node], set()).update(booth for booth in at if booth is not None)
    here = {fact.node for fact in batch.of("candidate.registered")}
    changed = {batch.persons[candidate] for candidate in here}
    changed |= set(persons_of(batch.linked | batch.moved.keys()).values())
    for person, booth in booths_of(batch.day, changed):
        booths.setdefault(person, set()).add(booth)
    for candidate, person in fetch_in("SELECT id, person FROM candidate WHERE person IN (??)", booths):
        for booth in booths[person]:
            own = booth == batch.booth and candidate in here
            (batch.own if own else batch.told).add((booth, "candidate", candidate))


def booths_of(market_day: int, persons: Iterable[str]) -> set[tuple[str, int]]:
    """Return ``(person, booth)``: who came to which booth, or is tied to a vacancy of it."""
    visits = "SELECT person, booth FROM visit WHERE market_day_id = ? AND person IN (??)"
    ties = "SELECT person, booth FROM scan WHERE booth IS NOT NULL AND market_day_id = ? AND person IN (??)"
    return {(person, booth) for sql in (visits, ties) for person, booth in fetch_in(sql, persons, market_day)}


def note_people(scope: Scope) -> None:
    """Note which booths heard of the candidates."""
    candidates = [node for node in scope.nodes if not is_pass(node)]
    days = fetch_in("SELECT DISTINCT market_day_id FROM visit WHERE person IN (??)", scope.nodes)
    for (day,) in set(map(tuple, days)):
        booths = {booth for _, booth in booths_of(day, scope.nodes)}
        scope.told[day] |= {(booth, "candidate", node) for booth in booths for node in candidates}
