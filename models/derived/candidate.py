"""People in a batch: registrations, bindings and amendments become candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.base.database import execute_many, fetch, fetch_in
from models.derived.contact import in_the_clear
from models.derived.person import persons_of
from models.log.fact import data_of
from models.log.kind import CANDIDATE
from models.people.candidate import identity_of

if TYPE_CHECKING:
    from models.derived.batch import Batch
    from models.log.fact import Fact

LISTS = ("trades", "work_kinds", "groups")
COLUMNS = tuple(CANDIDATE)
# (version it was made from, (effective_ms, tablet, seq) of each time it came, data)
Edit = tuple[int, list[tuple[int, int, int]], dict]


def refuse_children(batch: Batch) -> set[str]:
    """Refuse what ties somebody whose registration was refused for being under 16.

    Returns the candidates refused in this batch, of whom earlier facts may have been recorded.
    """
    refused = {fact.subject for fact in batch.facts if _is_child(fact)}
    subjects = {fact.subject for fact in batch.facts if fact.subject} - refused
    rows = fetch_in(
        "SELECT DISTINCT subject FROM operation WHERE kind = 'candidate.registered'"
        " AND reason = 'under_16' AND subject IN (??)",
        subjects,
    )
    children = refused | {subject for (subject,) in rows}
    for fact in batch.facts:
        if fact.subject in children and not fact.refusal:
            fact.refusal, fact.attention = "under_16", None
    return refused


def judge_candidates(batch: Batch) -> None:
    """Mark facts about candidates whom nobody has registered yet."""
    registered = {fact.subject for fact in batch.of("candidate.registered")}
    named = {
        fact.subject for fact in batch.facts if fact.data.get("candidate") and not fact.refusal
    } | {fact.subject for fact in batch.of("candidate.amended")}
    unknown = named - registered
    unknown -= {row[0] for row in fetch_in("SELECT id FROM candidate WHERE id IN (??)", unknown)}
    for fact in batch.facts:
        if fact.subject in unknown and not fact.refusal and not fact.attention:
            fact.attention = "candidate_unknown"


def store(batch: Batch) -> set[str]:
    """Store candidates and bindings; return the nodes whose links may have changed."""
    registered, amended = batch.of("candidate.registered"), batch.of("candidate.amended")
    touched = _bind(batch)
    if registered:
        key = batch.log.market_day.county.identity_key
        persons = persons_of(fact.subject for fact in registered)  # a pass may have come first
        execute_many(_INSERT, [_row(batch, fact, key, persons) for fact in registered])
        touched |= {fact.subject for fact in registered if fact.data.get("phone")}
        _settle_unknown(batch, {fact.subject for fact in registered})
    again = {fact.subject for fact in amended} | _registered_before(registered)
    for candidate in sorted(again):
        if _refold(batch, candidate):
            touched.add(candidate)
    return touched


_INSERT = (
    "INSERT INTO candidate (id, person, county_id, market_day_id, tablet_id, registered_at, version,"
    f" identity, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, 1, ?, {', '.join('?' * len(COLUMNS))})"
    " ON CONFLICT (id) DO NOTHING"
)


def _is_child(fact: Fact) -> bool:
    return fact.refusal == "under_16" and fact.kind == "candidate.registered"


def _row(batch: Batch, fact: Fact, key: str, persons: dict[str, str]) -> tuple:
    day = batch.log.market_day
    data = fact.data
    identity = identity_of(key, data["name"], data["birth_year"], data.get("phone"))
    who = (fact.subject, persons[fact.subject])
    where = (day.county_id, day.id, batch.log.id)
    return (*who, *where, fact.at_ms, identity, *(_column(name, data.get(name)) for name in COLUMNS))


def _column(name: str, value: object) -> object:
    if name in LISTS:
        return ",".join(value or ())
    if name == "registered_by":
        return value or "operator"
    return value


def _bind(batch: Batch) -> set[str]:
    bindings = [
        (batch.log.id, fact.seq, fact.pass_number, fact.subject, fact.effective_ms)
        for fact in batch.of("pass.bound", "candidate.registered")
        if fact.pass_number
    ]
    execute_many(
        "INSERT INTO pass_binding (tablet_id, seq, pass_number, candidate, effective_ms)"
        " VALUES (?, ?, ?, ?, ?)",
        bindings,
    )
    passes = {number for _, _, number, *_ in bindings}
    _mark_bound_twice(passes)
    return passes | {candidate for *_, candidate, _ in bindings}


def _mark_bound_twice(passes: set[str]) -> None:
    """A pass belongs to whom it was bound first; a binding to anybody else needs a person's eye."""
    rows = fetch_in(
        "SELECT pass_number, effective_ms, tablet_id, seq, candidate FROM pass_binding"
        " WHERE pass_number IN (??)",
        passes,
    )
    owners: dict[str, str] = {}
    marks = []
    for number, _, tablet, seq, candidate in sorted(rows):
        twice = owners.setdefault(number, candidate) != candidate
        mark = ("attention", "pass_bound_twice") if twice else ("applied", None)
        marks.append((*mark, tablet, seq, mark[1] or ""))
    execute_many(
        "UPDATE operation SET outcome = ?, reason = ? WHERE tablet_id = ? AND seq = ?"
        " AND COALESCE(reason, 'pass_bound_twice') = 'pass_bound_twice'"
        " AND COALESCE(reason, '') <> ?",
        marks if len(owners) < len(rows) else (),
    )


