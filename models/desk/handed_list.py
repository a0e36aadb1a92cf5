"""Handed lists: which people were handed to which employer, by whom, for what and until when.

A list keeps who was on it, not their names or phones: those are read anew each time, so who withdrew is on no later
print, and a list that has ended shows nobody.
"""

from collections.abc import Callable as Asked
from collections.abc import Iterable
from datetime import date, timedelta

from peewee import AutoField, CharField, CompositeKey, DateField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch, fetch_in, writing
from models.desk.agreed import Callable, agreed_on, agreed_with, withdrawn_from
from models.market.county import County
from models.market.employer import Employer
from models.market.employer_link import EmployerLink

DAYS = 30  # that a list holds unless another date is chosen
LONGEST_DAYS = 90


class HandedList(BaseModel):
    """One handing over, by the office, or by a link that the office gave the employer. Written once."""

    id: "AutoField[int]"
    county_id: int
    employer_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    employer = ForeignKeyField(Employer, on_delete="CASCADE")
    purpose = CharField()
    taken_by = CharField()  # who took it, as they gave their name
    made_by = CharField()  # the login of who handed it over
    made_at = InstantField(default=utcnow)
    expires_on = DateField()
    link = ForeignKeyField(EmployerLink, null=True, on_delete="SET NULL")

    def is_over(self, today: date) -> bool:
        """Say whether it has ended: then it shows nobody."""
        return today > self.expires_on

    def people(self) -> list[Callable]:
        """Return who is on it and may still be called."""
        mine = {(one.vacancy, one.candidate) for one in HandedPerson.select().where(HandedPerson.list == self)}
        persons = {(vacancy, person) for vacancy, person in _persons(mine)}
        return [one for one in agreed_with(self.employer) if (one.vacancy, one.person) in persons]

    def withdrawn(self) -> list[tuple[str, str]]:
        """Return ``(name, vacancy)`` of those on it who withdrew since: the employer is to be told."""
        gone = withdrawn_from(self.employer)
        mine = list(HandedPerson.select().where(HandedPerson.list == self))
        left = {one.candidate: one.vacancy for one in mine if (one.vacancy, one.candidate) in gone}
        rows = fetch_in("SELECT id, name FROM candidate WHERE id IN (??)", left)
        return sorted((name, left[candidate]) for candidate, name in rows)


class HandedPerson(BaseModel):
    """Somebody on a list, for one vacancy."""

    list = ForeignKeyField(HandedList, on_delete="CASCADE", index=False)
    candidate = CharField(max_length=36, index=True)
    vacancy = CharField(max_length=7)

    class Meta:
        primary_key = CompositeKey("list", "candidate", "vacancy")


def hand_over(
    employer: Employer, vacancies: Iterable[str], purpose: str, taken_by: str, made_by: str, expires_on: date,
    places: Iterable[str] = (),
) -> HandedList:  # fmt: skip
    """Store that the people who agreed for these vacancies were handed to their employer.

    ``places`` are booths of market days (``Callable.place``): only who agreed there; none are all.
    """
    wanted, only = set(vacancies), set(places)
    made = HandedList(
        county=employer.county_id, employer=employer, purpose=purpose, taken_by=taken_by, made_by=made_by,
        expires_on=expires_on,
    )  # fmt: skip

    def people() -> list[Callable]:
        found = (one for one in agreed_with(employer) if one.vacancy in wanted)
        return [one for one in found if not only or one.place in only]

    return _keep(made, people)


def take(link: EmployerLink, taken_by: str) -> HandedList:
    """Store that an employer took the list its link may have, of those who agreed; it ends with the link."""
    made = HandedList(
        county=link.county_id, employer=link.employer_id, purpose=link.purpose, taken_by=taken_by,
        made_by=link.made_by, expires_on=link.ends_on, link=link,
    )  # fmt: skip
    return _keep(made, lambda: agreed_by_link(link))


def agreed_by_link(link: EmployerLink) -> list[Callable]:
    """Return who is on the list that a link may have: of a market day, only those who agreed on that day."""
    found = agreed_with(link.employer)
    if link.market_day_id is None:
        return found
    there = agreed_on(link.employer, link.market_day_id)
    return [one for one in found if (one.vacancy, one.person) in there]


def taken_with(link: EmployerLink) -> list[HandedList]:
    """Return the lists that were taken with a link, the latest first."""
    return list(HandedList.select().where(HandedList.link == link).order_by(HandedList.id.desc()))


def taken_list(link: EmployerLink, id: int) -> HandedList | None:
    """Return one of the lists that were taken with a link, or None."""
    found: HandedList | None = HandedList.get_or_none(id=id, link=link)
    return found


def _keep(made: HandedList, people: Asked[[], list[Callable]]) -> HandedList:
    with writing():
        made.save(force_insert=True)
        for one in people():
            HandedPerson.create(list=made, candidate=one.candidate, vacancy=one.vacancy)
    return made


def lists_of(employer: Employer) -> list[HandedList]:
    """Return what was handed to an employer, the latest first."""
    return list(HandedList.select().where(HandedList.employer == employer).order_by(HandedList.id.desc()))


def withdrawn_after(county: County, today: date) -> dict[int, tuple[str, int]]:
    """Return ``{employer's id: (name, how many)}`` of whom people withdrew who are on a list that holds."""
    rows = fetch(
        "SELECT l.employer_id, e.name, p.candidate, p.vacancy FROM handed_list AS l"
        " JOIN handed_person AS p ON p.list_id = l.id JOIN employer AS e ON e.id = l.employer_id"
        " WHERE l.county_id = ? AND l.expires_on >= ?",
        (county.id, today),
    )
    found: dict[int, tuple[str, int]] = {}
    for employer in {row[0] for row in rows}:
        gone = withdrawn_from(Employer.get_by_id(employer))
        on_it = {(vacancy, candidate) for id, _, candidate, vacancy in rows if id == employer}
        if left := on_it & gone:
            found[employer] = (next(name for id, name, *_ in rows if id == employer), len(left))
    return found


def first_end(today: date) -> date:
    """Return on which date a list ends unless another is chosen."""
    return today + timedelta(days=DAYS)


def _persons(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the (vacancy, person) of these (vacancy, candidate)."""
    of = dict(fetch_in("SELECT id, person FROM candidate WHERE id IN (??)", {candidate for _, candidate in pairs}))
    return {(vacancy, of.get(candidate, candidate)) for vacancy, candidate in pairs}
