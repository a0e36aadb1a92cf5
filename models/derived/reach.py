"""Reach: a fact has an effect only within its county, market day and booth (docs/protocol.md).

What a fact needs of others is judged here, by what stands already and by its own batch: that a candidate is here today,
that a check-in is this booth's, that what it makes has a number of its own. A fact whose need is not met waits, and is
noted by what it waits for; when that comes, it is derived as if it had just arrived. So reach follows from the set of
facts and not from their order. What the phones and the office record is always within reach: the server made it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by_key
from models.derived.person import persons_of
from models.derived.scan import MOVES, moved_by
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.operation import HAS_EFFECT, Key, fetch_keys
from models.market.log import DEVICE, RESCUED, Log

TAKEN = "id_taken"
REASONS = (TAKEN, "candidate_unknown", "candidate_other_booth", "check_in_unknown", "check_in_other_booth")
OF_A_CANDIDATE = ("candidate.amended", "pass.bound", "consent.given", "consent.withdrawn")
ARRIVALS = ("visit.recorded", "check_in.recorded")
MAKERS = ("candidate.registered", "check_in.recorded")  # whose id others name


class Awaited(BaseModel):
    """A candidate or a check-in that an operation waits for. Derived."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    node = CharField(max_length=36, index=True)

    class Meta:
        primary_key = CompositeKey("log", "seq")


class Made(NamedTuple):
    """What stands under an id already: who made it, and where that counts."""

    log: int
    seq: int
    kind: str  # of the log
    market_day: int
    booths: frozenset[int | None]  # numbers: whose vacancy, whose tablet


def is_bound(log: Log) -> bool:
    """Say whether a log has a reach: a tablet's, and what was rescued of one."""
    return log.kind in (DEVICE, RESCUED)


def judge(batch: Batch) -> None:
    """Let facts wait that are out of reach, or whose number is taken; note what each waits for."""
    if not is_bound(batch.log):
        return
    _judge_ids(batch)
    undecided = {fact.seq: fact for fact in _needy(batch)}
    if not undecided:
        return
    known = _Known(batch, undecided.values())
    known.learn(fact for fact in batch.facts if not fact.refusal and not fact.waits and fact.seq not in undecided)
    while met := [fact for fact in undecided.values() if known.meets(fact)]:
        known.learn(met)
        for fact in met:
            del undecided[fact.seq]
    for fact in undecided.values():
        fact.remarks.add(known.reason(fact))
        batch.awaited[fact.seq] = need_of(fact)


def _needy(batch: Batch) -> Iterator[Fact]:
    """Yield the facts that need something of others, and are not settled, refused or out of reach by themselves."""
    for fact in batch.facts:
        named = fact.kind in ARRIVALS and bool(fact.data.get("candidate"))
        if (named or fact.kind in OF_A_CANDIDATE or fact.kind in MOVES) and not (fact.refusal or fact.waits):
            if not fact.settled:
                yield fact


def need_of(fact: Fact) -> str:
    """Return the candidate or the check-in that a fact needs."""
    return moved_by(fact) if fact.kind in MOVES else fact.node


class _Known:
    """What stands of the candidates and check-ins that facts need: in the database, and in the batch as it is read."""

    def __init__(self, batch: Batch, facts: Iterable[Fact]) -> None:
        self.batch = batch
        needs = {need_of(fact): fact.kind in MOVES for fact in facts}
        self.check_ins = _check_ins({need for need, is_move in needs.items() if is_move})
        candidates = {need for need, is_move in needs.items() if not is_move}
        self.persons = persons_of(candidates | {fact.subject for fact in batch.facts if fact.subject})
        self.wanted = {self.persons[candidate] for candidate in candidates}
        self.today, self.here = _present(batch, self.wanted)
        self.registered = {row[0] for row in fetch_in("SELECT id FROM candidate WHERE id IN (??)", candidates)}

    def learn(self, facts: Iterable[Fact]) -> None:
        """Take in facts of the batch that have an effect."""
        for fact in facts:
            if fact.kind in ("candidate.registered", *ARRIVALS) and fact.subject:
                self.today.add(self.persons[fact.subject])
                self.here.add(self.persons[fact.subject])
            if fact.kind == "candidate.registered":
                self.registered.add(fact.node)
            if fact.kind == "check_in.recorded" and fact.uuid:
                self.check_ins.setdefault(fact.uuid, self._made_here(fact))

    def meets(self, fact: Fact) -> bool:
        """Say whether what a fact needs is there."""
        if fact.kind in MOVES:
            made = self.check_ins.get(moved_by(fact))
            return made is not None and made.market_day == self.batch.day and self.batch.booth in made.booths
        if fact.node not in self.registered:
            return False
        is_wide = fact.kind in ARRIVALS or (self.batch.log.booth is not None and self.batch.log.booth.is_desk)
        return self.persons[fact.node] in (self.today if is_wide else self.here)

    def reason(self, fact: Fact) -> str:
        """Return why a fact waits."""
        if fact.kind in MOVES:
            return "check_in_other_booth" if moved_by(fact) in self.check_ins else "check_in_unknown"
        return "candidate_other_booth" if fact.node in self.registered else "candidate_unknown"

    def _made_here(self, fact: Fact) -> Made:
        place = self.batch.place_of(fact)
        booths = frozenset({self.batch.booth, place.booth if place else None})
        return Made(self.batch.log.id, fact.seq, self.batch.log.kind, self.batch.day, booths)


