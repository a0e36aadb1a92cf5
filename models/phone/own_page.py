"""Own page: a candidate's own check-ins and pass, found by a secret that only their phone has.

It shows what was recorded under this registration or its passes, not all that belongs to the same person: anybody
can type another's name, birth year and phone number into a form.
"""

from collections.abc import Iterable
from typing import NamedTuple

from models.base.database import fetch, fetch_in
from models.base.secret import digest
from models.derived.check_in import NO_MISTAKE_SQL
from models.derived.move import Move, fold_moves, is_mistake, moves_of
from models.people.candidate_pass import PhonePass
from models.phone.notice import DayNotice, VacancyNotice, offers_numbered
from models.vocabulary.stage import HIRED, WITHDRAWN


class OwnCheckIn(NamedTuple):
    """A vacancy for which the candidate has checked in; ``scan`` is the id of its latest scan, ``reached`` a rank."""

    day: DayNotice
    vacancy: VacancyNotice
    stage: str
    reached: int
    at_ms: int
    consented: bool
    scan: str

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the candidate withdrew and did not take that back."""
        return self.stage == WITHDRAWN

    @property
    def is_hired(self) -> bool:
        """Say whether the candidate was hired, withdrawn since or not."""
        return self.reached >= HIRED


class OwnPage(NamedTuple):
    """A candidate as their own phone knows them."""

    candidate: str
    person: str
    name: str
    birth_year: int
    county_id: int
    home: str | None
    town: str  # of the market day on which they registered
    market_day: int  # that one's id

    @classmethod
    def by_token(cls, token: str) -> "OwnPage | None":
        """Return the page with this secret name. One statement."""
        return cls.by_tokens([token]).get(token)

    @classmethod
    def by_tokens(cls, tokens: Iterable[str]) -> "dict[str, OwnPage]":
        """Return the pages with these secret names, by name. One statement."""
        names = {digest(token): token for token in tokens}
        rows = fetch_in(
            "SELECT c.token_hash, c.id, c.person, c.name, c.birth_year, c.county_id, c.home_division, t.name,"
            " c.market_day_id FROM candidate AS c JOIN market_day AS d ON d.id = c.market_day_id"
            " JOIN division AS t ON t.code = d.town_id WHERE c.token_hash IN (??)",
            names,
        )
        return {names[hashed]: cls(*row) for hashed, *row in rows}

    def check_ins(self) -> list[OwnCheckIn]:
        """Return the latest check-in for each vacancy that was no mistake, withdrawn ones too, the latest first."""
        rows = fetch_in(
            "SELECT market_day_id, vacancy, at_ms, effective_ms, tablet_id, seq, id FROM scan"
            " WHERE person = ? AND node IN (??)",
            self.nodes(),
            self.person,
        )
        moves = moves_of(id for *_, id in rows)
        groups: dict[tuple[int, str], list[tuple[int, Move]]] = {}
        for day, vacancy, at_ms, *sent in sorted(rows, key=lambda row: row[3:]):
            if not is_mistake(moves.get(sent[-1], ())):
                groups.setdefault((day, vacancy), []).append((at_ms, Move.sending(*sent)))
        consented = self.consented()
        check_ins = []
        for (day, number), sendings in groups.items():
            if notice := next((offer for offer in offers_numbered(number) if offer[0].id == day), None):
                found = fold_moves(move for _, sent in sendings for move in (sent, *moves.get(sent.scan, ())))
                at_ms, scan = min(at for at, _ in sendings), sendings[-1][1].scan
                check_ins.append(OwnCheckIn(*notice, *found[:2], at_ms, number in consented, scan))
        latest = {check_in.vacancy.number: check_in for check_in in sorted(check_ins, key=lambda one: one.at_ms)}
        return sorted(latest.values(), key=lambda check_in: check_in.at_ms, reverse=True)

    def has_checked_in_for(self, vacancy: str, market_day: int) -> bool:
        """Say whether the candidate's phone has checked in for a vacancy on a day and not withdrawn. One statement."""
        return bool(
            fetch(
                "SELECT 1 FROM scan AS s WHERE s.person = ? AND s.market_day_id = ? AND s.vacancy = ? AND s.node = ?"
                " AND NOT EXISTS"
                " (SELECT 1 FROM check_in AS c WHERE c.market_day_id = s.market_day_id AND c.vacancy = s.vacancy"
                f" AND c.person = s.person AND c.stage = ?) AND {NO_MISTAKE_SQL} LIMIT 1",
                (self.person, market_day, vacancy, self.candidate, WITHDRAWN),
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

    def nodes(self) -> list[str]:
        """Return the candidate and the passes that they carry: what facts name them by."""
        return [self.candidate, *self._passes()]

    def _passes(self) -> list[str]:
        rows = fetch("SELECT pass_number FROM pass_binding WHERE stands AND candidate = ?", (self.candidate,))
        return [number for (number,) in rows]
