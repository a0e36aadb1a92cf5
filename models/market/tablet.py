"""Tablets: enrolled devices, each with a log."""

import secrets
from string import ascii_uppercase

from peewee import AutoField, BigIntegerField, CharField, Expression, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, db, writing
from models.base.secret import digest
from models.market.booth import Booth
from models.market.market_day import MarketDay

SECRET_LENGTH = len(secrets.token_urlsafe(32))
FAR_AWAY = "web"  # the letter of the log that holds what phones and organisers did




class Tablet(BaseModel):
    """A device with a log of its own. ``booth`` is null for the log of phones.

    ``rescued_from`` is the tablet some of whose facts this log keeps, because they fitted nowhere in its own
    (models/intake/hand_over.py); there is no device to such a log.
    """

    id: "AutoField[int]"
    market_day_id: int
    booth_id: int | None
    market_day = ForeignKeyField(MarketDay, backref="tablets", on_delete="CASCADE")
    booth = ForeignKeyField(Booth, null=True, backref="tablets", on_delete="CASCADE")
    letter = CharField(max_length=8)
    name = CharField(default="")
    token_hash = CharField(max_length=64, null=True, unique=True)
    enrolled_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)
    last_contact_at = InstantField(null=True)
    acknowledged = IntegerField(default=0)  # the highest contiguous seq that is stored
    unsent = IntegerField(null=True)  # what the tablet said it still held
    clock_offset_ms = BigIntegerField(default=0)  # server minus tablet, at the last contact
    latest_at = BigIntegerField(default=0)  # ms; its log never runs backwards (see Operation)
    resume_hash = CharField(max_length=64, null=True)  # of the secret that takes its log up again
    lost = IntegerField(null=True)  # facts of this log that the device said are gone for good
    rescued_from = IntegerField(null=True)  # a tablet's id

    class Meta:
        indexes = ((("market_day", "letter"), True),)

    @classmethod
    def by_token(cls, token: str) -> "Tablet | None":
        """Find the tablet that holds this cookie, revoked ones included."""
        return (
            cls.select(cls, Booth, MarketDay)
            .join(Booth)
            .switch(cls)
            .join(MarketDay)
            .where(cls.token_hash == digest(token))
            .first()
        )

    @classmethod
    def to_resume(cls, booth: Booth, secret: str) -> "Tablet | None":
        """Find the booth's tablet that was given this secret, unless it was revoked."""
        if not secret:
            return None
        return cls.get_or_none(
            cls.booth == booth, cls.resume_hash == digest(secret), cls.revoked_at.is_null()
        )

    @classmethod
    def is_forgotten(cls, secret: str) -> bool:
        """Say whether a database that is gone gave a device this secret: nobody has it here, nobody guesses it."""
        unknown = not cls.select().where(cls.resume_hash == digest(secret)).exists()
        return len(secret) == SECRET_LENGTH and unknown

    def note_lost(self, count: int) -> bool:
        """Keep the most facts that the device ever said it lost; return whether that is news."""
        if count <= (self.lost or 0):
            return False
        self.lost = count
        with writing():
            self.save(only=[Tablet.lost])
        return True

    @classmethod
    def of_phones(cls, market_day: MarketDay) -> "Tablet":
        """Return the market day's log for what is done on phones, made on first use."""
        sql = "SELECT * FROM tablet WHERE market_day_id = ? AND letter = ?"
        found = cls.find(sql, market_day.id, FAR_AWAY)
        return found or cls.get_or_create(market_day=market_day, letter=FAR_AWAY)[0]

    @classmethod
    def is_device(cls) -> Expression:
        """Return the condition for a real tablet: neither the phones' log nor what was kept apart."""
        return cls.booth.is_null(False) & cls.rescued_from.is_null()

    @property
    def is_complete(self) -> bool:
        """Say whether it has synced and did not say that it holds more, or lost some."""
        return self.last_contact_at is not None and not self.unsent and not self.lost

    def revoke(self) -> None:
        """Take the tablet's access at once; what it sent stays."""
        self.revoked_at = utcnow()
        with writing():
            self.save(only=[Tablet.revoked_at])

    def rescue_log(self) -> "Tablet":
        """Return the log for what does not fit into this tablet's own, made on first use. Inside ``writing()``."""
        return Tablet.get_or_none(rescued_from=self.id) or Tablet.create(
            market_day=self.market_day_id,
            booth=self.booth_id,
            letter=next_letter(self.market_day),
            rescued_from=self.id,
            clock_offset_ms=self.clock_offset_ms,
        )

    @classmethod
    def enrolled(cls, market_day: MarketDay) -> list["Tablet"]:
        """Return the market day's real tablets, in order of their letters."""
        return list(
            cls.select(cls, Booth)
            .join(Booth)
            .where(cls.market_day == market_day, cls.is_device())
            .order_by(cls.id)
        )






def next_letter(market_day: MarketDay) -> str:
    """Return the letter of the market day's next log: A to Z, then AA."""
    taken = Tablet.select().where(Tablet.market_day == market_day, Tablet.letter != FAR_AWAY)
    tens, ones = divmod(taken.count(db), 26)
    return (ascii_uppercase[tens - 1] if tens else "") + ascii_uppercase[ones]
