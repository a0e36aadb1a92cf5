"""Late: what comes of somebody who was forgotten is shortened before it is stored, or when it shows whose it is."""

import json
from collections.abc import Collection, Iterable

from models.base.database import execute_many, fetch_in
from models.derived import nouns
from models.derived.batch import Batch
from models.derived.forget_rows import (
    Forgetting,
    Row,
    keys_of,
    note,
    opens_of,
    rows_of,
    shorten_all,
    tell_of,
    way_of,
    years_by_person,
)
from models.derived.person import is_node, is_pass, persons_of
from models.derived.replay import replay_people
from models.derived.scan import MOVES, moved_by
from models.log.fact import Fact
from models.log.forgotten import (
    ASKED,
    GONE,
    MASKED,
    any_forgotten,
    forgetting_key,
    forgotten_among,
    hashed,
    keys_among,
)
from models.log.kind import read_data
from models.log.shortened import Way, shorten
from models.market.county import County
from models.market.log import Log


def shorten_known(log: Log, facts: list[Fact]) -> bool:
    """Shorten new facts about people who were forgotten, before anything of them is stored. Inside ``writing()``.

    Returns whether the county has forgotten anybody: if not, ``forget_late`` has nothing to look for.
    """
    if not facts or not any_forgotten(log.market_day.county_id):
        return False
    if levels := _levels_of(facts):
        _shorten_new(log, facts, levels)
    return True


def _shorten_new(log: Log, facts: list[Fact], levels: dict[str, str]) -> None:
    """Shorten those of these facts that are about somebody of whom ``levels`` says how much of the name is left."""
    key = forgetting_key(log.market_day.county.identity_key)
    kinds, year = nouns.kinds(), log.market_day.date.year
    years, opens = _years_by_node(levels.keys(), year), opens_of(log.market_day.county)
    for fact in facts:
        node = _node_of(fact)
        way = Way(key, levels.get(node or "", GONE), years.get(node or "", frozenset()), opens)
        if node in levels and (body := shorten(fact, kinds.get(fact.kind), way)):
            fact.forgotten = json.loads(body)["forgotten"]
            fact.body, fact.data = body, json.loads(body)["data"]
            fact.remarks.discard("unknown_field")
            if not fact.refusal and (kind := kinds.get(fact.kind)):
                fact.said, _ = read_data(kind, fact.data)


def forget_late(batch: Batch) -> None:
    """Forget again whom a batch brought back: registrations from before a person was forgotten. Inside ``writing()``.

    They are known by the keyed hash of their identity, or by a pass that makes them one with somebody forgotten.
    """
    county = batch.log.market_day.county
    touched = {fact.subject for fact in batch.facts if fact.subject and is_node(fact.subject)}
    touched |= batch.linked | batch.moved.keys()
    forget_listed(touched, county)


def forget_listed(nodes: Iterable[str], county: County) -> int:
    """Forget those around these nodes who should be; return how many. Call it inside ``writing()``."""
    touched, gone = set(nodes), 0
    while late := late_among(touched, county):
        _forget_as(late, county)
        touched |= set(late)
        gone += len(late)
    return gone


def late_among(nodes: Iterable[str], county: County) -> dict[str, tuple[int, str | None, str]]:
    """Return ``{candidate: (at_ms, link or None, level)}`` of those around these nodes who should be forgotten.

    They are known by the keyed hash of their own id, which a list that outlived a backup brings, or of their identity.
    """
    rows = rows_of("person", set(persons_of(nodes).values()), county)
    known = forgotten_among(row.id for row in rows)
    key = forgetting_key(county.identity_key)
    living = [row for row in rows if row.id not in known]
    hashes = {row.id: [hashed(key, said) for said in (row.id, row.identity) if said] for row in living}
    keyed = keys_among(county.id, {hash for some in hashes.values() for hash in some})
    late: dict[str, tuple[int, str | None, str]] = {}
    for row in rows:
        if row.id in known:
            continue
        by_key = [
            (at, link or None, MASKED)
            for hash in hashes[row.id]
            for at, link in keyed.get(hash, ())
            if row.registered_at < at
        ]
        by_person = [
            (known[other.id].at_ms, None, known[other.id].level)
            for other in rows
            if other.person == row.person and other.id in known and row.registered_at < known[other.id].at_ms
        ]
        if found := by_key or sorted(by_person, key=lambda one: one[0]):
            late[row.id] = found[0]
    return late


def _forget_as(late: dict[str, tuple[int, str | None, str]], county: County) -> None:
    rows = rows_of("id", late, county)
    for row in rows:
        at_ms, link, level = late[row.id]
        forgetting = Forgetting(county, at_ms, ASKED, level)
        note([row], forgetting, link)
        years = years_by_person([row])[row.person]
        shorten_all(dict.fromkeys(keys_of({row.id: row.person}, moves=False), years), way_of(forgetting))
    execute_many("UPDATE candidate SET token_hash = NULL WHERE id = ?", [(candidate,) for candidate in late])
    replay_people(late)
    tell_of(rows)


def _years_by_node(nodes: Collection[str], year: int) -> dict[str, frozenset[int]]:
    persons = persons_of(nodes)
    rows = [Row(node, persons[node], None, 0, "", 0, None) for node in nodes]
    years = years_by_person(rows)
    return {node: years[persons[node]] | {year} for node in nodes}


def _node_of(fact: Fact) -> str | None:
    if fact.kind in MOVES and isinstance(check_in := fact.data.get("check_in"), str) and fact.said:
        return moved_by(fact) if check_in else None
    return fact.subject or _named_in(fact)


def _named_in(fact: Fact) -> str | None:
    """Return whom a fact names that was refused before it was asked what it is about: its data are kept as well."""
    named = fact.data.get("candidate", fact.uuid) if isinstance(fact.data, dict) else fact.uuid
    return named if isinstance(named, str) and not is_pass(named) else None


def _levels_of(facts: list[Fact]) -> dict[str, str]:
    """Return what is left of the names of those whom facts are about, of nodes and check-ins that are forgotten."""
    named = {node for fact in facts if (node := _node_of(fact)) and (is_node(node))}
    scans = {fact_node for fact in facts if fact.kind in MOVES and (fact_node := _node_of(fact))}
    node_of_scan = dict(fetch_in("SELECT id, node FROM scan WHERE id IN (??)", scans))
    nodes = named | set(node_of_scan.values())
    levels = {candidate: known.level for candidate, known in forgotten_among(nodes).items()}
    levels |= _levels_of_passes({node for node in nodes if is_pass(node)})
    return levels | {scan: levels[node] for scan, node in node_of_scan.items() if node in levels}


def _levels_of_passes(passes: set[str]) -> dict[str, str]:
    """Return those of these passes whose person was forgotten, with all registrations that it has."""
    persons = dict(fetch_in("SELECT node, person FROM alias WHERE node IN (??)", passes))
    candidates: dict[str, set[str]] = {}
    for candidate, person in fetch_in("SELECT id, person FROM candidate WHERE person IN (??)", set(persons.values())):
        candidates.setdefault(person, set()).add(candidate)
    known = forgotten_among(candidate for some in candidates.values() for candidate in some)
    return {
        number: known[min(candidates[person])].level
        for number, person in persons.items()
        if (mine := candidates.get(person)) and mine <= known.keys()
    }
