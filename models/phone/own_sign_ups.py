"""Own sign-ups: what somebody can sign up for on their phone, and the place they have on each list."""

from typing import NamedTuple
from uuid import uuid4

from models.base.clock import utcnow
from models.derived.sign_up import MADE, WITHDRAWN, seats_of
from models.intake.ingest import record
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.market.programme import Programme, programmes_at
from models.phone.own_page import OwnPage


class Choice(NamedTuple):
    """A programme with the place somebody has on its list, 0 for none; ``facts`` are their own sign-ups for it."""

    programme: Programme
    taken: int
    place: int
    outcome: str
    facts: tuple[str, ...]

    @property
    def is_waiting(self) -> bool:
        """Say whether their place is beyond the seats."""
        return self.place > self.programme.seats


def choices_of(page: OwnPage) -> list[Choice]:
    """Return what somebody can sign up for, the next first; of their own registration and passes, as their page is."""
    day = MarketDay.get_by_id(page.market_day)
    programmes = programmes_at(day, date_in(day.county, utcnow()))
    lists, nodes = seats_of(one.id for one in programmes), set(page.nodes())
    found = []
    for programme in programmes:
        seats = lists[programme.id]
        mine = next((seat for seat in seats if seat.person == page.person and seat.node in nodes), None)
        own = (mine.place, mine.outcome, mine.facts) if mine else (0, "", ())
        found.append(Choice(programme, len(seats), *own))
    return found


def sign_up(page: OwnPage, choice: Choice) -> None:
    """Record that somebody signs up."""
    _say(page, MADE, {"programme": choice.programme.id})


def take_back(page: OwnPage, choice: Choice) -> None:
    """Record that somebody does not want their seat any more."""
    for fact in choice.facts:
        _say(page, WITHDRAWN, {"programme": choice.programme.id, "sign_up": fact})


def _say(page: OwnPage, kind: str, data: dict[str, object]) -> None:
    day = MarketDay.get_by_id(page.market_day)
    at = utcnow().astimezone(day.county.zone()).isoformat(timespec="milliseconds")
    record(day, [{"id": str(uuid4()), "kind": kind, "at": at, "operator": None,
                  "data": {"candidate": page.candidate, **data}}])  # fmt: skip
