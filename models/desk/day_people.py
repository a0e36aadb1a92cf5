"""Everybody of a market day: who was registered or came, for the office to follow up; no phones."""

from typing import NamedTuple

from models.base.database import fetch
from models.log.forgotten import USABLE_SQL
from models.market.market_day import MarketDay
from models.vocabulary.stage import STAGES


class DayPerson(NamedTuple):
    """Somebody registered on, or known at, a market day. ``reached`` is the highest stage of theirs there, or empty."""

    person: str
    name: str
    birth_year: int
    home: str
    has_phone: bool
    ties: int
    reached: str


_COLUMNS = "c.person, c.name, c.birth_year, COALESCE(h.name, c.home_division), c.phone"
_HOME = " LEFT JOIN division AS h ON h.code = c.home_division"


def people_of(day: MarketDay) -> list[DayPerson]:
    """Return the people who were registered on a market day or tied to a vacancy there, each once, by name."""
    rows = fetch(
        f"SELECT {_COLUMNS} FROM candidate AS c{_HOME} WHERE c.market_day_id = ? AND {USABLE_SQL}"
        f" UNION SELECT {_COLUMNS} FROM check_in AS k JOIN candidate AS c ON c.person = k.person"
        f"{_HOME} WHERE k.market_day_id = ? AND {USABLE_SQL}",
        (day.id, day.id),
    )
    ties = fetch(
        "SELECT person, COUNT(*), MAX(reached) FROM check_in WHERE market_day_id = ? GROUP BY person", (day.id,)
    )
    counted = {person: (count, STAGES[reached]) for person, count, reached in ties}
    found: dict[str, DayPerson] = {}
    for person, name, year, home, phone in sorted(rows, key=lambda row: (row[0], row[1])):
        known = found.get(person)
        has_phone = bool(phone) or bool(known and known.has_phone)
        found[person] = DayPerson(person, name, year, home or "", has_phone, *counted.get(person, (0, "")))
    return sorted(found.values(), key=lambda one: one.name)
