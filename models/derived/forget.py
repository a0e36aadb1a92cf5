"""Forgetting: candidates of whom only what figures and repeats need is kept (docs/decisions/0041).

Their operations are shortened, and their rows become what the shortened operations would make. Who is one with whom
does not change: a link takes the place of each identity hash. What comes late of somebody who was forgotten is
shortened before it is stored, or at the end of the transaction that showed whose it is.
"""

import json
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from typing import NamedTuple

from models.base.database import execute_many, fetch_in
from models.derived import nouns
from models.derived.batch import Batch
from models.derived.candidate_news import booths_of
from models.derived.contact import opened
from models.derived.person import is_node, is_pass, persons_of
from models.derived.replay import replay_people
from models.derived.scan import MOVES, moved_by
from models.keys.seal import private_keys
from models.log.change import announce
from models.log.fact import Fact, read_fact
from models.log.forgotten import (
    ASKED,
    GONE,
    MASKED,
    any_forgotten,
    forgetting_key,
    forgotten_among,
    hashed,
    keys_among,
    new_link,
    note_forgotten,
    note_keys,
)
from models.log.kind import read_data
from models.log.operation import Key, fetch_keys, shorten_operations
from models.log.remark import replace_remarks
from models.log.shortened import Way, masked, rename, shorten, shorten_data, year_of_band
from models.market.county import County
from models.market.log import Log
from models.market.market_day import MarketDay

UNDECIDABLE = ("parallel_edit", "contact_unreadable", "unknown_field")  # of what was said and is not there any more


class Forgetting(NamedTuple):
    """A forgetting: of which county, when, why, and whether a surname stays for the ledger."""

    county: County
    at_ms: int
    cause: str = ASKED
    level: str = MASKED


class Gone(NamedTuple):
    """What went: registrations, and operations that were shortened. The candidates' ids, to follow elsewhere."""

    candidates: frozenset[str] = frozenset()
    passes: frozenset[str] = frozenset()
    operations: int = 0
    phones: int = 0


class _Row(NamedTuple):
    id: str
    person: str
    identity: str | None
    registered_at: int
    name: str
    birth_year: int
    phone: str | None


def forget(candidates: Iterable[str], forgetting: Forgetting) -> Gone:
    """Forget the whole persons to whom these candidates belong. Call it inside ``writing()``.

    Who was forgotten already stays as it is. Returns what went.
    """
    nodes = _whole(candidates)
    rows = _rows_of("id", [node for node in nodes if not is_pass(node)], forgetting.county)
    known = forgotten_among(row.id for row in rows)
    rows = [row for row in rows if row.id not in known]
    if not rows:
        return Gone()
    links = _note(rows, forgetting)
    years = _years_by_person(rows)
    passes = frozenset(node for node in nodes if is_pass(node))
    keys = _keys_of({row.id: row.person for row in rows} | {node: nodes[node] for node in passes})
    if forgetting.cause == ASKED:
        keys |= _strays_of(rows, forgetting.county)
    shortened = _shorten({key: years[person] for key, person in keys.items() if person in years}, _way(forgetting))
    _rewrite_rows(rows, links, years, forgetting.level)
    for noun in nouns.NOUNS:
        noun.forget(set(links))
    _tell_of(rows)
    return Gone(frozenset(links), passes, shortened, sum(row.phone is not None for row in rows))


def forget_surnames(candidates: Collection[str]) -> None:
    """Take the surnames too of candidates who were forgotten: the ledger's time is over. Inside ``writing()``."""
    rows = fetch_in(
        "SELECT o.body, o.forgotten, o.tablet_id, o.seq FROM operation AS o WHERE o.forgotten IS NOT NULL"
        " AND o.kind IN ('candidate.registered', 'candidate.amended') AND o.subject IN (??)",
        candidates,
    )
    shorten_operations((rename(body), *more) for body, *more in rows)
    execute_many("UPDATE forgotten SET level = ? WHERE candidate = ?", [(GONE, candidate) for candidate in candidates])
    sql = "UPDATE candidate SET name = ? WHERE id = ?"
    execute_many(sql, [(masked("", GONE), candidate) for candidate in candidates])


