"""The city's totals: sums of market days by county, in which no count of people below five can be read or reckoned."""

from datetime import UTC, date, datetime

import pytest

from models.figures.city import totals
from models.figures.suppression import HIDDEN
from models.figures.version import close, sheet
from models.intake.ingest import ingest
from models.market.tablet import Tablet
from models.schema import MarketDay, PassRange

DAY = date(2026, 2, 24)
NOON = datetime(2026, 2, 24, 4, tzinfo=UTC)


@pytest.fixture
def came(fair, operation):
    """Return a function that has so many passes show that somebody came, at the cast's booth or the other county's."""

    def came(count: int, booth=None, first: int = 0, passes=None) -> None:
        tablet = Tablet.enlist(booth or fair.clothing)
        numbers = (passes or fair.passes)[first : first + count]
        visits = [operation(n + 1, "visit.recorded", pass_=number) for n, number in enumerate(numbers)]
        ingest(tablet.log, visits)

    return came


def people(figure: str) -> tuple[list, object]:
    lines, whole = totals(DAY, DAY, NOON)
    return [line.people[figure] for line in lines], whole.people[figure]


def test_an_open_day_counts_as_its_sheet_counts(fair, came):
    came(7)
    lines, whole = totals(DAY, DAY, NOON)
    found = sheet(fair.day, 0)
    assert lines[0].name == "璧山区" and lines[0].days == {"coming": 0, "held": 1, "closed": 0, "cancelled": 0}
    assert [lines[0].people[name] for name in ("persons", "visits")] == [found["persons"], found["visits"]] == [7, 7]


def test_a_closed_day_counts_as_it_was_signed(fair, came, operation):
    came(7)
    close(fair.day, "chen", now=NOON)
    came(3, booth=fair.kitchen, first=50)
    lines, _ = totals(DAY, DAY, NOON)
    assert lines[0].people["persons"] == 7 and lines[0].days["closed"] == 1


def test_states_complete_days_and_the_span(fair, came):
    MarketDay.update(cancelled_at=1, cancelled_why="rain").where(MarketDay.id == fair.other_day.id).execute()
    MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 3, 1))
    lines, whole = totals(DAY, date(2026, 2, 28), NOON)
    assert whole.days == {"coming": 1, "held": 1, "closed": 0, "cancelled": 1}
    assert (whole.complete, whole.took_place) == (0, 1)
    assert totals(date(2020, 1, 1), date(2020, 2, 1), NOON)[0] == []


def test_fewer_than_five_are_hidden_and_their_sum_does_not_tell_them(fair, came):
    came(3)
    assert people("persons") == ([HIDDEN, 0], HIDDEN)


def test_a_second_county_is_withheld_where_the_sum_would_tell_the_first(fair, came):
    came(3)
    came(8, booth=fair.other_booth, passes=PassRange.reserve(fair.other_day, 20).numbers())
    assert people("visits") == ([HIDDEN, HIDDEN], 11)
