"""Devices: tablets in a county's pool, each enrolled once. At which booths it stands is said by assignment.py."""

import re
import secrets
from typing import NamedTuple

from peewee import AutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import InstantField
from models.base.legible import legible
from models.base.order import by_pinyin
from models.base.secret import digest
from models.market.audited import Audited
from models.market.county import County

SECRET_LENGTH = len(secrets.token_urlsafe(32))
LONGEST = 60  # letters of a name, a browser, a release
READY, SPARE, LOST, REPLACED = STATES = ("ready", "spare", "lost", "replaced")  # what an organiser says of it


_BROWSER = re.compile(r"(Chrome|Firefox|Version)/(\d+)")  # "Version" is how Safari counts


class Device(Audited):
    """A tablet that a county owns: its cookie, its secret, and what it said of itself at its last contact.

    ``log_id`` is the log that it was last heard to write, or was enrolled for: where a batch belongs that names none,
    as those of releases before the pool do.
    """

    unnoted = frozenset({
        "last_contact_at",
        "log_id",
        "browser",
        "release",
        "battery",
        "token_hash",
        "resume_hash",
        "enrolled_at",
    })

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, backref="devices", on_delete="CASCADE")
    name = CharField(default="")
    state = CharField(max_length=8, default=READY)
    token_hash = CharField(max_length=64, null=True, unique=True)
    resume_hash = CharField(max_length=64, null=True, index=True)  # of the secret that makes it the same device again
    enrolled_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)
    last_contact_at = InstantField(null=True)
    log_id = BigIntegerField(null=True)
    browser = CharField(default="")
    release = CharField(default="")
    battery = IntegerField(null=True)  # per cent, at the last contact

    @classmethod
    def to_resume(cls, county: County | int, secret: str) -> "Device | None":
        """Find the county's device that was given this secret, unless it was revoked."""
        if not secret:
            return None
        return cls.get_or_none((cls.county == county) & (cls.resume_hash == digest(secret)) & cls.revoked_at.is_null())

    @classmethod
    def is_forgotten(cls, secret: str) -> bool:
        """Say whether this is the secret of a device that the database lost: of the right length, and unknown here."""
        unknown = not cls.select().where(cls.resume_hash == digest(secret)).exists()
        return len(secret) == SECRET_LENGTH and unknown

    @classmethod
    def pool(cls, county: County) -> "list[Device]":
        """Return a county's devices, the revoked ones last, by name; those of one name as they were enrolled."""
        found = cls.select().where(cls.county == county).order_by(cls.id)
        return sorted(found, key=lambda device: (device.revoked_at is not None, by_pinyin(device.name)))

    @classmethod
    def is_any_in(cls, county: County) -> bool:
        """Say whether a county has a device, revoked ones too."""
        return bool(cls.select().where(cls.county == county).exists())

    @property
    def is_usable(self) -> bool:
        """Say whether it can be sent to a booth."""
        return self.revoked_at is None and self.state in (READY, SPARE)


class About(NamedTuple):
    """What a device says of itself at a contact: its browser, its release, its battery in per cent."""

    browser: str = ""
    release: str = ""
    battery: int | None = None


NOTHING_SAID = About()


def browser_of(user_agent: str) -> str:
    """Return the browser that a User-Agent names, with its major version, or its beginning when none is known."""
    found = _BROWSER.search(user_agent)
    return f"{found[1]} {found[2]}" if found else legible(user_agent)[:LONGEST]
