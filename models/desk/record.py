"""A person's record: what the derived tables hold about them, as far as the asker sees the market days of it."""

from datetime import date, datetime
from typing import NamedTuple

from models.base.clock import from_milliseconds
from models.base.database import fetch, fetch_in
from models.base.legible import read_legible
from models.derived.referral import STEP_WITHDRAWN
from models.derived.same_person import JOINED
from models.desk.person import Person
from models.desk.stage_times import Times, stage_times
from models.log.operation import HAS_EFFECT
from models.market.audit import AuditEntry

MOST_READINGS = 50  # the newest that a page shows


class Day(NamedTuple):
    """A market day as a line names it."""

    id: int
    date: date
    town: str


class Came(NamedTuple):
    """A booth where they were seen, first at ``at``."""

    day: Day
    number: int
    booth: str
    at: datetime


class Tie(NamedTuple):
    """A vacancy they are tied to, and how far it came."""

    day: Day
    vacancy: str
    title: str
    employer: str
    stage: str
    at: datetime
    times: Times


class Agreed(NamedTuple):
    """A consent that an employer gets name and phone; ``day`` is the market day on which it was given."""

    day: Day
    vacancy: str
    title: str
    employer: str
    spoken: bool
    given: datetime | None
    withdrawn: datetime | None


class Referred(NamedTuple):
    """That they were sent on to a desk (``step`` is ``made``) or what became of it there (an outcome); both stand."""

    day: Day
    booth: int | None
    topic: str
    about: str
    step: str
    at: datetime


class Word(NamedTuple):
    """What the office said about two registrations, by which operation."""

    log: int
    seq: int
    is_one: bool
    one: str
    other: str
    who: str
    at: datetime
    why: str


_DAY = "d.id, d.date, t.name, d.town_id"
_DAYS = " JOIN market_day AS d ON d.id = {}.market_day_id JOIN division AS t ON t.code = d.town_id"


def came_of(person: Person) -> list[Came]:
    """Return where a person was, the latest first."""
    rows = fetch(
        f"SELECT {_DAY}, v.booth, COALESCE(b.name, ''), v.at_ms FROM visit AS v" + _DAYS.format("v") +
        " LEFT JOIN booth AS b ON b.market_day_id = v.market_day_id AND b.number = v.booth"
        " WHERE v.person = ? AND d.county_id = ? ORDER BY v.at_ms DESC",
        (person.id, person.county.id),
    )
    return [Came._make((_day(row), *row[4:6], from_milliseconds(row[6]))) for row in rows if person.sees(row[3])]


def ties_of(person: Person) -> list[Tie]:
    """Return the vacancies a person is tied to, with when each stage was recorded, the latest first."""
    rows = fetch(
        f"SELECT {_DAY}, c.vacancy, COALESCE(v.title, ''), COALESCE(e.name, b.name, ''), c.stage, c.at_ms"
        " FROM check_in AS c" + _DAYS.format("c") + " LEFT JOIN vacancy AS v ON v.number = c.vacancy"
        " LEFT JOIN employer AS e ON e.id = v.employer_id"
        " LEFT JOIN booth AS b ON b.market_day_id = c.market_day_id AND b.number = c.booth"
        " WHERE c.person = ? AND d.county_id = ? ORDER BY c.at_ms DESC",
        (person.id, person.county.id),
    )
    times = stage_times([person.id])
    return [
        Tie._make((_day(row), *row[4:8], from_milliseconds(row[8]), times.get((row[0], row[4], person.id), [])))
        for row in rows
        if person.sees(row[3])
    ]


