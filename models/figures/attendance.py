"""Attendance: who came to a market day and what came of it, counted from visits, check-ins and tallies."""

from collections import Counter
from collections.abc import Iterable

from models.base.clock import HOUR_MS
from models.base.database import fetch
from models.derived.count import counts_of
from models.derived.person import CANDIDATE_LETTERS
from models.figures.shapes import BoothShape, Counted, HourShape, VacancyShape
from models.market.booth import Booth
from models.market.log import LETTERS, PHONES
from models.market.market_day import MarketDay
from models.market.market_hours import first_hour, in_order
from models.vocabulary.stage import HIRED, RANKS, STAGES


def attendance(market_day: MarketDay, booths: list[Booth]) -> Counted:
    """Return what was counted on a market day. ``booths`` are all of the day, by number. Costs nine queries."""
    cells, check_ins, tallies = _visits(market_day), counts_of(market_day.id), _tallies(market_day)
    visits, topics = _sums((booth, count) for booth, _, count, _ in cells), _by_topic(tallies)
    visitors = topics.get("visitor", 0)
    return {
        "persons": _count("COUNT(DISTINCT person) FROM visit", market_day),
        "visits": sum(visits.values()) + visitors,
        "nameless": sum(nameless for *_, nameless in cells) + visitors,
        "signed_up": _signed_up(market_day),
        "registered": _count("COUNT(DISTINCT person) FROM candidate", market_day),
        "check_ins": sum(row[-1] for row in check_ins),
        "persons_checked_in": _count("COUNT(DISTINCT person) FROM check_in", market_day),
        "reached": {
            stage: sum(row[-1] for row in check_ins if row[2] >= RANKS[stage])
            for stage in STAGES[1:]
        },
        "persons_reached": _persons_reached(market_day),
        "booths": _by_booth(booths, visits, check_ins, tallies),
        "vacancies": _by_vacancy(market_day, check_ins),
        "hours": _by_hour(market_day, cells, tallies),
        "tallies": topics,
    }


def _count(what: str, market_day: MarketDay) -> int:
    return fetch(f"SELECT {what} WHERE market_day_id = ?", (market_day.id,))[0][0]


def _visits(market_day: MarketDay) -> list[tuple[int, int, int, int]]:
    """Return (booth, local hour, visits, those of passes that nobody is registered with).

    Booth and hour in one number: SQLite sorts that faster, and reads the visits once.
    """
    rows = fetch(
        f"SELECT booth * 24 + {_hour(market_day)} AS cell, COUNT(*),"
        f" SUM(CASE WHEN LENGTH(person) <> {CANDIDATE_LETTERS} OR {_NEVER_REGISTERED} THEN 1 ELSE 0 END) FROM visit"
        " WHERE market_day_id = ? GROUP BY cell",
        (market_day.id,),
    )
    return [(*divmod(cell, 24), count, nameless) for cell, count, nameless in rows]


# Of a person who is a candidate no more: every registration of theirs was taken back.
_NEVER_REGISTERED = (
    "(EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.what = visit.person)"
    " AND NOT EXISTS (SELECT 1 FROM candidate AS c WHERE c.person = visit.person))"
)


def _signed_up(market_day: MarketDay) -> int:
    """Count who checked in by phone and was at no booth."""
    sql = (
        "SELECT COUNT(DISTINCT s.person) FROM scan AS s WHERE s.tablet_id ="
        " (SELECT id FROM log WHERE market_day_id = ? AND letter = ?)"
        " AND EXISTS (SELECT 1 FROM check_in AS c WHERE c.market_day_id = s.market_day_id AND c.person = s.person"
        " AND c.vacancy = s.vacancy)"
        " AND NOT EXISTS (SELECT 1 FROM visit AS v WHERE v.market_day_id = s.market_day_id AND v.person = s.person)"
    )
    return fetch(sql, (market_day.id, LETTERS[PHONES]))[0][0]


def _persons_reached(market_day: MarketDay) -> dict[str, int]:
    """Count the people behind the check-ins that have reached each stage, each person by the furthest.

    Grouped here: for a GROUP BY SQLite walks the index of persons and looks every check-in up, four times the cost.
    """
    furthest: dict[str, int] = {}
    sql = "SELECT person, reached FROM check_in WHERE market_day_id = ? AND reached > 0"
    for who, rank in fetch(sql, (market_day.id,)):
        furthest[who] = max(rank, furthest.get(who, 0))
    counts = Counter(furthest.values())
    return {stage: _at_least(counts.items(), RANKS[stage]) for stage in STAGES[1:]}


