"""Agreed: the people of whom an employer may have name and phone, for a vacancy of its own: who consented to that.

Of a person who consented at one registration and withdrew at another, the later word about a vacancy stands.
"""

from datetime import date
from typing import NamedTuple

from models.base.database import fetch
from models.log.forgotten import USABLE_SQL
from models.market.employer import Employer
from models.market.market_day import MarketDay


class Callable(NamedTuple):
    """Somebody whom an employer may call about a vacancy, by what they said last about it, at which booth of which day.

    ``booth`` is 0 where the vacancy stands at none any more; ``agreed_at`` in ms.
    """

    vacancy: str
    title: str
    person: str
    candidate: str
    name: str
    birth_year: int
    phone: str
    phone_owner: str
    stage: str
    town: str
    day: int
    date: date
    booth: int
    agreed_at: int

    @property
    def place(self) -> str:
        """The booth of the day, as a form names it."""
        return f"{self.day}.{self.booth}"


# Who is frozen or forgotten is called by nobody, whatever they agreed to.
_WORDS = (
    "SELECT a.vacancy, v.title, c.person, c.id, c.name, c.birth_year, c.phone, c.phone_owner, k.stage, t.name,"
    " d.id, d.date, COALESCE(b.number, k.booth),"
    f" CASE WHEN {USABLE_SQL} THEN a.given_at END, a.withdrawn_at FROM vacancy AS v"
    " JOIN consent AS a ON a.vacancy = v.number"
    " JOIN candidate AS c ON c.id = a.candidate AND c.county_id = v.county_id"
    " JOIN market_day AS d ON d.id = a.market_day_id JOIN division AS t ON t.code = d.town_id"
    " LEFT JOIN check_in AS k ON k.market_day_id = a.market_day_id AND k.vacancy = a.vacancy AND k.person = c.person"
    " LEFT JOIN offer AS o ON o.market_day_id = a.market_day_id AND o.vacancy_id = v.id"
    " LEFT JOIN booth AS b ON b.id = o.booth_id"
    " WHERE v.employer_id = ?"
)


def agreed_with(employer: Employer) -> list[Callable]:
    """Return whom an employer may call, by vacancy and name, each person once a vacancy, with the newest phone."""
    standing = [one for one, is_given in _latest(employer) if is_given]
    return sorted(standing, key=lambda one: (one.vacancy, one.name, one.candidate))


def agreed_at_booths(day: MarketDay) -> list[tuple[int, str, int]]:
    """Return ``(booth's number, its name, its employer's id)`` of the booths of a day for which anybody agreed."""
    rows = fetch(
        "SELECT DISTINCT b.number, b.name, v.employer_id FROM consent AS a JOIN vacancy AS v ON v.number = a.vacancy"
        " JOIN offer AS o ON o.market_day_id = a.market_day_id AND o.vacancy_id = v.id"
        " JOIN booth AS b ON b.id = o.booth_id WHERE a.market_day_id = ? AND a.given_at IS NOT NULL"
        " AND a.withdrawn_at IS NULL AND v.employer_id IS NOT NULL",
        (day.id,),
    )
    return sorted(rows)


def withdrawn_from(employer: Employer) -> set[tuple[str, str]]:
    """Return ``(vacancy, candidate)`` of whom an employer may not call any more."""
    rows = fetch(_WORDS, (employer.id,))
    standing = {(one.vacancy, one.person) for one, is_given in _latest(employer) if is_given}
    return {(row[0], row[3]) for row in rows if (row[0], row[2]) not in standing}


def agreed_on(employer: Employer, market_day: int) -> set[tuple[str, str]]:
    """Return ``(vacancy, person)`` of those who said yes to an employer on a market day, withdrawn since or not."""
    sql = f"{_WORDS} AND a.market_day_id = ? AND a.given_at IS NOT NULL"
    return {(row[0], row[2]) for row in fetch(sql, (employer.id, market_day))}


def _latest(employer: Employer) -> list[tuple[Callable, bool]]:
    """Return of each (vacancy, person) the latest word, and whether it is a consent; a tie is none."""
    found: dict[tuple[str, str], tuple[int, bool, Callable]] = {}
    for *row, given, withdrawn in sorted(fetch(_WORDS, (employer.id,)), key=lambda row: row[3]):
        on = date.fromisoformat(str(row[11])[:10])
        said = (row[6] or "", row[7] or "", row[8] or "", row[9], row[10], on, row[12] or 0, given or 0)
        one = Callable._make((*row[:6], *said))
        word = (max(given or 0, withdrawn or 0), withdrawn is None and given is not None)
        known = found.get((one.vacancy, one.person))
        if known is None or (word[0], not word[1]) > (known[0], not known[1]):
            found[one.vacancy, one.person] = (*word, one if one.phone or known is None else _called(one, known[2]))
        elif not known[2].phone and one.phone:
            found[one.vacancy, one.person] = (*known[:2], _called(known[2], one))
    return [(one, is_given) for _, is_given, one in found.values()]


def _called(one: Callable, other: Callable) -> Callable:
    """Return somebody with the phone of another registration of theirs."""
    return one._replace(phone=other.phone, phone_owner=other.phone_owner)
