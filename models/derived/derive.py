"""Effects: a batch of facts is stored, and what is derived from facts is brought up to date."""

from models.base.database import execute_many
from models.derived import announcement, candidate, scan
from models.derived.attention import judge
from models.derived.batch import Batch, places
from models.derived.check_in import refold
from models.derived.consent import store_consents
from models.derived.contact import open_contacts
from models.derived.copied_pass import store_showings
from models.derived.opening import close_or_open, review
from models.derived.person import persons_of, reidentify
from models.derived.tally import came_twice, count_tallies, hour_of, recount_tallies
from models.derived.visit import PRESENCE, record_visits
from models.log.change import announce
from models.log.fact import Fact
from models.market.log import Log


def apply(log: Log, facts: list[Fact], now_ms: int) -> set[str]:
    """Store facts and derive what follows from them. Call it inside ``writing()``.

    Returns the children among those they register: what was recorded about them earlier does not count.
    """
    if not facts:
        return set()
    batch = Batch(log, facts, now_ms)
    children = derive(batch)
    announce(batch.day, batch.told)
    announce(batch.day, batch.own - batch.told, source=log.id)
    return scan.with_older_facts(batch, children)


def derive(batch: Batch) -> set[str]:
    """Judge a batch's facts, store them and derive what follows; ``batch`` collects the news of it.

    Returns the candidates who were refused for being children.
    """
    open_contacts(batch)
    children = candidate.refuse_children(batch)
    batch.places = places(fact.data["vacancy"] for fact in batch.about_vacancies())
    judge(batch)
    candidate.judge_candidates(batch)
    _store_operations(batch)
    store_showings(batch)
    touched = candidate.store(batch)
    moved = reidentify(touched) if touched else {}
    persons = persons_of(fact.subject for fact in batch.facts if fact.subject)
    _store_presence(batch, persons)
    scan.store_scans(batch, persons)
    scan.store_moves(batch)
    if unsettled := scan.with_older_facts(batch, moved):
        scan.derive_again(batch, {node: moved[node] for node in unsettled})
    if batch.pairs:
        refold({person for _, _, person in batch.pairs}, batch.pairs)
        announcement.tell_of_pairs(batch, batch.pairs)
    _store_tallies(batch)
    store_consents(batch)
    _review_vacancies(batch)
    announcement.tell_of_people(batch, persons, touched | moved.keys())
    return children


def _store_operations(batch: Batch) -> None:
    if batch.again:
        execute_many(
            "UPDATE operation SET uuid = ?, subject = ?, booth = ?, at_ms = ?, outcome = ?, reason = ?"
            " WHERE tablet_id = ? AND seq = ?",
            [
                (fact.uuid, fact.subject, batch.booth_of(fact), fact.at_ms, fact.outcome, fact.reason,
                 batch.log.id, fact.seq)
                for fact in batch.facts
            ],  # fmt: skip
        )
        return
    execute_many(
        "INSERT INTO operation (tablet_id, seq, market_day_id, uuid, kind, subject, booth, at_ms,"
        " effective_ms, received_ms, body, outcome, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (batch.log.id, fact.seq, batch.day, fact.uuid, fact.kind, fact.subject,
             batch.booth_of(fact), fact.at_ms, fact.effective_ms, batch.now_ms, fact.body,
             fact.outcome, fact.reason)
            for fact in batch.facts
        ],  # fmt: skip
    )


def _store_presence(batch: Batch, persons: dict[str, str]) -> None:
    rows = []
    for fact in batch.of(*PRESENCE):
        if (booth := batch.booth_of(fact)) is not None:
            rows.append((batch.day, booth, persons[fact.subject], fact.at_ms))
    record_visits(rows)


def _store_tallies(batch: Batch) -> None:
    """Count tallies, each once: a tablet enrolled anew sends what it is not sure of again."""
    tallies = batch.of("tally.counted")
    if not tallies:
        return
    offset = batch.log.market_day.utc_offset_ms()
    if came_twice(batch.day, [fact.uuid for fact in tallies]):
        recount_tallies(batch.day, offset)
        return
    count_tallies(
        (batch.day, fact.data["topic"], batch.booth or 0, hour_of(fact.at_ms, offset), fact.data["count"])
        for fact in tallies
    )


def _review_vacancies(batch: Batch) -> None:
    closures = {fact.subject for fact in batch.of("vacancy.filled", "vacancy.reopened")}
    numbers = {fact.data["vacancy"] for fact in batch.about_vacancies()}
    numbers |= batch.certain | batch.moved
    batch.places |= places(numbers - batch.places.keys())
    openings = {n: batch.places[n].openings for n in numbers & batch.places.keys()}
    review(batch.day, openings, batch.certain | closures)
    close_or_open(closures)
    changed = closures | batch.hiring
    if scan.is_about_hiring(batch):
        changed |= batch.certain | batch.moved
    announcement.tell_of_vacancies(batch, changed & batch.places.keys())
