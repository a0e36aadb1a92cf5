"""Ownership: whose a pass is, by all that was given and declared void, in the order of its time.

A pass of the market day belongs to whom it was given first. Its owner can lose it: then it is void for everybody else,
and good again when it is given to its owner once more. One that was given by mistake was never theirs.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.base.database import fetch_in
from models.derived.withdrawal import taken_back
from models.log.operation import Key, fetch_keys

BOUND_TWICE, TAKEN, NOT_THEIRS = REASONS = ("pass_bound_twice", "pass_taken", "pass_not_theirs")
Timeline = tuple[list[tuple[int, int, int]], list[bool]]  # moments, and whether the pass is void from each on


class Event(NamedTuple):
    """A pass is given to a candidate, or declared void, in sorting order. ``stands`` is what was judged before."""

    pass_number: str
    effective_ms: int
    tablet: int
    seq: int
    candidate: str
    stands: bool
    is_void: bool = False
    is_mistake: bool = False

    @property
    def key(self) -> Key:
        """The operation."""
        return self.tablet, self.seq

    @property
    def moment(self) -> tuple[int, int, int]:
        """Its place in the order of all operations."""
        return self.effective_ms, self.tablet, self.seq


class Judged(NamedTuple):
    """One pass: its events, which of them stand, what is said of each, since when it is void, which void lasts."""

    events: list[Event]
    stands: dict[Key, bool]
    reasons: dict[Key, str | None]
    timeline: Timeline
    lasts: Key | None


def judge(passes: Iterable[str]) -> Iterator[Judged]:
    """Yield what the events of these passes come to; those with one owner and no loss are left out, all is well."""
    events = _events(set(passes))
    whole = [some for some in events.values() if _is_doubtful(some)]
    if not whole:
        return
    candidates = {it.candidate for some in whole for it in some}
    twins, gone = _twins(candidates), taken_back(candidates)
    said = _reasons_of([it.key for some in whole for it in some])
    for some in whole:
        yield _Walk(some, twins, gone, said).judged()


def _is_doubtful(some: list[Event]) -> bool:
    return len({event.candidate for event in some}) > 1 or any(event.is_void for event in some)


def timelines_of(passes: Iterable[str]) -> dict[str, Timeline]:
    """Return since when each of these passes was void, or not; those that never were are left out."""
    return {judged.events[0].pass_number: judged.timeline for judged in judge(passes)}


class _Walk:
    """Walks through the events of one pass in their order."""

    def __init__(
        self, events: list[Event], twins: dict[str, set[str]], gone: set[str], said: dict[Key, str | None]
    ) -> None:
        self.events, self.twins, self.gone, self.said = events, twins, gone, said
        self.owners: set[str] = set()
        self.stands: dict[Key, bool] = {}
        self.reasons: dict[Key, str | None] = {}
        self.lost: Key | None = None
        self.timeline: Timeline = ([], [])

    def judged(self) -> Judged:
        for event in self.events:
            reason = self._void(event) if event.is_void else self._give(event)
            self.reasons[event.key] = reason
            self.timeline[0].append(event.moment)
            self.timeline[1].append(self.lost is not None)
        return Judged(self.events, self.stands, self.reasons, self.timeline, self.lost)

    def _give(self, event: Event) -> str | None:
        """A pass is given: return what is to be said of it. Who was never registered owns nothing.

        Two who were registered with one pass count as one, but for a lost one, which somebody may have found.
        """
        is_theirs = not self.owners or bool(self.owners & self.twins[event.candidate])
        reason = None if is_theirs else self.said[event.key]
        stands = self.stands[event.key] = reason is None or (reason == BOUND_TWICE and not self.lost)
        if stands and event.candidate not in self.gone:
            self.owners.add(event.candidate)
            self.lost = None
        return None if event.candidate in self.gone and reason == BOUND_TWICE else reason

    def _void(self, event: Event) -> str | None:
        """A pass is void: return what is to be said of that; nobody loses another's."""
        theirs = self.owners & self.twins[event.candidate]
        if not theirs and self.said[event.key] is not None:
            self.stands[event.key] = False
            return NOT_THEIRS
        self.stands[event.key] = True
        if not event.is_mistake:
            self.lost = event.key
            return None
        for before in self.events[: self.events.index(event)]:
            if not before.is_void and before.candidate in theirs:
                self.stands[before.key] = False
        self.owners -= theirs
        self.lost = self.lost if self.owners else None
        return None


def _events(passes: set[str]) -> dict[str, list[Event]]:
    columns = "pass_number, effective_ms, tablet_id, seq, candidate, stands"
    given = f"SELECT {columns} FROM pass_binding WHERE pass_number IN (??)"
    lost = f"SELECT {columns}, TRUE, is_mistake FROM pass_void WHERE pass_number IN (??)"
    found: dict[str, list[Event]] = {}
    for row in sorted(fetch_in(given, passes) + fetch_in(lost, passes), key=lambda row: row[:4]):
        found.setdefault(row[0], []).append(Event(*row))
    return found


def _twins(candidates: set[str]) -> dict[str, set[str]]:
    """Return of each candidate who of them is known to be the same person by name, birth year and phone."""
    identities = dict(fetch_in("SELECT id, identity FROM candidate WHERE id IN (??)", candidates))
    return {
        one: {other for other in candidates if other == one or (identities.get(one) or one) == identities.get(other)}
        for one in candidates
    }


def _reasons_of(keys: list[Key]) -> dict[Key, str | None]:
    """Return what is said of each event when the pass is somebody else's; None of one that a person accepted."""
    rows = fetch_keys(
        "SELECT o.tablet_id, o.seq, o.kind, s.act FROM operation AS o LEFT JOIN settlement AS s"
        " ON s.tablet_id = o.tablet_id AND s.seq = o.seq WHERE o.tablet_id = ? AND o.seq IN (??)",
        keys,
    )
    reason_of = {"pass.bound": TAKEN, "candidate.registered": BOUND_TWICE, "pass.voided": NOT_THEIRS}
    return {(tablet, seq): None if act else reason_of[kind] for tablet, seq, kind, act in rows}
