"""Review: which facts about a vacancy came after it was closed or full, or after the date of day labour.

Whether a place was left cannot be known at the booth, so nothing is refused. The reasons are
derived from the whole of a vacancy's facts in their effective order, so the answer is the
same whichever tablet synced first.
"""

from collections.abc import Iterable

from models.base.database import execute_many, fetch, fetch_in
from models.derived.batch import Batch
from models.derived.count import hired_counts
from models.derived.move import fold_moves, is_mistake, moves_of
from models.derived.noun import Noun
from models.derived.scope import Scope
from models.log.change import Told
from models.log.kind import Kind, VacancyNumber
from models.log.operation import HAS_EFFECT, Key, fetch_keys
from models.log.remark import replace_remarks
from models.market.offer import days_of

CLOSURES = ("vacancy.filled", "vacancy.reopened")
REASONS = ("vacancy_closed", "vacancy_ended", "vacancy_full")
UNFIT = ("vacancy_unknown", "vacancy_other_day", "vacancy_other_booth")


class Closure(Kind):
    """``vacancy.filled`` and ``vacancy.reopened``: a vacancy takes nobody more, or does again."""

    vacancy: VacancyNumber

    def subject(self, uuid: str) -> str | None:
        """Return the vacancy."""
        return self.vacancy


def judge(batch: Batch) -> None:
    """Facts about a vacancy of another day or booth are out of reach; a desk serves all booths."""
    bound = batch.log.booth is not None and not batch.log.booth.is_desk
    for fact in batch.about_vacancies():
        place = batch.places.get(fact.data["vacancy"])
        if place is None:
            fact.remarks.add("vacancy_unknown")
        elif place.booth is None:
            fact.remarks.add("vacancy_other_day")
        elif bound and place.booth != batch.booth:
            fact.remarks.add("vacancy_other_booth")


def review(openings: dict[str, int], certain: Iterable[str], ends: dict[str, int | None]) -> set[str]:
    """Judge the facts of these vacancies anew, those of all market days; return the vacancies that were looked at.

    ``openings`` gives the places of each vacancy, ``ends`` when it ends by itself (ms). Those in ``certain`` are looked
    at in any case, the others only if they have a closure, no place left or a tie after their last date, for nothing
    can be wrong otherwise.
    """
    closures = _closures(openings)
    full = {vacancy for vacancy, hired in hired_counts(openings).items() if hired >= openings[vacancy]}
    looked_at = {number for number in openings if number in closures or number in full}
    looked_at |= (set(certain) & openings.keys()) | _tied_late(ends)
    for vacancy in looked_at:
        reasons = _reasons(vacancy, openings[vacancy], closures.get(vacancy, []), ends.get(vacancy))
        replace_remarks(REASONS, {key: {reason} if reason else set() for key, reason in reasons.items()})
    return looked_at


def _tied_late(ends: dict[str, int | None]) -> set[str]:
    """Return which of these vacancies somebody was tied to after they ended by themselves (ms)."""
    known = {number: end for number, end in ends.items() if end is not None}
    rows = fetch_in(
        "SELECT v.number, MAX(s.effective_ms) FROM vacancy AS v JOIN offer AS o ON o.vacancy_id = v.id"
        " JOIN scan AS s ON s.market_day_id = o.market_day_id AND s.vacancy = v.number WHERE v.number IN (??)"
        " GROUP BY v.number",
        known,
    )
    return {number for number, latest in rows if latest >= known[number]}


def close_or_open(vacancies: set[str]) -> None:
    """Store of each of these vacancies whether it is closed: whether the latest word on it says so."""
    closures = _closures(vacancies)
    closed = {number for number, events in closures.items() if max(events)[3] == "vacancy.filled"}
    execute_many("UPDATE vacancy SET closed = ? WHERE number = ?", [(number in closed, number) for number in vacancies])


def _closures(vacancies: Iterable[str]) -> dict[str, list[tuple]]:
    rows = fetch_in(
        f"SELECT subject, effective_ms, tablet_id, seq, kind FROM operation WHERE {HAS_EFFECT}"
        " AND kind IN ('vacancy.filled', 'vacancy.reopened') AND subject IN (??)",
        vacancies,
    )
    closures: dict[str, list[tuple]] = {}
    for subject, *event in rows:
        closures.setdefault(subject, []).append(tuple(event))
    return closures


