"""Signed up: who is on a programme's list, by name and pass number, and what the office says of them there."""

from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from models.base.clock import from_milliseconds, utcnow
from models.base.database import fetch, fetch_in
from models.derived.person import is_pass, shown_number
from models.derived.sign_up import MADE, PROGRESSED, WITHDRAWN, Seat, seats_of
from models.intake.ingest import record
from models.log.forgotten import USABLE_SQL
from models.market.log import OFFICE
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.market.programme import Programme


class SignedUp(NamedTuple):
    """Somebody on a list: place from 1, name (empty of who is not registered or forgotten), pass number, since when."""

    place: int
    is_waiting: bool
    name: str
    number: str
    since: datetime
    outcome: str
    person: str


class OwnSignUp(NamedTuple):
    """A sign-up of one person, for the print of all that is held."""

    at: datetime
    kind: str
    title: str
    outcome: str


def signed_up(programme: Programme) -> list[SignedUp]:
    """Return who signed up, in the order in which seats go. Four statements."""
    seats = seats_of([programme.id])[programme.id]
    names = _names({seat.person for seat in seats})
    numbers = _numbers(seats)
    return [
        SignedUp(seat.place, seat.place > programme.seats, names.get(seat.person, ""), numbers.get(seat.node, ""),
                 from_milliseconds(seat.since_ms), seat.outcome, seat.person)
        for seat in seats
    ]  # fmt: skip


def sign_ups_of(person: str) -> list[OwnSignUp]:
    """Return what somebody signed up for and what came of it, the first first."""
    rows = fetch("SELECT DISTINCT programme FROM sign_up WHERE person = ?", (person,))
    lists = seats_of(number for (number,) in rows)
    known = {one.id: one for one in Programme.select().where(Programme.id.in_(list(lists)))} if lists else {}
    mine = [(seat, known[number]) for number, seats in lists.items() for seat in seats if seat.person == person]
    found = [OwnSignUp(from_milliseconds(seat.since_ms), one.kind, one.title, seat.outcome) for seat, one in mine]
    return sorted(found)


def sign_up(programme: Programme, number: str, who: str) -> None:
    """Record in the office that whoever carries a pass signs up."""
    _say(programme, MADE, who, {"pass": number})


def say_outcome(programme: Programme, person: str, outcome: str, who: str) -> bool:
    """Record what became of somebody's sign-up; say whether they are on the list."""
    seat = _seat(programme, person)
    if seat:
        _say(programme, PROGRESSED, who, _naming(seat.node) | {"outcome": outcome})
    return seat is not None


def take_off(programme: Programme, person: str, who: str) -> bool:
    """Record that somebody does not want their seat any more; say whether they were on the list."""
    seat = _seat(programme, person)
    for fact in seat.facts if seat else ():
        _say(programme, WITHDRAWN, who, _naming(seat.node if seat else "") | {"sign_up": fact})
    return seat is not None


def _seat(programme: Programme, person: str) -> Seat | None:
    return next((seat for seat in seats_of([programme.id])[programme.id] if seat.person == person), None)


def _naming(node: str) -> dict[str, str]:
    return {"pass": shown_number(node)} if is_pass(node) else {"candidate": node}


def day_of(programme: Programme) -> MarketDay | None:
    """Return the market day in whose office log something about a programme stands: its own, else the county's last
    one that has begun, else the next."""
    if programme.market_day:
        return programme.market_day
    days = MarketDay.select().where(MarketDay.county == programme.county_id, MarketDay.cancelled_at.is_null())
    today = date_in(programme.county, utcnow())
    begun = days.where(MarketDay.date <= today).order_by(MarketDay.date.desc(), MarketDay.id).first()
    return begun or days.order_by(MarketDay.date, MarketDay.id).first()


def _say(programme: Programme, kind: str, who: str, data: dict[str, object] | dict[str, str]) -> None:
    day = day_of(programme)
    if day is None:
        return
    at = utcnow().astimezone(day.county.zone()).isoformat(timespec="milliseconds")
    fact = {"id": str(uuid4()), "kind": kind, "at": at, "operator": f"organiser:{who}",
            "data": {**data, "programme": programme.id}}  # fmt: skip
    record(day, [fact], OFFICE)


def _names(persons: set[str]) -> dict[str, str]:
    sql = f"SELECT c.person, c.name FROM candidate AS c WHERE {USABLE_SQL} AND c.person IN (??) ORDER BY c.id"
    return dict(fetch_in(sql, persons))


def _numbers(seats: list[Seat]) -> dict[str, str]:
    candidates = {seat.node for seat in seats if not is_pass(seat.node)}
    sql = "SELECT candidate, MIN(pass_number) FROM pass_binding WHERE stands AND candidate IN (??) GROUP BY candidate"
    return dict(fetch_in(sql, candidates)) | {
        seat.node: shown_number(seat.node) for seat in seats if is_pass(seat.node)
    }
