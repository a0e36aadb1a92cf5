"""Scans: what a batch's scans and moves make of its check-ins, and all else that is to be said about those."""

from typing import Annotated, Literal

from msgspec import Meta

from models.base.database import execute_many, fetch_in, insert_many
from models.derived.batch import Batch, Regrouping
from models.derived.check_in import CheckIn, Progress, Scan, delete_check_ins, insert_check_ins, refold, stages_of
from models.derived.count import CheckInCount
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.kind import TEXT, Kind, Place, ShortText, Somebody, Stage, Uuid, VacancyNumber
from models.log.operation import Key, fetch_keys
from models.vocabulary.stage import HIRED, MISTAKE, STAGES, WITHDRAWN

MOVES = ("check_in.progressed", "check_in.withdrawn")
_HERE = "tablet_id = ? AND seq IN (??)"


class Recorded(Somebody, kw_only=True):
    """``check_in.recorded``: somebody is tied to a vacancy."""

    vacancy: VacancyNumber
    channel: ShortText | None = None


class Progressed(Kind, kw_only=True):
    """``check_in.progressed``: a check-in comes to a stage; only a correction may go back."""

    check_in: Uuid
    stage: Stage
    place: Place | None = None
    correction: bool | None = None


class Withdrawn(Kind, kw_only=True):
    """``check_in.withdrawn``: one sending was a mistake and never was, or the candidate withdrew."""

    check_in: Uuid
    reason: Annotated[str, Meta(max_length=200, pattern=TEXT)] | None = None
    by: Literal["mistake", "candidate"] | None = None


def store(batch: Batch) -> None:
    """Store scans and moves, and note the check-ins and vacancies they are about."""
    _store_scans(batch)
    _store_moves(batch)


def moved_by(fact: Fact) -> str:
    """Return the scan that a move is about."""
    return fact.data["check_in"].lower()


def _stage_of(fact: Fact) -> str:
    """Return where a move leads to."""
    if fact.kind == "check_in.progressed":
        return fact.data["stage"]
    return WITHDRAWN if fact.data.get("by") == "candidate" else MISTAKE


def _store_scans(batch: Batch) -> None:
    """Store scans and the check-ins they make; one whose moves came first, or that was left, is derived later."""
    scans = batch.of("check_in.recorded")
    if not scans:
        return
    moved = {scan for (scan,) in fetch_in("SELECT scan FROM progress WHERE scan IN (??)", [f.uuid for f in scans])}
    known = stages_of(batch.day, {batch.persons[fact.node] for fact in scans})
    rows, plain = [], []
    for fact in scans:
        place = batch.place_of(fact)
        booth = place.booth if place else None
        pair = (batch.day, fact.data["vacancy"], batch.persons[fact.node])
        times = (fact.at_ms, fact.effective_ms)
        rows.append((batch.log.id, fact.seq, fact.uuid, *pair, fact.subject, booth, *times))
        if fact.uuid in moved or known.get(pair[1:]) == WITHDRAWN:  # a new sending leads back in
            batch.pairs.add(pair)
        else:
            plain.append((*pair[1:], booth, fact.at_ms))
        if batch.booth is not None and known.get(pair[1:], STAGES[0]) != STAGES[0]:
            # The tablet hears of its own check-in when another booth's has moved it already.
            batch.told.add((batch.booth, "check_in", str(fact.uuid)))
    columns = "tablet_id, seq, id, market_day_id, vacancy, person, node, booth, at_ms, effective_ms"
    insert_many("scan", columns, rows)
    if plain:
        batch.hired.update(insert_check_ins(batch.day, plain, known.keys()))


def _store_moves(batch: Batch) -> None:
    moves = batch.of(*MOVES)
    if not moves:
        return
    insert_many(
        "progress", "tablet_id, seq, scan, stage, place, correction, effective_ms",
        [
            (batch.log.id, fact.seq, moved_by(fact),
             _stage_of(fact), fact.data.get("place"),
             bool(fact.data.get("correction")), fact.effective_ms)
            for fact in moves
        ],  # fmt: skip
    )
    rows = fetch_in(
        "SELECT market_day_id, vacancy, person FROM scan WHERE id IN (??)",
        {moved_by(fact) for fact in moves},
    )
    batch.pairs |= {(day, vacancy, person) for day, vacancy, person in rows}


