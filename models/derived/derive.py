"""Derive: a batch of facts is stored, and what is derived from facts is brought up to date."""

from models.derived import nouns
from models.derived.batch import Batch
from models.derived.person import regrouping_of
from models.log.change import announce
from models.log.fact import Fact
from models.log.operation import insert_operations, keep_recorded, update_operations
from models.log.remark import add_remarks
from models.market.log import Log


def apply(log: Log, facts: list[Fact], now_ms: int) -> Batch:
    """Store facts, at least one, and derive what follows from them alone. Call it inside ``writing()``."""
    batch = Batch(log, facts, now_ms)
    derive(batch)
    announce_elsewhere(batch)
    announce(batch.day, batch.told)
    announce(batch.day, batch.own - batch.told, source=log.id)
    return batch


def announce_elsewhere(batch: Batch) -> None:
    """Tell other market days of what they share with the batch's: people and places."""
    for day, told in batch.elsewhere.items():
        announce(day, told)


def derive(batch: Batch) -> None:
    """Take a batch through all nouns, step by step; it collects the news of it."""
    for noun in nouns.NOUNS:
        noun.read(batch)
    for noun in nouns.NOUNS:
        noun.judge(batch)
    _store_operations(batch)
    for noun in nouns.NOUNS:
        noun.store(batch)
    if regrouping := regrouping_of(batch):
        for noun in nouns.NOUNS:
            noun.regroup(batch, regrouping)
    for noun in nouns.NOUNS:
        noun.review(batch)
    for noun in nouns.NOUNS:
        noun.announce(batch)


def _store_operations(batch: Batch) -> None:
    log = batch.log.id
    if batch.again:
        update_operations(
            (fact.uuid, fact.subject, batch.booth_of(fact), fact.at_ms, fact.recorded_ms, log, fact.seq)
            for fact in batch.facts
        )
    else:
        insert_operations(
            (log, fact.seq, batch.day, fact.uuid, fact.kind, fact.subject, batch.booth_of(fact), fact.at_ms,
             fact.effective_ms, batch.now_ms, fact.body, fact.forgotten)
            for fact in batch.facts
        )  # fmt: skip
        keep_recorded((f.recorded_ms, log, f.seq) for f in batch.facts if f.recorded_ms is not None)
    add_remarks(((log, fact.seq), reason) for fact in batch.facts for reason in fact.reasons)
