"""Presence: who is here on a market day and at a booth, and whose the check-ins are: what reach asks (reach.py)."""

from collections.abc import Iterable
from typing import NamedTuple

from models.base.database import fetch_in
from models.derived.batch import Batch
from models.derived.calling import KINDS as CALLINGS
from models.derived.referral import KINDS as REFERRALS
from models.derived.scan import MOVES, moved_by
from models.derived.sign_up import KINDS as SIGN_UPS
from models.derived.visit import PRESENCE
from models.derived.withdrawal import KINDS as WITHDRAWALS
from models.derived.withdrawal import OF_A_VISIT, taken_by
from models.log.fact import Fact
from models.log.operation import HAS_EFFECT

REMOVABLE = ("visit.recorded", "candidate.registered")
ARRIVALS = ("visit.recorded", "check_in.recorded")
OF_A_CHECK_IN = (*MOVES, *CALLINGS)
# Of anybody who is at the market day, whichever booth they came to.
WIDE = (*ARRIVALS, *REFERRALS, *SIGN_UPS)
REGISTERED = f"kind = 'candidate.registered' AND {HAS_EFFECT} AND subject IN (??)"


class Made(NamedTuple):
    """Where a check-in counts: its market day, and the numbers of the booths whose vacancy and whose tablet it is."""

    market_day: int
    booths: frozenset[int | None]


def need_of(fact: Fact) -> str:
    """Return the candidate or the check-in that a fact needs."""
    if fact.kind in OF_A_CHECK_IN:
        return moved_by(fact)
    return taken_by(fact) if fact.kind in WITHDRAWALS else fact.node


class Presence:
    """What stands of the candidates and check-ins that facts need: in the database, and in the batch as it is read."""

    def __init__(self, batch: Batch, facts: Iterable[Fact]) -> None:
        self.batch = batch
        facts = list(facts)
        needs = {need_of(fact): fact.kind in OF_A_CHECK_IN for fact in facts}
        self.check_ins = _check_ins({need for need, is_move in needs.items() if is_move})
        candidates = {need for need, is_move in needs.items() if not is_move}
        # Who was registered stays so for what others record, also when the registration is taken back.
        registered = fetch_in(f"SELECT DISTINCT subject FROM operation WHERE {REGISTERED}", candidates)
        self.registered = {row[0] for row in registered}
        self.made = _made({need_of(fact) for fact in facts if fact.kind in WITHDRAWALS})
        self.passes: dict[str, set[str]] = {candidate: {candidate} for candidate in candidates}  # and the candidate
        bindings = "SELECT candidate, pass_number FROM pass_binding WHERE candidate IN (??)"
        for candidate, number in fetch_in(bindings, candidates):
            self.passes[candidate].add(number)
        self.today, self.here = _present(batch, set().union(*self.passes.values()))

    def learn(self, facts: Iterable[Fact]) -> None:
        """Take in facts of the batch that have an effect."""
        for fact in facts:
            if fact.kind in PRESENCE:
                self.today.add(fact.node)
                self.here.add(fact.node)
            if fact.kind in REMOVABLE and fact.uuid:
                self.made.setdefault(fact.uuid, set()).add((self.batch.day, self.batch.booth_of(fact)))
            if fact.kind == "candidate.registered":
                self.registered.add(fact.node)
            if fact.kind in ("candidate.registered", "pass.bound") and fact.pass_number and fact.is_bound:
                self.passes.setdefault(fact.node, {fact.node}).add(fact.pass_number)
            if fact.kind == "check_in.recorded" and fact.uuid:
                self.check_ins.setdefault(fact.uuid, self._made_here(fact))

    def meets(self, fact: Fact) -> bool:
        """Say whether what a fact needs is there."""
        if fact.kind in OF_A_CHECK_IN:
            made = self.check_ins.get(moved_by(fact))
            return made is not None and made.market_day == self.batch.day and self.batch.booth in made.booths
        if fact.kind in WITHDRAWALS:
            return (self.batch.day, self.batch.booth) in self.made.get(need_of(fact), ())
        if fact.node not in self.registered:
            return False
        is_wide = fact.kind in WIDE or (self.batch.log.booth is not None and self.batch.log.booth.is_desk)
        return not self.passes[fact.node].isdisjoint(self.today if is_wide else self.here)

    def reason(self, fact: Fact) -> str:
        """Return why a fact waits."""
        if fact.kind in OF_A_CHECK_IN:
            return "check_in_other_booth" if moved_by(fact) in self.check_ins else "check_in_unknown"
        if fact.kind in WITHDRAWALS:
            what = "visit" if fact.kind == OF_A_VISIT else "candidate"
            return f"{what}_other_booth" if need_of(fact) in self.made else f"{what}_unknown"
        return "candidate_other_booth" if fact.node in self.registered else "candidate_unknown"

    def _made_here(self, fact: Fact) -> Made:
        place = self.batch.place_of(fact)
        return Made(self.batch.day, frozenset({self.batch.booth, place.booth if place else None}))


def _check_ins(ids: set[str]) -> dict[str, Made]:
    rows = fetch_in(
        "SELECT s.id, s.market_day_id, s.booth, b.number FROM scan AS s"
        " JOIN log AS l ON l.id = s.tablet_id LEFT JOIN booth AS b ON b.id = l.booth_id WHERE s.id IN (??)",
        ids,
    )
    found: dict[str, Made] = {}
    for id, day, *booths in rows:
        before = found[id].booths if id in found else frozenset()
        found[id] = Made(day, before | frozenset(booths))
    return found


def _made(ids: set[str]) -> dict[str, set[tuple[int, int | None]]]:
    """Return at which booths of which days these visits and registrations were recorded."""
    visits = "SELECT uuid, market_day_id, booth FROM operation WHERE kind = 'visit.recorded' AND subject IS NOT NULL"
    registrations = f"SELECT subject, market_day_id, booth FROM operation WHERE {REGISTERED}"
    found: dict[str, set[tuple[int, int | None]]] = {}
    for sql in (f"{visits} AND {HAS_EFFECT} AND uuid IN (??)", registrations):
        for id, day, booth in fetch_in(sql, ids):
            found.setdefault(id, set()).add((day, booth))
    return found


def _present(batch: Batch, nodes: set[str]) -> tuple[set[str], set[str]]:
    """Return which candidates and passes came on the market day, and which of them to the batch's booth.

    By their own facts, not by those of others with the same name and phone: who is who may change.
    """
    came = fetch_in(
        f"SELECT subject, booth FROM operation WHERE kind IN {PRESENCE} AND {HAS_EFFECT} AND market_day_id = ?"
        " AND subject IN (??)",
        nodes,
        batch.day,
    )
    tied = fetch_in("SELECT node, booth FROM scan WHERE market_day_id = ? AND node IN (??)", nodes, batch.day)
    return {node for node, _ in came + tied}, {node for node, booth in came + tied if booth == batch.booth}