def _settle_unknown(batch: Batch, registered: set[str]) -> None:
    """Facts that came before their candidate no longer need attention."""
    execute_many(
        "UPDATE operation SET outcome = 'applied', reason = NULL"
        " WHERE subject = ? AND reason = 'candidate_unknown'",
        [(candidate,) for candidate in registered],
    )
    bound = "SELECT DISTINCT pass_number FROM pass_binding WHERE candidate IN (??)"
    _mark_bound_twice({number for (number,) in fetch_in(bound, registered)})
    rows = fetch_in("SELECT DISTINCT vacancy FROM scan WHERE node IN (??)", registered)
    batch.moved |= {vacancy for (vacancy,) in rows}


def _registered_before(registered: list[Fact]) -> set[str]:
    rows = fetch_in(
        "SELECT subject FROM operation WHERE kind IN ('candidate.registered', 'candidate.amended')"
        " AND subject IN (??) GROUP BY subject HAVING COUNT(*) > 1",
        {fact.subject for fact in registered},
    )
    return {subject for (subject,) in rows}


def _refold(batch: Batch, candidate: str) -> bool:
    """Derive a candidate from its registration and all amendments; say whether there is one.

    Amendments apply in the order of the version they were made from. Two that were made from
    the same version and set a field differently are shown to a person. What came twice counts once.
    """
    rows = fetch(
        "SELECT o.kind, o.effective_ms, o.tablet_id, o.seq, o.body, s.data, o.at_ms, o.market_day_id"
        " FROM operation AS o LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        " WHERE o.subject = ? AND o.outcome <> 'refused'"
        " AND o.kind IN ('candidate.registered', 'candidate.amended') ORDER BY o.effective_ms, o.tablet_id, o.seq",
        (candidate,),
    )
    registrations = [row for row in rows if row[0] == "candidate.registered"]
    if not registrations:
        return False
    *_, tablet, _, body, corrected, registered_at, day = registrations[0]
    base = in_the_clear(batch, data_of(body, corrected))
    edits = sorted(_amendments(batch, rows), key=lambda edit: edit[:2])
    values = {name: base.get(name) for name in COLUMNS}
    for _, _, data in edits:
        values |= {name: data[name] for name in COLUMNS if data.get(name) is not None}
    _mark_parallel(edits)
    key = batch.log.market_day.county.identity_key
    identity = identity_of(key, values["name"], values["birth_year"], values["phone"])
    execute_many(
        f"UPDATE candidate SET {', '.join(f'{name} = ?' for name in COLUMNS)}, identity = ?, version = ?,"
        " tablet_id = ?, market_day_id = ?, registered_at = ? WHERE id = ?",
        [
            (*(_column(n, values[n]) for n in COLUMNS), identity, 1 + len(edits),
             tablet, day, registered_at, candidate)
        ],  # fmt: skip
    )
    return True


def _amendments(batch: Batch, rows: list[tuple]) -> list[Edit]:
    """Return the amendments among a candidate's operations; one that came twice is one of them."""
    found: dict[str, Edit] = {}
    for kind, effective_ms, tablet, seq, body, corrected, *_ in rows:
        if kind == "candidate.amended":
            data = in_the_clear(batch, data_of(body, corrected))
            _, times, _ = found.setdefault(body, (data["based_on"], [], data))
            times.append((effective_ms, tablet, seq))
    return list(found.values())


def _mark_parallel(edits: list[Edit]) -> None:
    seen: dict[tuple, object] = {}
    rows = []
    for based_on, times, data in edits:
        fields = [name for name in COLUMNS if data.get(name) is not None]
        parallel = any(seen.get((based_on, name), data[name]) != data[name] for name in fields)
        seen |= {(based_on, name): data[name] for name in fields}
        outcome = ("attention", "parallel_edit") if parallel else ("applied", None)
        rows += [(*outcome, tablet, seq) for _, tablet, seq in times]
    execute_many(
        "UPDATE operation SET outcome = ?, reason = ? WHERE tablet_id = ? AND seq = ?"
        " AND (reason IS NULL OR reason IN ('parallel_edit', 'candidate_unknown'))",
        rows,
    )