def _check_ins(ids: set[str]) -> dict[str, Made]:
    rows = fetch_in(
        "SELECT s.id, s.tablet_id, s.seq, l.kind, s.market_day_id, s.booth, b.number FROM scan AS s"
        " JOIN log AS l ON l.id = s.tablet_id LEFT JOIN booth AS b ON b.id = l.booth_id WHERE s.id IN (??)",
        ids,
    )
    found: dict[str, Made] = {}
    for id, log, seq, kind, day, *booths in rows:
        before = found[id].booths if id in found else frozenset()
        found[id] = Made(log, seq, kind, day, before | frozenset(booths))
    return found


def _present(batch: Batch, persons: set[str]) -> tuple[set[str], set[str]]:
    """Return who of these persons is here on the market day, and who of them was at the batch's booth."""
    visits = "SELECT person, booth FROM visit WHERE market_day_id = ? AND person IN (??)"
    ties = "SELECT person, booth FROM scan WHERE market_day_id = ? AND person IN (??)"
    own = "SELECT person FROM candidate WHERE market_day_id = ? AND person IN (??)"
    places = fetch_in(visits, persons, batch.day) + fetch_in(ties, persons, batch.day)
    today = {person for person, _ in places} | {person for (person,) in fetch_in(own, persons, batch.day)}
    return today, {person for person, booth in places if booth == batch.booth}


def _judge_ids(batch: Batch) -> None:
    """Let a registration or a check-in wait whose id another log used for something else.

    The phones' and the office's logs come first, then the tablet that was enrolled first: no fact can choose that. Said
    again word for word it is the same fact. Where the batch comes first, the other is derived anew.
    """
    makers = {fact.uuid: fact for fact in batch.of(*MAKERS) if fact.uuid and not fact.settled}
    for id, key, other in _others(batch, makers):
        if other > rank(batch.log):
            batch.outranked.add(key)
        else:
            makers[id].remarks.add(TAKEN)


def rank(log: Log) -> tuple[bool, int]:
    """Return a log's place in the order of rights to a number, the first one first."""
    return _rank(log.id, log.kind)


def _rank(log: int, kind: str) -> tuple[bool, int]:
    return kind in (DEVICE, RESCUED), log


def _others(batch: Batch, makers: dict[str | None, Fact]) -> Iterator[tuple[str, Key, tuple[bool, int]]]:
    """Yield the id, the operation and the rank of what other logs made under these ids, and said otherwise."""
    found: dict[str, list[Key]] = {}
    for sql in ("SELECT id, tablet_id, seq FROM scan WHERE id IN (??)", _REGISTRATIONS):
        for id, log, seq in fetch_in(sql, [id for id in makers if id]):
            if log != batch.log.id:
                found.setdefault(id, []).append((log, seq))
    keys = [key for some in found.values() for key in some]
    rows = fetch_keys(
        "SELECT o.tablet_id, o.seq, o.body, l.kind FROM operation AS o JOIN log AS l ON l.id = o.tablet_id"
        " WHERE o.tablet_id = ? AND o.seq IN (??)",
        keys,
    )
    said = {(log, seq): (body, kind) for log, seq, body, kind in rows}
    for id, some in found.items():
        for key in some:
            body, kind = said[key]
            if body != makers[id].body:
                yield id, key, _rank(key[0], kind)


_REGISTRATIONS = (
    f"SELECT subject, tablet_id, seq FROM operation WHERE kind = 'candidate.registered' AND {HAS_EFFECT}"
    " AND subject IN (??)"
)


def store(batch: Batch) -> None:
    """Note what the batch's facts wait for."""
    sql = "INSERT INTO awaited (tablet_id, seq, node) VALUES (?, ?, ?)"
    execute_many(sql, [(batch.log.id, seq, node) for seq, node in batch.awaited.items()])


def awaiting(batches: Iterable[Batch]) -> set[Key]:
    """Return the operations that wait for somebody or something that these batches brought or moved."""
    nodes: set[str] = set()
    for batch in batches:
        nodes |= {fact.uuid for fact in batch.of("check_in.recorded") if fact.uuid}
        nodes |= set(batch.persons) | set(batch.persons.values()) | batch.moved.keys() | set(batch.moved.values())
    persons = set(persons_of(nodes).values())
    nodes |= {node for (node,) in fetch_in("SELECT node FROM alias WHERE person IN (??)", persons)} | persons
    rows = fetch_in("SELECT tablet_id, seq FROM awaited WHERE node IN (??)", nodes)
    return {(log, seq) for log, seq in rows}


def forget(keys: Iterable[Key]) -> None:
    """Note no longer what these operations wait for: they are to be judged anew."""
    delete_by_key("awaited", keys)


def take_back(scope: Scope) -> None:
    """Forget what the operations wait for."""
    forget(scope.keys)


REACH = Noun("reach", reasons=REASONS, tables=(Awaited,), judge=judge, store=store, take_back=take_back)
