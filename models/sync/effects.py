"""Effects: a batch of facts is stored, and what is derived from facts is brought up to date."""

from collections.abc import Iterable

from models.database import execute_many, fetch, fetch_in
from models.market.tablet import Tablet
from models.people.identity import persons_of, reidentify
from models.sync import people
from models.sync.batch import Batch, places
from models.sync.change import announce
from models.sync.check_in import HIRED, RANKS, WITHDRAWN, refold
from models.sync.fact import Fact
from models.sync.judge import judge
from models.sync.review import closed_now, review
from models.sync.visit import PRESENCE, count_tallies, derive_visits, record_visits


def apply(tablet: Tablet, facts: list[Fact], now_ms: int) -> None:
    """Store facts and derive what follows from them. Call it inside ``writing()``."""
    if not facts:
        return
    batch = Batch(tablet, facts, now_ms)
    batch.places = places(fact.data["vacancy"] for fact in batch.about_vacancies())
    judge(batch)
    children = people.refuse_children(batch)
    people.judge_candidates(batch)
    _store_operations(batch)
    people.retract(children)
    touched = people.store(batch)
    moved = reidentify(touched) if touched else {}
    persons = persons_of(fact.subject for fact in facts if fact.subject)
    _store_presence(batch, persons)
    _store_scans(batch, persons)
    _store_moves(batch)
    unsettled = _with_older_facts(batch, moved.keys() | children)
    if unsettled:
        _derive_again(batch, unsettled)
    if batch.pairs:
        refold({person for _, _, person in batch.pairs}, batch.pairs)
    _store_tallies(batch)
    people.store_consents(batch)
    _review_vacancies(batch)
    _tell_of_people(batch, persons, touched)
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


def _store_scans(batch: Batch, persons: dict[str, str]) -> None:
    scans = batch.of("check_in.recorded")
    if not scans:
        return
    moves = fetch_in(
        "SELECT scan, tablet_id, seq FROM progress WHERE scan IN (??)", [f.uuid for f in scans]
    )
    waiting = {scan for scan, *_ in moves}
    rows, plain = [], []
    for fact in scans:
        place = batch.place_of(fact)
        booth = place.booth if place else None
        pair = (batch.day, fact.data["vacancy"], persons[fact.subject])
        times = (fact.at_ms, fact.effective_ms)
        rows.append((batch.tablet.id, fact.seq, fact.uuid, *pair, fact.subject, booth, *times))
        if fact.uuid in waiting:
            batch.pairs.add(pair)
        else:
            plain.append((*pair, booth, fact.at_ms))
        _tell_scan(batch, fact.uuid, booth)
    execute_many(
        "INSERT INTO scan (tablet_id, seq, id, market_day_id, vacancy, person, node, booth, at_ms,"
        " effective_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    execute_many(
        "INSERT INTO check_in (market_day_id, vacancy, person, booth, at_ms, stage, reached)"
        " VALUES (?, ?, ?, ?, ?, 'interested', 0)"
        " ON CONFLICT (market_day_id, vacancy, person) DO UPDATE SET at_ms ="
        " CASE WHEN excluded.at_ms < check_in.at_ms THEN excluded.at_ms ELSE check_in.at_ms END",
        plain,
    )
    execute_many(  # moves that came before their check-in no longer need attention
        "UPDATE operation SET outcome = 'applied', reason = NULL"
        " WHERE tablet_id = ? AND seq = ? AND reason = 'check_in_unknown'",
        [key for _, *key in moves],
    )


def _tell_scan(batch: Batch, scan: str, booth: int | None) -> None:
    """The vacancy's booth hears of a check-in, and so does the booth that made it."""
    if batch.booth is not None:
        batch.own.add((batch.booth, "check_in", scan))
    if booth is not None and booth != batch.booth:
        batch.told.add((booth, "check_in", scan))