def _reasons(vacancy: str, openings: int, closures: list[tuple], ends_ms: int | None) -> dict[Key, str | None]:
    """Walk a vacancy's facts of all market days in order and return the reason of each, None where all is well."""
    scans = fetch(
        "SELECT s.effective_ms, s.tablet_id, s.seq, s.person, s.id FROM vacancy AS v"
        " JOIN offer AS o ON o.vacancy_id = v.id"
        " JOIN scan AS s ON s.market_day_id = o.market_day_id AND s.vacancy = v.number WHERE v.number = ?",
        (vacancy,),
    )
    events = [(*scan[:3], "scan") for scan in scans] + [(*event[:3], event[3]) for event in closures]
    reasons: dict[Key, str | None] = {}
    for move in _hires(scans, reasons):
        events.append((move.effective_ms, move.tablet, move.seq, "hire"))
    closed, hired = False, 0
    for at_ms, tablet, seq, what in sorted(events):
        if what == "scan":
            full = "vacancy_full" if hired >= openings else None
            ended = "vacancy_ended" if ends_ms is not None and at_ms >= ends_ms else full
            reasons[tablet, seq] = "vacancy_closed" if closed else ended
        elif what == "hire":
            hired += 1
            reasons[tablet, seq] = "vacancy_full" if hired > openings else None
        else:
            closed = what == "vacancy.filled"
    return reasons


def _hires(scans: list[tuple], reasons: dict[Key, str | None]) -> list:
    """Return the move that hired each person; every move starts with no reason."""
    moves = moves_of(scan[4] for scan in scans)
    reasons |= {(move.tablet, move.seq): None for group in moves.values() for move in group}
    own: dict[str, list] = {}
    for *_, person, scan in scans:
        if not is_mistake(moves.get(scan, ())):
            own.setdefault(person, []).extend(moves.get(scan, ()))
    return [hire for group in own.values() if (hire := fold_moves(group).hired_by)]



def review_batch(batch: Batch) -> None:
    """Judge anew the vacancies that a batch was about."""
    closed = {fact.data["vacancy"] for fact in batch.of(*CLOSURES)}
    told = {fact.data["vacancy"] for fact in batch.about_vacancies() if not fact.waits}
    numbers = told | batch.vacancies | batch.rehired()
    batch.know_places(numbers)
    _review(batch, numbers & batch.places.keys(), batch.rehired() | closed)
    close_or_open(closed)


def _review(batch: Batch, numbers: set[str], certain: set[str]) -> None:
    places = {number: batch.places[number] for number in numbers}
    openings = {number: place.openings for number, place in places.items()}
    review(openings, certain, {number: place.ends_ms for number, place in places.items()})


def announce(batch: Batch) -> None:
    """Tell of the vacancies that closed or opened, or of which other places are left."""
    changed = {fact.data["vacancy"] for fact in batch.of(*CLOSURES)} | batch.rehired()
    _tell(batch, changed & batch.places.keys())


def _tell(batch: Batch, changed: set[str]) -> None:
    """Tell the booths that offer a vacancy and all desks, of all market days."""
    for day, told in heard_of(changed).items():
        batch.tell(day, told)


def heard_of(numbers: Iterable[str]) -> dict[int, set[Told]]:
    """Return who hears of these vacancies by market day: each booth that offers one, and the day's desks."""
    offered = days_of(numbers)
    days = {day for places in offered.values() for day, _ in places}
    desks: dict[int, set[int]] = {day: set() for day in days}
    sql = "SELECT market_day_id, number FROM booth WHERE kind = 'desk' AND market_day_id IN (??)"
    for day, desk in fetch_in(sql, days):
        desks[day].add(desk)
    told: dict[int, set[Told]] = {day: set() for day in days}
    for number, places in offered.items():
        for day, booth in places:
            told[day] |= {(hearer, "vacancy", number) for hearer in {booth, *desks[day]}}
    return told


def note(scope: Scope) -> None:
    """Note the vacancies that were closed or opened."""
    kinds = ", ".join(f"'{kind}'" for kind in CLOSURES)
    for day, vacancy in fetch_keys(
        f"SELECT market_day_id, subject FROM operation WHERE kind IN ({kinds})"
        " AND subject IS NOT NULL AND tablet_id = ? AND seq IN (??)",
        scope.keys,
    ):
        scope.vacancies[day].add(vacancy)


def finish(scope: Scope, batches: list[Batch]) -> None:
    """Judge anew the vacancies that the operations were about before; some may be about none now."""
    for batch in {batch.day: batch for batch in batches}.values():
        batch.know_places(scope.vacancies[batch.day])
        known = scope.vacancies[batch.day] & batch.places.keys()
        _review(batch, known, known)
        close_or_open(known)
        _tell(batch, known)


OPENING = Noun(
    "opening",
    kinds=dict.fromkeys(CLOSURES, Closure),
    reasons=(*UNFIT, *REASONS),
    judge=judge,
    review=review_batch,
    announce=announce,
    note=note,
    finish=finish,
)
