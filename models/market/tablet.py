"""Tablets: a device's log at one booth on one market day, made when the device is assigned there."""

from functools import cache
from itertools import islice
from typing import TypeVar

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.base.secret import digest
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.county import County
from models.market.device import Device
from models.market.log import Log, OfLog
from models.market.market_day import MarketDay

MOST_LOST = 100_000  # no tablet holds more: a larger count is a mistake or an attack
Row = TypeVar("Row", bound=BaseModel)


class Tablet(Audited):
    """What a device is at one booth on one market day; ``id`` is its log's id, by which addresses and facts know it.

    ``last_contact_at``, ``unsent`` and ``lost`` are of this log: the device may have gone on to another since.
    """

    within = "log"
    unnoted = frozenset({
        "last_contact_at", "unsent", "clock_offset_ms", "lost", "written_off_lost", "enrolled_at", "token_hash",
        "resume_hash",
    })  # fmt: skip

    id: int
    device_id: int
    log = ForeignKeyField(Log, column_name="id", primary_key=True, on_delete="CASCADE")
    device = ForeignKeyField(Device, backref="tablets", on_delete="CASCADE")
    assigned_at = InstantField(default=utcnow)
    withdrawn_at = InstantField(null=True)  # an organiser sent the device elsewhere; facts that come still count
    revoked_at = InstantField(null=True)  # its device lost its access
    last_contact_at = InstantField(null=True)
    unsent = IntegerField(null=True)  # what the tablet said it still held
    clock_offset_ms = BigIntegerField(default=0)  # server minus tablet, at the last contact
    lost = IntegerField(null=True)  # facts of this log that the device said are gone for good
    written_off_at = InstantField(null=True)  # an organiser expects nothing more of what it holds or lost until then
    written_off_lost = IntegerField(default=0)  # how many lost facts that was said of
    written_off_by = CharField(default="")
    written_off_why = CharField(default="")

    market_day, market_day_id = OfLog[MarketDay](), OfLog[int]()
    booth, booth_id = OfLog[Booth](), OfLog[int]()
    letter = OfLog[str]()
    acknowledged = OfLog[int]()

    @property
    def name(self) -> str:
        """What people call the device."""
        return self.device.name

    @classmethod
    def enlist(cls, booth: Booth, letter: str = "", device: Device | None = None, **fields: object) -> "Tablet":
        """Store a tablet with an empty log at a booth: of a device of the pool, or of a new one.

        ``fields`` are a new device's own, and the tablet's. Letters follow one another.
        """
        own = {name: value for name, value in fields.items() if name in cls._meta.fields}
        with writing():
            log = Log.at(booth, letter)
            if device is None:
                new = {name: value for name, value in fields.items() if name in Device._meta.fields}
                device = Device.create(county=booth.market_day.county_id, log_id=log.id, **new)
            return cls.create(log=log, device=device, **own)

    @classmethod
    def by_token(cls, token: str, named: "tuple[int, str] | None" = None) -> "Tablet | None":
        """Find the tablet that the device with this cookie speaks of, revoked ones included.

        ``named`` is (market day's id, letter): that log, if it is this device's; without it the one that the device
        was last heard to write. Its device, booth, day and county come with it.
        """
        if named is None:
            rows = fetch(_by_token("tablet.id = device.log_id"), (digest(token),))
        else:
            rows = fetch(_by_token("log.market_day_id = ? AND log.letter = ?"), (digest(token), *named))
        return _joined(rows[0]) if rows else None

    @classmethod
    def enrolled(cls, market_day: MarketDay) -> list["Tablet"]:
        """Return the market day's tablets, in order of their letters."""
        found = cls.select(cls, Log, Booth, Device).join(Log).join(Booth).switch(cls).join(Device)
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
        """Say whether the figures rest on it: revoked or sent elsewhere before it sent anything, it never was here."""
        return self.is_expected or self.acknowledged > 0

    @property
    def is_expected(self) -> bool:
        """Say whether its device is to work here."""
        return self.revoked_at is None and self.withdrawn_at is None

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
        """Take the access of its device at once; what it sent stays."""
        revoke(self.device)
        self.revoked_at = self.device.revoked_at


def revoke(device: Device) -> None:
    """Take a device's access at once. Its logs stay, and nothing more is expected of them."""
    with writing():
        device.revoked_at = device.revoked_at or utcnow()
        device.save(only=[Device.revoked_at])
        ended = Tablet.update(revoked_at=device.revoked_at)
        ended.where(Tablet.device == device, Tablet.revoked_at.is_null()).execute()


_WITH = (Tablet, Device, Log, Booth, MarketDay, County)  # what a request of a tablet needs, in one row


@cache
def _by_token(which: str) -> str:
    """Return the statement that finds a tablet with all that belongs to it: peewee takes a millisecond to write it."""
    columns = [f"{m._meta.table_name}.{f.column_name}" for m in _WITH for f in m._meta.sorted_fields]
    return (
        f"SELECT {', '.join(columns)} FROM device JOIN tablet ON tablet.device_id = device.id"
        " JOIN log ON log.id = tablet.id JOIN booth ON booth.id = log.booth_id"
        " JOIN market_day ON market_day.id = log.market_day_id JOIN county ON county.id = market_day.county_id"
        f" WHERE device.token_hash = ? AND {which}"
    )


def _joined(row: tuple) -> Tablet:
    """Return the tablet of one row, with its device, log, booth, market day and county at hand."""
    values = iter(row)

    def take(model: type[Row]) -> Row:
        fields = model._meta.sorted_fields
        return model.filled([field.column_name for field in fields], islice(values, len(fields)))

    tablet, device, log = take(Tablet), take(Device), take(Log)
    booth, day, county = take(Booth), take(MarketDay), take(County)
    tablet.device, tablet.log, log.booth, log.market_day, booth.market_day = device, log, booth, day, day
    day.county, device.county = county, county
    for known in (tablet, device, log, booth, day):  # what was found is as it is stored
        known._dirty.clear()
    return tablet
