"""When a market day is over, and when its tablets' logs are closed."""

from datetime import UTC, datetime

import pytest

from models.market.day_end import end_of, is_closed
from models.schema import MarketDay


def test_a_log_is_closed_seven_days_after_its_day_by_the_countys_clock(fair):
    assert not is_closed(fair.day, datetime(2026, 3, 3, 15, 59, 59, tzinfo=UTC))
    assert is_closed(fair.day, datetime(2026, 3, 3, 16, 0, tzinfo=UTC))  # midnight in Chongqing


@pytest.mark.parametrize(("opens_at", "closes_at", "hour"), [("08:00", "12:00", 16), ("18:00", "01:00", 17)])
def test_a_night_market_is_over_when_it_closes(fair, opens_at, closes_at, hour):
    zone = fair.county.zone()
    assert end_of(fair.day.date, opens_at, closes_at, zone) == datetime(2026, 2, 24, hour, tzinfo=UTC)


def test_a_day_that_is_put_off_opens_its_logs_again(fair):
    now = datetime(2026, 3, 6, tzinfo=UTC)
    assert is_closed(fair.day, now)
    MarketDay.update(date=datetime(2026, 3, 5).date()).where(MarketDay.id == fair.day.id).execute()
    assert not is_closed(MarketDay.get_by_id(fair.day.id), now)
