"""Records: things as a booth's tablet keeps them, drawn from what stands in the database now."""

from collections.abc import Iterable

from models.base.clock import from_milliseconds
from models.base.database import fetch, fetch_in
from models.derived import nouns
from models.derived.check_in import times_of_check_ins
from models.derived.move import is_mistake, moves_of
from models.derived.noun import Draw
from models.derived.person import is_pass, shown_number
from models.kiosk import survey_record
from models.kiosk.candidate_record import draw_candidates
from models.kiosk.duty_record import draw_operators, operators_at
from models.kiosk.key_record import DRAW as DRAW_KEYS
from models.kiosk.key_record import all_keys_of
from models.kiosk.programme_record import draw_programmes, programmes_for
from models.kiosk.vacancy_record import draw_vacancies, visible_vacancies
from models.log.change import PAGE, changes_since
from models.log.fact import data_of
from models.log.operation import HAS_EFFECT
from models.log.remark import draw_outcomes
from models.log.settlement import draw_settlements
from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.vocabulary.stage import STAGES

Record = dict[str, object]


def changes_for(
    tablet: Tablet, cursor: int, own: bool = False, most: int = PAGE
) -> tuple[list[Record], int, bool]:
    """Return ``(records, cursor, more)``: what the tablet's booth has not heard of yet, ``most`` at a time.

    With ``own`` also what this tablet made itself, for one that lost its store.
    """
    changes, cursor, more = changes_since(
        tablet.market_day_id, tablet.booth.number, cursor, 0 if own else tablet.id, most
    )
    wanted: dict[str, list[str]] = {}
    for kind, key in changes:
        wanted.setdefault(kind, []).append(key)
    draws: dict[str, Draw] = _DRAW | {kind: draw for noun in nouns.NOUNS for kind, draw in noun.records.items()}
    told = survey_record.KINDS if tablet.booth.is_round else draws.keys()
    drawn = {
        (kind, key): data
        for kind, keys in wanted.items()
        if kind in draws and kind in told
        for key, data in draws[kind](tablet, keys).items()
    }
    heard = [change for change in changes if change[0] in told] if tablet.booth.is_round else changes
    records: list[Record] = [{"kind": kind, "id": key, "data": drawn.get((kind, key))} for kind, key in heard]
    return records, cursor, more


def ground_for(tablet: Tablet) -> list[Record]:
    """Return what a tablet needs before anything has happened: the day, its booth, the rules."""
    day, booth = tablet.market_day, tablet.booth
    if booth.is_round:
        return _ground_of_a_round(tablet)
    vacancies = visible_vacancies(booth)
    programmes = programmes_for(tablet)
    return [
        _record("market_day", day.id, _market_day(day)),
        _record("booth", booth.number, _booth(booth)),
        *(_record("vacancy", number, data) for number, data in draw_vacancies(tablet, vacancies).items()),
        *(_record("programme", key, data) for key, data in programmes.items()),
        *(_record("operator", key, data) for key, data in operators_at(booth).items()),
        *(_record(kind, key, data) for kind, key, data in all_keys_of(day)),
    ]


def _ground_of_a_round(tablet: Tablet) -> list[Record]:
    """Return what a tablet needs from door to door, besides the people: they are in the change log."""
    day, booth, survey = tablet.market_day, tablet.booth, survey_record.survey_of(tablet)
    return [
        _record("market_day", day.id, _market_day(day)),
        _record("booth", booth.number, _booth(booth)),
        *([_record("survey", *survey)] if survey else []),
        *(_record("operator", key, data) for key, data in operators_at(booth).items()),
        *(_record(kind, key, data) for kind, key, data in all_keys_of(day) if kind in survey_record.KINDS),
    ]


def own_tallies(tablet: Tablet) -> Record:
    """Return what a tablet counted without names up to ``through``, for one that lost its log."""
    counts: dict[str, int] = {}
    for body, corrected in fetch(
        "SELECT o.body, s.data FROM operation AS o LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id"
        f" AND s.seq = o.seq WHERE o.tablet_id = ? AND o.seq <= ? AND o.kind = 'tally.counted' AND o.{HAS_EFFECT}",
        (tablet.id, tablet.acknowledged),
    ):
        data = data_of(body, corrected)
        counts[data["topic"]] = counts.get(data["topic"], 0) + data["count"]
    return _record("own_tallies", tablet.letter, {"through": tablet.acknowledged, "counts": counts})


