"""Comparisons: what the checks compare a vacancy with, asked of the database once for many vacancies of a county."""

from datetime import date
from statistics import median

from models.base.database import fetch
from models.checks.facts import Ground
from models.market.county import County
from models.market.employer import Employer, is_credit_code
from models.market.minimum_wage import MinimumWage
from models.market.vacancy import Vacancy

FEWEST = 5  # vacancies of a trade, before their median says anything
LATEST = 200  # of them are looked at
SISTERS = 60  # of an employer's other vacancies
NEED_A_CODE = ("enterprise", "agency")


class Comparison:
    """What a county's vacancies are compared with on a day. ``of_sheet``: of many at once, none with its sisters."""

    def __init__(self, county: County, today: date, of_sheet: bool = False) -> None:
        self.county, self.today, self.of_sheet = county, today, of_sheet
        self._wage: list[MinimumWage | None] = []
        self._medians: dict[str, int | None] = {}

    def ground(self, employer: Employer | None, trade: str | None, vacancy: Vacancy | None = None) -> Ground:
        """Return what a vacancy is compared with; ``vacancy`` is the one that stands there already."""
        wage = self._minimum_wage()
        verified = vacancy.verified_at if vacancy else None
        return Ground(
            self.today,
            month_fen=wage.month_fen if wage else None,
            hour_fen=wage.hour_fen if wage else None,
            median_fen=self._median(trade) if trade else None,
            lacks_code=_lacks_code(employer),
            sisters=() if self.of_sheet or employer is None else _sisters(employer, vacancy),
            checked_on=verified.astimezone(self.county.zone()).date() if verified else None,
        )

    def _minimum_wage(self) -> MinimumWage | None:
        if not self._wage:
            self._wage.append(MinimumWage.on(self.county, self.today))
        return self._wage[0]

    def _median(self, trade: str) -> int | None:
        if trade not in self._medians:
            sql = (
                "SELECT pay_min_fen FROM vacancy WHERE county_id = ? AND trade = ? AND pay_unit = 'month'"
                f" AND closed = ? AND pay_min_fen IS NOT NULL ORDER BY id DESC LIMIT {LATEST}"
            )
            paid = [fen for (fen,) in fetch(sql, (self.county.id, trade, False))]
            self._medians[trade] = round(median(paid)) if len(paid) >= FEWEST else None
        return self._medians[trade]


def _lacks_code(employer: Employer | None) -> bool:
    return employer is not None and employer.kind in NEED_A_CODE and not is_credit_code(employer.credit_code)


def _sisters(employer: Employer, vacancy: Vacancy | None) -> tuple[tuple[str, str, str, str], ...]:
    if employer.id is None:
        return ()
    sql = (
        "SELECT number, title, place, duties FROM vacancy WHERE employer_id = ? AND closed = ? AND id <> ?"
        f" ORDER BY id DESC LIMIT {SISTERS}"
    )
    return tuple(fetch(sql, (employer.id, False, vacancy.id if vacancy and vacancy.id else 0)))
