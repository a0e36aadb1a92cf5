"""Review: which facts about a vacancy came after it was closed or full.

Whether a place was left cannot be known at the booth, so nothing is refused. The reasons are
derived from the whole of a vacancy's facts in their effective order, so the answer is the
same whichever tablet synced first.
"""

from collections.abc import Iterable

from models.base.database import execute_many, fetch, fetch_in
from models.derived.check_in import moves_of, stand
from models.log.operation import Key
from models.log.remark import replace_remarks
from models.vocabulary.stage import WITHDRAWN

REASONS = ("vacancy_closed", "vacancy_full")


def review(market_day: int, openings: dict[str, int], certain: Iterable[str]) -> set[str]:
    """Judge the facts of these vacancies anew; return the vacancies that were looked at.

    ``openings`` gives the places of each vacancy. Those in ``certain`` are looked at in any case, the
    others only if they have a closure or no place left, for nothing can be wrong otherwise.
    """
    closures = _closures(openings)
    full = {
        vacancy
        for vacancy, hired in hired_counts(market_day, openings).items()
        if hired >= openings[vacancy]
    }
    looked_at = {number for number in openings if number in closures or number in full}
    looked_at |= set(certain) & openings.keys()
    for vacancy in looked_at:
        reasons = _reasons(market_day, vacancy, openings[vacancy], closures.get(vacancy, []))
        replace_remarks(REASONS, {key: {reason} if reason else set() for key, reason in reasons.items()})
    return looked_at


def hired_counts(market_day: int, vacancies: Iterable[str]) -> dict[str, int]:
    """Return how many people each vacancy has taken on."""
    rows = fetch_in(
        "SELECT vacancy, COUNT(*) FROM check_in WHERE market_day_id = ? AND reached >= 4"
        " AND vacancy IN (??) GROUP BY vacancy",
        vacancies,
        market_day,
    )
    counts = dict.fromkeys(vacancies, 0)
    for vacancy, hired in rows:
        counts[vacancy] += hired
    return counts


def close_or_open(vacancies: set[str]) -> None:
    """Store of each of these vacancies whether it is closed: whether the latest word on it says so."""
    closures = _closures(vacancies)
    closed = {number for number, events in closures.items() if max(events)[3] == "vacancy.filled"}
    execute_many("UPDATE vacancy SET closed = ? WHERE number = ?", [(number in closed, number) for number in vacancies])


def _closures(vacancies: Iterable[str]) -> dict[str, list[tuple]]:
    rows = fetch_in(
        "SELECT subject, effective_ms, tablet_id, seq, kind FROM operation WHERE outcome <> 'refused'"
        " AND kind IN ('vacancy.filled', 'vacancy.reopened') AND subject IN (??)",
        vacancies,
    )
    closures: dict[str, list[tuple]] = {}
    for subject, *event in rows:
        closures.setdefault(subject, []).append(tuple(event))
    return closures


def _reasons(
    market_day: int, vacancy: str, openings: int, closures: list[tuple]
) -> dict[Key, str | None]:
    """Walk a vacancy's facts in order and return the reason of each, None where all is well."""
    scans = fetch(
        "SELECT effective_ms, tablet_id, seq, person, id FROM scan"
        " WHERE market_day_id = ? AND vacancy = ?",
        (market_day, vacancy),
    )
    events = [(*scan[:3], "scan") for scan in scans] + [(*event[:3], event[3]) for event in closures]
    reasons: dict[Key, str | None] = {}
    for move in _hires(scans, reasons):
        events.append((move.effective_ms, move.tablet, move.seq, "hire"))
    closed, hired = False, 0
    for _, tablet, seq, what in sorted(events):
        if what == "scan":
            full = "vacancy_full" if hired >= openings else None
            reasons[tablet, seq] = "vacancy_closed" if closed else full
        elif what == "hire":
            hired += 1
            reasons[tablet, seq] = "vacancy_full" if hired > openings else None
        else:
            closed = what == "vacancy.filled"
    return reasons


def _hires(scans: list[tuple], reasons: dict[Key, str | None]) -> list:
    """Return the move that hired each person; every move starts with no reason."""
    moves: dict[str, list] = {}
    for move in moves_of(scan[4] for scan in scans):
        moves.setdefault(move.scan, []).append(move)
        reasons[move.tablet, move.seq] = None
    own: dict[str, list] = {}
    for *_, person, scan in scans:
        if not any(move.stage == WITHDRAWN for move in moves.get(scan, ())):
            own.setdefault(person, []).extend(moves.get(scan, ()))
    return [hire for group in own.values() if (hire := stand(group)[3])]

