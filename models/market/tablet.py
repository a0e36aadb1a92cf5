"""Tablets: enrolled devices, each of which writes a log."""

import secrets
from functools import cache
from itertools import islice
from typing import Generic, TypeVar

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.base.secret import digest
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.county import County
from models.market.log import Log
from models.market.market_day import MarketDay

MOST_LOST = 100_000  # no tablet holds more: a larger count is a mistake or an attack
SECRET_LENGTH = len(secrets.token_urlsafe(32))
Value = TypeVar("Value")
Row = TypeVar("Row", bound=BaseModel)


class OfLog(Generic[Value]):
    """What a tablet's log says, read from the tablet. A query has to name ``Log``: the table ``tablet`` lacks it."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, tablet: "Tablet | None", owner: type) -> Value:
        if tablet is None:
            raise AttributeError(f"a query for {self._name} joins Log")
        return getattr(tablet.log, self._name)


class Tablet(Audited):
    """A device that writes a log; ``id`` is the log's id, by which addresses and facts know it."""

    within = "log"
    unnoted = frozenset({
        "last_contact_at", "unsent", "clock_offset_ms", "lost", "written_off_lost", "enrolled_at", "token_hash",
        "resume_hash",
    })  # fmt: skip

    id: int
    log = ForeignKeyField(Log, column_name="id", primary_key=True, on_delete="CASCADE")
    name = CharField(default="")
    token_hash = CharField(max_length=64, null=True, unique=True)
    enrolled_at = InstantField(default=utcnow)
    revoked_at = InstantField(null=True)
    last_contact_at = InstantField(null=True)
    unsent = IntegerField(null=True)  # what the tablet said it still held
    clock_offset_ms = BigIntegerField(default=0)  # server minus tablet, at the last contact
    resume_hash = CharField(max_length=64, null=True)  # of the secret that takes its log up again
    lost = IntegerField(null=True)  # facts of this log that the device said are gone for good
    written_off_at = InstantField(null=True)  # an organiser expects nothing more of what it holds or lost until then
    written_off_lost = IntegerField(default=0)  # how many lost facts that was said of
    written_off_by = CharField(default="")
    written_off_why = CharField(default="")

    market_day, market_day_id = OfLog[MarketDay](), OfLog[int]()
    booth, booth_id = OfLog[Booth](), OfLog[int]()
    letter = OfLog[str]()
    acknowledged = OfLog[int]()

    @classmethod
    def enlist(cls, booth: Booth, letter: str = "", **device: object) -> "Tablet":
        """Store a tablet with an empty log at a booth; ``device`` are its own fields. Letters follow one another."""
        with writing():
            return cls.create(log=Log.at(booth, letter), **device)

    @classmethod
    def by_token(cls, token: str) -> "Tablet | None":
        """Find the tablet that holds this cookie, revoked ones included; its booth, day and county come with it."""
        rows = fetch(_by_token(), (digest(token),))
        return _joined(rows[0]) if rows else None

    @classmethod
    def to_resume(cls, booth: Booth, secret: str) -> "Tablet | None":
        """Find the booth's tablet that was given this secret, unless it was revoked."""
        if not secret:
            return None
        at_booth = cls.select(cls, Log).join(Log).where(Log.booth == booth)
        return at_booth.where(cls.resume_hash == digest(secret), cls.revoked_at.is_null()).first()

    @classmethod
    def is_forgotten(cls, secret: str) -> bool:
        """Say whether this is the secret of a tablet that the database lost: of the right length, and unknown here."""
        unknown = not cls.select().where(cls.resume_hash == digest(secret)).exists()
        return len(secret) == SECRET_LENGTH and unknown

    @classmethod
    def enrolled(cls, market_day: MarketDay) -> list["Tablet"]:
        """Return the market day's tablets, in order of their letters."""
        found = cls.select(cls, Log, Booth).join(Log).join(Booth)
        return list(found.where(Log.market_day == market_day).order_by(cls.log))

    def note_lost(self, count: int) -> bool:
        """Keep the most facts that the device ever said it lost, at most ``MOST_LOST``; return whether that is news."""
        count = min(count, MOST_LOST)
        if count <= (self.lost or 0):
            return False
        self.lost = count
        with writing():
            self.save(only=[Tablet.lost])
        return True

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.log.letter

    def county_noted(self) -> int | None:
        """Return the county of its log."""
        return self.log.market_day.county_id

    @property
    def counts(self) -> bool:
        """Say whether the figures rest on it: one that was revoked before it sent anything is as if it never was."""
        return self.revoked_at is None or self.acknowledged > 0

    @property
    def is_complete(self) -> bool:
        """Say whether it has synced and did not say that it holds more, or lost some, that was not written off."""
        if self.written_off_at and (self.last_contact_at is None or self.last_contact_at <= self.written_off_at):
            return True
        return self.last_contact_at is not None and not self.unsent and (self.lost or 0) <= self.written_off_lost

    def write_off(self, who: str, why: str) -> None:
        """Note that an organiser expects nothing more of what it holds or lost. A later contact is judged anew."""
        self.written_off_at, self.written_off_lost = utcnow(), self.lost or 0
        self.written_off_by, self.written_off_why = who, why
        self._keep_write_off()

    def take_back_write_off(self) -> None:
        """Expect again what was written off."""
        self.written_off_at, self.written_off_lost, self.written_off_by, self.written_off_why = None, 0, "", ""
        self._keep_write_off()

    def _keep_write_off(self) -> None:
        fields = (Tablet.written_off_at, Tablet.written_off_lost, Tablet.written_off_by, Tablet.written_off_why)
        with writing():
            self.save(only=list(fields))

    def revoke(self) -> None:
        """Take the tablet's access at once; what it sent stays."""
        self.revoked_at = utcnow()
        with writing():
            self.save(only=[Tablet.revoked_at])


_WITH = (Tablet, Log, Booth, MarketDay, County)  # what a request of a tablet needs, in one row


@cache
def _by_token() -> str:
    """Return the statement that finds a tablet with all that belongs to it: peewee takes a millisecond to write it."""
    columns = [f"{m._meta.table_name}.{f.column_name}" for m in _WITH for f in m._meta.sorted_fields]
    return (
        f"SELECT {', '.join(columns)} FROM tablet JOIN log ON log.id = tablet.id JOIN booth ON booth.id = log.booth_id"
        " JOIN market_day ON market_day.id = log.market_day_id JOIN county ON county.id = market_day.county_id"
        " WHERE tablet.token_hash = ?"
    )


def _joined(row: tuple) -> Tablet:
    """Return the tablet of one row, with its log, booth, market day and county at hand."""
    values = iter(row)

    def take(model: type[Row]) -> Row:
        fields = model._meta.sorted_fields
        return model.filled([field.column_name for field in fields], islice(values, len(fields)))

    tablet, log, booth, day, county = take(Tablet), take(Log), take(Booth), take(MarketDay), take(County)
    tablet.log, log.booth, log.market_day, booth.market_day, day.county = log, booth, day, day, county
    for known in (tablet, log, booth, day):  # what was found is as it is stored
        known._dirty.clear()
    return tablet
