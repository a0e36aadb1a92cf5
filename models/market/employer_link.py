"""Employer links: an employer's own pages behind an address that only it has, of one market day or of its season.

A link is a bearer secret: it is kept as a digest and shown once, when the office makes it.
"""

import hmac
import secrets
from datetime import date, timedelta

from peewee import AutoField, CharField, DateField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.base.secret import digest
from models.market.audited import Audited
from models.market.county import County
from models.market.employer import Employer
from models.market.market_day import MarketDay

ACTOR = "employer link"  # what the history calls who acts with one, before the name
# Days that a link holds: of a market day counted from its date, of the season from today.
DAYS_AFTER, LONGEST_AFTER = 7, 30
DAYS_OF_SEASON, LONGEST_OF_SEASON = 30, 90


class EmployerLink(Audited):
    """What opens an employer's pages until ``ends_on``: of ``market_day`` alone, or of its season where that is None.

    ``name`` is who of the employer gets it. Without a ``purpose`` it opens no list of people.
    """

    unnoted = frozenset({"made_at", "made_by", "token_hash"})

    id: "AutoField[int]"
    county_id: int
    employer_id: int
    market_day_id: int | None
    county = ForeignKeyField(County, on_delete="CASCADE")
    employer = ForeignKeyField(Employer, backref="links", on_delete="CASCADE")
    market_day = ForeignKeyField(MarketDay, null=True, on_delete="CASCADE")
    name = CharField()
    purpose = CharField(default="")
    token_hash = CharField(max_length=64, unique=True)
    made_by = CharField()
    made_at = InstantField(default=utcnow)
    ends_on = DateField()
    revoked_at = InstantField(null=True)

    def holds(self, today: date) -> bool:
        """Say whether it opens anything on a date: it was not revoked, and its employer not archived."""
        return self.revoked_at is None and today <= self.ends_on and self.employer.archived_at is None

    def noted_as_actor(self) -> str:
        """Return how the history names who acts with it."""
        return f"{ACTOR}:{self.name}"

    def revoke(self) -> None:
        """End it at once. A repeat changes nothing."""
        if self.revoked_at is None:
            self.revoked_at = utcnow()
            self.save(only=[EmployerLink.revoked_at])

    @classmethod
    def issue(
        cls, employer: Employer, day: MarketDay | None, name: str, purpose: str, made_by: str, ends_on: date
    ) -> "tuple[EmployerLink, str]":
        """Make a link; return it and its token, which is shown once."""
        token = secrets.token_urlsafe(32)
        made = cls.create(
            county=employer.county_id, employer=employer, market_day=day, name=name, purpose=purpose, made_by=made_by,
            ends_on=ends_on, token_hash=digest(token),
        )  # fmt: skip
        return made, token

    @classmethod
    def by_token(cls, token: str) -> "EmployerLink | None":
        """Find a link, one that holds no more too; ask ``holds``."""
        asked = digest(token)
        found: EmployerLink | None = cls.get_or_none(cls.token_hash == asked)
        return found if found is not None and hmac.compare_digest(found.token_hash, asked) else None

    @classmethod
    def of(cls, employer: Employer) -> "list[EmployerLink]":
        """Return an employer's links, ended ones too, the newest first."""
        return list(cls.select().where(cls.employer == employer).order_by(cls.id.desc()))

    @classmethod
    def end_of(cls, employer: Employer) -> None:
        """End the links of an employer that becomes a part of another one: they were not made for that one."""
        cls.update(revoked_at=utcnow()).where((cls.employer == employer) & cls.revoked_at.is_null()).execute()

    @classmethod
    def end_all(cls) -> None:
        """End every link, those too that were revoked after a backup was made that was put back."""
        cls.update(revoked_at=utcnow()).where(cls.revoked_at.is_null()).execute()


def usual_end(day: MarketDay | None, today: date) -> date:
    """Return the last day of a link unless another one is chosen."""
    return day.date + timedelta(days=DAYS_AFTER) if day else today + timedelta(days=DAYS_OF_SEASON)


def latest_end(day: MarketDay | None, today: date) -> date:
    """Return the latest last day that a link may have."""
    return day.date + timedelta(days=LONGEST_AFTER) if day else today + timedelta(days=LONGEST_OF_SEASON)
