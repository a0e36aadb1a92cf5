"""Survey attempts: how often somebody was tried and what came of it, in the codes of contacts after a market day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from peewee import CharField, ForeignKeyField

from models.base.clock import from_milliseconds, milliseconds
from models.base.database import BaseModel, InstantField, execute_many, fetch, fetch_in, writing
from models.surveys.door_call import DOOR, Call, calls_in, calls_of
from models.surveys.survey import Survey, SurveyPerson
from models.surveys.survey_round import tell_of
from models.vocabulary.follow_up import ENDS_ALL
from models.vocabulary.survey import ANSWERED, ENDED, LATER, TO_ASK

LONGEST_NOTE = 100  # letters
REACHED = "reached"


class SurveyAttempt(BaseModel):
    """One attempt to reach somebody of a survey. Channel and result: models/vocabulary/follow_up.py."""

    id = CharField(max_length=36, primary_key=True)
    survey = ForeignKeyField(Survey, on_delete="CASCADE")
    person = ForeignKeyField(SurveyPerson, on_delete="CASCADE")
    at = InstantField()
    who = CharField()
    channel = CharField(max_length=16)
    result = CharField(max_length=16)
    next_on = CharField(max_length=10)  # a date, or empty
    note = CharField(max_length=100)


class Made(NamedTuple):
    """An attempt as a page shows it, by whatever way. ``who`` is a login, or at a door the tablet's letter."""

    at: datetime
    channel: str
    who: str
    result: str
    next_on: str = ""
    note: str = ""


class Tried:
    """What attempts to reach somebody came to: how many, the last result, when to ask again."""

    def __init__(self) -> None:
        self.count, self.was_reached, self.last, self.next_on, self.has_ended = 0, False, "", "", False

    def add(self, result: str, next_on: str) -> None:
        """Count one more, the latest."""
        self.count += 1
        self.last, self.next_on = result, next_on
        self.was_reached = self.was_reached or result == REACHED
        self.has_ended = self.has_ended or result in ENDS_ALL


def store_attempts(survey: Survey, rows: Sequence[tuple[str, ...]], who: str, at: datetime, by: str) -> None:
    """Store attempts as ``(id, person, result, next_on, note)``; those whose id is known are passed over."""
    at_ms = milliseconds(at)
    with writing():
        tell_of({row[1] for row in rows})
        execute_many(
            "INSERT INTO survey_attempt (id, survey_id, person_id, at, who, channel, result, next_on, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            [(id, survey.id, person, at_ms, who, by, *said) for id, person, *said in rows],
        )


def attempts_in(survey: Survey) -> dict[str, Tried]:
    """Return what attempts came to, of each person of a survey whom somebody tried to reach."""
    found: dict[str, Tried] = {}
    rows = fetch("SELECT at, id, person_id, result, next_on FROM survey_attempt WHERE survey_id = ?", (survey.id,))
    calls = [(one.at_ms, one.id, one.person, result_of(one), "") for one in calls_in(survey)]
    for _, _, person, result, next_on in sorted([*rows, *calls]):
        found.setdefault(person, Tried()).add(result, next_on)
    return found


def result_of(call: Call) -> str:
    """Return what a door call came to: who answered was reached."""
    return call.result or REACHED


def attempts_of(person: str) -> list[Made]:
    """Return the attempts to reach somebody, the latest first."""
    found = [
        Made(one.at, one.channel, one.who, one.result, one.next_on, one.note)
        for one in SurveyAttempt.select().where(SurveyAttempt.person == person)
    ]
    found += [Made(from_milliseconds(one.at_ms), DOOR, one.tablet, result_of(one)) for one in calls_of([person])]
    return sorted(found, key=lambda one: one.at, reverse=True)


def ended_elsewhere(people: Collection[str]) -> set[str]:
    """Return who of these people is not to be asked any more, by an attempt other than at their door to a tablet."""
    rows = fetch_in("SELECT person_id, result FROM survey_attempt WHERE person_id IN (??)", people)
    return {person for person, result in rows if result in ENDS_ALL}


def state_of(tried: Tried | None, has_answered: bool, today: date) -> str:
    """Return how somebody of a survey stands: answered, not to be asked, later, to be asked."""
    if has_answered:
        return ANSWERED
    if tried and tried.has_ended:
        return ENDED
    return LATER if tried and tried.next_on > today.isoformat() else TO_ASK
