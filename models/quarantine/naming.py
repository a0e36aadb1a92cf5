"""Naming: whom facts are about and which vacancy, as far as they say so in a way that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.base.database import fetch_in
from models.derived.person import is_pass, persons_of
from models.log.kind import is_uuid, is_vacancy_number, pass_in
from models.log.operation import Key

if TYPE_CHECKING:
    from models.quarantine.entry import Entry


def name_people(found: Iterable[Entry]) -> None:
    """Let each entry know whom it is about and which vacancy, if it names them in a way that can be read."""
    check_ins = {entry.data["check_in"].lower() for entry in found if is_uuid(entry.data.get("check_in"))}
    scans = fetch_in("SELECT id, node, vacancy FROM scan WHERE id IN (??)", check_ins)
    ties = {scan: (node, vacancy) for scan, node, vacancy in scans}
    nodes: dict[Key, str] = {}
    for entry in found:
        node, entry.vacancy = ties.get(str(entry.data.get("check_in")).lower()) or _about(entry)
        entry.pass_number = node if is_pass(node) else _pass_of(entry.data)
        nodes[entry.tablet.id, entry.seq] = node or entry.pass_number
    names = names_of(set(nodes.values()))
    titles = dict(fetch_in("SELECT number, title FROM vacancy WHERE number IN (??)", {e.vacancy for e in found}))
    for entry in found:
        typed = entry.data.get("name")
        own = [typed] if isinstance(typed, str) else names.get(nodes[entry.tablet.id, entry.seq], [])
        entry.names, entry.title = own, titles.get(entry.vacancy, "")


def _about(entry: Entry) -> tuple[str, str]:
    """Return the node and the vacancy that an entry names, empty where it names none."""
    id, candidate, vacancy = json.loads(entry.body).get("id"), entry.data.get("candidate"), entry.data.get("vacancy")
    if entry.kind in ("candidate.registered", "candidate.amended"):
        candidate = id
    node = candidate.lower() if is_uuid(candidate) else _pass_of(entry.data)
    return node, vacancy if is_vacancy_number(vacancy) else ""


def _pass_of(data: dict) -> str:
    """Return the number of the pass that an entry names, or what stands there if it is no pass."""
    text = data.get("pass")
    if not isinstance(text, str):
        return ""
    known = pass_in(text)
    return known[0] if known else text[:40]


def names_of(nodes: set[str]) -> dict[str, list[str]]:
    """Return the names under which each node is registered; a pass given to two people has two."""
    persons = persons_of(nodes)
    rows = fetch_in("SELECT id, person, name FROM candidate WHERE person IN (??)", set(persons.values()))
    own = {id: [name] for id, _, name in rows}
    of_person: dict[str, list[str]] = {}
    for _, person, name in sorted(rows):
        if name not in of_person.setdefault(person, []):
            of_person[person].append(name)
    names = {node: own.get(node) or of_person.get(person, []) for node, person in persons.items()}
    return names | _names_of_refused(node for node, known in names.items() if not known)


def _names_of_refused(nodes: Iterable[str]) -> dict[str, list[str]]:
    """Return the names in registrations that do not count, such as a child's."""
    sql = "SELECT subject, body FROM operation WHERE kind = 'candidate.registered' AND subject IN (??)"
    rows = fetch_in(sql, nodes)
    return {subject: [name] for subject, body in rows if isinstance(name := json.loads(body)["data"].get("name"), str)}
