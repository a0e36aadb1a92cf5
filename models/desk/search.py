"""Search: a county's candidates by the beginning of a name, in characters or pinyin, by pass or by whole phone number.

Everything is found by an index (models/derived/person_key.py), so a season of 100,000 people takes milliseconds.
"""

import re
from dataclasses import dataclass, field

from models.base.check_digit import is_valid
from models.base.database import fetch, fetch_in
from models.base.typed import digits_of, name_of, phone_of, same_of
from models.derived.person import persons_of
from models.derived.person_key import INITIALS, LONGEST, NAME, PASS, PASS_DIGITS, PINYIN, phone_key
from models.market.county import County

MOST = 50  # people of one answer; more are found by more letters or the year of birth
_READ = 300  # keys of one answer: somebody with several registrations has several
_YEAR = re.compile(r"(?:19|20)\d\d")
_END = "\U0010ffff"  # behind every letter, so a beginning is a range

Towns = frozenset[str] | None  # whose market days the asker sees; None: all of the county


@dataclass
class FoundPerson:
    """Somebody who was found, with what tells people of one name apart. ``days``: (date, town), the latest first."""

    person: str
    name: str
    birth_year: int | None
    home: str
    registrations: int = 1
    days: list[tuple[str, str]] = field(default_factory=list)
    passes: list[str] = field(default_factory=list)


@dataclass
class Found:
    """What a search came to. ``kind``: name, pass, phone, or empty when nothing was asked; ``more``: there are more."""

    kind: str
    people: list[FoundPerson]
    more: bool = False


def search(county: County, asked: str, towns: Towns, by_phone: bool) -> Found:
    """Return whom of a county the words fit: a name and perhaps a year of birth, a pass, or a phone if one may."""
    words = name_of(asked).split(" ")
    digits = digits_of(asked)
    if not words[0]:
        return Found("", [])
    if len(digits) == 10 and digits.isascii() and digits.isdigit() and is_valid(digits):
        return _of_persons("pass", set(persons_of([digits]).values()), county, towns)
    if len(digits) == PASS_DIGITS and digits.isascii() and digits.isdigit():
        return _found("pass", county, [PASS + digits], towns, exactly=True)
    if phone := phone_of(asked):
        return _found("phone", county, [phone_key(county.identity_key, phone)] if by_phone else [], towns, exactly=True)
    year = next((word for word in words[1:] if _YEAR.fullmatch(word)), None)
    name = same_of("".join(word for word in words if word != year)).replace("ü", "v")
    kinds = (NAME, PINYIN, INITIALS) if name.isascii() else (NAME,)
    return _found("name", county, [(kind + name)[:LONGEST] for kind in kinds], towns, year=int(year) if year else None)


def _found(
    kind: str, county: County, keys: list[str], towns: Towns, exactly: bool = False, year: int | None = None
) -> Found:
    """Return the people with a key that is, or begins with, one of ``keys``."""
    persons: dict[str, None] = {}
    more = False
    for key in keys:
        rows = fetch(*_statement(county, key, key if exactly else key + _END, towns, year))
        more = more or len(rows) == _READ
        persons |= dict.fromkeys(person for (person,) in rows)
    found = _of_persons(kind, set(list(persons)[:MOST]), county, towns)
    found.people.sort(key=lambda one: list(persons).index(one.person))
    found.more = more or len(persons) > MOST
    return found


def _statement(county: County, first: str, last: str, towns: Towns, year: int | None) -> tuple[str, list]:
    """Return the statement that reads the persons of a range of keys, and its parameters."""
    sql = (
        "SELECT c.person FROM person_key AS k JOIN candidate AS c ON c.id = k.candidate"
        " JOIN market_day AS d ON d.id = c.market_day_id WHERE k.county_id = ? AND k.key >= ? AND k.key <= ?"
    )
    given: list[object] = [county.id, first, last]
    if year:
        sql, given = sql + " AND c.birth_year = ?", [*given, year]
    if towns is not None:
        sql, given = f"{sql} AND d.town_id IN ({', '.join('?' * len(towns)) or 'NULL'})", [*given, *sorted(towns)]
    return f"{sql} ORDER BY k.key, k.candidate LIMIT {_READ}", given


def _of_persons(kind: str, persons: set[str], county: County, towns: Towns) -> Found:
    """Return these persons as the asker may see them, who is none of theirs left out."""
    rows = fetch_in(
        "SELECT c.person, c.id, c.name, c.birth_year, COALESCE(h.name, c.home_division), d.date, t.name, d.town_id,"
        " c.county_id FROM candidate AS c JOIN market_day AS d ON d.id = c.market_day_id"
        " JOIN division AS t ON t.code = d.town_id LEFT JOIN division AS h ON h.code = c.home_division"
        " WHERE c.person IN (??)",  # and not by county as well: SQLite would read all of the county
        persons,
    )
    seen = [row for row in rows if row[8] == county.id and (towns is None or row[7] in towns)]
    people: dict[str, FoundPerson] = {}
    of: dict[str, str] = {}
    for person, candidate, name, year, home, date, town, *_ in sorted(seen, key=lambda row: str(row[5]), reverse=True):
        known = people.get(person)
        if known is None:
            people[person] = FoundPerson(person, name, year, home or "", days=[(str(date), town)])
        else:
            known.registrations += 1
            known.days.append((str(date), town))
        of[candidate] = person
    bound = fetch_in("SELECT candidate, pass_number FROM pass_binding WHERE stands AND candidate IN (??)", of)
    for candidate, number in sorted(bound):
        people[of[candidate]].passes.append(number)
    return Found(kind, list(people.values()))
