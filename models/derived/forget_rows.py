"""What every forgetting does: note who it was, shorten what was recorded about them, tell the booths that knew them."""

import json
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from typing import NamedTuple

from models.base.database import execute_many, fetch_in
from models.derived import nouns
from models.derived.candidate_news import booths_of
from models.derived.contact import opened
from models.keys.seal import private_keys
from models.log.change import announce
from models.log.fact import read_fact
from models.log.forgotten import (
    ASKED,
    MASKED,
    forgetting_key,
    hashed,
    keys_among,
    new_link,
    note_forgotten,
    note_keys,
)
from models.log.operation import Key, fetch_keys, shorten_operations
from models.log.remark import replace_remarks
from models.log.shortened import Way, shorten, shorten_data
from models.market.county import County

UNDECIDABLE = ("parallel_edit", "contact_unreadable", "unknown_field")  # of what was said and is not there any more


class Forgetting(NamedTuple):
    """A forgetting: of which county, when, why, and whether a surname stays for the ledger."""

    county: County
    at_ms: int
    cause: str = ASKED
    level: str = MASKED


class Row(NamedTuple):
    """A registration, as far as forgetting asks for it."""

    id: str
    person: str
    identity: str | None
    registered_at: int
    name: str
    birth_year: int
    phone: str | None


def note(rows: list[Row], forgetting: Forgetting, link: str | None = None) -> dict[str, str | None]:
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


def shorten_all(years: dict[Key, frozenset[int]], way: Way, mark: bool = False) -> int:
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


def tell_of(rows: Collection[Row]) -> None:
    """Tell the booths that knew these candidates: their records are withdrawn."""
    by_person = _by_person(rows)
    for day, person, booth in booths_of(by_person.keys()):
        announce(day, {(booth, "candidate", row.id) for row in by_person[person]})


def way_of(forgetting: Forgetting) -> Way:
    """Return how operations are shortened for a forgetting."""
    county = forgetting.county
    return Way(forgetting_key(county.identity_key), forgetting.level, frozenset(), opens_of(county))


def opens_of(county: County) -> Callable[[dict], dict]:
    """Return what opens the contacts of a county: key groups are sealed in them and stay for the figures."""
    return partial(opened, keys=private_keys(county.id))


def rows_of(column: str, values: Collection[str], county: County) -> list[Row]:
    """Return a county's registrations whose ``column`` has one of these values."""
    rows = fetch_in(
        "SELECT id, person, identity, registered_at, name, birth_year, phone FROM candidate WHERE +county_id = ?"
        f" AND {column} IN (??)",
        values,
        county.id,
    )
    return [Row(*row) for row in rows]


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return found


def keys_of(persons: dict[str, str], moves: bool = True) -> dict[Key, str]:
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


def years_by_person(rows: Iterable[Row]) -> dict[str, frozenset[int]]:
    """Return in which years each person was registered or came: the bands of their ages are counted in these."""
    persons = {row.person for row in rows}
    found: dict[str, set[int]] = {person: set() for person in persons}
    for table in ("candidate", "visit", "scan"):
        sql = f"SELECT DISTINCT t.person, d.date FROM {table} AS t JOIN market_day AS d ON d.id = t.market_day_id"
        for person, day in fetch_in(f"{sql} WHERE t.person IN (??)", persons):
            found[person].add(int(str(day)[:4]))
    return {person: frozenset(years) for person, years in found.items()}
