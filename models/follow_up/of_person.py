"""After the day, of one person: the attempts to reach them and the help they had, as far as the asker sees the days."""

from datetime import date as Date
from datetime import datetime
from typing import NamedTuple

from models.base.clock import from_milliseconds
from models.base.database import fetch
from models.derived.assistance import HELPER
from models.desk.person import Person
from models.follow_up.helped import Helped, learn_help


class Attempt(NamedTuple):
    """An attempt to reach a person about a market day."""

    day: int
    date: Date
    town: str
    id: str
    candidate: str
    at: datetime
    who: str
    channel: str
    result: str
    next_on: Date | None
    outcome: str
    place: str
    work_at: str
    note: str


class Help(NamedTuple):
    """Help that a person had: ``what`` is guidance or offer, ``vacancy`` the title of what was offered."""

    id: str
    candidate: str
    day: int
    at: datetime
    who: str
    what: str
    vacancy: str


def attempts_of(person: Person) -> list[Attempt]:
    """Return the attempts to reach a person, the latest first."""
    rows = fetch(
        "SELECT d.id, d.date, t.name, d.town_id, a.id, a.node, a.at_ms, a.who, a.channel, a.result, a.next_on,"
        " a.outcome, a.place, a.work_at, a.note FROM contact_attempt AS a JOIN market_day AS d"
        " ON d.id = a.market_day_id JOIN division AS t ON t.code = d.town_id"
        " WHERE a.person = ? AND d.county_id = ? ORDER BY a.at_ms DESC, a.id",
        (person.id, person.county.id),
    )
    return [_attempt(row) for row in rows if person.sees(row[3])]


def help_of(person: Person) -> list[Help]:
    """Return the help that a person had, the latest first."""
    rows = fetch(
        "SELECT d.town_id, a.id, a.node, d.id, a.at_ms, a.who, a.what, COALESCE(v.title, '') FROM assistance AS a"
        " JOIN market_day AS d ON d.id = a.market_day_id LEFT JOIN vacancy AS v ON v.number = a.about"
        f" WHERE a.person = ? AND d.county_id = ? AND a.what <> '{HELPER}' ORDER BY a.at_ms DESC, a.id",
        (person.id, person.county.id),
    )
    return [Help._make((*row[1:4], from_milliseconds(row[4]), *row[5:])) for row in rows if person.sees(row[0])]


def helped(person: Person) -> Helped:
    """Return who helps a registered person, and how much of the least help they had."""
    last = person.registrations[-1]
    day = last.market_day
    found = Helped(person.id, str(last.id), last.name, last.home_division or "", day.town_name, day.id, day.date)
    learn_help({person.id: found})
    return found


def _attempt(row: tuple) -> Attempt:
    on, next_on = Date.fromisoformat(str(row[1])), Date.fromisoformat(row[10]) if row[10] else None
    said = (row[11] or "", row[12] or "", *row[13:])
    return Attempt._make((row[0], on, row[2], *row[4:6], from_milliseconds(row[6]), *row[7:10], next_on, *said))
