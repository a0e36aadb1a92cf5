"""Survey answers: what somebody plans. All that a person ever said is kept; the latest by its time is what counts.

So an answer that was given on paper, by telephone, on the own page and at the door counts once, in whatever order it
is entered. What tablets recorded at doors is in rows of its own (door_call.py), and read here with the others.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from peewee import CharField, ForeignKeyField

from models.base.clock import from_milliseconds, milliseconds
from models.base.database import BaseModel, InstantField, execute_many, fetch, fetch_in, writing
from models.surveys.door_call import ANSWERED, DOOR, Call, calls_in, calls_of
from models.surveys.survey import Survey, SurveyPerson
from models.surveys.survey_round import tell_of

BY_LINK = "sms"  # the channel of an answer on the own page, as models/vocabulary/follow_up.py calls it


class SurveyAnswer(BaseModel):
    """An answer as it was given. Written once: who corrects it gives another."""

    id = CharField(max_length=36, primary_key=True)
    survey = ForeignKeyField(Survey, on_delete="CASCADE")
    person = ForeignKeyField(SurveyPerson, on_delete="CASCADE")
    at = InstantField()  # when it was given, not when it was entered
    channel = CharField(max_length=16)
    who = CharField(default="")  # the login of who entered it, empty for the person
    intention = CharField(max_length=16)
    trade = CharField(max_length=32)
    place = CharField(max_length=16)
    month = CharField(max_length=7)


class Answer(NamedTuple):
    """What somebody answered: codes, each but the first perhaps empty; ``month`` is ``2026-03``."""

    intention: str
    trade: str = ""
    place: str = ""
    month: str = ""


class Given(NamedTuple):
    """An answer with how and when it was given. ``who`` entered it: a login, or at a door the tablet's letter."""

    answer: Answer
    at: datetime
    channel: str
    who: str


class Entry(NamedTuple):
    """An answer to be stored: ``id`` names it for ever, so that a form sent twice is stored once."""

    id: str
    person: str
    answer: Answer
    at: datetime


def store(survey: Survey, entries: Iterable[Entry], channel: str, who: str = "") -> None:
    """Store answers; those whose id is known are passed over."""
    rows = [
        (one.id, survey.id, one.person, milliseconds(one.at), channel, who, *one.answer) for one in entries
    ]  # fmt: skip
    with writing():
        tell_of({row[2] for row in rows})
        execute_many(
            "INSERT INTO survey_answer (id, survey_id, person_id, at, channel, who, intention, trade, place, month)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            rows,
        )


_FIELDS = "intention, trade, place, month, at, channel, who"


def answers_of(person: str) -> list[Given]:
    """Return all that somebody answered, the one that counts first."""
    rows = fetch(f"SELECT id, {_FIELDS} FROM survey_answer WHERE person_id = ?", (person,))
    found = [(id, _given(row)) for id, *row in rows]
    found += [(one.id, _at_a_door(one)) for one in _answers(calls_of([person]))]
    return [given for id, given in sorted(found, key=_order, reverse=True)]


def latest_of(survey: Survey) -> dict[str, Given]:
    """Return the answer that counts of each person of a survey who answered."""
    sql = f"SELECT person_id, id, {_FIELDS} FROM survey_answer WHERE survey_id = ?"
    found = [(id, _given(row), person) for person, id, *row in fetch(sql, (survey.id,))]
    found += [(one.id, _at_a_door(one), one.person) for one in _answers(calls_in(survey))]
    return {person: given for _, given, person in sorted(found, key=_order)}


def answered_elsewhere(people: Iterable[str]) -> set[str]:
    """Return who of these people answered in another way than at their door to a tablet."""
    return {id for (id,) in fetch_in("SELECT person_id FROM survey_answer WHERE person_id IN (??)", set(people))}


def answered_among(people: Iterable[str]) -> set[str]:
    """Return who of these people answered."""
    asked = set(people)
    return answered_elsewhere(asked) | {one.person for one in _answers(calls_of(asked))}


def _answers(calls: Iterable[Call]) -> list[Call]:
    return [one for one in calls if one.step == ANSWERED]


def _order(found: tuple) -> tuple[datetime, str]:
    """Return what answers are sorted by, of ``(id, Given, …)``."""
    return found[1].at, found[0]


def _at_a_door(one: Call) -> Given:
    answer = Answer(one.intention, one.trade, one.place, one.month)
    return Given(answer, from_milliseconds(one.at_ms), DOOR, one.tablet)


def _given(row: Iterable) -> Given:
    intention, trade, place, month, at_ms, channel, who = row
    return Given(Answer(intention, trade, place, month), from_milliseconds(at_ms), channel, who)