def _check_in_hours(market_day: MarketDay) -> list[tuple[int, int]]:
    """Return (local hour, check-ins)."""
    return fetch(
        f"SELECT {_hour(market_day)} AS hour, COUNT(*) FROM check_in WHERE market_day_id = ? GROUP BY hour",
        (market_day.id,),
    )


def _hour(market_day: MarketDay) -> str:
    """Return the SQL of the local hour of ``at_ms``, which is the tablet's time corrected by its clock's offset."""
    return f"(at_ms + {market_day.utc_offset_ms()}) / {HOUR_MS} % 24"


def _sums(rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the sum of the counts of each key."""
    sums: dict[int, int] = {}
    for key, count in rows:
        sums[key] = sums.get(key, 0) + count
    return sums


def _tallies(market_day: MarketDay) -> list[tuple]:
    """Return (topic, booth, hour, count)."""
    return fetch(
        "SELECT topic, booth, hour, count FROM tally WHERE market_day_id = ?", (market_day.id,)
    )


def services_by_hour(market_day: MarketDay) -> dict[str, dict[int, int]]:
    """Return what the desks counted, by topic and local hour, as it stands now; visitors are among the visits."""
    found: dict[str, dict[int, int]] = {}
    for topic, _, hour, count in _tallies(market_day):
        if topic != "visitor":
            hours = found.setdefault(topic, {})
            hours[hour] = hours.get(hour, 0) + count
    return found


def _by_booth(
    booths: list[Booth], visits: dict[int, int], check_ins: list[tuple], tallies: list[tuple]
) -> list[BoothShape]:
    rows: list[BoothShape] = []
    for booth in booths:
        number = booth.number  # looked up once: a field of a model is slow in a loop
        persons = visits.get(number, 0)
        visitors = sum(row[-1] for row in tallies if row[:2] == ("visitor", number))
        rows.append(
            {
                "booth": number,
                "name": booth.name,
                "persons": persons,
                "visits": persons + visitors,
                "check_ins": sum(row[-1] for row in check_ins if row[1] == number),
            }
        )
    return rows


def _by_vacancy(market_day: MarketDay, check_ins: list[tuple]) -> list[VacancyShape]:
    vacancies = fetch(
        "SELECT v.number, v.title, b.number, v.openings FROM offer AS o JOIN vacancy AS v ON v.id = o.vacancy_id"
        " JOIN booth AS b ON b.id = o.booth_id WHERE o.market_day_id = ? ORDER BY b.number, v.id",
        (market_day.id,),
    )
    reached: dict[str, list[tuple[int, int]]] = {}
    for vacancy, _, rank, _, count in check_ins:
        reached.setdefault(vacancy, []).append((rank, count))
    return [
        {
            "number": number,
            "title": title,
            "booth": booth,
            "openings": openings,
            "check_ins": _at_least(reached.get(number, ()), 0),
            "agreed": _at_least(reached.get(number, ()), RANKS["agreed"]),
            "hired": _at_least(reached.get(number, ()), HIRED),
        }
        for number, title, booth, openings in vacancies
    ]


def _at_least(reached: Iterable[tuple[int, int]], rank: int) -> int:
    return sum(count for at, count in reached if at >= rank)


def _by_hour(
    market_day: MarketDay, cells: list[tuple[int, int, int, int]], tallies: list[tuple]
) -> list[HourShape]:
    hours: dict[int, HourShape] = {}
    visitors = [(hour, count) for topic, _, hour, count in tallies if topic == "visitor"]
    for hour, count in [(hour, count) for _, hour, count, _ in cells] + visitors:
        hours.setdefault(hour, {"hour": hour, "visits": 0, "check_ins": 0})["visits"] += count
    for hour, count in _check_in_hours(market_day):
        hours.setdefault(hour, {"hour": hour, "visits": 0, "check_ins": 0})["check_ins"] += count
    return [hours[hour] for hour in in_order(hours, first_hour(market_day.opens_at, market_day.closes_at))]


def _by_topic(tallies: list[tuple]) -> dict[str, int]:
    topics: dict[str, int] = {}
    for topic, _, _, count in tallies:
        topics[topic] = topics.get(topic, 0) + count
    return dict(sorted(topics.items()))
