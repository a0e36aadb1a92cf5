"""Consents: what a candidate gave one employer and withdrew, whichever came first."""

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField

from models.base.database import BaseModel, InstantField, execute_many, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Noun, delete_by
from models.derived.scope import Scope
from models.log.fact import data_of
from models.log.kind import Kind, Uuid, VacancyNumber
from models.log.operation import HAS_EFFECT
from models.market.market_day import MarketDay

GIVEN, WITHDRAWN = KINDS = ("consent.given", "consent.withdrawn")


class Consent(BaseModel):
    """A candidate's separate consent that one vacancy's employer gets their data (PIPL 23)."""

    id = CharField(max_length=36)
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
    candidate = CharField(max_length=36)
    vacancy = CharField(max_length=7, index=True)
    spoken = BooleanField(default=False)
    given_at = InstantField(null=True)
    withdrawn_at = InstantField(null=True)

    class Meta:
        primary_key = CompositeKey("candidate", "id")  # another's consent may not bear the same number


class Said(Kind):
    """``consent.given`` and ``consent.withdrawn``: about one candidate and one vacancy's employer."""

    candidate: Uuid
    vacancy: VacancyNumber
    spoken: bool | None = None


def store_consents(batch: Batch) -> None:
    """Derive the consents of the candidates who gave or withdrew one.

    Giving and withdrawing meet in one row; what it is about is said by whoever gave it, first.
    """
    candidates = {fact.subject for fact in batch.of(*KINDS)}
    rows = fetch_in(
        "SELECT o.uuid, o.kind, o.market_day_id, o.subject, o.at_ms, o.body, s.data FROM operation AS o"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        f" WHERE o.kind IN {KINDS} AND o.{HAS_EFFECT} AND o.subject IN (??)"
        " ORDER BY o.effective_ms, o.tablet_id, o.seq",
        candidates,
    )
    consents: dict[str, dict[str, list]] = {}
    for uuid, kind, *row in rows:
        consents.setdefault(uuid, {}).setdefault(kind, row)
    execute_many("DELETE FROM consent WHERE candidate = ?", [(candidate,) for candidate in candidates])
    execute_many(
        "INSERT INTO consent (id, market_day_id, candidate, vacancy, spoken, given_at, withdrawn_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (candidate, id) DO NOTHING",
        [(uuid, *_consent(said)) for uuid, said in consents.items()],
    )


def _consent(said: dict[str, list]) -> tuple:
    """Return the columns of a consent from the first operation of each kind: what gave it says what it is about."""
    given, withdrawn = said.get(GIVEN), said.get(WITHDRAWN)
    day, candidate, _, body, corrected = said.get(GIVEN) or said[WITHDRAWN]
    data = data_of(body, corrected)
    spoken = bool(given and data.get("spoken"))
    return day, candidate, data["vacancy"], spoken, given and given[2], withdrawn and withdrawn[2]


def announce(batch: Batch) -> None:
    """Tell the vacancy's booth to what its people agreed, and the booth that heard it."""
    for fact in batch.of(*KINDS):
        place = batch.place_of(fact)
        if batch.booth is not None:
            batch.own.add((batch.booth, "candidate", fact.node))
        if place and place.booth is not None and place.booth != batch.booth:
            batch.told.add((place.booth, "candidate", fact.node))


def take_back(scope: Scope) -> None:
    """Delete the consents of the people concerned."""
    delete_by("candidate", "consent", scope.nodes)


CONSENT = Noun(
    "consent", kinds=dict.fromkeys(KINDS, Said), tables=(Consent,), store=store_consents, announce=announce,
    take_back=take_back,
)
