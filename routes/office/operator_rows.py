"""Operators as the office sees them: where each is on duty today and next, and where that clashes.

One person at two booths on one date is shown, never refused: two stands side by side may share somebody, and so may two
markets near each other. At two towns it is marked as something to look at.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from models.base.order import by_pinyin
from models.base.typed import same_of
from models.market.booth import Booth
from models.market.county import County
from models.market.duty import Duty, clash_dates, duties_since, latest_duty, on_duty
from models.market.market_day import MarketDay
from models.market.operator import Operator
from models.market.planning import date_in


class OperatorRow(NamedTuple):
    """An operator, the duties of today, those of the next market day, and the dates with duties at several booths."""

    operator: Operator
    today: list[Duty]
    next: list[Duty]
    clashes: list[date]


class DutyRow(NamedTuple):
    """An operator on duty at a booth, and the person's other duties on that date."""

    duty: Duty
    elsewhere: list[Duty]

    @property
    def is_far(self) -> bool:
        """Say whether the person is to be in two towns on one date."""
        own = self.duty.booth.market_day_id
        return any(other.booth.market_day_id != own for other in self.elsewhere)


def operator_rows(county: County) -> list[OperatorRow]:
    """Return a county's operators by name, in two queries however many there are."""
    today = date_in(county)
    coming = duties_since(county, today)
    people = sorted(Operator.of_county(county), key=lambda one: by_pinyin(one.name))
    return [_row(operator, coming.get(operator.id, []), today) for operator in people]


def staff_of(booth: Booth) -> tuple[list[DutyRow], list[tuple[str, str]]]:
    """Return who is on duty at a booth, in the order of assignment, and who else may be chosen, as a select shows them.

    Beside each stands where the person is on that date. Three queries.
    """
    duties, there = on_duty(booth), _on_date(booth.market_day)
    for duty in duties:
        duty.booth = booth
    rows = [DutyRow(duty, [o for o in there.get(duty.operator_id, []) if o.id != duty.id]) for duty in duties]
    here = {duty.operator_id for duty in duties}
    people = sorted(assignable(booth.market_day.county), key=lambda one: by_pinyin(one.name))
    free = [(str(o.id), o.full_name + _places(there.get(o.id, []))) for o in people if o.id not in here]
    return rows, [("", _("Please choose")), *free] if free else []


def assignable(county: County) -> list[Operator]:
    """Return the county's people who are not archived."""
    return [operator for operator in Operator.of_county(county) if operator.archived_at is None]


def namesakes_of(operator: Operator) -> list[Operator]:
    """Return the people of the county with the same name, archived ones too: perhaps one person, entered twice."""
    others = Operator.of_county(operator.county)
    return [o for o in others if o.id != operator.id and same_of(o.name) == same_of(operator.name)]


def named_with_place(operators: list[Operator]) -> list[tuple[int, str]]:
    """Return ids and names, each with whom the person works for and the latest booth, to tell namesakes apart."""
    return [(operator.id, operator.full_name + _places(latest_duty(operator))) for operator in operators]


def _on_date(day: MarketDay) -> dict[int, list[Duty]]:
    """Return each operator's duties on the date of a market day."""
    coming = duties_since(day.county_id, day.date)
    return {who: [one for one in duties if one.booth.market_day.date == day.date] for who, duties in coming.items()}


def _places(duties: Iterable[Duty]) -> str:
    """Return where somebody is on duty, to be read after the name."""
    return "".join(" · " + place_of(duty) for duty in duties)


def place_of(duty: Duty) -> str:
    """Return the booth and the town of a duty in words."""
    return _("Booth %(number)s", number=duty.booth.number) + " " + duty.booth.market_day.town_name


def _row(operator: Operator, coming: list[Duty], today: date) -> OperatorRow:
    now = [duty for duty in coming if duty.booth.market_day.date == today]
    later = [duty for duty in coming if duty.booth.market_day.date > today]
    following = [duty for duty in later if duty.booth.market_day.date == later[0].booth.market_day.date]
    return OperatorRow(operator, now, following, clash_dates(coming))
