"""Enrolments: the one-time codes that bring a device into the county's pool and assign it to a booth."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import AutoField, CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.base.secret import digest
from models.market.assignment import send_to
from models.market.booth import Booth
from models.market.device import LONGEST, READY, Device
from models.market.log import Log
from models.market.tablet import Tablet

CODE_LIFETIME = timedelta(minutes=10)
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 10  # 49 bits for ten minutes and few tries


class Enrolment(BaseModel):
    """A one-time code, shown as a QR, that turns a device into a booth's tablet."""

    id: "AutoField[int]"
    booth_id: int
    booth = ForeignKeyField(Booth, backref="enrolments", on_delete="CASCADE")
    code_hash = CharField(max_length=64, unique=True)
    expires_at = InstantField()
    used_at = InstantField(null=True)

    @classmethod
    def open(cls, booth: Booth, now: datetime | None = None) -> str:
        """Make a code for one tablet of a booth and return it; it is stored hashed."""
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        expires_at = (now or utcnow()) + CODE_LIFETIME
        cls.create(booth=booth, code_hash=digest(code), expires_at=expires_at)
        return code

    @classmethod
    def redeem(cls, code: str, name: str = "", resume: str = "") -> "Enrolled | None":
        """Turn a code into a tablet, or return None when it is unknown, used or too old.

        ``resume`` is the secret that an earlier enrolment gave: a device of this county that has it is the same
        device again unless it was revoked, and at the code's booth the same tablet again if it was one there. Its old
        cookie is dead from then on; other booths of that date give it up. One that this database forgot keeps its
        secret, by which it sees that none of its facts are here. A code that was typed may be in small letters and
        have blanks.
        """
        code = code.upper().replace("-", "").replace(" ", "")
        with writing():
            now = utcnow()
            used = (
                cls.update(used_at=now)
                .where(cls.code_hash == digest(code), cls.used_at.is_null(), cls.expires_at > now)
                .execute()
            )
            if not used:
                return None
            booth = cls.get(code_hash=digest(code)).booth
            token = secrets.token_urlsafe(32)
            county = booth.market_day.county_id
            device = Device.to_resume(county, resume)
            if device is None:
                resume = resume if Device.is_forgotten(resume) else secrets.token_urlsafe(32)
                device = Device(county=county, resume_hash=digest(resume))
            device.token_hash, device.state = digest(token), READY
            device.name = name[:LONGEST] or device.name
            device.save()
            found = Tablet.select().join(Log).where(Tablet.device == device, Log.booth == booth).exists()
            tablet = send_to(device, booth)
            return Enrolled(tablet, token, resume, resumed=found)


class Enrolled(NamedTuple):
    """What a device gets: who it is, its cookie, and the secret that makes it the same tablet again."""

    tablet: Tablet
    cookie: str
    resume: str
    resumed: bool
