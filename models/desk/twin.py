"""Twins: registrations of other persons that are perhaps the same human being, for the office to confirm or deny.

Two kinds are likely: one phone with one birth year or one name, and one name with one birth year. Those of whom the
office said that they are two are no twins any more.
"""

from datetime import date
from typing import NamedTuple

from models.base.database import fetch_in
from models.base.typed import same_of, same_phone
from models.derived.person_key import LONGEST, NAME, phone_key
from models.derived.same_person import words_about
from models.desk.person import Person
from models.desk.search import Towns
from models.market.county import County
from models.market.market_day import MarketDay
from models.people.candidate import Candidate

MOST, MOST_LOOKED_AT = 20, 2_000  # twins of one person that a page shows; registrations of one list


class Twin(NamedTuple):
    """A registration of theirs, one of somebody else, and whether they share a phone."""

    own: Candidate
    other: Candidate
    shares_phone: bool


def twins_of(person: Person) -> list[Twin]:
    """Return the likely twins of a person, those with the same phone first."""
    return _twins(person.county, person.registrations, person.towns)[:MOST]


def newest_registrations(county: County, since: date) -> list[Candidate]:
    """Return the registrations of a county's market days from a date on, at most 2,000, the newest days' first."""
    days = MarketDay.select(MarketDay.id).where(MarketDay.county == county, MarketDay.date >= since)
    found: list[Candidate] = []
    for day in days.order_by(MarketDay.date.desc()):
        if len(found) < MOST_LOOKED_AT:
            found.extend(Candidate.select().where(Candidate.market_day == day))
    return found[:MOST_LOOKED_AT]


def twins_among(county: County, candidates: list[Candidate], towns: Towns) -> list[Twin]:
    """Return the likely twins of some registrations of a county, each pair of persons once."""
    seen: set[frozenset[str]] = set()
    found = []
    for twin in _twins(county, candidates, towns):
        pair = frozenset((twin.own.person, twin.other.person))
        if pair not in seen:
            seen.add(pair)
            found.append(twin)
    return found


def _twins(county: County, own: list[Candidate], towns: Towns) -> list[Twin]:
    by_key: dict[str, list[Candidate]] = {}
    for one in own:
        for key in _keys(county, one):
            by_key.setdefault(key, []).append(one)
    rows = fetch_in(
        "SELECT key, candidate FROM person_key WHERE county_id = ? AND key IN (??)", by_key, county.id
    )
    ids = {candidate for _, candidate in rows}
    others = {one.id: one for one in _candidates(ids) if towns is None or one.market_day.town_id in towns}
    said = {pair for pair, is_one in words_about(ids | {one.id for one in own}).items() if not is_one}
    found = {}
    for key, candidate in rows:
        for one in by_key[key]:
            other = others.get(candidate)
            if other and other.person != one.person and _is_likely(one, other) and not _is_said(one, other, said):
                found[one.id, other.id] = Twin(one, other, _phone(one) == _phone(other) != "")
    return sorted(found.values(), key=lambda twin: (not twin.shares_phone, twin.own.id, twin.other.id))


def _candidates(ids: set[str]) -> list[Candidate]:
    some = list(ids)
    return [
        one for start in range(0, len(some), 500)
        for one in Candidate.select().where(Candidate.id.in_(some[start : start + 500]))
    ]  # fmt: skip


def _keys(county: County, one: Candidate) -> list[str]:
    keys = [(NAME + same_of(one.name))[:LONGEST]]
    return [*keys, phone_key(county.identity_key, one.phone)] if _phone(one) and one.phone else keys


def _phone(one: Candidate) -> str:
    return same_phone(one.phone or "")


def _is_likely(one: Candidate, other: Candidate) -> bool:
    is_named_alike = same_of(one.name) == same_of(other.name)
    is_of_one_year = one.birth_year == other.birth_year
    shares_phone = _phone(one) == _phone(other) != ""
    return (is_named_alike and is_of_one_year) or (shares_phone and (is_named_alike or is_of_one_year))


def _is_said(one: Candidate, other: Candidate, said: set[tuple[str, str]]) -> bool:
    return (min(one.id, other.id), max(one.id, other.id)) in said
