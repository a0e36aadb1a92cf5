"""Due: what a county's periods take away on a date, read without holding up anybody (models/forgetting/retain.py)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from models.base.clock import milliseconds
from models.base.database import fetch, fetch_in
from models.desk.complaint import old_complaints
from models.forgetting.delete import after_years
from models.log.forgotten import MASKED
from models.log.operation import HAS_EFFECT, Key
from models.market.county import County
from models.market.retention import Retention

MOST_PEOPLE = 500  # candidates read at once

_ENDS = (  # of days that are long over: their id and when the people of it begin to be forgotten
    "SELECT d.id, d.date, m.ends_on FROM market_day AS d LEFT JOIN campaign AS m ON m.id = d.campaign_id"
    " WHERE d.county_id = ?"
)


class Due:
    """What is due of one county. Days are the county's; nothing is kept between questions but the days' ends."""

    def __init__(self, county: County, today: date) -> None:
        self.county, self.today = county, today
        self.periods = Retention.of(county)
        self.ends = {id: max(_day(day), _day(ends or day)) for id, day, ends in fetch(_ENDS, (county.id,))}

    def people(self) -> Iterator[list[str]]:
        """Yield candidates whose names and phones are to go, whole persons at a time."""
        for day, end in sorted(self.ends.items()):
            if end + timedelta(days=min(self.periods.contact_days, self.periods.tied_days)) < self.today:
                yield from self._people_of(day)

    def _people_of(self, day: int) -> Iterator[list[str]]:
        last = ""
        while rows := fetch(
            "SELECT c.person, c.id FROM candidate AS c WHERE c.market_day_id = ? AND c.person > ? AND NOT EXISTS"
            " (SELECT 1 FROM forgotten AS f WHERE f.candidate = c.id) ORDER BY c.person LIMIT ?",
            (day, last, MOST_PEOPLE),
        ):
            due = self._over({person for person, _ in rows})
            if some := [id for person, id in rows if person in due]:
                yield some
            last = rows[-1][0]

    def _over(self, persons: set[str]) -> set[str]:
        """Return of which persons every day is long enough past, for tied people and for others."""
        ends: dict[str, date] = {}
        tied: set[str] = set()
        for table in ("candidate", "visit", "check_in"):
            sql = f"SELECT DISTINCT person, market_day_id FROM {table} WHERE person IN (??)"
            for person, day in fetch_in(sql, persons):
                ends[person] = max(ends.get(person, date.min), self.ends.get(day, date.max))
                if table == "check_in":
                    tied.add(person)
        days = {True: self.periods.tied_days, False: self.periods.contact_days}
        return {
            person
            for person, end in ends.items()
            if end < date.max and end + timedelta(days=days[person in tied]) < self.today
        }

    def surnames(self) -> list[str]:
        """Return candidates whose surnames are to go as well: the ledger's time is over."""
        rows = fetch(
            "SELECT f.candidate, d.date FROM forgotten AS f JOIN candidate AS c ON c.id = f.candidate"
            " JOIN market_day AS d ON d.id = c.market_day_id WHERE f.county_id = ? AND f.level = ?",
            (self.county.id, MASKED),
        )
        years = self.periods.ledger_years
        return [candidate for candidate, day in rows if after_years(_day(day), years) < self.today]

    def surveyed(self) -> list[str]:
        """Return people of surveys that ended long ago: who they are is to go."""
        over = [
            id for id, ends in fetch("SELECT id, ends_on FROM survey WHERE county_id = ?", (self.county.id,))
            if _day(ends) + timedelta(days=self.periods.contact_days) < self.today
        ]  # fmt: skip
        rows = fetch_in("SELECT id FROM survey_person WHERE name <> '' AND survey_id IN (??)", over)
        return [id for (id,) in rows]

    def raw(self) -> list[Key]:
        """Return operations that were refused or wait for long, and registrations that were taken back."""
        long_ago = [id for id, end in self.ends.items() if end + timedelta(days=self.periods.raw_days) < self.today]
        sql = (
            "SELECT tablet_id, seq FROM operation WHERE outcome IN ('refused', 'waiting') AND outcome <> 'applied'"
            " AND forgotten IS NULL AND market_day_id IN (??)"
        )
        taken_back = (
            "SELECT o.tablet_id, o.seq FROM withdrawal AS w CROSS JOIN operation AS o"
            f" WHERE o.subject = w.what AND o.{HAS_EFFECT} AND o.forgotten IS NULL"
            " AND o.kind IN ('candidate.registered', 'candidate.amended')"
            " AND NOT EXISTS (SELECT 1 FROM candidate AS c WHERE c.id = w.what) AND o.market_day_id IN (??)"
        )
        return [(log, seq) for log, seq in sorted({*fetch_in(sql, long_ago), *fetch_in(taken_back, long_ago)})]

    def boxes(self) -> list[str]:
        """Return hand-over boxes whose facts were taken in long ago."""
        before = self._ago(self.periods.box_days)
        sql = (
            "SELECT id FROM hand_over WHERE county_id = ? AND facts IS NOT NULL AND LENGTH(box) > 0 AND received_at < ?"
        )
        return [id for (id,) in fetch(sql, (self.county.id, before))]

    def unread_boxes(self) -> list[str]:
        """Return boxes that nobody could or would open, long ago."""
        before = self._ago(self.periods.raw_days)
        sql = "SELECT id FROM hand_over WHERE county_id = ? AND facts IS NULL AND received_at < ?"
        return [id for (id,) in fetch(sql, (self.county.id, before))]

    def audit(self) -> list[int]:
        """Return entries of the audit log that are older than the law wants them."""
        before = self._at(after_years(self.today, -self.periods.audit_years))
        sql = "SELECT id FROM audit_entry WHERE county_id = ? AND at < ?"
        return [id for (id,) in fetch(sql, (self.county.id, before))]

    def keys(self) -> list[tuple[str, int]]:
        """Return keyed hashes that nothing late is to be expected for any more."""
        before = self._ago(self.periods.late_days)
        sql = "SELECT key, at FROM forgotten_key WHERE county_id = ? AND at < ?"
        return [(key, at) for key, at in fetch(sql, (self.county.id, before))]

    def complaints(self) -> list[int]:
        """Return complaints that ended before the ledger's period and still say who complained."""
        return old_complaints(self.county, after_years(self.today, -self.periods.ledger_years))

    def counts(self) -> dict[str, int]:
        """Return how many of what are due: what the office sees before the night."""
        return {
            "people": sum(len(some) for some in self.people()),
            "surnames": len(self.surnames()),
            "surveyed": len(self.surveyed()),
            "raw": len(self.raw()),
            "boxes": len(self.boxes()) + len(self.unread_boxes()),
            "audit": len(self.audit()),
            "keys": len(self.keys()),
            "complaints": len(self.complaints()),
        }

    def late_before(self) -> int:
        """Return the moment, in ms, before which nothing late is expected any more."""
        return self._ago(self.periods.late_days)

    def _ago(self, days: int) -> int:
        return self._at(self.today - timedelta(days=days))

    def _at(self, day: date) -> int:
        return milliseconds(datetime.combine(day, time(), self.county.zone()))


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
