"""Consents in a batch: what a candidate gave and withdrew, whichever came first."""

from models.base.database import execute_many, fetch_in
from models.derived.batch import Batch
from models.log.fact import data_of

KINDS = ("consent.given", "consent.withdrawn")


def store_consents(batch: Batch) -> None:
    """Derive the consents of the candidates who gave or withdrew one.

    Giving and withdrawing meet in one row; what it is about is said by whoever gave it, first.
    """
    candidates = {fact.subject for fact in batch.of(*KINDS)}
    rows = fetch_in(
        "SELECT o.uuid, o.kind, o.market_day_id, o.subject, o.at_ms, o.body, s.data FROM operation AS o"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        f" WHERE o.kind IN {KINDS} AND o.outcome <> 'refused' AND o.subject IN (??)"
        " ORDER BY o.effective_ms, o.tablet_id, o.seq",
        candidates,
    )
    consents: dict[str, dict[str, list]] = {}
    for uuid, kind, *row in rows:
        consents.setdefault(uuid, {}).setdefault(kind, row)
    execute_many("DELETE FROM consent WHERE candidate = ?", [(candidate,) for candidate in candidates])
    execute_many(
        "INSERT INTO consent (id, market_day_id, candidate, vacancy, spoken, given_at, withdrawn_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        [(uuid, *_consent(*map(said.get, KINDS))) for uuid, said in consents.items()],
    )


def _consent(given: list | None, withdrawn: list | None) -> tuple:
    """Return the columns of a consent from the first operation that gave it and the first that withdrew it."""
    day, candidate, _, body, corrected = given or withdrawn
    data = data_of(body, corrected)
    spoken = bool(given and data.get("spoken"))
    return day, candidate, data["vacancy"], spoken, given and given[2], withdrawn and withdrawn[2]
