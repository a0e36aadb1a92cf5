"""Invitations: links that make an account, or give one a new password, once and within seven days."""

import secrets
from datetime import datetime, timedelta

from peewee import AutoField, CharField, ForeignKeyField, TextField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.base.secret import digest
from models.market.audited import Audited
from models.market.county import County
from models.market.organiser import Organiser

HOLDS_FOR = timedelta(days=7)


class Invitation(Audited):
    """A one-time link: with ``organiser`` for a new password of that account, else for a new account.

    ``towns`` are the codes of a clerk's towns, parted by commas. The link is kept as a digest and shown once.
    """

    unnoted = frozenset({
        "made_at",
        "made_by",
        "token_hash",
    })

    id: "AutoField[int]"
    county_id: int
    organiser_id: int | None
    county = ForeignKeyField(County, on_delete="CASCADE")
    organiser = ForeignKeyField(Organiser, null=True, on_delete="CASCADE")
    name = CharField(default="")  # whom it is for, as the person who invites calls them
    role = CharField(max_length=16, default="")
    towns = TextField(default="")
    token_hash = CharField(max_length=64, unique=True)
    made_by = CharField()
    made_at = InstantField(default=utcnow)
    ends_at = InstantField()
    used_at = InstantField(null=True)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.name or self.role

    @classmethod
    def issue(cls, county: County, made_by: str, now: datetime | None = None, **fields: object) -> tuple[str, datetime]:
        """Make an invitation; return its token, which is shown once, and until when it holds."""
        token, now = secrets.token_urlsafe(32), now or utcnow()
        ends_at = now + HOLDS_FOR
        cls.create(
            county=county, made_by=made_by, made_at=now, ends_at=ends_at, token_hash=digest(token), **fields
        )  # fmt: skip
        return token, ends_at

    @classmethod
    def by_token(cls, token: str, now: datetime | None = None) -> "Invitation | None":
        """Find an invitation that holds: neither used nor over, and not of an account that is switched off."""
        holds = cls.used_at.is_null() & (cls.ends_at > (now or utcnow()))
        found = cls.get_or_none((cls.token_hash == digest(token)) & holds)
        is_off = found and found.organiser is not None and found.organiser.switched_off_at
        return None if is_off else found

    @classmethod
    def open_of(cls, county: County, now: datetime | None = None) -> "list[Invitation]":
        """Return a county's invitations to new accounts that hold, the newest first."""
        holds = cls.used_at.is_null() & (cls.ends_at > (now or utcnow())) & cls.organiser.is_null()
        return list(cls.select().where((cls.county == county) & holds).order_by(cls.id.desc()))

    @classmethod
    def end_resets(cls, organiser: Organiser) -> None:
        """End the links to a new password of an account."""
        cls.delete().where((cls.organiser == organiser) & cls.used_at.is_null()).execute()

    @classmethod
    def end_made_by(cls, organiser: Organiser) -> None:
        """End the open links of somebody who may not invite any more: they may have kept one for themselves."""
        theirs = (cls.county == organiser.county_id) & (cls.made_by == organiser.login)
        cls.delete().where(theirs & cls.used_at.is_null()).execute()

    @classmethod
    def end_all(cls) -> None:
        """End every open link, those too that were used after a backup was made that was put back."""
        cls.delete().where(cls.used_at.is_null()).execute()

    @property
    def town_codes(self) -> list[str]:
        """The codes of a clerk's towns."""
        return self.towns.split(",") if self.towns else []