def _record(kind: str, key: object, data: Record) -> Record:
    return {"kind": kind, "id": str(key), "data": data}


def _market_day(day: MarketDay) -> Record:
    return {
        "id": day.id,
        "date": day.date.isoformat(),
        "town": day.town_name,
        "county": day.county.service_name,
        "phone": day.county.phone,
        "campaign": day.campaign.name if day.campaign else None,
        "opens_at": day.opens_at,
        "closes_at": day.closes_at,
        "utc_offset": day.utc_offset_ms() // 60_000,  # minutes: a tablet may be in another zone than its market
        "min_birth_year": day.latest_birth_year(),
        "turning_birth_year": day.latest_birth_year(),
        "cancelled": day.cancelled_why,
        "lock_minutes": day.county.lock_minutes,
    }


def _booth(booth: Booth) -> Record:
    return {
        "number": booth.number,
        "name": booth.name,
        "kind": booth.kind,
        "employer": booth.employer.name if booth.employer else None,
        "topics": booth.topics,
    }


def _booths(tablet: Tablet, numbers: Iterable[str]) -> dict[str, Record]:
    return {number: _booth(tablet.booth) for number in numbers if number == str(tablet.booth.number)}


def _iso(at_ms: int) -> str:
    return from_milliseconds(at_ms).isoformat()


def _check_ins(tablet: Tablet, ids: Iterable[str]) -> dict[str, Record]:
    """Check-ins of this booth, made here or for its vacancies, by sending, each with the stage where it stands."""
    rows = fetch_in(
        "SELECT s.id, s.person, s.node, s.vacancy, s.at_ms, t.letter, c.stage, c.reached, s.market_day_id"
        " FROM scan AS s JOIN log AS t ON t.id = s.tablet_id LEFT JOIN check_in AS c ON"
        " c.market_day_id = s.market_day_id AND c.vacancy = s.vacancy AND c.person = s.person"
        " WHERE s.market_day_id = ? AND (s.booth = ? OR t.booth_id = ?) AND s.id IN (??)"
        " ORDER BY s.effective_ms DESC, s.tablet_id DESC, s.seq DESC",  # of one sent twice, the first is shown
        ids,
        *(tablet.market_day_id, tablet.booth.number, tablet.booth_id),
    )
    withdrawn = {scan for scan, moves in moves_of(row[0] for row in rows).items() if is_mistake(moves)}
    times = times_of_check_ins(row[1] for row in rows if row[6] not in (None, STAGES[0]))
    return {
        key: {
            "person": person,
            "candidate": None if is_pass(node) else node,
            "pass": shown_number(node) if is_pass(node) else None,
            "vacancy": vacancy,
            "stage": stage or STAGES[0],
            "reached": STAGES[reached or 0],
            "at": _iso(at_ms),
            "tablet": letter,
            "withdrawn": key in withdrawn,
        } | _timed(times.get((day, vacancy, person)))
        for key, person, node, vacancy, at_ms, letter, stage, reached, day in rows
    }


def _timed(times: dict[str, int] | None) -> Record:
    """When each stage was recorded, of a check-in that somebody moved."""
    return {"times": {stage: _iso(at_ms) for stage, at_ms in times.items()}} if times and len(times) > 1 else {}


def _market_days(tablet: Tablet, keys: Iterable[str]) -> dict[str, Record]:
    return {key: _market_day(tablet.market_day) for key in keys if key == str(tablet.market_day_id)}


_DRAW = {
    "market_day": _market_days,
    "vacancy": draw_vacancies,
    "booth": _booths,
    "programme": draw_programmes,
    "operator": draw_operators,
    "candidate": draw_candidates,
    "check_in": _check_ins,
    "settlement": draw_settlements,
    "outcome": draw_outcomes,
} | DRAW_KEYS | survey_record.DRAW
