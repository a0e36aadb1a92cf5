"""Forgetting: candidates of whom only what figures and repeats need is kept (docs/decisions/0041).

Their operations are shortened, and their rows become what the shortened operations would make. Who is one with whom
does not change: a link takes the place of each identity hash. What comes late: forget_late.py.
"""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from models.base.database import execute_many, fetch_in
from models.derived import nouns
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
from models.derived.person import is_pass, persons_of
from models.log.forgotten import (
    ASKED,
    GONE,
    forgetting_key,
    forgotten_among,
)
from models.log.operation import Key, shorten_operations
from models.log.shortened import Way, masked, rename, year_of_band
from models.market.county import County
from models.market.market_day import MarketDay


class Gone(NamedTuple):
    """What went: registrations, and operations that were shortened. The candidates' ids, to follow elsewhere."""

    candidates: frozenset[str] = frozenset()
    passes: frozenset[str] = frozenset()
    operations: int = 0
    phones: int = 0


def forget(candidates: Iterable[str], forgetting: Forgetting) -> Gone:
    """Forget the whole persons to whom these candidates belong. Call it inside ``writing()``.

    Who was forgotten already stays as it is. Returns what went.
    """
    nodes = _whole(candidates)
    rows = rows_of("id", [node for node in nodes if not is_pass(node)], forgetting.county)
    known = forgotten_among(row.id for row in rows)
    rows = [row for row in rows if row.id not in known]
    if not rows:
        return Gone()
    links = note(rows, forgetting)
    years = years_by_person(rows)
    passes = frozenset(node for node in nodes if is_pass(node))
    keys = keys_of({row.id: row.person for row in rows} | {node: nodes[node] for node in passes})
    if forgetting.cause == ASKED:
        keys |= _strays_of(rows, forgetting.county)
    shortened = shorten_all({key: years[person] for key, person in keys.items() if person in years}, way_of(forgetting))
    _rewrite_rows(rows, links, years, forgetting.level)
    for noun in nouns.NOUNS:
        noun.forget(set(links))
    tell_of(rows)
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
    way = Way(forgetting_key(county.identity_key), GONE, frozenset(), opens_of(county))
    return shorten_all(dict.fromkeys(keys, frozenset()), way, mark=True)


_REWRITE = (
    "UPDATE candidate SET name = ?, birth_year = ?, identity = ?, phone = NULL, phone_owner = NULL,"
    " home_division = NULL, education = NULL, wanted_place = NULL, wanted_pay_min_fen = NULL, work_kinds = '',"
    " wishes = '', last_province = NULL,"
    " token_hash = NULL WHERE id = ?"
)


def _rewrite_rows(
    rows: list[Row], links: dict[str, str | None], years: dict[str, frozenset[int]], level: str
) -> None:
    """Make candidates what their shortened operations say."""
    execute_many(
        _REWRITE,
        [
            (masked(row.name, level), year_of_band(row.birth_year, years[row.person]), links[row.id], row.id)
            for row in rows
        ],
    )


def _whole(candidates: Iterable[str]) -> dict[str, str]:
    """Return these nodes, and all others of their persons, each with its person."""
    persons = set(persons_of(candidates).values())
    others = dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", persons))
    return {person: person for person in persons} | others


def _strays_of(rows: list[Row], county: County) -> dict[Key, str]:
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
