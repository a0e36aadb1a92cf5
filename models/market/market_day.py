"""Market days: one date at one market, with its booths and its change log."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from peewee import (
    AutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    ModelSelect,
    fn,
)

from models.base.clock import milliseconds, utcnow
from models.base.database import InstantField, is_sqlite
from models.market.audited import Audited
from models.market.campaign import Campaign
from models.market.county import County
from models.market.division import Division
from models.market.market_hours import closing_time
from models.market.series import Series
from models.market.used_number import UsedNumber

MARKET_DAY = "market_day"  # as used_number.py names its numbers
# What a calendar shows of a day: a change of one of these is a new revision of it (RFC 5545, SEQUENCE).
IN_CALENDARS = frozenset({
    "town", "date", "opens_at", "closes_at", "place", "published_at", "cancelled_at", "cancelled_why",
})  # fmt: skip
YOUNGEST = 16  # nobody younger may be introduced to work (Provisions on Prohibiting Child Labour, 2)


class MarketDay(Audited):
    """One date at one market. ``position`` is the head of its change log.

    A cancelled day keeps what was recorded for it, and counts among no market days. A day that was not published is a
    draft. ``postponed_from`` is the first date for which its posters were printed. In which state it is:
    models/market/life.py.
    """

    unnoted = frozenset({"position", "series", "revision", "revised_at"})

    id: "AutoField[int]"
    county_id: int
    campaign_id: int | None
    town_id: str
    series_id: int | None
    booths: "ModelSelect[Any]"
    booth_count: int  # of a query that counts them
    pass_ranges: "ModelSelect[Any]"
    county = ForeignKeyField(County, backref="market_days", on_delete="CASCADE")
    campaign = ForeignKeyField(Campaign, null=True, backref="market_days", on_delete="SET NULL")
    town = ForeignKeyField(Division)
    date = DateField(index=True)
    opens_at = CharField(max_length=5, default="08:00")  # local time
    closes_at = CharField(max_length=5, default="12:00")
    venue = CharField(max_length=16, default="MARKET_TOWN")
    event_type = CharField(max_length=16, default="MARKET")  # codes: models/vocabulary/event.py
    event_class = CharField(max_length=16, default="MICRO")
    level = CharField(max_length=8, default="COUNTY")
    hosts = CharField(default="")  # empty: the county's service
    co_organisers = CharField(default="")
    employers_online = IntegerField(null=True)
    viewers = IntegerField(null=True)  # of a live stream, entered by hand: in no figure of who came
    place = CharField(default="")
    position = BigIntegerField(default=0)
    published_at = InstantField(null=True, default=utcnow)
    published_by = CharField(default="")
    afterwards = BooleanField(default=False)  # recorded when its date was past
    postponed_at = InstantField(null=True)
    postponed_by = CharField(default="")
    postponed_why = CharField(default="")
    postponed_from = DateField(null=True)
    cancelled_at = InstantField(null=True)
    cancelled_by = CharField(default="")
    cancelled_why = CharField(default="")
    series = ForeignKeyField(Series, null=True, backref="market_days", on_delete="SET NULL")
    revision = IntegerField(default=0)  # how often what calendars show of it changed
    revised_at = InstantField(null=True)

    @classmethod
    def update(cls, __data: Any = None, **update: Any) -> Any:
        """As Audited's own; what changes in people's calendars is a new revision."""
        if IN_CALENDARS & update.keys():
            update |= {"revision": cls.revision + 1, "revised_at": utcnow()}
        return super().update(__data, **update)

    def save(self, force_insert: bool = False, only: Any = None) -> Any:
        """As peewee's own; a new market day never gets the number of one that was removed.

        Posters and tablets name days by their numbers. PostgreSQL gives none twice; SQLite gives the last one again.
        """
        if self.id is None and is_sqlite():
            used, newest = UsedNumber.last_of(MARKET_DAY), MarketDay.select(fn.MAX(MarketDay.id)).scalar() or 0
            if used > newest:
                self.id, force_insert = used + 1, True
        return super().save(force_insert, only)

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.date} {self.town.name}"

    @property
    def is_cancelled(self) -> bool:
        """Say whether an organiser cancelled it."""
        return self.cancelled_at is not None

    @property
    def is_draft(self) -> bool:
        """Say whether the public may not see it yet."""
        return self.published_at is None and not self.is_cancelled

    @property
    def town_name(self) -> str:
        """The town as people call it."""
        return self.town.name

    def utc_offset_ms(self) -> int:
        """Return what to add to UTC for this day's local time, in ms."""
        noon = datetime.combine(self.date, time(12))
        return int((self.county.zone().utcoffset(noon) or timedelta()) / timedelta(milliseconds=1))

    def hours_ms(self, around: timedelta = timedelta()) -> tuple[int, int]:
        """Return when the market opens and closes, in ms since 1970, each moved outwards by ``around``.

        A market that closes at or before the hour at which it opens closes on the next morning.
        """
        starts = datetime.combine(self.date, time.fromisoformat(self.opens_at), UTC)
        ends = closing_time(self.date, self.opens_at, self.closes_at).replace(tzinfo=UTC)
        offset = self.utc_offset_ms()
        return milliseconds(starts - around) - offset, milliseconds(ends + around) - offset

    def latest_birth_year(self) -> int:
        """Return the last birth year whose people may be 16 on the day.

        People born in that very year are 15 or 16: somebody has to ask.
        """
        return self.date.year - YOUNGEST


def is_under_age(birth_year: int, on: date) -> bool:
    """Say whether somebody of this birth year is certainly under 16 on a date."""
    return on.year - birth_year < YOUNGEST
