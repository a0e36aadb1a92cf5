"""Rollups: the figures of each closed market day in one short row, so that a thousand of them are added up at once.

A row is filled when the day is closed, from the very figures that are frozen, and says nothing that the version does
not. Which lane of ``counts`` (models/base/lanes.py) is which figure, the table of figures says. A day's ``tablets`` and
its booths without one are counted, not named.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from peewee import BlobField, CharField, ForeignKeyField, IntegerField

from models.base.database import BaseModel, execute_many, fetch
from models.base.lanes import pack, to_bytes
from models.figures.breakdown import EVERYONE, FACTS
from models.market.market_day import MarketDay
from models.vocabulary.code_list import GROUPS, TALLY_TOPICS
from models.vocabulary.trade import TRADES

OTHER = "other"  # codes that no list has, all together: a tablet may send whatever it likes
TOTALS = (
    "persons", "visits", "nameless", "signed_up", "registered", "check_ins", "persons_checked_in", "attention",
    "waiting", "refused", "settled", "employers_on_site", "vacancy_kinds", "openings", "complete",
)  # fmt: skip
DICTS = ("reached", "persons_reached", "places", "migrant_places", "provinces", "referred", "taken_up")
BY_HAND = ("employers_online", "viewers")


class RollupFigure(BaseModel):
    """A figure that a market day may have, such as ``reached.hired``. Its id is its lane."""

    id = IntegerField(primary_key=True)
    name = CharField(unique=True)


class Rollup(BaseModel):
    """The figures of the version of a market day that holds."""

    market_day = ForeignKeyField(MarketDay, primary_key=True, on_delete="CASCADE")
    version = IntegerField()
    counts = BlobField()


def keep(day: MarketDay, version: int, figures: Mapping[str, Any]) -> None:
    """Store the figures of a version in the place of the one before; call it inside ``writing()``."""
    counts = counted(figures)
    lanes = {name: lane for lane, name in figure_names().items()}
    new = {name: lane for lane, name in enumerate((name for name in counts if name not in lanes), len(lanes))}
    execute_many("INSERT INTO rollup_figure (id, name) VALUES (?, ?)", [(lane, name) for name, lane in new.items()])
    lanes |= new
    execute_many(
        "INSERT INTO rollup (market_day_id, version, counts) VALUES (?, ?, ?)"
        " ON CONFLICT (market_day_id) DO UPDATE SET version = excluded.version, counts = excluded.counts",
        [(day.id, version, to_bytes(pack({lanes[name]: count for name, count in counts.items()})))],
    )


def figure_names() -> dict[int, str]:
    """Return the name of the figure in each lane."""
    return dict(fetch("SELECT id, name FROM rollup_figure"))


def counted(figures: Mapping[str, Any]) -> Counter[str]:
    """Return the figures of a market day that add up over days, by name; none that is 0.

    A row of a table is named with it: ``hours/9/visits``, ``trades/sewing/places``, ``groups/MIG,female,50-59/hired``.
    """
    found: Counter[str] = Counter({name: int(figures.get(name) or 0) for name in TOTALS})
    for table in DICTS:
        found.update({f"{table}.{name}": count for name, count in figures.get(table, {}).items()})
    found.update({name: figures["market_day"].get(name) or 0 for name in BY_HAND})
    found["tablets"] = len(figures["tablets"])
    found["tablets_complete"] = sum(bool(tablet["complete"]) for tablet in figures["tablets"])
    found["booths_without_tablet"] = len(figures.get("booths_without_tablet", ()))
    for topic, count in figures["tallies"].items():
        found[f"tallies.{topic if topic in TALLY_TOPICS else OTHER}"] += count
    for row in figures["hours"]:
        found.update({f"hours/{row['hour']}/{name}": row[name] for name in ("visits", "check_ins")})
    for row in figures["trades"]:
        trade = row["trade"] if row["trade"] in TRADES else OTHER
        found.update({f"trades/{trade}/{name}": row[name] for name in ("places", "seekers")})
    for row in figures["groups"]:
        group = row["group"] if row["group"] in (*GROUPS, EVERYONE) else OTHER
        found.update({f"groups/{group},{row['sex']},{row['age']}/{fact}": row[fact] for fact in FACTS})
    return Counter({name: count for name, count in found.items() if count})