def regroup(batch: Batch, regrouping: Regrouping) -> None:
    """Put the scans of people who proved to be others under their names; their check-ins are folded again."""
    execute_many("UPDATE scan SET person = ? WHERE node = ?", [(p, n) for n, p in regrouping.now.items()])
    hired = f"SELECT DISTINCT vacancy FROM check_in WHERE reached >= {HIRED} AND person IN (??)"
    batch.rejoined |= {vacancy for (vacancy,) in fetch_in(hired, regrouping.gone)}
    batch.hired.update(delete_check_ins(regrouping.gone))
    sql = "SELECT DISTINCT market_day_id, vacancy, person FROM scan WHERE person IN (??)"
    batch.pairs |= {(day, vacancy, person) for day, vacancy, person in fetch_in(sql, regrouping.persons)}


def review(batch: Batch) -> None:
    """Fold the check-ins again whose scans or moves changed."""
    if batch.pairs:
        batch.hired.update(refold(batch.pairs))
        batch.vacancies |= {vacancy for _, vacancy, _ in batch.pairs}


def announce(batch: Batch) -> None:
    """Tell the vacancy's booth of a check-in, and the booth that made it; of one that changed, by each of its scans."""
    for fact in batch.of("check_in.recorded"):
        if batch.booth is not None:
            batch.own.add((batch.booth, "check_in", str(fact.uuid)))
        place = batch.place_of(fact)
        if place and place.booth is not None and place.booth != batch.booth:
            batch.told.add((place.booth, "check_in", str(fact.uuid)))
    rows = fetch_in(
        "SELECT s.id, s.market_day_id, s.vacancy, s.person, s.booth, b.number FROM scan AS s"
        " JOIN log AS t ON t.id = s.tablet_id LEFT JOIN booth AS b ON b.id = t.booth_id WHERE s.person IN (??)",
        {person for _, _, person in batch.pairs},
    )
    for scan, day, vacancy, person, *booths in rows:
        if (day, vacancy, person) in batch.pairs:
            batch.tell(day, {(booth, "check_in", scan) for booth in booths if booth is not None})


def links(keys: set[Key]) -> Links:
    """Return the scans and moves that belong to the same check-ins as these."""
    ids = set(fetch_keys(f"SELECT id FROM scan WHERE {_HERE}", keys))
    ids |= set(fetch_keys(f"SELECT scan FROM progress WHERE {_HERE}", keys))
    scans = fetch_in("SELECT tablet_id, seq FROM scan WHERE id IN (??)", {id for (id,) in ids})
    moves = fetch_in("SELECT tablet_id, seq FROM progress WHERE scan IN (??)", {id for (id,) in ids})
    return set(), {(tablet, seq) for tablet, seq in scans + moves}


def note(scope: Scope) -> None:
    """Note which vacancies the scans are about, and who heard of them."""
    for day, vacancy, scan, *booths in fetch_keys(
        "SELECT s.market_day_id, s.vacancy, s.id, s.booth, b.number FROM scan AS s JOIN log AS t"
        " ON t.id = s.tablet_id LEFT JOIN booth AS b ON b.id = t.booth_id WHERE s.tablet_id = ? AND s.seq IN (??)",
        scope.keys,
    ):
        scope.vacancies[day].add(vacancy)
        scope.told[day] |= {(booth, "check_in", scan) for booth in booths if booth is not None}


def take_back(scope: Scope) -> None:
    """Delete the scans and moves, and the check-ins of the people concerned."""
    delete_by_key("scan", scope.keys)
    delete_by_key("progress", scope.keys)
    delete_check_ins(scope.nodes)


CHECK_IN = Noun(
    "check_in",
    kinds={"check_in.recorded": Recorded, "check_in.progressed": Progressed, "check_in.withdrawn": Withdrawn},
    tables=(Scan, Progress, CheckIn, CheckInCount),
    store=store,
    regroup=regroup,
    review=review,
    announce=announce,
    links=links,
    note=note,
    take_back=take_back,
)
