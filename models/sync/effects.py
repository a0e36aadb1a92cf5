"""Effects: a batch of facts is stored, and what is derived from facts is brought up to date."""

from models.database import execute_many, fetch_in
from models.market.tablet import Tablet
from models.people.identity import persons_of, reidentify
from models.sync import news, people, ties
from models.sync.batch import Batch, places
from models.sync.change import announce
from models.sync.check_in import refold
from models.sync.contact import open_contacts
from models.sync.fact import Fact
from models.sync.judge import judge
from models.sync.review import closed_now, review
from models.sync.showing import store_showings
from models.sync.visit import PRESENCE, count_tallies, record_visits


def apply(tablet: Tablet, facts: list[Fact], now_ms: int) -> None:
    """Store facts and derive what follows from them. Call it inside ``writing()``."""
    if not facts:
        return
    batch = Batch(tablet, facts, now_ms)
    open_contacts(batch)
    batch.places = places(fact.data["vacancy"] for fact in batch.about_vacancies())
    judge(batch)
    children = people.refuse_children(batch)
    people.judge_candidates(batch)
    _store_operations(batch)
    store_showings(batch)
    gone = ties.scans_taken_back(batch, children)
    touched = people.retract(children)
    touched |= people.store(batch)
    moved = reidentify(touched) if touched else {}
    persons = persons_of(fact.subject for fact in facts if fact.subject)
    _store_presence(batch, persons)
    ties.store_scans(batch, persons)
    ties.store_moves(batch)
    ties.mark_moves_of(gone)
    unsettled = ties.with_older_facts(batch, moved.keys() | children)
    if unsettled:
        ties.derive_again(batch, unsettled, {moved.get(node, node) for node in unsettled})
    if batch.pairs:
        refold({person for _, _, person in batch.pairs}, batch.pairs)
    _store_tallies(batch)
    people.store_consents(batch)
    _review_vacancies(batch)
    news.tell_of_people(batch, persons, touched)
    announce(batch.day, batch.told)
    announce(batch.day, batch.own - batch.told, source=tablet.id)


def _store_operations(batch: Batch) -> None:
    execute_many(
        "INSERT INTO operation (tablet_id, seq, market_day_id, uuid, kind, subject, booth, at_ms,"
        " effective_ms, received_ms, body, outcome, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (batch.tablet.id, fact.seq, batch.day, fact.uuid, fact.kind, fact.subject,
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
    elsewhere = fetch_in(
        "SELECT uuid FROM operation WHERE kind = 'tally.counted' AND tablet_id <> ?"
        " AND uuid IN (??)",
        [fact.uuid for fact in tallies],
        batch.tablet.id,
    )
    counted = {uuid for (uuid,) in elsewhere}
    offset = batch.tablet.market_day.utc_offset_ms()
    count_tallies(
        (batch.day, fact.data["topic"], batch.booth or 0,
         (fact.at_ms + offset) // 3_600_000 % 24, fact.data["count"])
        for fact in tallies
        if fact.uuid not in counted
    )  # fmt: skip


def _review_vacancies(batch: Batch) -> None:
    closures = {fact.subject for fact in batch.of("vacancy.filled", "vacancy.reopened")}
    numbers = {fact.data["vacancy"] for fact in batch.about_vacancies()}
    numbers |= batch.certain | batch.moved
    batch.places |= places(numbers - batch.places.keys())
    openings = {n: batch.places[n].openings for n in numbers & batch.places.keys()}
    review(batch.day, openings, batch.certain | closures)
    execute_many(
        "UPDATE vacancy SET closed = ? WHERE number = ?",
        [(closed, number) for number, closed in closed_now(closures).items()],
    )
    changed = closures | (batch.certain | batch.moved if ties.is_about_hiring(batch) else set())
    news.tell_of_vacancies(batch, changed & batch.places.keys())
