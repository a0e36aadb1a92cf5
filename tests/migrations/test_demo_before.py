"""A database that holds a market day of before the house is migrated, and says the same figures as it did.

`tests/data/demo-before-the-house.sql.xz` is SQLite's own dump of the demo for 2026-11-27, made by commit 12ddd49 with
the schema of migration 0005; the JSON beside it holds the figures that the same commit gave for both market days.
`as_of`, the moment of asking, is left out.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from models.base.database import migrate
from models.figures import live, summary
from models.quarantine import queue
from models.schema import County, MarketDay
from tests.migrations.dump import Dump

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def dump(tmp_path_factory) -> Dump:
    return Dump("demo-before-the-house", "0005", tmp_path_factory.mktemp("house"))


@pytest.fixture(params=["sqlite", "postgresql"])
def before(request, tmp_path, dump) -> Iterator[None]:
    """The dump restored, connected, and not migrated yet."""
    with (
        dump.in_sqlite(tmp_path)
        if request.param == "sqlite"
        else dump.in_postgres(request.getfixturevalue("postgres"), tmp_path)
    ):
        yield


def figures_of(day: MarketDay) -> dict[str, object]:
    found = summary.figures(day, NOW)
    del found["as_of"]
    steps = [(step.stage, step.reached, step.share) for step in live.steps(found)]  # people beside them are new
    shown = {"steps": steps, "hours": live.hours(found, day), "booths": live.side_by_side(found)}
    return json.loads(json.dumps({"summary": found, "live": shown, "quarantine": queue.counts(day)}))


def as_then(found: object, had: object) -> object:
    """Return what was found without the figures that nobody had then."""
    if isinstance(had, dict) and isinstance(found, dict):
        return {name: as_then(found[name], had[name]) for name in had if name in found}
    if isinstance(had, list) and isinstance(found, list) and len(had) == len(found):
        return [as_then(*pair) for pair in zip(found, had, strict=True)]
    return found


def test_both_market_days_have_the_figures_they_had(before, dump):
    migrate()

    expected = dump.had
    days = list(MarketDay.select().order_by(MarketDay.date))
    assert [day.date.isoformat() for day in days] == ["2026-11-26", "2026-11-29"]
    for day, had in zip(days, expected, strict=True):
        assert as_then(figures_of(day), had) == had  # there are more figures now; those of then are the same
    assert County.get().is_demo  # so that it can be removed
    assert expected[0]["summary"]["check_ins"] > 500 and expected[0]["quarantine"]["attention"] > 0
