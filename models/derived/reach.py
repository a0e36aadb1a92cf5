"""Reach: a fact has an effect only within its county, market day and booth (docs/protocol.md).

What a fact needs of others is judged here, by what stands already and by its own batch (presence.py): that a candidate
is here today, that a check-in is this booth's. A fact whose need is not met waits, and is
noted by what it waits for; when that comes, it is derived as if it had just arrived. So reach follows from the set of
facts and not from their order. What the phones and the office record is always within reach: the server made it.
"""

from collections.abc import Iterable, Iterator

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import BaseModel, fetch, fetch_in, insert_many
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by_key
from models.derived.presence import OF_A_CHECK_IN, WIDE, Presence, need_of
from models.derived.scope import Scope
from models.derived.withdrawal import KINDS as WITHDRAWALS
from models.log.fact import Fact
from models.log.operation import Key
from models.market.log import Log
from models.people.candidate_pass import known_passes

FOREIGN = "other_county"
REASONS = (
    FOREIGN, "candidate_unknown", "candidate_other_booth", "check_in_unknown", "check_in_other_booth", "visit_unknown",
    "visit_other_booth",
)  # fmt: skip
OF_A_CANDIDATE = ("candidate.amended", "pass.bound", "pass.voided", "consent.given", "consent.withdrawn")


class Awaited(BaseModel):
    """A candidate or a check-in that an operation waits for. Derived."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    node = CharField(max_length=36, index=True)

    class Meta:
        primary_key = CompositeKey("log", "seq")


def judge(batch: Batch) -> None:
    """Let facts wait that are out of reach, and note what each waits for."""
    if not batch.log.is_of_a_tablet:
        return
    for fact in batch.facts:
        if fact.settled and is_foreign(fact, batch.log):
            fact.settled = None  # a decision of one county has no effect on another
            fact.remarks.add(FOREIGN)
    undecided = {fact.seq: fact for fact in _needy(batch)}
    if not undecided:
        return
    known = Presence(batch, undecided.values())
    known.learn(fact for fact in batch.facts if fact.has_effect and fact.seq not in undecided)
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
        "vacancy WHERE number = ?": fact.data.get("vacancy") if fact.names_a_vacancy else None,
        "survey_person AS p JOIN survey AS s ON s.id = p.survey_id WHERE p.id = ?": fact.data.get("person"),
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
        named = fact.kind in WIDE and bool(fact.data.get("candidate"))
        needs = named or fact.kind in OF_A_CANDIDATE or fact.kind in OF_A_CHECK_IN or fact.kind in WITHDRAWALS
        if needs and fact.has_effect and not fact.settled:
            yield fact


def store(batch: Batch) -> None:
    """Note what the batch's facts wait for."""
    rows = [(batch.log.id, seq, node) for seq, node in batch.awaited.items()]
    insert_many("awaited", "tablet_id, seq, node", rows)


def awaiting(batches: Iterable[Batch]) -> set[Key]:
    """Return the operations that wait for somebody or something that these batches brought or took away."""
    if not fetch("SELECT 1 FROM awaited LIMIT 1"):
        return set()
    facts = [fact for batch in batches for fact in batch.facts]
    nodes = {fact.subject for fact in facts if fact.subject}
    nodes |= {fact.uuid for fact in facts if fact.kind in ("check_in.recorded", "visit.recorded") and fact.uuid}
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
