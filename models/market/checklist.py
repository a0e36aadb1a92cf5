"""Checklists: what has to be ready before a market day, who sees to it, and whether it is done.

Until somebody keeps a day's list it is what is usual at its kind of venue.
"""

from collections.abc import Iterable
from typing import NamedTuple

from peewee import AutoField, BooleanField, CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import InstantField, writing
from models.market.audited import Audited
from models.market.market_day import MarketDay
from models.vocabulary.checklist import USUAL_AT

MOST = 30  # lines: more do not fit on a sheet
OWN = "own-"  # before the number of an item that somebody added


class ChecklistItem(Audited):
    """One line of a day's list: a usual one by its ``code`` (models/vocabulary/checklist.py), or one of its own."""

    within = "market_day"

    id: "AutoField[int]"
    market_day_id: int
    market_day = ForeignKeyField(MarketDay, backref="checklist", on_delete="CASCADE")
    code = CharField(max_length=24, default="")
    text = CharField(default="")  # of one of its own
    person = CharField(default="")
    is_left_out = BooleanField(default=False)
    done_at = InstantField(null=True)
    done_by = CharField(default="")


class Line(NamedTuple):
    """A line as it is shown; ``key`` names it in a form. ``done_by`` is who ticked it in the office."""

    key: str
    code: str
    text: str
    person: str = ""
    is_left_out: bool = False
    is_done: bool = False
    done_by: str = ""


def checklist_of(day: MarketDay) -> list[Line]:
    """Return the lines of a market day's list; until it is kept, those that are usual at its venue. One statement."""
    items = list(ChecklistItem.select().where(ChecklistItem.market_day == day).order_by(ChecklistItem.id))
    if not items:
        return [Line(code, code, "") for code in USUAL_AT.get(day.venue, ())]
    return [
        Line(item.code or f"{OWN}{item.id}", item.code, item.text, item.person, item.is_left_out,
             item.done_at is not None, item.done_by)
        for item in items
    ]  # fmt: skip


def keep_checklist(day: MarketDay, who: str, lines: Iterable[Line]) -> None:
    """Store the lines of a market day's list; an own one without a text is taken off. ``who`` made the new ticks."""
    with writing():
        items = ChecklistItem.select().where(ChecklistItem.market_day == day)
        known = {item.code or f"{OWN}{item.id}": item for item in items}
        for line in lines:
            item = known.pop(line.key, None) or ChecklistItem(market_day=day, code=line.code)
            if not line.code and not line.text:
                if item.id:
                    item.delete_instance()
                continue
            item.text, item.person, item.is_left_out = line.text, line.person, line.is_left_out
            if line.is_done != (item.done_at is not None):
                item.done_at, item.done_by = (utcnow(), who) if line.is_done else (None, "")
            item.save()


def copy_checklist(source: MarketDay, day: MarketDay) -> None:
    """Give a market day the list of another, with who sees to what and nothing done. Inside ``writing()``."""
    items = ChecklistItem.select().where(ChecklistItem.market_day == source).order_by(ChecklistItem.id)
    for item in items:
        ChecklistItem.create(
            market_day=day, code=item.code, text=item.text, person=item.person, is_left_out=item.is_left_out
        )

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.text or self.code
