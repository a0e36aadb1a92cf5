"""Paper batches: papers of several market days as one PDF, how far it is, and the file for a day."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from peewee import AutoField, BlobField, CharField, ForeignKeyField, IntegerField

from models.base.clock import milliseconds, utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.base.lists import ListField
from models.market.county import County
from models.market.division import Division
from models.market.market_day import MarketDay

WAITING, WORKING, DONE, FAILED, STOPPED = "waiting", "working", "done", "failed", "stopped"
OPEN = (WAITING, WORKING)
KEPT = timedelta(days=1)  # how long a file is there: it can be made again in seconds
SILENT = 30  # seconds after which a claim counts as given up: its process died
MOST_DAYS = 20  # in one file
SHOWN = 40  # days to choose from


class PaperBatch(BaseModel):
    """A file that somebody asked for. ``done`` of ``total`` papers are drawn; then they are set all at once."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    days = ListField(default=())  # ids of market days, of this county
    papers = ListField(default=())  # codes of DAY_PAPERS
    size = CharField(max_length=2, default="a4")  # of posters
    language = CharField(max_length=8, default="zh")
    state = CharField(max_length=10, default=WAITING, index=True)
    trouble = CharField(max_length=16, default="")
    done = IntegerField(default=0)
    total = IntegerField(default=0)
    sheets = IntegerField(default=0)
    content = BlobField(null=True)
    made_by = CharField()
    made_at = InstantField(default=utcnow, index=True)
    tries = IntegerField(default=0)  # processes that took it
    claim = CharField(max_length=36, default="")
    claimed_at = InstantField(null=True)

    @property
    def is_open(self) -> bool:
        """Say whether a process has to go on with it."""
        return self.state in OPEN

    def market_days(self) -> list[MarketDay]:
        """Return its market days that are still there, by date and town."""
        mine = MarketDay.select(MarketDay, Division).join(Division).where(MarketDay.county == self.county_id)
        chosen = mine.where(MarketDay.id.in_([int(day) for day in self.days or []]))
        return list(chosen.order_by(MarketDay.date, MarketDay.town, MarketDay.id))


class BatchStopped(Exception):
    """The batch is not this process's to go on with: it was stopped or deleted, or another has it."""


def days_to_print(county: County, since: date, towns: Collection[str] | None) -> list[MarketDay]:
    """Return the county's next market days, of these towns or of all (None), by date."""
    mine = MarketDay.select(MarketDay, Division).join(Division).where(
        MarketDay.county == county, MarketDay.date >= since, MarketDay.cancelled_at.is_null()
    )  # fmt: skip
    if towns is not None:
        mine = mine.where(MarketDay.town.in_(sorted(towns)))
    return list(mine.order_by(MarketDay.date, MarketDay.town, MarketDay.id).limit(SHOWN))


def batches_of(county: County, most: int = 30) -> list[PaperBatch]:
    """Return a county's batches, the latest first, without their files."""
    fields = [field for field in PaperBatch._meta.sorted_fields if field.name != "content"]
    mine = PaperBatch.select(*fields).where(PaperBatch.county == county)
    return list(mine.order_by(PaperBatch.id.desc()).limit(most))


def is_waiting() -> bool:
    """Say whether a process has to be started: a batch is to be gone on with, and none does."""
    return bool(_free())


def _free() -> list[int]:
    until = milliseconds(utcnow()) - SILENT * 1000
    return sorted(id for (id,) in fetch(
        "SELECT id FROM paper_batch WHERE state IN (?, ?) AND (claimed_at IS NULL OR claimed_at < ?)", (*OPEN, until)
    ))  # fmt: skip


def claim_next() -> PaperBatch | None:
    """Take the oldest batch that nobody works on for this process."""
    with writing():
        for id in _free()[:1]:
            PaperBatch.update(
                state=WORKING, claim=str(uuid4()), claimed_at=utcnow(), tries=PaperBatch.tries + 1, done=0
            ).where(PaperBatch.id == id).execute()
            return PaperBatch.get_by_id(id)
    return None


def go_on(batch: PaperBatch, **fields: Any) -> None:
    """Store how far a batch is, and that its process lives. Raises BatchStopped."""
    with writing():
        is_mine = (PaperBatch.id == batch.id) & (PaperBatch.claim == batch.claim) & (PaperBatch.state == WORKING)
        if not PaperBatch.update(claimed_at=utcnow(), **fields).where(is_mine).execute():
            raise BatchStopped


def stop(batch: PaperBatch) -> bool:
    """Stop a batch that is not made yet; say whether it was so."""
    with writing():
        mine = PaperBatch.update(state=STOPPED, claim="").where(PaperBatch.id == batch.id, PaperBatch.state.in_(OPEN))
        return bool(mine.execute())


def drop_old() -> None:
    """Delete what is older than a day, with its file."""
    old = fetch("SELECT id FROM paper_batch WHERE made_at < ?", (milliseconds(utcnow() - KEPT),))
    if old:
        with writing():
            PaperBatch.delete().where(PaperBatch.id.in_([id for (id,) in old])).execute()