def _store_moves(batch: Batch) -> None:
    moves = batch.of("check_in.progressed", "check_in.withdrawn")
    if not moves:
        return
    execute_many(
        "INSERT INTO progress (tablet_id, seq, scan, stage, place, correction, effective_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (batch.tablet.id, fact.seq, fact.data["check_in"].lower(),
             fact.data.get("stage") or WITHDRAWN, fact.data.get("place"),
             bool(fact.data.get("correction")), fact.effective_ms)
            for fact in moves
        ],  # fmt: skip
    )
    rows = fetch_in(
        "SELECT id, market_day_id, vacancy, person, booth FROM scan WHERE id IN (??)",
        {fact.data["check_in"].lower() for fact in moves},
    )
    lowering = {fact.data["check_in"].lower() for fact in moves if _may_lower(fact)}
    for scan, day, vacancy, person, booth in rows:
        batch.pairs.add((day, vacancy, person))
        batch.moved.add(vacancy)
        if scan in lowering:
            batch.certain.add(vacancy)
        if booth is not None:
            batch.told.add((booth, "check_in", scan))


def _may_lower(fact: Fact) -> bool:
    """Say whether a move may free a place, so that what stood as full may no longer be."""
    stage = fact.data.get("stage") or WITHDRAWN
    return stage == WITHDRAWN or bool(fact.data.get("correction"))


def _with_older_facts(batch: Batch, nodes: Iterable[str]) -> set[str]:
    """Return those of the nodes about which there were operations before this batch."""
    rows = fetch_in(
        "SELECT DISTINCT subject FROM operation WHERE NOT (tablet_id = ? AND seq >= ?)"
        " AND subject IN (??)",
        nodes,
        batch.tablet.id,
        batch.facts[0].seq,
    )
    return {subject for (subject,) in rows}


def _derive_again(batch: Batch, nodes: set[str]) -> None:
    """Nodes that already had facts became other persons: derive those persons' facts again."""
    now = persons_of(nodes)
    execute_many("UPDATE scan SET person = ? WHERE node = ?", [(p, n) for n, p in now.items()])
    persons = set(now.values())
    members = {person: person for person in persons} | now
    members |= dict(fetch_in("SELECT node, person FROM alias WHERE person IN (??)", persons))
    gone = nodes | persons
    derive_visits(members, gone)
    execute_many("DELETE FROM check_in WHERE person = ?", [(person,) for person in gone])
    batch.certain |= {vacancy for _, vacancy, _ in refold(persons)}
    batch.told |= {
        (booth, "check_in", scan)
        for scan, booth in fetch_in(
            "SELECT id, booth FROM scan WHERE booth IS NOT NULL AND person IN (??)", persons
        )
    }


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
    changed = closures | (batch.certain | batch.moved if _is_about_hiring(batch) else set())
    if changed := changed & batch.places.keys():
        desks = fetch(
            "SELECT number FROM booth WHERE market_day_id = ? AND kind = 'desk'", (batch.day,)
        )
        for vacancy in changed:
            booths = {batch.places[vacancy].booth} | {desk for (desk,) in desks}
            batch.told |= {(booth, "vacancy", vacancy) for booth in booths}


def _is_about_hiring(batch: Batch) -> bool:
    """Say whether the batch may have changed how many places are left."""
    moves = batch.of("check_in.progressed", "check_in.withdrawn")
    return any(
        _may_lower(fact) or RANKS.get(fact.data["stage"], HIRED) >= HIRED for fact in moves
    )


def _tell_of_people(batch: Batch, persons: dict[str, str], touched: set[str]) -> None:
    """A booth hears of the people who came to it, and of what changed about them."""
    booths: dict[str, set[int]] = {}
    for fact in batch.of(*PRESENCE):
        place = batch.place_of(fact)
        at = {batch.booth_of(fact), place.booth if place else None} - {None}
        booths.setdefault(persons[fact.subject], set()).update(at)
    changed = set(persons_of(touched).values()) if touched else set()
    rows = fetch_in(
        "SELECT person, booth FROM visit WHERE market_day_id = ? AND person IN (??)",
        changed,
        batch.day,
    )
    for person, booth in rows:
        booths.setdefault(person, set()).add(booth)
    people.announce(batch, booths)
