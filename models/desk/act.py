"""What the office does about a person: facts in the office's log of a market day, through the one way in.

Whatever is said here can be taken back, and is derived in any order (docs/decisions/0005, 0006, 0040).
"""

import json
from datetime import datetime, timedelta
from uuid import uuid4

from models.base.clock import utcnow
from models.base.database import fetch, writing
from models.derived.group_evidence import SEEN
from models.derived.same_person import JOINED, PARTED
from models.desk.person import Person
from models.intake.ingest import record
from models.keys.seal import SealKey, text_of
from models.log.settlement import SET_ASIDE
from models.market.day_end import last_minute_of
from models.market.log import OFFICE
from models.market.market_day import MarketDay
from models.people.candidate import Candidate
from models.people.candidate_pass import PhonePass
from models.quarantine.decide import settle

SEALED = ("phone", "phone_owner")


class Refused(Exception):
    """The office may not record that. ``reason`` as for an operation: ``under_16``, ``malformed: name`` …"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def correct(candidate: Candidate, changes: dict[str, object], why: str, who: str) -> None:
    """Record that a registration was otherwise than it was written down. Phones are sealed. Raises Refused."""
    sealed = {name: changes[name] for name in SEALED if name in changes}
    data = {name: value for name, value in changes.items() if name not in SEALED}
    if sealed:
        with writing():
            key = SealKey.current(candidate.county)
        data["contact"] = text_of(key.seal(json.dumps(sealed, ensure_ascii=False).encode()))
    data |= {"based_on": candidate.version, "why": why}
    _record(candidate.market_day, "candidate.amended", who, str(candidate.id), **data)


def join(one: Candidate, other: Candidate, why: str, who: str) -> None:
    """Record that two registrations are one person."""
    _record(one.market_day, JOINED, who, candidate=one.id, other=other.id, why=why)


def part(person: Person, candidate: Candidate, why: str, who: str) -> None:
    """Record that one of a person's registrations is somebody else than all the others."""
    with writing():
        for other in Candidate.select().where(Candidate.person == person.id, Candidate.id != candidate.id):
            _record(candidate.market_day, PARTED, who, candidate=candidate.id, other=other.id, why=why)


def say_two(one: Candidate, other: Candidate, why: str, who: str) -> None:
    """Record that two registrations, which look like one person, are two."""
    _record(one.market_day, PARTED, who, candidate=one.id, other=other.id, why=why)


def take_back(log: int, seq: int, who: str) -> None:
    """Take back what the office said about who is whom: as if it had never been said."""
    settle((log, seq), SET_ASIDE, who)


def see_group(candidate: Candidate, group: str, level: str, what: str, who: str) -> None:
    """Record that a paper, or another office, says that somebody belongs to a key group."""
    _record(candidate.market_day, SEEN, who, candidate=candidate.id, group=group, level=level, what=what)


def new_pass(candidate: Candidate, day: MarketDay, who: str) -> PhonePass:
    """Make a signed pass of a market day for somebody, and give it to them. What they had stays theirs."""
    with writing():
        ends = max(last_minute_of(day), utcnow() + timedelta(days=1))
        made = PhonePass.issue(str(candidate.id), day, ends)
        _record(day, "pass.bound", who, **{"pass": made.number, "candidate": candidate.id})
    return made


def days_for_pass(person: Person, today: datetime) -> list[MarketDay]:
    """Return the coming market days for which a pass can be made, the next first, at most ten."""
    days = MarketDay.select().where(MarketDay.county == person.county, MarketDay.date >= today.date())
    coming = days.order_by(MarketDay.date).limit(60)
    return [day for day in coming if person.sees(day.town_id) and not day.is_cancelled][:10]


def _record(day: MarketDay, kind: str, who: str, id: str = "", /, **data: object) -> None:
    fact = {
        "id": id or str(uuid4()),
        "kind": kind,
        "at": utcnow().astimezone(day.county.zone()).isoformat(timespec="milliseconds"),
        "operator": f"organiser:{who}",
        "data": {name: value for name, value in data.items() if value is not None},
    }
    with writing():
        receipt = record(day, [fact], OFFICE)
        _, outcome, reason = receipt.results[-1]
        if outcome == "refused":
            raise Refused(reason or "")


def is_said_here(log: int, seq: int, candidates: list[str]) -> bool:
    """Say whether an operation is what the office said about one of these candidates, and stands."""
    rows = fetch("SELECT one, other FROM same_person WHERE tablet_id = ? AND seq = ?", (log, seq))
    return any(node in candidates for row in rows for node in row)
