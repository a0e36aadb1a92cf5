"""Requests: a deletion that somebody asks for on their own phone.

Who has one registration is deleted at once. Of a person with several, the phone shows that it knows one of them, and
anybody can type another's name, birth year and phone number into a form: so the office looks who asks, within 15 days.
"""

from datetime import datetime, timedelta

from peewee import CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch_in, writing
from models.derived.person import persons_of
from models.forgetting.certificate import BY_PHONE, Certificate
from models.forgetting.delete import delete_person
from models.market.county import County

WITHIN = timedelta(days=15)  # in which the office answers


class DeletionRequest(BaseModel):
    """A candidate who asked on a phone to be deleted, until the office did it or declined."""

    candidate = CharField(max_length=36, primary_key=True)
    county = ForeignKeyField(County, on_delete="CASCADE")
    at = InstantField(default=utcnow)

    @property
    def due(self) -> datetime:
        """By when the office answers."""
        return self.at + WITHIN

    @classmethod
    def open_of(cls, county: County) -> "list[DeletionRequest]":
        """Return a county's open requests, the oldest first."""
        return list(cls.select().where(cls.county == county).order_by(cls.at, cls.candidate))


def ask_to_delete(county: County, candidate: str, who: str) -> Certificate | None:
    """Delete who asks on their phone, or note that they ask (None). Raises NobodyThere when it was done before."""
    with writing():
        person = persons_of({candidate})[candidate]
        if len(fetch_in("SELECT id FROM candidate WHERE person IN (??)", {person})) == 1:
            return delete_person(county, candidate, who, BY_PHONE)
        DeletionRequest.insert(candidate=candidate, county=county, at=utcnow()).on_conflict_ignore().execute()
        return None


def has_asked(candidate: str) -> bool:
    """Say whether somebody waits for the office to delete them."""
    return DeletionRequest.get_or_none(candidate=candidate) is not None
