"""Judging anew: facts that name a vacancy or a pass which came into being, or is gone, after they were recorded.

What is within reach follows from the set of facts and the set-up, so it must not matter which of them came first.
"""

import json
from collections.abc import Iterable

from models.base.database import fetch
from models.derived.known_pass import OF_NO_PASS, OTHER_DAY
from models.derived.opening import UNFIT
from models.derived.reach import REASONS as OUT_OF_REACH
from models.derived.replay import replay
from models.log.kind import pass_in
from models.log.operation import Key

_MARKED = (  # by the logs of all days, for any of them may name it; SQLite takes CROSS JOINs in their order
    "SELECT r.tablet_id, r.seq, o.body, s.data FROM market_day AS d CROSS JOIN log AS t CROSS JOIN remark AS r"
    " CROSS JOIN operation AS o LEFT JOIN settlement AS s ON s.tablet_id = o.tablet_id AND s.seq = o.seq"
    " WHERE t.market_day_id = d.id AND r.tablet_id = t.id AND o.tablet_id = r.tablet_id AND o.seq = r.seq"
    " AND r.reason IN ({marks})"
)


def vacancies_changed(numbers: Iterable[str]) -> None:
    """Judge anew what waits and was recorded for vacancies that were not there, or are no more. Inside ``writing()``.

    Also what waits for somebody: of a vacancy that is gone it says so, and comes into reach by nobody.
    """
    if changed := set(numbers):
        marked = _marked((*UNFIT, *OUT_OF_REACH))
        replay(key for key, data in marked if any(str(said.get("vacancy")) in changed for said in data))


def passes_added(numbers: Iterable[str]) -> None:
    """Judge anew what was recorded with these passes before they were given out. Inside ``writing()``."""
    added = set(numbers)
    replay(key for key, data in _marked(OF_NO_PASS) if any(_pass_of(said) in added for said in data))


def passes_removed(numbers: Iterable[str]) -> None:
    """Judge anew what was recorded on other market days with passes that are gone. Call it inside ``writing()``."""
    gone = set(numbers)
    replay(key for key, data in _marked((OTHER_DAY,)) if any(_pass_of(said) in gone for said in data))


def _marked(reasons: Iterable[str]) -> list[tuple[Key, list[dict]]]:
    """Return the operations with one of these reasons, each with its data as they came and as they were corrected."""
    wanted = tuple(reasons)
    rows = fetch(_MARKED.format(marks=", ".join("?" * len(wanted))), wanted)
    return [((log, seq), _data(body, corrected)) for log, seq, body, corrected in rows]


def _data(body: str, corrected: str | None) -> list[dict]:
    said = [json.loads(body).get("data"), json.loads(corrected) if corrected else None]
    return [data for data in said if isinstance(data, dict)]


def _pass_of(data: dict) -> str | None:
    text = data.get("pass")
    known = pass_in(text) if isinstance(text, str) else None
    return known[0] if known else None
