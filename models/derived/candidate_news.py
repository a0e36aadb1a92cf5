"""Candidates' news: a booth hears of the people who came to it or are tied to a vacancy of it, and of nobody else."""

from collections.abc import Collection

from models.base.database import fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.person import is_pass, persons_of
from models.derived.scope import Scope
from models.derived.visit import PRESENCE
from models.derived.withdrawal import visited_by


def tell_who_left(batch: Batch, regrouping: Regrouping) -> None:
    """Tell booths that knew a person who was split of each candidate who was one of them: it may not be theirs now."""
    if regrouping.split:
        nodes = [node for node in regrouping.members if not is_pass(node)]
        for day, _, booth in booths_of(regrouping.gone):
            batch.tell(day, {(booth, "candidate", node) for node in nodes})


def announce(batch: Batch) -> None:
    """Tell a booth of the people who came to it, and of what changed about them; of that, booths of other days too."""
    if batch.taken:
        tell_of_withdrawals(batch)
    booths: dict[str, set[tuple[int, int]]] = {}
    for fact in batch.of(*PRESENCE):
        place = batch.place_of(fact)
        at = (batch.booth_of(fact), place.booth if place else None)
        came = booths.setdefault(batch.persons[fact.node], set())
        came |= {(batch.day, booth) for booth in at if booth is not None}
    here = {fact.node for fact in batch.of("candidate.registered")}
    changed = {batch.persons[candidate] for candidate in here}
    changed |= set(persons_of(batch.linked | batch.moved.keys()).values())
    for day, person, booth in booths_of(changed):
        booths.setdefault(person, set()).add((day, booth))
    for candidate, person in fetch_in("SELECT id, person FROM candidate WHERE person IN (??)", booths):
        for day, booth in booths[person]:
            if (day, booth) == (batch.day, batch.booth) and candidate in here:
                batch.own.add((booth, "candidate", candidate))
            else:
                batch.tell(day, {(booth, "candidate", candidate)})


def tell_of_withdrawals(batch: Batch) -> None:
    """Tell the booth of what is taken back there, and every booth that knows the person."""
    nodes = batch.taken | visited_by(batch.taken)
    persons = set(persons_of(nodes).values())
    booths = {(day, booth) for day, _, booth in booths_of(persons)} | {(batch.day, batch.booth)}
    known = {candidate for (candidate,) in fetch_in("SELECT id FROM candidate WHERE person IN (??)", persons)}
    for day, booth in booths:
        if booth is not None:
            batch.tell(day, {(booth, "candidate", candidate) for candidate in known | (batch.taken & nodes)})


def booths_of(persons: Collection[str]) -> set[tuple[int, str, int]]:
    """Return ``(market day, person, booth)``: who came to which booth, or is tied to a vacancy of it."""
    visits = "SELECT market_day_id, person, booth FROM visit WHERE person IN (??)"
    ties = "SELECT market_day_id, person, booth FROM scan WHERE booth IS NOT NULL AND person IN (??)"
    return {(day, person, booth) for sql in (visits, ties) for day, person, booth in fetch_in(sql, persons)}


def note_people(scope: Scope) -> None:
    """Note which booths heard of the candidates."""
    candidates = [node for node in scope.nodes if not is_pass(node)]
    for day, _, booth in booths_of(scope.nodes):
        scope.told[day] |= {(booth, "candidate", node) for node in candidates}
