"""The attendance summary: the figures of a market day as docs/protocol.md defines them.

Everything is counted from derived rows, through covering indexes. The page, JSON, CSV and XLSX read one dict, so
their figures are the same.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from models.base.clock import HOUR_MS, utcnow
from models.base.database import fetch, reading
from models.derived.count import counts_of
from models.figures.breakdown import breakdowns
from models.figures.shapes import (
    BoothShape,
    Completeness,
    Counted,
    Figures,
    Headlines,
    HourShape,
    Offered,
    TabletShape,
    VacancyShape,
    Waiting,
)
from models.log.operation import ATTENTION, REFUSED, WAITING
from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.quarantine import queue
from models.vocabulary.stage import HIRED, PLACES, RANKS, STAGES


def figures(market_day: MarketDay, now: datetime | None = None) -> Figures:
    """Return all figures of a market day, and how complete they are."""
    with reading():
        return {**headlines(market_day, now), **breakdowns(market_day)}


def headlines(market_day: MarketDay, now: datetime | None = None) -> Headlines:
    """Return the figures that need not know who the people were: what is looked at while the day goes on."""
    with reading():
        return {
            "market_day": {
                "id": market_day.id,
                "date": market_day.date.isoformat(),
                "town": market_day.town_name,
            },
            **_completeness(market_day, now or utcnow()),
            **_counted(market_day),
            **_waiting(market_day),
            **_offered(market_day),
        }


def _completeness(market_day: MarketDay, now: datetime) -> Completeness:
    zone = market_day.county.zone()
    tablets = _tablets(market_day)
    return {
        "as_of": now.astimezone(zone).isoformat(timespec="seconds"),
        "complete": bool(tablets) and all(tablet.is_complete for tablet in tablets),
        "tablets": [_tablet(tablet, zone) for tablet in tablets],
    }


def _counted(market_day: MarketDay) -> Counted:
    cells, check_ins, tallies = _visits(market_day), counts_of(market_day.id), _tallies(market_day)
    visits, topics = _sums((booth, count) for booth, _, count in cells), _by_topic(tallies)
    return {
        "persons": _count("COUNT(DISTINCT person) FROM visit", market_day),
        "visits": sum(visits.values()) + topics.get("visitor", 0),
        "registered": _count("COUNT(DISTINCT person) FROM candidate", market_day),
        "check_ins": sum(row[-1] for row in check_ins),
        "persons_checked_in": _count("COUNT(DISTINCT person) FROM check_in", market_day),
        "reached": {
            stage: sum(row[-1] for row in check_ins if row[2] >= RANKS[stage])
            for stage in STAGES[1:]
        },
        "booths": _by_booth(market_day, visits, check_ins, tallies),
        "vacancies": _by_vacancy(market_day, check_ins),
        "hours": _by_hour(market_day, cells, tallies),
        "tallies": topics,
        "places": {
            place: sum(row[-1] for row in check_ins if row[2] >= HIRED and row[3] == place)
            for place in PLACES
        },
    }


def _waiting(market_day: MarketDay) -> Waiting:
    found = queue.counts(market_day)
    return {
        "attention": found[ATTENTION],
        "waiting": found[WAITING],
        "refused": found[REFUSED],
        "settled": found["settled"],
    }


def _count(what: str, market_day: MarketDay, more: str = "") -> int:
    return fetch(f"SELECT {what} WHERE market_day_id = ?{more}", (market_day.id,))[0][0]


def _visits(market_day: MarketDay) -> list[tuple[int, int, int]]:
    """Return (booth, local hour, visits). Both in one number: SQLite sorts that faster, and reads the visits once."""
    rows = fetch(
        f"SELECT booth * 24 + {_hour(market_day)} AS cell, COUNT(*) FROM visit WHERE market_day_id = ? GROUP BY cell",
        (market_day.id,),
    )
    return [(*divmod(cell, 24), count) for cell, count in rows]


def _check_in_hours(market_day: MarketDay) -> list[tuple[int, int]]:
    """Return (local hour, check-ins)."""
    return fetch(
        f"SELECT {_hour(market_day)} AS hour, COUNT(*) FROM check_in WHERE market_day_id = ? GROUP BY hour",
        (market_day.id,),
    )


def _hour(market_day: MarketDay) -> str:
    """Return the SQL of the local hour of ``at_ms``."""
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


def _by_booth(
    market_day: MarketDay, visits: dict[int, int], check_ins: list[tuple], tallies: list[tuple]
) -> list[BoothShape]:
    rows: list[BoothShape] = []
    for booth in market_day.booths.order_by(Booth.number):
        number = booth.number  # looked up once: a field of a model is slow in a loop
        named = visits.get(number, 0)
        nameless = sum(row[-1] for row in tallies if row[:2] == ("visitor", number))
        rows.append(
            {
                "booth": number,
                "name": booth.name,
                "persons": named,
                "visits": named + nameless,
                "check_ins": sum(row[-1] for row in check_ins if row[1] == number),
            }
        )
    return rows


def _by_vacancy(market_day: MarketDay, check_ins: list[tuple]) -> list[VacancyShape]:
    vacancies = fetch(
        "SELECT v.number, v.title, b.number, v.openings FROM vacancy AS v JOIN booth AS b"
        " ON b.id = v.booth_id WHERE b.market_day_id = ? ORDER BY b.number, v.id",
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


def _at_least(reached: list[tuple[int, int]] | tuple, rank: int) -> int:
    return sum(count for at, count in reached if at >= rank)


def _by_hour(
    market_day: MarketDay, cells: list[tuple[int, int, int]], tallies: list[tuple]
) -> list[HourShape]:
    hours: dict[int, HourShape] = {}
    visitors = [(hour, count) for topic, _, hour, count in tallies if topic == "visitor"]
    for hour, count in [(hour, count) for _, hour, count in cells] + visitors:
        hours.setdefault(hour, {"hour": hour, "visits": 0, "check_ins": 0})["visits"] += count
    for hour, count in _check_in_hours(market_day):
        hours.setdefault(hour, {"hour": hour, "visits": 0, "check_ins": 0})["check_ins"] += count
    return [hours[hour] for hour in sorted(hours)]


def _by_topic(tallies: list[tuple]) -> dict[str, int]:
    topics: dict[str, int] = {}
    for topic, _, _, count in tallies:
        topics[topic] = topics.get(topic, 0) + count
    return dict(sorted(topics.items()))


def _tablets(market_day: MarketDay) -> list[Tablet]:
    """Return the tablets that count for completeness: one revoked before any fact does not."""
    enrolled = Tablet.enrolled(market_day)
    return [tablet for tablet in enrolled if not tablet.revoked_at or tablet.acknowledged]


def _tablet(tablet: Tablet, zone: ZoneInfo) -> TabletShape:
    contact = tablet.last_contact_at
    return {
        "tablet": tablet.letter,
        "booth": tablet.booth.number,
        "acknowledged": tablet.acknowledged,
        "unsent": tablet.unsent,
        "lost": tablet.lost or 0,
        "complete": tablet.is_complete,
        "last_contact": contact and contact.astimezone(zone).isoformat(timespec="seconds"),
    }


def _offered(market_day: MarketDay) -> Offered:
    """Return what was offered: kinds of work (岗位数) and places (招聘人数) are different numbers."""
    ((kinds, openings),) = fetch(
        "SELECT COUNT(*), COALESCE(SUM(v.openings), 0) FROM vacancy AS v JOIN booth AS b"
        " ON b.id = v.booth_id WHERE b.market_day_id = ?",
        (market_day.id,),
    )
    employers = _count(
        "COUNT(DISTINCT employer_id) FROM booth", market_day, " AND kind = 'employer'"
    )
    return {"employers_on_site": employers, "vacancy_kinds": kinds, "openings": int(openings)}
