"""Own data: all that is kept of a candidate under this registration, for their own eyes.

How they correct it: models/phone/amend.py.
"""

from datetime import date
from typing import Any, NamedTuple

from models.base.database import fetch, fetch_in
from models.base.lists import listed
from models.derived.visit import PRESENCE
from models.log.operation import HAS_EFFECT
from models.phone.own_page import OwnPage


class OwnVisit(NamedTuple):
    """A booth that noted that the candidate came."""

    date: date
    booth: int
    name: str


class OwnConsent(NamedTuple):
    """A consent; ``withdrawn_ms`` is None while it stands."""

    employer: str
    vacancy: str
    spoken: bool
    given_ms: int
    withdrawn_ms: int | None


class OwnData(NamedTuple):
    """What was written down of a candidate."""

    name: str
    birth_year: int
    phone: str
    sex: str
    home: str  # a division's name, or what was written
    education: str
    trades: tuple[str, ...]
    wanted_place: str
    wanted_pay_min_fen: int | None
    work_kinds: tuple[str, ...]
    groups: tuple[str, ...]
    registered_by: str
    registered_ms: int
    version: int

    @property
    def masked_phone(self) -> str:
        """The telephone number without its middle."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) > 8 else f"{self.phone[:1]}****"

    def fields(self) -> dict[str, Any]:
        """Return what is kept by the names of the fact's fields; the home as it is read, not as its code."""
        return self._asdict() | {"home_division": self.home}

    @classmethod
    def of(cls, candidate: str) -> "OwnData":
        """Return what is kept of a candidate. One statement."""
        rows = fetch(
            "SELECT c.name, c.birth_year, COALESCE(c.phone, ''), COALESCE(c.sex, ''),"
            " COALESCE((SELECT d.name FROM division AS d WHERE d.code = c.home_division), c.home_division, ''),"
            " COALESCE(c.education, ''), c.trades, COALESCE(c.wanted_place, ''), c.wanted_pay_min_fen, c.work_kinds,"
            " c.groups, c.registered_by, c.registered_at, c.version FROM candidate AS c WHERE c.id = ?",
            (candidate,),
        )
        *before, trades, place, pay, kinds, groups, by, at, version = rows[0]
        lists = [tuple(listed(codes)) for codes in (trades, kinds, groups)]
        name, birth_year, phone, sex, home, education = before
        return cls(
            name, birth_year, phone, sex, home, education, lists[0], place, pay, lists[1], lists[2], by, at, version
        )


def passes_of(page: OwnPage) -> list[tuple[str, date]]:
    """Return ``(number, date of the market day on which it was given)`` of a candidate's passes. One statement."""
    rows = fetch(
        "SELECT DISTINCT b.pass_number, d.date FROM pass_binding AS b JOIN log AS l ON l.id = b.tablet_id"
        " JOIN market_day AS d ON d.id = l.market_day_id WHERE b.stands AND b.candidate = ?"
        " ORDER BY d.date, b.pass_number",
        (page.candidate,),
    )
    return [(number, date.fromisoformat(str(on))) for number, on in rows]


def visits_of(page: OwnPage) -> list[OwnVisit]:
    """Return where booths noted this registration or one of its passes, the first visit of a day first.

    By their own facts, as the page's check-ins: another registration of the same name may be somebody else.
    """
    nodes = [page.candidate, *(number for number, _ in passes_of(page))]
    rows = fetch_in(
        "SELECT DISTINCT d.date, b.number, b.name FROM operation AS o JOIN market_day AS d ON d.id = o.market_day_id"
        " JOIN log AS l ON l.id = o.tablet_id JOIN booth AS b ON b.id = l.booth_id"
        f" WHERE o.kind IN {PRESENCE} AND o.{HAS_EFFECT} AND o.subject IN (??)",
        nodes,
    )
    return sorted(OwnVisit(date.fromisoformat(str(on)), number, name) for on, number, name in rows)


def consents_of(page: OwnPage) -> list[OwnConsent]:
    """Return every consent that the candidate gave, taken back or not, the latest first. One statement."""
    rows = fetch(
        "SELECT COALESCE(e.name, ''), v.title, c.spoken, c.given_at, c.withdrawn_at FROM consent AS c"
        " JOIN vacancy AS v ON v.number = c.vacancy LEFT JOIN employer AS e ON e.id = v.employer_id"
        " WHERE c.candidate = ? AND c.given_at IS NOT NULL ORDER BY c.given_at DESC",
        (page.candidate,),
    )
    return [OwnConsent(employer, title, bool(spoken), *times) for employer, title, spoken, *times in rows]
