"""Parallel edits: what several people wrote of one candidate from the same version, side by side."""

import json
from dataclasses import dataclass

from models.base.database import fetch
from models.base.legible import legible_in
from models.derived.candidate_form import COLUMNS
from models.derived.contact import opened
from models.keys.seal import private_keys
from models.log.fact import data_of
from models.log.operation import HAS_EFFECT
from models.market.market_day import MarketDay
from models.quarantine.entry import Entry, entries

AMENDED, REGISTERED = "candidate.amended", "candidate.registered"


@dataclass(frozen=True)
class Parallel:
    """Edits of one candidate from one version, those that count, the one that stands last.

    ``before`` is what stood there until then. ``fields`` are those that any of them changed, in the form's order.
    """

    before: dict
    edits: list[tuple[Entry, dict]]

    @property
    def fields(self) -> list[str]:
        """The fields that somebody changed."""
        return [name for name in COLUMNS if any(data.get(name) is not None for _, data in self.edits)]

    def differs(self, name: str) -> bool:
        """Say whether two of them changed a field differently."""
        said = [json.dumps(data[name]) for _, data in self.edits if data.get(name) is not None]
        return len(set(said)) > 1


def parallel_of(market_day: MarketDay, entry: Entry) -> Parallel | None:
    """Return what others wrote from the same version as this amendment; None when nobody did or it has no effect."""
    if entry.kind != AMENDED:
        return None
    keys = private_keys(market_day.county_id)
    rows = [(key, kind, legible_in(opened(data, keys))) for key, kind, data in _history(market_day, entry)]
    mine = next((data for key, _, data in rows if key == (entry.log.id, entry.seq)), None)
    if mine is None:
        return None
    version = mine["based_on"]
    rivals = {key: data for key, kind, data in rows if kind == AMENDED and data["based_on"] == version}
    found = Parallel(_before(rows, version), list(zip(entries(market_day, rivals), rivals.values(), strict=True)))
    return found if any(map(found.differs, found.fields)) else None


def _history(market_day: MarketDay, entry: Entry) -> list[tuple[tuple[int, int], str, dict]]:
    """Return ``(key, kind, data)`` of what has an effect on a candidate, in its county, each said once."""
    rows = fetch(
        "SELECT o.tablet_id, o.seq, o.kind, o.body, s.data FROM operation AS o"
        " JOIN market_day AS d ON d.id = o.market_day_id"
        " LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
        f" WHERE o.subject = ? AND o.{HAS_EFFECT} AND o.kind IN ('{REGISTERED}', '{AMENDED}') AND d.county_id = ?"
        " ORDER BY o.effective_ms, o.tablet_id, o.seq",
        (str(json.loads(entry.body).get("id")).lower(), market_day.county_id),
    )
    once: dict[str, tuple[tuple[int, int], str, dict]] = {}
    for log, seq, kind, body, corrected in rows:
        is_this = (log, seq) == (entry.log.id, entry.seq)
        if is_this or body not in once:
            once[body] = ((log, seq), kind, data_of(body, corrected))
    return list(once.values())


def _before(rows: list[tuple[tuple[int, int], str, dict]], version: int) -> dict:
    """Return what a candidate was before the edits that were made from a version."""
    values: dict = {}
    made_from = [(0 if kind == REGISTERED else data["based_on"], data) for _, kind, data in rows]
    for based_on, data in sorted(made_from, key=lambda made: made[0]):
        if based_on < version:
            values |= {name: data[name] for name in COLUMNS if data.get(name) is not None}
    return values
