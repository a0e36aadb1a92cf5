"""Surveys: a list of people of the bureau who are asked for their plans, known by the bureau's own id.

Of a person only what the asking needs is kept: name, phone, village, group, whether they agreed to be contacted. When
the period is over, or they ask for it, all of that goes; answers stay as codes for the figures.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection
from datetime import date, timedelta

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch_in
from models.base.secret import digest
from models.market.county import County

LONGEST_NAME = 60  # letters of what a survey is called
MOST_DAYS = 366


class Survey(BaseModel):
    """A survey of a county, from one date until another."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    name = CharField()
    begins_on = DateField()
    ends_on = DateField()
    made_by = CharField()
    made_at = InstantField(default=utcnow)

    def is_open(self, today: date) -> bool:
        """Say whether answers are taken on a date of the county."""
        return bool(self.begins_on <= today <= self.ends_on)

    def months(self) -> list[str]:
        """Return the months that somebody can name as the one to begin work, ``2026-03``: the first and eleven more."""
        first = self.begins_on.year * 12 + self.begins_on.month - 1
        return [f"{month // 12}-{month % 12 + 1:02}" for month in range(first, first + 12)]

    def named_in_log(self) -> dict[str, str]:
        """Return how an entry of the audit log names it."""
        return {"thing": "survey", "thing_id": str(self.id), "name": str(self.name)[:120]}


class SurveyPerson(BaseModel):
    """Somebody on a survey's list. Who was forgotten has no name, and their own id in the place of the bureau's."""

    id = CharField(max_length=36, primary_key=True)
    survey_id: int
    survey = ForeignKeyField(Survey, on_delete="CASCADE", index=False)
    bureau_id = CharField(max_length=64)
    name = CharField(max_length=100)
    phone = CharField(max_length=32, null=True, index=True)
    village = CharField(max_length=64)
    group = CharField(max_length=32)
    may_contact = BooleanField()
    token_hash = CharField(max_length=64, null=True, unique=True)  # of /s/<token>

    class Meta:
        indexes = ((("survey", "bureau_id"), True), (("survey", "village"), False))


def token_of(county: County, person: str) -> str:
    """Return the secret name of a person's page, 128 bits. It follows from the county's key, so it is kept nowhere."""
    secret = hmac.new(bytes.fromhex(county.identity_key), f"survey {person}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(secret[:16]).rstrip(b"=").decode()


def by_token(token: str) -> SurveyPerson | None:
    """Return whose page has this secret name, if anybody's."""
    return SurveyPerson.get_or_none(token_hash=digest(token))


def surveys_of(county: County) -> list[Survey]:
    """Return a county's surveys, the latest first."""
    return list(Survey.select().where(Survey.county == county).order_by(Survey.begins_on.desc(), Survey.id.desc()))


def surveyed_with(county: County, names: Collection[str], phones: Collection[str]) -> list[str]:
    """Return the people of a county's surveys who bear one of these names and one of these phone numbers."""
    rows = fetch_in(
        "SELECT p.id, p.name, p.survey_id FROM survey_person AS p JOIN survey AS s ON s.id = p.survey_id"
        " WHERE +s.county_id = ? AND p.phone IN (??)",
        phones,
        county.id,
    )
    return [id for id, name, _ in rows if name in names]


def last_possible(begins_on: date) -> date:
    """Return until when a survey may go on at most."""
    return begins_on + timedelta(days=MOST_DAYS)