def shorten_unread(keys: Collection[Key], county: County) -> int:
    """Shorten operations that were refused or wait, whomever they are about. Call it inside ``writing()``."""
    way = Way(forgetting_key(county.identity_key), GONE, frozenset(), _opens(county))
    return _shorten(dict.fromkeys(keys, frozenset()), way, mark=True)


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
    years, opens = _years_by_node(levels.keys(), year), _opens(log.market_day.county)
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
    rows = _rows_of("person", set(persons_of(nodes).values()), county)
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
    rows = _rows_of("id", late, county)
    for row in rows:
        at_ms, link, level = late[row.id]
        forgetting = Forgetting(county, at_ms, ASKED, level)
        _note([row], forgetting, link)
        years = _years_by_person([row])[row.person]
        _shorten(dict.fromkeys(_keys_of({row.id: row.person}, moves=False), years), _way(forgetting))
    execute_many("UPDATE candidate SET token_hash = NULL WHERE id = ?", [(candidate,) for candidate in late])
    replay_people(late)
    _tell_of(rows)


def _note(rows: list[_Row], forgetting: Forgetting, link: str | None = None) -> dict[str, str | None]:
    """Note that these candidates are forgotten, and return the link of each."""
    county, key = forgetting.county, forgetting_key(forgetting.county.identity_key)
    hashes = {row.identity: hashed(key, row.identity) for row in rows if row.identity}
    given = keys_among(county.id, set(hashes.values()))
    links: dict[str | None, str | None] = {None: None}
    for identity, hash in hashes.items():
        first = min(row.registered_at for row in rows if row.identity == identity)
        found = next((known for at_ms, known in given.get(hash, ()) if first < at_ms), None)
        links[identity] = link or found or new_link()
    note_keys((county.id, hashes[identity], forgetting.at_ms, links[identity] or "") for identity in hashes)
    of_each = {row.id: links[row.identity] for row in rows}
    note_forgotten(
        (candidate, county.id, link, forgetting.level, forgetting.at_ms, forgetting.cause)
        for candidate, link in of_each.items()
    )
    return of_each


def _shorten(years: dict[Key, frozenset[int]], way: Way, mark: bool = False) -> int:
    """Shorten operations and what a person decided about them; return how many there were.

    ``years`` are those in which the person of each came; empty: that of its market day. ``mark`` notes of those
    in which nothing is personal that this was looked at.
    """
    kinds = nouns.kinds()
    rows = fetch_keys(
        "SELECT tablet_id, seq, body, kind, market_day_id FROM operation WHERE forgotten IS NULL"
        " AND tablet_id = ? AND seq IN (??)",
        years,
    )
    found = fetch_in("SELECT id, date FROM market_day WHERE id IN (??)", {row[4] for row in rows})
    days = {id: date.fromisoformat(str(day)[:10]) for id, day in found}
    shortened: list[tuple[str, str, int, int]] = []
    ways: dict[Key, Way] = {}
    for log, seq, body, kind, day in rows:
        fact = read_fact(json.loads(body) | {"seq": seq}, 0, days[day], kinds)
        fact.body = body
        ways[log, seq] = way._replace(years=years[log, seq] or frozenset({days[day].year}))
        short = shorten(fact, kinds.get(kind), ways[log, seq])
        if short or mark:
            shortened.append((short or body, hashed(way.key, body), log, seq))
    shorten_operations(shortened)
    _shorten_decisions(ways)
    replace_remarks(UNDECIDABLE, {(log, seq): () for log, seq, *_ in rows})
    return len(shortened)


def _shorten_decisions(ways: dict[Key, Way]) -> None:
    """Shorten corrected data, and drop the notes of decisions: they are free text about somebody."""
    kinds = nouns.kinds()
    for table in ("settlement", "overruled"):
        rows = fetch_keys(
            f"SELECT s.tablet_id, s.seq, s.data, o.kind FROM {table} AS s JOIN operation AS o"
            " ON o.tablet_id = s.tablet_id AND o.seq = s.seq WHERE s.tablet_id = ? AND s.seq IN (??)",
            ways,
        )
        execute_many(
            f"UPDATE {table} SET data = ?, note = '' WHERE tablet_id = ? AND seq = ?",
            [(_shortened_json(data, kinds.get(kind), ways[log, seq]), log, seq) for log, seq, data, kind in rows],
        )


def _shortened_json(data: str | None, kind: type | None, way: Way) -> str | None:
    short = data and shorten_data(json.loads(data), kind, way)
    return json.dumps(short, ensure_ascii=False, sort_keys=True) if data else None


_REWRITE = (
    "UPDATE candidate SET name = ?, birth_year = ?, identity = ?, phone = NULL, phone_owner = NULL,"
    " home_division = NULL, education = NULL, wanted_place = NULL, wanted_pay_min_fen = NULL, work_kinds = '',"
    " wishes = '', last_province = NULL,"
    " token_hash = NULL WHERE id = ?"
)


