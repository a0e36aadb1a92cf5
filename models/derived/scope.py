"""Scope: which operations stand or fall with one another, and who was told of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.base.database import fetch_in
from models.derived import announcement
from models.derived.person import is_pass, persons_of
from models.log.change import Told
from models.log.operation import Key, fetch_keys

NODES = (10, 36)  # letters of a pass number, of a candidate's id; a vacancy's number is no node
_HERE = "tablet_id = ? AND seq IN (??)"


@dataclass
class Scope:
    """What is taken back, and by market day what it touched while it stood."""

    keys: set[Key] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)
    vacancies: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: defaultdict[int, set[Told]] = field(default_factory=lambda: defaultdict(set))


def around(keys: set[Key]) -> Scope:
    """Return what must be taken back with these operations: all about the same persons and check-ins."""
    scope = Scope()
    while new := keys - scope.keys:
        scope.keys |= new
        nodes = _persons_whole(_nodes_of(new)) - scope.nodes
        scope.nodes |= nodes
        keys = about(nodes) | _tied_to(new)
    _note_ties(scope)
    _note_people(scope)
    return scope


def _nodes_of(keys: set[Key]) -> set[str]:
    subjects = fetch_keys(f"SELECT subject FROM operation WHERE subject IS NOT NULL AND {_HERE}", keys)
    passes = fetch_keys(f"SELECT pass_number FROM pass_binding WHERE {_HERE}", keys)
    return {node for (node,) in subjects + passes if len(node) in NODES}


def _persons_whole(nodes: set[str]) -> set[str]:
    persons = set(persons_of(nodes).values())
    return nodes | persons | {node for (node,) in fetch_in("SELECT node FROM alias WHERE person IN (??)", persons)}


def about(nodes: Iterable[str]) -> set[Key]:
    """Return the operations about these nodes."""
    return set(map(tuple, fetch_in("SELECT tablet_id, seq FROM operation WHERE subject IN (??)", nodes)))


def _tied_to(keys: set[Key]) -> set[Key]:
    """Return the sendings and moves that belong to the same check-ins as these."""
    ids = set(fetch_keys(f"SELECT id FROM scan WHERE {_HERE}", keys))
    ids |= set(fetch_keys(f"SELECT scan FROM progress WHERE {_HERE}", keys))
    ids = {id for (id,) in ids}
    scans = fetch_in("SELECT tablet_id, seq FROM scan WHERE id IN (??)", ids)
    moves = fetch_in("SELECT tablet_id, seq FROM progress WHERE scan IN (??)", ids)
    return set(map(tuple, scans + moves))


def _note_ties(scope: Scope) -> None:
    """Note which vacancies the operations are about, and who heard of their check-ins."""
    for day, vacancy in fetch_keys(
        "SELECT market_day_id, subject FROM operation WHERE kind IN ('vacancy.filled', 'vacancy.reopened')"
        f" AND subject IS NOT NULL AND {_HERE}",
        scope.keys,
    ):
        scope.vacancies[day].add(vacancy)
    for day, vacancy, scan, *booths in fetch_keys(
        "SELECT s.market_day_id, s.vacancy, s.id, s.booth, b.number FROM scan AS s JOIN log AS t"
        " ON t.id = s.tablet_id LEFT JOIN booth AS b ON b.id = t.booth_id WHERE s.tablet_id = ? AND s.seq IN (??)",
        scope.keys,
    ):
        scope.vacancies[day].add(vacancy)
        scope.told[day] |= {(booth, "check_in", scan) for booth in booths if booth is not None}


def _note_people(scope: Scope) -> None:
    """Note which booths heard of the candidates."""
    candidates = [node for node in scope.nodes if not is_pass(node)]
    days = fetch_in("SELECT DISTINCT market_day_id FROM visit WHERE person IN (??)", scope.nodes)
    for (day,) in set(map(tuple, days)):
        booths = {booth for _, booth in announcement.booths_of(day, scope.nodes)}
        scope.told[day] |= {(booth, "candidate", node) for booth in booths for node in candidates}
