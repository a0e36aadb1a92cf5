"""Candidates: registrations and amendments become people, and a child's registration refuses what is about it."""

from collections.abc import Iterator
from typing import Any

from models.base.database import execute_many, fetch, fetch_in
from models.base.typed import name_of
from models.derived.batch import Batch
from models.derived.candidate_form import CLEARABLE, COLUMNS, Amended, Registered
from models.derived.candidate_news import announce, note_people, tell_who_left
from models.derived.contact import in_the_clear
from models.derived.noun import Noun, delete_by
from models.derived.person import persons_of
from models.derived.right import TAKEN, right_of
from models.derived.scope import Scope
from models.derived.withdrawal import taken_back
from models.log.fact import Fact, data_of
from models.log.operation import HAS_EFFECT, Key
from models.log.remark import replace_remarks
from models.market.log import Log
from models.people.candidate import identity_of
from models.vocabulary.code_list import SENSITIVE_GROUPS

UNDER_AGE = "under_16"
LISTS = ("trades", "work_kinds", "groups", "wishes")
# (version it was made from, (effective_ms, tablet, seq) of each time it came, data)
Edit = tuple[int, list[tuple[int, int, int]], dict]


def refuse_children(batch: Batch) -> None:
    """Refuse what is about somebody whose registration was refused for being under 16.

    Only a log that has the right to the candidate's id says so; any other's registration waits, as its id is taken.
    """
    _doubt(batch)
    refused = {fact.node for fact in batch.facts if _is_child(fact)}
    subjects = {fact.subject for fact in batch.facts if fact.subject} - refused
    rows = fetch_in(
        "SELECT subject, tablet_id, seq FROM operation WHERE kind = 'candidate.registered'"
        f" AND reason = '{UNDER_AGE}' AND subject IN (??)",
        subjects,
    )
    children = refused | _children(batch, rows)
    for fact in batch.facts:
        if fact.subject in children:
            fact.refuse(UNDER_AGE)
    batch.children = refused


def _doubt(batch: Batch) -> None:
    """Let registrations of children wait whose id belongs to another log."""
    young = {fact.node: fact for fact in batch.facts if _is_child(fact)}
    rows = fetch_in(
        f"SELECT subject, tablet_id FROM operation WHERE kind = 'candidate.registered' AND {HAS_EFFECT}"
        " AND subject IN (??)",
        young,
    )
    for candidate, log in rows:
        if log != batch.log.id and right_of(Log.get_by_id(log), candidate) < right_of(batch.log, candidate):
            young[candidate].refusal = None
            young[candidate].remarks.add(TAKEN)


def _children(batch: Batch, rows: list[tuple[str, int, int]]) -> set[str]:
    """Return who is a child by registrations that came before; where the batch has the right, those are doubted."""
    grown = {fact.node for fact in batch.of("candidate.registered")}
    children: set[str] = set()
    for candidate, log, seq in rows:
        if candidate in grown and log != batch.log.id and (
            right_of(batch.log, candidate) < right_of(Log.get_by_id(log), candidate)
        ):
            batch.outranked.add((log, seq))
        else:
            children.add(candidate)
    return children


def store(batch: Batch) -> None:
    """Store candidates, and derive those again that were amended or registered before."""
    registered, amended = batch.of("candidate.registered"), batch.of("candidate.amended")
    concerned = {fact.node for fact in registered + amended} | batch.taken
    gone = taken_back(concerned)
    _forget(batch, gone)
    registered, amended = ([fact for fact in some if fact.node not in gone] for some in (registered, amended))
    if registered:
        key = batch.log.market_day.county.identity_key
        persons = persons_of(fact.node for fact in registered)  # a pass may have come first
        execute_many(_INSERT, [_row(batch, fact, key, persons) for fact in registered])
        batch.linked |= {fact.node for fact in registered if fact.data.get("phone")}
    again = {fact.node for fact in amended} | _registered_before(registered) | (batch.taken - gone)
    for candidate in sorted(again):
        if _refold(batch, candidate):
            batch.linked.add(candidate)


def _forget(batch: Batch, gone: set[str]) -> None:
    """Delete the candidates whose registration was taken back."""
    execute_many("DELETE FROM candidate WHERE id = ?", [(candidate,) for candidate in gone])
    batch.linked |= gone


_INSERT = (
    "INSERT INTO candidate (id, person, county_id, market_day_id, tablet_id, registered_at, version,"
    f" identity, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, 1, ?, {', '.join('?' * len(COLUMNS))})"
    " ON CONFLICT (id) DO NOTHING"
)