def _rewrite_rows(
    rows: list[_Row], links: dict[str, str | None], years: dict[str, frozenset[int]], level: str
) -> None:
    """Make candidates what their shortened operations say."""
    execute_many(
        _REWRITE,
        [
            (masked(row.name, level), year_of_band(row.birth_year, years[row.person]), links[row.id], row.id)
            for row in rows
        ],
    )


def _tell_of(rows: Collection[_Row]) -> None:
    """Tell the booths that knew these candidates: their records are withdrawn."""
    by_person = _by_person(rows)
    for day, person, booth in booths_of(by_person.keys()):
        announce(day, {(booth, "candidate", row.id) for row in by_person[person]})


def _way(forgetting: Forgetting) -> Way:
    county = forgetting.county
    return Way(forgetting_key(county.identity_key), forgetting.level, frozenset(), _opens(county))


def _opens(county: County) -> Callable[[dict], dict]:
    """Return what opens the contacts of a county: key groups are sealed in them and stay for the figures."""
    return partial(opened, keys=private_keys(county.id))


def _rows_of(column: str, values: Collection[str], county: County) -> list[_Row]:
    rows = fetch_in(
        "SELECT id, person, identity, registered_at, name, birth_year, phone FROM candidate WHERE county_id = ?"
        f" AND {column} IN (??)",
        values,
        county.id,
    )
    return [_Row(*row) for row in rows]


def _by_person(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return found


def _whole(candidates: Iterable[str]) -> dict[str, str]:
    """Return these nodes, and all others of their persons, each with its person."""
    persons = set(persons_of(candidates).values())
    others = dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", persons))
    return {person: person for person in persons} | others


def _keys_of(persons: dict[str, str], moves: bool = True) -> dict[Key, str]:
    """Return the operations about these nodes, and perhaps the moves of their check-ins, each with its person.

    ``persons`` maps each node to its person.
    """
    rows = fetch_in("SELECT tablet_id, seq, subject FROM operation WHERE subject IN (??)", persons)
    keys = {(log, seq): persons[node] for log, seq, node in rows}
    sql = (
        "SELECT p.tablet_id, p.seq, s.person FROM scan AS s JOIN progress AS p ON p.scan = s.id WHERE s.person IN (??)"
    )
    keys |= {(log, seq): person for log, seq, person in fetch_in(sql, set(persons.values()) if moves else ())}
    for column in ("one", "other"):  # what the office said about who is whom
        sql = f"SELECT tablet_id, seq, {column} FROM same_person WHERE {column} IN (??)"
        keys |= {(log, seq): persons[node] for log, seq, node in fetch_in(sql, persons)}
    return keys


def _strays_of(rows: list[_Row], county: County) -> dict[Key, str]:
    """Return what is stored about nobody and says who they are: refused, or waiting for somebody; and whose it is."""
    marked = fetch_in(
        "SELECT tablet_id, seq, body FROM operation WHERE outcome <> 'applied' AND forgotten IS NULL"
        " AND market_day_id IN (??)",
        [day.id for day in MarketDay.select(MarketDay.id).where(MarketDay.county == county)],
    )
    found: dict[Key, str] = {}
    for log, seq, body in marked:
        for row in rows:
            name, others = json.dumps(row.name)[1:-1], [str(row.birth_year), row.phone or row.id]
            if row.id in body or (name in body and any(other in body for other in others)):
                found[log, seq] = row.person
    return found


def _years_by_person(rows: Iterable[_Row]) -> dict[str, frozenset[int]]:
    """Return in which years each person was registered or came: the bands of their ages are counted in these."""
    persons = {row.person for row in rows}
    found: dict[str, set[int]] = {person: set() for person in persons}
    for table in ("candidate", "visit", "scan"):
        sql = f"SELECT DISTINCT t.person, d.date FROM {table} AS t JOIN market_day AS d ON d.id = t.market_day_id"
        for person, day in fetch_in(f"{sql} WHERE t.person IN (??)", persons):
            found[person].add(int(str(day)[:4]))
    return {person: frozenset(years) for person, years in found.items()}


def _years_by_node(nodes: Collection[str], year: int) -> dict[str, frozenset[int]]:
    persons = persons_of(nodes)
    rows = [_Row(node, persons[node], None, 0, "", 0, None) for node in nodes]
    years = _years_by_person(rows)
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

