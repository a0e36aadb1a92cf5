"""Reach: a fact has an effect only within its county, market day and booth (docs/protocol.md).

What a fact needs of others is judged here, by what stands already and by its own batch: that a candidate is here today,
that a check-in is this booth's, that what it makes has a number of its own. A fact whose need is not met waits, and is
noted by what it waits for; when that comes, it is derived as if it had just arrived. So reach follows from the set of
facts and not from their order. What the phones and the office record is always within reach: the server made it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by_key
from models.derived.right import TAKEN, Right, right_of
from models.derived.scan import MOVES, moved_by
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.operation import HAS_EFFECT, Key, fetch_keys
from models.market.log import DEVICE, RESCUED, Log
from models.people.candidate_pass import known_passes

FOREIGN = "other_county"
REASONS = (TAKEN, FOREIGN, "candidate_unknown", "candidate_other_booth", "check_in_unknown", "check_in_other_booth")
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
    for fact in batch.facts:
        if fact.settled and is_foreign(fact, batch.log):
            fact.settled = None  # a decision of one county has no effect on another
            fact.remarks.add(FOREIGN)
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


def is_foreign(fact: Fact, log: Log) -> bool:
    """Say whether a fact names a candidate, a check-in, a vacancy or gives a pass of another county than its log's."""
    named = {
        "candidate WHERE id = ?": fact.subject,
        "scan AS s JOIN market_day AS d ON d.id = s.market_day_id WHERE s.id = ?": fact.data.get("check_in"),
        "vacancy AS v JOIN booth AS b ON b.id = v.booth_id JOIN market_day AS d ON d.id = b.market_day_id"
        " WHERE v.number = ?": fact.data.get("vacancy") if fact.names_a_vacancy else None,
    }
    county = log.market_day.county_id
    if any(isinstance(value, str) and _elsewhere(place, value.lower(), county) for place, value in named.items()):
        return True
    days = known_passes({fact.pass_number}) if fact.kind == "pass.bound" and fact.pass_number else {}
    foreign = "SELECT 1 FROM market_day WHERE id = ? AND county_id <> ?"
    return any(fetch(foreign, (day, county)) for day in days.values())


def _elsewhere(place: str, value: str, county: int) -> bool:
    return bool(fetch(f"SELECT 1 FROM {place} AND county_id <> ? LIMIT 1", (value, county)))


def _needy(batch: Batch) -> Iterator[Fact]:
    """Yield the facts that need something of others, and are not settled, refused or out of reach by themselves."""
    for fact in batch.facts:
        named = fact.kind in ARRIVALS and bool(fact.data.get("candidate"))
        needs = named or fact.kind in OF_A_CANDIDATE or fact.kind in MOVES
        if needs and not (fact.refusal or fact.waits or fact.settled):
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
        self.registered = {row[0] for row in fetch_in("SELECT id FROM candidate WHERE id IN (??)", candidates)}
        self.passes: dict[str, set[str]] = {candidate: {candidate} for candidate in candidates}  # and the candidate
        bindings = "SELECT candidate, pass_number FROM pass_binding WHERE candidate IN (??)"
        for candidate, number in fetch_in(bindings, candidates):
            self.passes[candidate].add(number)
        self.today, self.here = _present(batch, set().union(*self.passes.values()))

    def learn(self, facts: Iterable[Fact]) -> None:
        """Take in facts of the batch that have an effect."""
        for fact in facts:
            if fact.kind in ("candidate.registered", *ARRIVALS):
                self.today.add(fact.node)
                self.here.add(fact.node)
            if fact.kind == "candidate.registered":
                self.registered.add(fact.node)
            if fact.kind in ("candidate.registered", "pass.bound") and fact.pass_number and fact.is_bound:
                self.passes.setdefault(fact.node, {fact.node}).add(fact.pass_number)
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
        return not self.passes[fact.node].isdisjoint(self.today if is_wide else self.here)

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


