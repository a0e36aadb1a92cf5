"""Worklists: whom of the past market days the office has to ask, by worker and village. They are a query, no table."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from models.base.clock import from_milliseconds
from models.base.database import fetch, fetch_in
from models.derived.assistance import HELPER
from models.desk.search import Towns
from models.follow_up.round import KEPT_OPEN, Asked, Round, round_of
from models.market.county import County
from models.vocabulary.follow_up import ROUNDS
from models.vocabulary.stage import RANKS

MOST = 3_000  # people of one worklist, those of the newest market days first


@dataclass
class Task:
    """Somebody to ask about a market day: ``candidate`` is a registration of theirs, ``vacancy`` what they came
    furthest with. ``last`` is what the latest attempt came to, ``outcome`` what they said last.
    """

    day: int
    date: date
    town: str
    person: str
    candidate: str
    name: str
    village: str
    vacancy: str
    employer: str
    round: Round
    helper: str = ""
    last: str = ""
    outcome: str = ""
    asked: list[Asked] = field(default_factory=list)


def worklist(county: County, today: date, towns: Towns, stage: str = "agreed") -> list[Task]:
    """Return whom to ask of the market days of the last five months, those who reached a stage there.

    Of a person registered several times the first registration speaks. At most ``MOST`` people.
    """
    since = today - timedelta(ROUNDS[-1] + KEPT_OPEN)
    days = _days(county, since, today, towns)
    ties = fetch_in(
        "SELECT c.market_day_id, c.person, c.vacancy, c.reached FROM check_in AS c WHERE c.reached >= ?"
        " AND c.market_day_id IN (??)",
        days,
        RANKS[stage],
    )
    furthest: dict[tuple[int, str], tuple[int, str]] = {}
    for day, person, vacancy, reached in ties:
        furthest[day, person] = max(furthest.get((day, person), (-1, "")), (reached, vacancy))
    newest = sorted(furthest, key=lambda one: (days[one[0]][0], one), reverse=True)[:MOST]
    return _tasks(county, today, days, [(*one, furthest[one][1]) for one in newest])


def _days(county: County, since: date, today: date, towns: Towns) -> dict[int, tuple[date, str]]:
    rows = fetch(
        "SELECT d.id, d.date, t.name, d.town_id FROM market_day AS d JOIN division AS t ON t.code = d.town_id"
        " WHERE d.county_id = ? AND d.date >= ? AND d.date < ?",
        (county.id, since, today),
    )
    seen = [row for row in rows if towns is None or row[3] in towns]
    return {id: (date.fromisoformat(str(on)), town) for id, on, town, _ in seen}


def _tasks(
    county: County, today: date, days: dict[int, tuple[date, str]], people: list[tuple[int, str, str]]
) -> list[Task]:
    persons = {person for _, person, _ in people}
    names = _names(persons)
    posts = _posts({vacancy for *_, vacancy in people})
    asked, helpers = _asked(persons, county.zone()), helpers_of(persons)
    found = []
    for day, person, vacancy in people:
        if person not in names:  # a pass that was given to nobody has no name to ask for
            continue
        attempts = asked.get((day, person), [])
        on, town = days[day]
        tried = [one for one, _ in attempts]
        said = [outcome for _, outcome in attempts if outcome]
        found.append(Task(
            day, on, town, person, *names[person], *posts.get(vacancy, ("", "")), round_of(on, today, tried),
            helpers.get(person, ""), tried[-1].result if tried else "", said[-1] if said else "", tried,
        ))  # fmt: skip
    return found


def _names(persons: set[str]) -> dict[str, tuple[str, str, str]]:
    """Return the first registration of each person, its name and village."""
    rows = fetch_in(
        "SELECT person, id, name, home_division FROM candidate WHERE person IN (??) ORDER BY registered_at, id", persons
    )
    return {person: (id, name, village or "") for person, id, name, village in reversed(rows)}


def _posts(numbers: set[str]) -> dict[str, tuple[str, str]]:
    rows = fetch_in(
        "SELECT v.number, v.title, COALESCE(e.name, '') FROM vacancy AS v LEFT JOIN employer AS e"
        " ON e.id = v.employer_id WHERE v.number IN (??)",
        numbers,
    )
    return {number: (title, employer) for number, title, employer in rows}


def _asked(persons: set[str], zone: ZoneInfo) -> dict[tuple[int, str], list[tuple[Asked, str]]]:
    """Return the attempts about each (market day, person) in their order, each with its outcome or nothing."""
    rows = fetch_in(
        "SELECT market_day_id, person, at_ms, id, result, next_on, outcome FROM contact_attempt WHERE person IN (??)",
        persons,
    )
    found: dict[tuple[int, str], list[tuple[Asked, str]]] = {}
    for day, person, at_ms, _, result, next_on, outcome in sorted(rows, key=lambda row: row[2:4]):
        on = from_milliseconds(at_ms).astimezone(zone).date()
        again = date.fromisoformat(next_on) if next_on else None
        found.setdefault((day, person), []).append((Asked(on, result, again), outcome or ""))
    return found


def helpers_of(persons: set[str]) -> dict[str, str]:
    """Return who helps each of these persons: the latest who was assigned."""
    rows = fetch_in(
        f"SELECT person, about, at_ms, id FROM assistance WHERE what = '{HELPER}' AND person IN (??)", persons
    )
    return {person: helper for person, helper, *_ in sorted(rows, key=lambda row: row[2:])}