def _is_child(fact: Fact) -> bool:
    return fact.refusal == UNDER_AGE and fact.kind == "candidate.registered"


def _row(batch: Batch, fact: Fact, key: str, persons: dict[str, str]) -> tuple:
    day = batch.log.market_day
    data = fact.data
    identity = identity_of(key, data["name"], data["birth_year"], data.get("phone"))
    who = (fact.subject, persons[fact.node])
    where = (day.county_id, day.id, batch.log.id)
    return (*who, *where, fact.at_ms, identity, *_columns(data))


def _columns(data: dict) -> Iterator[object]:
    """Yield what is kept of a form, in the order of COLUMNS; a sensitive group only with the consent that is its own."""
    agreed = bool(data.get("groups_consent_at"))
    groups = [code for code in data.get("groups") or () if agreed or code not in SENSITIVE_GROUPS]
    known = data | {"groups": groups}
    return (_column(name, known.get(name)) for name in COLUMNS)


def _column(name: str, value: Any) -> object:
    if name in LISTS:
        return ",".join(value or ())
    if name == "name":
        return name_of(value)
    if name == "registered_by":
        return value or "operator"
    return value


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
        f" WHERE o.subject = ? AND o.{HAS_EFFECT}"
        " AND o.kind IN ('candidate.registered', 'candidate.amended') ORDER BY o.effective_ms, o.tablet_id, o.seq",
        (candidate,),
    )
    registrations = [row for row in rows if row[0] == "candidate.registered"]
    if not registrations:
        return False
    *_, tablet, _, body, corrected, registered_at, day = registrations[0]
    base = in_the_clear(batch, data_of(body, corrected))
    edits = sorted(_amendments(batch, rows), key=lambda edit: edit[:2])
    values: dict[str, Any] = {name: base.get(name) for name in COLUMNS}
    for _, _, data in edits:
        values |= _changes(data)
    _mark_parallel(edits)
    county = batch.log.market_day.county
    identity = identity_of(county.identity_key, values["name"], values["birth_year"], values["phone"])
    _restore(candidate, county.id, (day, tablet, registered_at, identity), values)
    execute_many(
        f"UPDATE candidate SET {', '.join(f'{name} = ?' for name in COLUMNS)}, identity = ?, version = ?,"
        " tablet_id = ?, market_day_id = ?, registered_at = ? WHERE id = ?",
        [
            (*_columns(values), identity, 1 + len(edits),
             tablet, day, registered_at, candidate)
        ],  # fmt: skip
    )
    return True


def _restore(candidate: str, county: int, where: tuple, values: dict[str, Any]) -> None:
    """Store a candidate whose registration was restored; one that is there stays."""
    row = (candidate, persons_of({candidate})[candidate], county, *where)
    execute_many(_INSERT, [(*row, *_columns(values))])


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
    reasons: dict[Key, set[str]] = {}
    for based_on, times, data in edits:
        changes = _changes(data)
        parallel = any(seen.get((based_on, name), value) != value for name, value in changes.items())
        seen |= {(based_on, name): value for name, value in changes.items()}
        reasons |= {(tablet, seq): {"parallel_edit"} if parallel else set() for _, tablet, seq in times}
    replace_remarks({"parallel_edit"}, reasons)


def _changes(data: dict) -> dict[str, Any]:
    """Return the fields that an amendment sets, None those that it clears."""
    cleared = {name: None for name in data.get("cleared") or () if name in CLEARABLE}
    return cleared | {name: data[name] for name in COLUMNS if data.get(name) is not None}


def take_back(scope: Scope) -> None:
    """Delete the candidates, and keep the secret names of own pages, which nothing gives again."""
    sql = "SELECT token_hash, id FROM candidate WHERE token_hash IS NOT NULL AND id IN (??)"
    scope.tokens = fetch_in(sql, scope.nodes)
    delete_by("id", "candidate", scope.nodes)


def give_back(scope: Scope, _: list[Batch]) -> None:
    """Give own pages their secret names again."""
    execute_many("UPDATE candidate SET token_hash = ? WHERE id = ?", scope.tokens)


CANDIDATE = Noun(
    "candidate",
    kinds={"candidate.registered": Registered, "candidate.amended": Amended},
    reasons=(UNDER_AGE, "parallel_edit"),
    read=refuse_children,
    store=store,
    regroup=tell_who_left,
    announce=announce,
    note=note_people,
    take_back=take_back,
    finish=give_back,
)