def referrals_of(person: Person) -> list[Referred]:
    """Return to which desks a person was sent on and what became of it, without what was undone, the latest first."""
    rows = fetch(
        f"SELECT {_DAY}, r.id, r.booth, r.topic, r.about, r.step, r.undoes, r.effective_ms"
        " FROM referral AS r" + _DAYS.format("r") + " WHERE r.person = ? AND d.county_id = ?"
        " ORDER BY r.effective_ms DESC, r.tablet_id, r.seq",
        (person.id, person.county.id),
    )
    undone = {row[9] for row in rows if row[8] == STEP_WITHDRAWN}
    stand = [row for row in rows if row[8] != STEP_WITHDRAWN and row[4] not in undone and person.sees(row[3])]
    return [
        Referred(_day(row), row[5], row[6] or "", row[7] or "", row[8], from_milliseconds(row[10])) for row in stand
    ]


def agreed_of(person: Person) -> list[Agreed]:
    """Return a person's consents, those that stand and those that were withdrawn, the latest first."""
    rows = fetch_in(
        f"SELECT {_DAY}, a.vacancy, COALESCE(v.title, ''), COALESCE(e.name, ''), a.spoken, a.given_at, a.withdrawn_at"
        " FROM consent AS a" + _DAYS.format("a") + " LEFT JOIN vacancy AS v ON v.number = a.vacancy"
        " LEFT JOIN employer AS e ON e.id = v.employer_id WHERE d.county_id = ? AND a.candidate IN (??)",
        [one.id for one in person.registrations],
        person.county.id,
    )
    seen = [row for row in rows if person.sees(row[3])]
    found = [Agreed._make((_day(row), *row[4:7], bool(row[7]), _at(row[8]), _at(row[9]))) for row in seen]
    return sorted(found, key=lambda one: str(one.given or one.withdrawn), reverse=True)


def words_of(person: Person) -> list[Word]:
    """Return what the office said about who a person's registrations are, and stands, the latest first."""
    ids = [one.id for one in person.registrations]
    found = {}
    for column in ("one", "other"):
        for row in fetch_in(
            "SELECT s.tablet_id, s.seq, s.is_one, s.one, s.other, o.at_ms, o.body FROM same_person AS s"
            f" JOIN operation AS o ON o.tablet_id = s.tablet_id AND o.seq = s.seq WHERE o.{HAS_EFFECT}"
            f" AND s.{column} IN (??)",
            ids,
        ):
            found[row[:2]] = row
    return [_word(row) for row in sorted(found.values(), key=lambda row: row[5], reverse=True)]


def groups_of(person: Person) -> list[tuple[str, str, datetime, str]]:
    """Return ``(code, how it is known, since when, which paper)`` of a person's key groups."""
    said = {code: one.registered_at for one in reversed(person.registrations) for code in one.groups}
    rows = fetch_in(
        "SELECT g.effective_ms, g.tablet_id, g.seq, g.code, g.level, o.at_ms, o.body FROM group_evidence AS g"
        " JOIN operation AS o ON o.tablet_id = g.tablet_id AND o.seq = g.seq WHERE g.candidate IN (??)",
        [one.id for one in person.registrations],
    )
    seen = {row[3]: row for row in sorted(rows)}
    found = []
    for code, at in said.items():
        if row := seen.get(code):
            what = str((read_legible(row[6]).get("data") or {}).get("what") or "")
            found.append((code, row[4], from_milliseconds(row[5]), what))
        else:
            found.append((code, "said", at, ""))
    return found


def readings_of(person: Person) -> list[AuditEntry]:
    """Return who read a person's page or phone, took a list or changed something, the latest first."""
    about = AuditEntry.select().where(AuditEntry.county == person.county, AuditEntry.thing == "person")
    about = about.where(AuditEntry.thing_id.in_([person.id, *person.nodes]))
    return list(about.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(MOST_READINGS))


def _day(row: tuple) -> Day:
    return Day(row[0], date.fromisoformat(str(row[1])), row[2])


def _at(value: int | None) -> datetime | None:
    return None if value is None else from_milliseconds(value)


def _word(row: tuple) -> Word:
    said = read_legible(row[6])
    who = str(said.get("operator") or "").removeprefix("organiser:")
    why = str((said.get("data") or {}).get("why") or "")
    return Word(row[0], row[1], said.get("kind") == JOINED, row[3], row[4], who, from_milliseconds(row[5]), why)
