"""Audiences: whom a mailing is for, what its placeholders say for each, and who may not be written to now.

Planned are people who agreed to be called. Just before each message they are read again: who withdrew, opted out, is
frozen or was deleted since gets none.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.base.database import fetch, fetch_in
from models.base.typed import same_phone
from models.log.forgotten import USABLE_SQL
from models.market.county import County
from models.market.market_day import MarketDay
from models.messages.opt_out import opted_out
from models.people.candidate import surname_of
from models.vocabulary.code_list import N_

NO_CONSENT, OPTED_OUT, NO_NUMBER, SAME_NUMBER, GONE, ANSWERED = (
    "no_consent", "opted_out", "no_number", "same_number", "gone", "answered",
)  # fmt: skip
# Why somebody gets no message although they were planned.
HELD_BACK = {
    NO_CONSENT: N_("Did not agree, or withdrew"),
    OPTED_OUT: N_("Wants no messages"),
    NO_NUMBER: N_("No mobile number"),
    SAME_NUMBER: N_("Same number as somebody before"),
    GONE: N_("Deleted or frozen"),
    ANSWERED: N_("Answered already"),
}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


class Recipient(NamedTuple):
    """Somebody a message is for. ``number`` is empty where ``held`` says why they get none."""

    id: str
    number: str
    values: Mapping[str, str | date]  # by placeholder
    held: str = ""


class Audience(NamedTuple):
    """Whom mailings of one kind are for. ``planned(about)`` returns ids, the people to plan for.

    ``read(county, about, ids)`` returns who of them is to be written to now, by id; who is not in it is gone.
    """

    planned: Callable[[int], list[str]]
    read: Callable[[County, int, Collection[str]], dict[str, Recipient]]


def mobile_of(phone: str) -> str:
    """Return the eleven digits of a mobile number of this country, or nothing: a landline gets no messages."""
    digits = same_phone(phone)
    return digits if _MOBILE.fullmatch(digits) else ""


def days_to_write_about(county: County, today: date) -> list[MarketDay]:
    """Return a county's market days of the last 30 and the next 120 days, the next one first."""
    first, last = today - timedelta(days=30), today + timedelta(days=120)
    days = MarketDay.select().where(MarketDay.county == county, MarketDay.date >= first, MarketDay.date <= last)
    return sorted(days, key=lambda day: (day.date < today, abs((day.date - today).days), day.id))


def people_of_day(market_day: int) -> list[str]:
    """Return one registration of each person who agreed at a market day that an employer may call them."""
    rows = fetch(
        "SELECT c.person, MIN(c.id) FROM consent AS a JOIN candidate AS c ON c.id = a.candidate"
        f" WHERE a.market_day_id = ? AND a.given_at IS NOT NULL AND a.withdrawn_at IS NULL AND {USABLE_SQL}"
        " GROUP BY c.person ORDER BY c.person",
        (market_day,),
    )
    return [candidate for _, candidate in rows]


def read_people_of_day(county: County, market_day: int, ids: Collection[str]) -> dict[str, Recipient]:
    """Return who of these registrations may be written to about a market day."""
    day = MarketDay.get_by_id(market_day)
    said: dict[str, str | date] = {
        "date": day.date, "town": str(day.town.name), "place": str(day.place),
        "opens": str(day.opens_at), **of_office(county),
    }  # fmt: skip
    sql = f"SELECT c.id, c.person, c.name, c.phone FROM candidate AS c WHERE {USABLE_SQL} AND c.id IN (??)"
    rows = fetch_in(sql, ids)
    agreed = _agreed(market_day, {person for _, person, *_ in rows})
    registered = _registrations({person for _, person, *_ in rows})
    out = opted_out(county, {id: (phone or "", registered[person]) for id, person, _, phone in rows})
    found = {}
    for id, person, name, phone in rows:
        number = mobile_of(phone or "")
        held = OPTED_OUT if id in out else NO_CONSENT if person not in agreed else "" if number else NO_NUMBER
        found[id] = Recipient(id, "" if held else number, said | {"name": surname_of(name)}, held)
    return found


def of_office(county: County) -> dict[str, str]:
    """Return what every text may say of the office."""
    return {"office": county.service_name or county.name, "phone": county.phone}


def _agreed(market_day: int, persons: Collection[str]) -> set[str]:
    rows = fetch_in(
        "SELECT c.person FROM candidate AS c JOIN consent AS a ON a.candidate = c.id WHERE a.market_day_id = ?"
        " AND a.given_at IS NOT NULL AND a.withdrawn_at IS NULL AND c.person IN (??)",
        persons,
        market_day,
    )
    return {person for (person,) in rows}


def _registrations(persons: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {person: [] for person in persons}
    for person, id in fetch_in("SELECT person, id FROM candidate WHERE person IN (??)", persons):
        found[person].append(id)
    return found


OF_DAY = Audience(people_of_day, read_people_of_day)
