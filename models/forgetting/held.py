"""Held: all that a county holds on one person, for the print that the law gives them a right to (PIPL 44-46)."""

from datetime import datetime
from typing import NamedTuple

from models.base.clock import from_milliseconds
from models.base.database import fetch_in
from models.base.typed import same_phone
from models.desk.complaint import Complaint
from models.desk.person import Person
from models.desk.record import (
    Agreed,
    Came,
    Referred,
    Tie,
    Word,
    agreed_of,
    came_of,
    groups_of,
    readings_of,
    referrals_of,
    ties_of,
    words_of,
)
from models.desk.signed_up import OwnSignUp, sign_ups_of
from models.follow_up.of_person import Attempt, Help, help_of
from models.follow_up.of_person import attempts_of as asked_after
from models.market.audit import AuditEntry
from models.market.retention import Retention
from models.people.frozen import frozen_among
from models.surveys.survey import Survey, SurveyPerson, surveyed_with
from models.surveys.survey_answer import Given, answers_of
from models.surveys.survey_attempt import Made, attempts_of


class Handed(NamedTuple):
    """A list with the person on it that was handed to an employer."""

    employer: str
    vacancy: str
    purpose: str
    taken_by: str
    at: datetime


class Written(NamedTuple):
    """A text message to the person: what for, when, and what became of it."""

    purpose: str
    at: datetime
    state: str


class Surveyed(NamedTuple):
    """A person of the same name and phone on a survey's list: what stands there, how they were asked, the answers."""

    survey: Survey
    person: SurveyPerson
    answers: list[Given]
    attempts: list[Made]


class Held(NamedTuple):
    """What is held on somebody: what was registered, where they were, ties, consents, lists, words, who read it.

    ``groups`` are key groups with how they are known; the rest is what came of it after the day.
    """

    person: Person
    came: list[Came]
    ties: list[Tie]
    agreed: list[Agreed]
    handed: list[Handed]
    written: list[Written]
    words: list[Word]
    readings: list[AuditEntry]
    groups: list[tuple[str, str, datetime, str]]
    referrals: list[Referred]
    attempts: list[Attempt]
    help: list[Help]
    complaints: list[Complaint]
    surveyed: list[Surveyed]
    sign_ups: list[OwnSignUp]
    is_frozen: bool
    periods: Retention

    @classmethod
    def of(cls, person: Person) -> "Held":
        """Gather what is held on a person."""
        ids = [str(one.id) for one in person.registrations]
        surveyed = _surveyed(person)
        return cls(
            person, came_of(person), ties_of(person), agreed_of(person), _handed(ids),
            _written([*ids, *(str(one.person.id) for one in surveyed)]),
            words_of(person),
            readings_of(person), groups_of(person), referrals_of(person), asked_after(person), help_of(person),
            list(Complaint.select().where(Complaint.candidate.in_(ids))), surveyed, sign_ups_of(person.id),
            bool(frozen_among(ids)),
            Retention.of(person.county),
        )  # fmt: skip


def _surveyed(person: Person) -> list[Surveyed]:
    """Find them as a deletion does: by name and phone together."""
    names = {one.name for one in person.registrations}
    phones = {one.phone for one in person.registrations if one.phone}
    found = surveyed_with(person.county, names, phones | {same_phone(phone) for phone in phones})
    rows = SurveyPerson.select(SurveyPerson, Survey).join(Survey).where(SurveyPerson.id.in_(found)).order_by(Survey.id)
    return [Surveyed(row.survey, row, answers_of(str(row.id)), attempts_of(str(row.id))) for row in rows]


def _handed(candidates: list[str]) -> list[Handed]:
    rows = fetch_in(
        "SELECT e.name, p.vacancy, l.purpose, l.taken_by, l.made_at FROM handed_person AS p"
        " JOIN handed_list AS l ON l.id = p.list_id JOIN employer AS e ON e.id = l.employer_id"
        " WHERE p.candidate IN (??)",
        candidates,
    )
    found = [Handed(name, number, purpose, who, from_milliseconds(at)) for name, number, purpose, who, at in rows]
    return sorted(found, key=lambda one: one.at)



def _written(candidates: list[str]) -> list[Written]:
    rows = fetch_in(
        "SELECT g.purpose, m.claimed_at, m.state FROM message AS m JOIN mailing AS g ON g.id = m.mailing_id"
        " WHERE m.claimed_at IS NOT NULL AND m.recipient IN (??)",
        candidates,
    )
    found = [Written(purpose, from_milliseconds(at), state) for purpose, at, state in rows]
    return sorted(found, key=lambda one: one.at)
