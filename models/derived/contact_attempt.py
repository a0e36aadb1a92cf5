"""Contact attempts: how the office asked somebody after a market day, whether they were reached, and what they said.

They stand in the market day's log of what comes after it, so nothing of them is in the day's own figures. An attempt
that was written down by mistake is withdrawn by another fact, whichever of the two arrives first.
"""

from collections.abc import Collection
from typing import Annotated, NamedTuple

from msgspec import Meta
from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField

from models.base.database import BaseModel, execute_many, fetch_in, insert_many
from models.base.legible import read_legible
from models.derived.batch import Batch, Regrouping
from models.derived.noun import Noun, delete_by
from models.derived.person import persons_of
from models.derived.scope import Scope
from models.log.fact import data_of
from models.log.kind import TEXT, Kind, Place, Uuid, Word
from models.log.operation import HAS_EFFECT
from models.market.log import OF_THE_OFFICE
from models.market.market_day import MarketDay

ATTEMPTED, WITHDRAWN = KINDS = ("contact.attempted", "contact.withdrawn")
LONGEST_NOTE = LONGEST_WORK_AT = 100  # letters
Day = Annotated[str, Meta(pattern=r"\A20\d\d-\d\d-\d\d\Z")]
Note = Annotated[str, Meta(max_length=LONGEST_NOTE, pattern=TEXT)]


class ContactAttempt(BaseModel):
    """One attempt that stands. ``next_on`` is an ISO date, ``work_at`` where they work, ``who`` the account's login."""

    id = CharField(max_length=36)
    node = CharField(max_length=36)  # the candidate who was to be asked
    person = CharField(max_length=36, index=True)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    at_ms = BigIntegerField()
    channel = CharField(max_length=32)
    result = CharField(max_length=32)
    next_on = CharField(max_length=10, null=True)
    outcome = CharField(max_length=32, null=True)
    place = CharField(max_length=16, null=True)
    work_at = CharField(max_length=LONGEST_WORK_AT, default="")
    note = CharField(max_length=LONGEST_NOTE, default="")
    who = CharField(max_length=64, default="")

    class Meta:
        primary_key = CompositeKey("node", "id")


class Attempted(Kind, kw_only=True):
    """``contact.attempted``: somebody was called, written to or visited after the market day of the log."""

    stays = frozenset({"outcome"})

    candidate: Uuid
    channel: Word
    result: Word
    next_on: Day | None = None
    outcome: Word | None = None
    place: Place | None = None
    work_at: Note | None = None
    note: Note | None = None


class Withdrawn(Kind):
    """``contact.withdrawn``: an attempt was written down by mistake."""

    candidate: Uuid
    attempt: Uuid


class Said(NamedTuple):
    """A fact of the office about a candidate that stands. ``data`` are as corrected, where somebody corrected them."""

    id: str
    kind: str
    day: int
    node: str
    at_ms: int
    who: str
    data: dict


def standing(kinds: tuple[str, ...], withdrawn: tuple[str, str], nodes: Collection[str]) -> list[Said]:
    """Return what was said of candidates and not withdrawn, in its order; what came twice is there once.

    ``withdrawn`` is the kind that takes a fact back and the field that names the fact.
    """
    by, names = withdrawn
    rows = fetch_in(
        "SELECT o.uuid, o.kind, o.market_day_id, o.subject, o.at_ms, o.body, s.data FROM operation AS o"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        f" WHERE o.kind IN {(*kinds, by)} AND o.{HAS_EFFECT} AND o.subject IN (??)"
        " ORDER BY o.effective_ms, o.tablet_id, o.seq",
        nodes,
    )
    gone = {(row[3], data_of(row[5], row[6])[names].lower()) for row in rows if row[1] == by}
    said: dict[tuple[str, str], Said] = {}
    for id, kind, day, node, at_ms, body, corrected in rows:
        if kind != by and (node, id) not in gone:
            who = str(read_legible(body).get("operator") or "").removeprefix("organiser:")
            said.setdefault((node, id), Said(id, kind, day, node, at_ms, who[:64], data_of(body, corrected)))
    return list(said.values())


def refuse_of_others(batch: Batch, kinds: Collection[str]) -> None:
    """Refuse facts of these kinds that do not come from the office."""
    for fact in batch.facts:
        if fact.kind in kinds and batch.log.kind not in OF_THE_OFFICE:
            fact.refuse("not_permitted")


def refuse(batch: Batch) -> None:
    """Refuse attempts that do not come from the office."""
    refuse_of_others(batch, KINDS)


def store(batch: Batch) -> None:
    """Derive the attempts of the candidates about whom something was said."""
    nodes = {fact.node for fact in batch.of(*KINDS)}
    if not nodes:
        return
    said, persons = standing((ATTEMPTED,), (WITHDRAWN, "attempt"), nodes), persons_of(nodes)
    delete_by("node", "contact_attempt", nodes)
    insert_many(
        "contact_attempt",
        "id, node, person, market_day_id, at_ms, who, channel, result, next_on, outcome, place, work_at, note",
        [(one.id, one.node, persons[one.node], one.day, one.at_ms, one.who, *_columns(one.data)) for one in said],
    )


def _columns(data: dict) -> tuple:
    codes = (data.get(name) for name in ("next_on", "outcome", "place"))
    return data["channel"], data["result"], *codes, data.get("work_at") or "", data.get("note") or ""


def regroup(batch: Batch, regrouping: Regrouping) -> None:
    """Put the attempts of people who proved to be others under their names."""
    rows = [(person, node) for node, person in regrouping.now.items()]
    execute_many("UPDATE contact_attempt SET person = ? WHERE node = ?", rows)


def take_back(scope: Scope) -> None:
    """Delete the attempts of the people concerned."""
    delete_by("node", "contact_attempt", scope.nodes)


def forget(candidates: set[str]) -> None:
    """Keep how often people were asked and what came of it, and nothing that they said in words."""
    sql = "UPDATE contact_attempt SET next_on = NULL, work_at = '', note = '' WHERE node = ?"
    execute_many(sql, [(candidate,) for candidate in candidates])


CONTACT_ATTEMPT = Noun(
    "contact_attempt",
    kinds={ATTEMPTED: Attempted, WITHDRAWN: Withdrawn},
    tables=(ContactAttempt,),
    read=refuse,
    store=store,
    regroup=regroup,
    take_back=take_back,
    forget=forget,
)
