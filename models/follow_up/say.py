"""What the office says after a market day: facts in the day's log of what came after it, through the one way in."""

from uuid import uuid4

from models.base.clock import utcnow
from models.base.database import fetch, writing
from models.derived import assistance, contact_attempt
from models.intake.ingest import record
from models.market.log import AFTER
from models.market.market_day import MarketDay
from models.people.candidate import Candidate

Fact = dict[str, object]


def attempt(candidate: Candidate, day: MarketDay, who: str, id: str, data: dict[str, object]) -> None:
    """Record an attempt to reach somebody after a day. ``id`` is the form's: sent twice, it is recorded once."""
    with writing():
        if not fetch("SELECT 1 FROM operation WHERE subject = ? AND uuid = ? LIMIT 1", (str(candidate.id), id)):
            record(day, [_fact(day, contact_attempt.ATTEMPTED, who, candidate, id, **data)], AFTER)


def withdraw_attempt(candidate: str, day: MarketDay, id: str, who: str) -> None:
    """Record that an attempt was written down by mistake."""
    record(day, [_fact(day, contact_attempt.WITHDRAWN, who, candidate, attempt=id)], AFTER)


def help_given(candidate: Candidate, day: MarketDay, what: str, vacancy: str, who: str) -> None:
    """Record guidance, or a post that was offered; ``vacancy`` is its number, or empty."""
    record(day, [_fact(day, assistance.GIVEN, who, candidate, what=what, offered=vacancy or None)], AFTER)


def withdraw_help(candidate: str, day: MarketDay, id: str, who: str) -> None:
    """Record that help was written down by mistake."""
    record(day, [_fact(day, assistance.WITHDRAWN, who, candidate, assistance=id)], AFTER)


def assign(candidates: list[tuple[MarketDay, str]], helper: str, who: str) -> None:
    """Record who helps these people, each by a market day and a registration, from now on; empty: nobody any more."""
    by_day: dict[int, tuple[MarketDay, list[Fact]]] = {}
    for day, candidate in candidates:
        fact = _fact(day, assistance.ASSIGNED, who, candidate, helper=helper or None)
        by_day.setdefault(day.id, (day, []))[1].append(fact)
    with writing():
        for day, facts in by_day.values():
            record(day, facts, AFTER)


def _fact(
    day: MarketDay, kind: str, who: str, candidate: Candidate | str, id: str = "", /, **data: object
) -> Fact:
    named = candidate if isinstance(candidate, str) else str(candidate.id)
    return {
        "id": id or str(uuid4()),
        "kind": kind,
        "at": utcnow().astimezone(day.county.zone()).isoformat(timespec="milliseconds"),
        "operator": f"organiser:{who}",
        "data": {"candidate": named} | {name: value for name, value in data.items() if value not in (None, "")},
    }
