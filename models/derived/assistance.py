"""Assistance: who of the office helps somebody, and what help a person in difficulty was given.

Of two helpers the latest stands. What was written down by mistake is withdrawn by another fact.
"""

from typing import Annotated, Literal

from msgspec import Meta
from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField

from models.base.database import BaseModel, execute_many, insert_many
from models.derived.batch import Batch, Regrouping
from models.derived.contact_attempt import refuse_of_others, standing
from models.derived.noun import Noun, delete_by
from models.derived.person import persons_of
from models.derived.scope import Scope
from models.log.kind import TEXT, Kind, Uuid, VacancyNumber
from models.market.market_day import MarketDay

ASSIGNED, GIVEN, WITHDRAWN = KINDS = ("helper.assigned", "assistance.given", "assistance.withdrawn")
HELPER = "helper"  # in the place of what help it was: who helps
LONGEST_NAME = 40  # letters


class Assistance(BaseModel):
    """Help that was given, or a helper. ``what``: ``helper``, ``guidance`` or ``offer``; ``about``: the helper's name
    (empty: nobody any more) or the number of the vacancy that was offered.
    """

    id = CharField(max_length=36)
    node = CharField(max_length=36)
    person = CharField(max_length=36, index=True)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    at_ms = BigIntegerField()
    what = CharField(max_length=16)
    about = CharField(max_length=LONGEST_NAME, default="")
    who = CharField(max_length=64, default="")

    class Meta:
        primary_key = CompositeKey("node", "id")


class Assigned(Kind):
    """``helper.assigned``: from now on this worker of the office helps the person; without one, nobody does."""

    candidate: Uuid
    helper: Annotated[str, Meta(max_length=LONGEST_NAME, pattern=TEXT)] | None = None


class Given(Kind):
    """``assistance.given``: guidance, or a post: the vacancy that was offered, which no booth has to have."""

    stays = frozenset({"offered"})

    candidate: Uuid
    what: Literal["guidance", "offer"]
    offered: VacancyNumber | None = None


class Withdrawn(Kind):
    """``assistance.withdrawn``: help was written down by mistake."""

    candidate: Uuid
    assistance: Uuid


def refuse(batch: Batch) -> None:
    """Refuse what does not come from the office."""
    refuse_of_others(batch, KINDS)


def store(batch: Batch) -> None:
    """Derive the help of the candidates about whom something was said."""
    nodes = {fact.node for fact in batch.of(*KINDS)}
    if not nodes:
        return
    said, persons = standing((ASSIGNED, GIVEN), (WITHDRAWN, "assistance"), nodes), persons_of(nodes)
    delete_by("node", "assistance", nodes)
    insert_many(
        "assistance", "id, node, person, market_day_id, at_ms, who, what, about",
        [(one.id, one.node, persons[one.node], one.day, one.at_ms, one.who, *_columns(one.data)) for one in said],
    )


def _columns(data: dict) -> tuple[str, str]:
    return (data["what"], data.get("offered") or "") if "what" in data else (HELPER, data.get("helper") or "")


def regroup(batch: Batch, regrouping: Regrouping) -> None:
    """Put the help of people who proved to be others under their names."""
    rows = [(person, node) for node, person in regrouping.now.items()]
    execute_many("UPDATE assistance SET person = ? WHERE node = ?", rows)


def take_back(scope: Scope) -> None:
    """Delete the help of the people concerned."""
    delete_by("node", "assistance", scope.nodes)


def forget(candidates: set[str]) -> None:
    """Keep what help was given, and not who helped."""
    sql = "UPDATE assistance SET about = '' WHERE what = ? AND node = ?"
    execute_many(sql, [(HELPER, candidate) for candidate in candidates])


ASSISTANCE = Noun(
    "assistance",
    kinds={ASSIGNED: Assigned, GIVEN: Given, WITHDRAWN: Withdrawn},
    tables=(Assistance,),
    read=refuse,
    store=store,
    regroup=regroup,
    take_back=take_back,
    forget=forget,
)
