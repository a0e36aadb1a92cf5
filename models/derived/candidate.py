"""Candidates: registrations and amendments become people, and a child's registration refuses what is about it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from models.base.database import execute_many, fetch, fetch_in
from models.derived.batch import Batch, Regrouping
from models.derived.contact import in_the_clear
from models.derived.noun import Noun, delete_by
from models.derived.person import is_pass, persons_of
from models.derived.scope import Scope
from models.derived.visit import PRESENCE
from models.log.fact import Fact, data_of
from models.log.kind import MOST, TEXT, Kind, PassText, ShortText, Word
from models.log.operation import Key
from models.log.remark import drop_remarks, replace_remarks
from models.market.market_day import is_under_age
from models.people.candidate import identity_of

LISTS = ("trades", "work_kinds", "groups")
# (version it was made from, (effective_ms, tablet, seq) of each time it came, data)
Edit = tuple[int, list[tuple[int, int, int]], dict]
BirthYear = Annotated[int, Meta(ge=1900, le=2200)]
Name = Annotated[str, Meta(max_length=100, pattern=TEXT)]


class _Form(Kind):
    """What is asked of a candidate."""

    name: Name | None = None
    birth_year: BirthYear | None = None
    phone: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    phone_owner: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    sex: Annotated[str, Meta(max_length=8, pattern=TEXT)] | None = None
    home_division: Annotated[str, Meta(max_length=64, pattern=TEXT)] | None = None
    education: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    trades: Annotated[list[Word], Meta(max_length=36)] | None = None
    wanted_place: ShortText | None = None
    wanted_pay_min_fen: Annotated[int, Meta(ge=0, le=100_000_000)] | None = None
    work_kinds: Annotated[list[Word], Meta(max_length=8)] | None = None
    groups: Annotated[list[Word], Meta(max_length=20)] | None = None
    registered_by: ShortText | None = None
    notice_at: Annotated[str, Meta(max_length=40, pattern=TEXT)] | None = None

    def subject(self, uuid: str) -> str | None:
        """Return the candidate, whose id is that of its registration."""
        return uuid

    def refusal(self, market_date: date) -> str | None:
        """Refuse children: nobody under 16 may be introduced to work (docs/protocol.md)."""
        if self.birth_year is None:
            return None
        if self.birth_year > market_date.year:
            return "malformed: birth_year"
        return "under_16" if is_under_age(self.birth_year, market_date) else None


COLUMNS = _Form.__struct_fields__


class Registered(_Form, kw_only=True):
    """``candidate.registered``: somebody new, with a pass or without."""

    name: Name
    birth_year: BirthYear
    contact: Annotated[str, Meta(max_length=2_000, pattern=TEXT)] | None = None
    pass_: PassText | None = None


class Amended(_Form, kw_only=True):
    """``candidate.amended``: what is otherwise than in the version it was made from."""

    contact: Annotated[str, Meta(max_length=2_000, pattern=TEXT)] | None = None
    based_on: Annotated[int, Meta(ge=0, le=MOST)]


def refuse_children(batch: Batch) -> None:
    """Refuse what is about somebody whose registration was refused for being under 16."""
    refused = {fact.node for fact in batch.facts if _is_child(fact)}
    subjects = {fact.subject for fact in batch.facts if fact.subject} - refused
    rows = fetch_in(
        "SELECT DISTINCT subject FROM operation WHERE kind = 'candidate.registered'"
        " AND reason = 'under_16' AND subject IN (??)",
        subjects,
    )
    children = refused | {subject for (subject,) in rows}
    for fact in batch.facts:
        if fact.subject in children:
            fact.refuse("under_16")
    batch.children = refused


def judge_candidates(batch: Batch) -> None:
    """Mark facts about candidates whom nobody has registered yet."""
    registered = {fact.subject for fact in batch.of("candidate.registered")}
    named = [fact for fact in batch.facts if fact.data.get("candidate") and not fact.refusal]
    named += batch.of("candidate.amended")
    unknown = {fact.subject for fact in named} - registered
    unknown -= {row[0] for row in fetch_in("SELECT id FROM candidate WHERE id IN (??)", unknown)}
    for fact in named:
        if fact.subject in unknown:
            fact.remarks.add("candidate_unknown")


def store(batch: Batch) -> None:
    """Store candidates, and derive those again that were amended or registered before."""
    registered, amended = batch.of("candidate.registered"), batch.of("candidate.amended")
    if registered:
        key = batch.log.market_day.county.identity_key
        persons = persons_of(fact.node for fact in registered)  # a pass may have come first
        execute_many(_INSERT, [_row(batch, fact, key, persons) for fact in registered])
        batch.linked |= {fact.node for fact in registered if fact.data.get("phone")}
        _now_known({fact.node for fact in registered})
    again = {fact.node for fact in amended} | _registered_before(registered)
    for candidate in sorted(again):
        if _refold(batch, candidate):
            batch.linked.add(candidate)


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
    who = (fact.subject, persons[fact.node])
    where = (day.county_id, day.id, batch.log.id)
    return (*who, *where, fact.at_ms, identity, *(_column(name, data.get(name)) for name in COLUMNS))


def _column(name: str, value: Any) -> object:
    if name in LISTS:
        return ",".join(value or ())
    if name == "registered_by":
        return value or "operator"
    return value


def _now_known(registered: set[str]) -> None:
    """Facts that came before their candidate no longer need attention."""
    waited = fetch_in(
        "SELECT o.tablet_id, o.seq FROM operation AS o JOIN remark AS r ON r.tablet_id = o.tablet_id AND r.seq = o.seq"
        " WHERE r.reason = 'candidate_unknown' AND o.subject IN (??)",
        registered,
    )
    drop_remarks(((tablet, seq), "candidate_unknown") for tablet, seq in waited)


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
    values: dict[str, Any] = {name: base.get(name) for name in COLUMNS}
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
    reasons: dict[Key, set[str]] = {}
    for based_on, times, data in edits:
        fields = [name for name in COLUMNS if data.get(name) is not None]
        parallel = any(seen.get((based_on, name), data[name]) != data[name] for name in fields)
        seen |= {(based_on, name): data[name] for name in fields}
        reasons |= {(tablet, seq): {"parallel_edit"} if parallel else set() for _, tablet, seq in times}
    replace_remarks({"parallel_edit"}, reasons)


def tell_who_left(batch: Batch, regrouping: Regrouping) -> None:
    """Tell booths that knew a person who was split of each candidate who was one of them: it may not be theirs now."""
    if regrouping.split:
        booths = {booth for _, booth in booths_of(batch.day, regrouping.gone)}
        nodes = [node for node in regrouping.members if not is_pass(node)]
        batch.told |= {(booth, "candidate", node) for booth in booths for node in nodes}


def announce(batch: Batch) -> None:
    """Tell a booth of the people who came to it, and of what changed about them."""
    booths: dict[str, set[int]] = {}
    for fact in batch.of(*PRESENCE):
        place = batch.place_of(fact)
        at = (batch.booth_of(fact), place.booth if place else None)
        booths.setdefault(batch.persons[fact.node], set()).update(booth for booth in at if booth is not None)
    here = {fact.node for fact in batch.of("candidate.registered")}
    changed = {batch.persons[candidate] for candidate in here}
    changed |= set(persons_of(batch.linked | batch.moved.keys()).values())
    for person, booth in booths_of(batch.day, changed):
        booths.setdefault(person, set()).add(booth)
    for candidate, person in fetch_in("SELECT id, person FROM candidate WHERE person IN (??)", booths):
        for booth in booths[person]:
            own = booth == batch.booth and candidate in here
            (batch.own if own else batch.told).add((booth, "candidate", candidate))


def booths_of(market_day: int, persons: Iterable[str]) -> set[tuple[str, int]]:
    """Return ``(person, booth)``: who came to which booth, or is tied to a vacancy of it."""
    visits = "SELECT person, booth FROM visit WHERE market_day_id = ? AND person IN (??)"
    ties = "SELECT person, booth FROM scan WHERE booth IS NOT NULL AND market_day_id = ? AND person IN (??)"
    return {(person, booth) for sql in (visits, ties) for person, booth in fetch_in(sql, persons, market_day)}


def note_people(scope: Scope) -> None:
    """Note which booths heard of the candidates."""
    candidates = [node for node in scope.nodes if not is_pass(node)]
    days = fetch_in("SELECT DISTINCT market_day_id FROM visit WHERE person IN (??)", scope.nodes)
    for (day,) in set(map(tuple, days)):
        booths = {booth for _, booth in booths_of(day, scope.nodes)}
        scope.told[day] |= {(booth, "candidate", node) for booth in booths for node in candidates}


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
    reasons=("under_16", "candidate_unknown", "parallel_edit"),
    read=refuse_children,
    judge=judge_candidates,
    store=store,
    regroup=tell_who_left,
    announce=announce,
    note=note_people,
    take_back=take_back,
    finish=give_back,
)