def _present(batch: Batch, nodes: set[str]) -> tuple[set[str], set[str]]:
    """Return which candidates and passes came on the market day, and which of them to the batch's booth.

    By their own facts, not by those of others with the same name and phone: who is who may change.
    """
    came = fetch_in(
        "SELECT subject, booth FROM operation WHERE kind IN ('candidate.registered', 'visit.recorded',"
        f" 'check_in.recorded') AND {HAS_EFFECT} AND market_day_id = ? AND subject IN (??)",
        nodes,
        batch.day,
    )
    tied = fetch_in("SELECT node, booth FROM scan WHERE market_day_id = ? AND node IN (??)", nodes, batch.day)
    return {node for node, _ in came + tied}, {node for node, booth in came + tied if booth == batch.booth}


def _judge_ids(batch: Batch) -> None:
    """Let a registration or a check-in wait whose id belongs to another log (models/derived/right.py).

    Said again word for word it is the same fact. Where the batch has the right, the other is derived anew.
    """
    makers = {fact.uuid: fact for fact in batch.of(*MAKERS) if fact.uuid and not fact.settled}
    for id, key, other in _others(batch, makers):
        if other > right_of(batch.log, id):
            batch.outranked.add(key)
        else:
            makers[id].remarks.add(TAKEN)
    for fact in batch.facts:
        if TAKEN in fact.remarks and fact.waits and fact.uuid:
            batch.awaited[fact.seq] = fact.uuid


def _others(batch: Batch, makers: dict[str, Fact]) -> Iterator[tuple[str, Key, Right]]:
    """Yield the id, the operation and the right of what other logs made under these ids, and said otherwise."""
    found: dict[str, list[Key]] = {}
    for sql in ("SELECT id, tablet_id, seq FROM scan WHERE id IN (??)", _REGISTRATIONS):
        for id, log, seq in fetch_in(sql, makers):
            if log != batch.log.id:
                found.setdefault(id, []).append((log, seq))
    keys = {key for some in found.values() for key in some}
    bodies = fetch_keys("SELECT tablet_id, seq, body FROM operation WHERE tablet_id = ? AND seq IN (??)", keys)
    said = {(log, seq): body for log, seq, body in bodies}
    logs = {log.id: log for log in Log.select().where(Log.id.in_({log for log, _ in keys}))} if keys else {}
    for id, some in found.items():
        for key in some:
            if said[key] != makers[id].body:
                yield id, key, right_of(logs[key[0]], id)


_REGISTRATIONS = (
    f"SELECT subject, tablet_id, seq FROM operation WHERE kind = 'candidate.registered' AND {HAS_EFFECT}"
    " AND subject IN (??)"
)


def store(batch: Batch) -> None:
    """Note what the batch's facts wait for."""
    sql = "INSERT INTO awaited (tablet_id, seq, node) VALUES (?, ?, ?)"
    execute_many(sql, [(batch.log.id, seq, node) for seq, node in batch.awaited.items()])


def awaiting(batches: Iterable[Batch]) -> set[Key]:
    """Return the operations that wait for somebody or something that these batches brought or took away."""
    if not fetch("SELECT 1 FROM awaited LIMIT 1"):
        return set()
    facts = [fact for batch in batches for fact in batch.facts]
    nodes = {fact.subject for fact in facts if fact.subject}
    nodes |= {fact.uuid for fact in facts if fact.kind == "check_in.recorded" and fact.uuid}
    bound = fetch_in("SELECT candidate FROM pass_binding WHERE pass_number IN (??)", nodes)
    nodes |= {candidate for (candidate,) in bound}
    rows = fetch_in("SELECT tablet_id, seq FROM awaited WHERE node IN (??)", nodes)
    return {(log, seq) for log, seq in rows}


def forget(keys: Iterable[Key]) -> None:
    """Note no longer what these operations wait for: they are to be judged anew."""
    delete_by_key("awaited", keys)


def take_back(scope: Scope) -> None:
    """Forget what the operations wait for."""
    forget(scope.keys)


REACH = Noun("reach", reasons=REASONS, tables=(Awaited,), judge=judge, store=store, take_back=take_back)
