"""Own page: a candidate's own check-ins and pass, found by a secret that only their phone has.

It shows what was recorded under this registration or its passes, not all that belongs to the same person: anybody
can type another's name, birth year and phone number into a form.
"""

from typing import NamedTuple

from models.base.database import fetch, fetch_in
from models.base.secret import digest
from models.derived.check_in import NOT_WITHDRAWN_SQL, fold_moves, is_withdrawn, moves_of
from models.people.candidate_pass import PhonePass
from models.phone.notice import DayNotice, VacancyNotice, vacancy_notice


class OwnCheckIn(NamedTuple):
    """A vacancy for which the candidate has checked in; ``scans`` are the ids of its scans."""

    day: DayNotice
    vacancy: VacancyNotice
    stage: str
    at_ms: int
    consented: bool
    scans: list[str]


class OwnPage(NamedTuple):
    """A candidate as their own phone knows them."""

    candidate: str
    person: str
    name: str
    birth_year: int
    county_id: int

    @classmethod
    def by_token(cls, token: str) -> "OwnPage | None":
        """Return the page with this secret name. One statement."""
        rows = fetch(
            "SELECT id, person, name, birth_year, county_id FROM candidate WHERE token_hash = ?",
            (digest(token),),
        )
        return cls(*rows[0]) if rows else None

    def check_ins(self) -> list[OwnCheckIn]:
        """Return the check-ins that were not withdrawn, the latest first."""
        nodes = [self.candidate, *self._passes()]
        scans = fetch_in(
            "SELECT id, vacancy, at_ms FROM scan WHERE person = ? AND node IN (??)",
            nodes,
            self.person,
        )
        moves = moves_of(scan for scan, *_ in scans)
        groups: dict[str, list[tuple[str, int]]] = {}
        for scan, vacancy, at_ms in scans:
            if not is_withdrawn(moves.get(scan, ())):
                groups.setdefault(vacancy, []).append((scan, at_ms))
        consented = self.consented()
        check_ins = []
        for number, own_scans in groups.items():
            if notice := vacancy_notice(number):
                own = [move for scan, _ in own_scans for move in moves.get(scan, ())]
                at_ms = min(at for _, at in own_scans)
                ids = [scan for scan, _ in own_scans]
                check_ins.append(OwnCheckIn(*notice, fold_moves(own)[0], at_ms, number in consented, ids))
        return sorted(check_ins, key=lambda check_in: check_in.at_ms, reverse=True)

    def has_checked_in_for(self, vacancy: str) -> bool:
        """Say whether the candidate's phone has checked in for a vacancy. One statement."""
        return bool(
            fetch(
                "SELECT 1 FROM scan AS s WHERE s.person = ? AND s.vacancy = ? AND s.node = ?"
                f" AND {NOT_WITHDRAWN_SQL} LIMIT 1",
                (self.person, vacancy, self.candidate),
            )
        )

    def consented(self) -> set[str]:
        """Return the vacancies whose employers may have the candidate's data."""
        rows = fetch(
            "SELECT vacancy FROM consent WHERE candidate = ? AND given_at IS NOT NULL AND withdrawn_at IS NULL",
            (self.candidate,),
        )
        return {vacancy for (vacancy,) in rows}

    def newest_pass(self) -> PhonePass | None:
        """Return the pass for the latest market day the candidate came to."""
        mine = PhonePass.select().where(PhonePass.candidate == self.candidate)
        return mine.order_by(PhonePass.market_day.desc()).first()

    def _passes(self) -> list[str]:
        rows = fetch("SELECT pass_number FROM pass_binding WHERE stands AND candidate = ?", (self.candidate,))
        return [number for (number,) in rows]
