"""Identity: which candidates and passes are one person.

A *node* is a candidate's id, a pass number, or ``<market day>:<number>`` for a number that is no pass of that day and
therefore nobody's. Two nodes are linked when a pass was bound to a candidate, two candidates when their identity hash
is the same or the office says so (link.py). A person is a connected set of nodes, named by its smallest candidate id,
else by its one pass number. That is a function of the set of links alone: no order of arrival changes it.
"""

from collections.abc import Iterable

from peewee import CharField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.link import links_of
from models.derived.noun import Noun, delete_by
from models.derived.scope import Scope

CANDIDATE_LETTERS, VACANCY_DIGITS = 36, 7


class Alias(BaseModel):
    """The person a node belongs to, for nodes that are not their own person."""

    node = CharField(max_length=36, primary_key=True)
    person = CharField(max_length=36, index=True)


def is_pass(node: str) -> bool:
    """Say whether a node is a pass, or a number that is none of its market day, and not a candidate."""
    return len(node) != CANDIDATE_LETTERS


def is_node(subject: str) -> bool:
    """Say whether what a fact is about is a candidate, a pass or a number, and not a vacancy."""
    return len(subject) != VACANCY_DIGITS


def shown_number(node: str) -> str:
    """Return the digits that were read, of a node that is a pass or a number."""
    return node.rpartition(":")[2]


def persons_of(nodes: Iterable[str]) -> dict[str, str]:
    """Return the person of each node; a node nobody knows is its own person."""
    nodes = set(nodes)
    found = dict(fetch_in("SELECT node, person FROM alias WHERE node IN (??)", nodes))
    return {node: found.get(node, node) for node in nodes}


def reidentify(touched: Iterable[str]) -> dict[str, str]:
    """Work out the persons around nodes whose links changed.

    Stores the new persons and returns ``{node: former person}`` for the nodes whose person changed,
    so that the caller can derive their facts again.
    """
    touched = set(touched)
    before = persons_of(touched)
    # A link that went away (an amended phone) leaves old companions that no link reaches.
    companions = fetch_in("SELECT node FROM alias WHERE person IN (??)", set(before.values()))
    nodes = touched | set(before.values()) | {node for (node,) in companions}
    links = _links_around(nodes)
    now = {
        node: person for group in _connected(links) for person in [_name(group)] for node in group
    }
    before = persons_of(now)
    moved = {node: person for node, person in now.items() if before[node] != person}
    _store(moved)
    return {node: before[node] for node in moved}


def _links_around(nodes: set[str]) -> dict[str, set[str]]:
    """Return every node reachable from ``nodes``, each with its neighbours."""
    links: dict[str, set[str]] = {node: set() for node in nodes}
    followed: set[str] = set()
    while new := links.keys() - followed:
        for one, other in _links_of(new):
            links.setdefault(one, set()).add(other)
            links.setdefault(other, set()).add(one)
        followed |= new
    return links


def _links_of(nodes: Iterable[str]) -> list[tuple[str, str]]:
    nodes = list(nodes)
    return links_of([node for node in nodes if is_pass(node)], [node for node in nodes if not is_pass(node)])


def _connected(links: dict[str, set[str]]) -> list[set[str]]:
    """Return the connected sets of a graph."""
    groups, left = [], set(links)
    while left:
        group, reach = set(), {left.pop()}
        while reach:
            group |= reach
            reach = set().union(*(links[node] for node in reach)) - group
        left -= group
        groups.append(group)
    return groups


def _name(group: set[str]) -> str:
    return min((node for node in group if not is_pass(node)), default=min(group))


def _store(moved: dict[str, str]) -> None:
    own = [(node,) for node, person in moved.items() if node == person]
    execute_many("DELETE FROM alias WHERE node = ?", own)
    execute_many(
        "INSERT INTO alias (node, person) VALUES (?, ?)"
        " ON CONFLICT (node) DO UPDATE SET person = excluded.person",
        [(node, person) for node, person in moved.items() if node != person],
    )
    execute_many(
        "UPDATE candidate SET person = ? WHERE id = ?",
        [(person, node) for node, person in moved.items() if not is_pass(node)],
    )


def regrouping_of(batch: Batch) -> Regrouping | None:
    """Return whose facts must be derived again: nodes that have older facts became other persons."""
    nodes = with_older_facts(batch, batch.moved)
    if not nodes:
        return None
    moved = {node: batch.moved[node] for node in nodes}
    now = persons_of(moved.keys() | set(moved.values()))
    persons = set(now.values())
    companions = dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", persons))
    split = any(now[node] != now[former] for node, former in moved.items())
    return Regrouping(now, {person: person for person in persons} | now | companions, now.keys() | persons, split)


def with_older_facts(batch: Batch, nodes: Iterable[str]) -> set[str]:
    """Return those of the nodes about which there were operations before this batch.

    Of facts that are stored already, the batch is no end of its log: all operations are asked, its own too.
    """
    rows = fetch_in(
        "SELECT DISTINCT subject FROM operation WHERE NOT (tablet_id = ? AND seq >= ?) AND subject IN (??)",
        nodes,
        0 if batch.again else batch.log.id,
        batch.facts[0].seq,
    )
    return {subject for (subject,) in rows}


def store(batch: Batch) -> None:
    """Work out who is who now."""
    batch.moved = reidentify(batch.linked) if batch.linked else {}
    batch.persons = persons_of({fact.subject for fact in batch.facts if fact.subject})


def take_back(scope: Scope) -> None:
    """Forget who was who."""
    delete_by("node", "alias", scope.nodes)


PERSON = Noun("person", tables=(Alias,), store=store, take_back=take_back)
