"""A tablet's log is closed seven days after its market day: nothing more is told or taken, by whatever address."""

from datetime import UTC, datetime

import pytest

from models.market import day_end
from models.schema import HandOver, Operation
from tests.sealing import sealed


@pytest.fixture
def weeks_later(monkeypatch):
    """Return a function that sets the clock past the end."""
    return lambda: monkeypatch.setattr(day_end, "utcnow", lambda: datetime(2026, 3, 10, tzinfo=UTC))


def test_a_closed_tablet_is_told_so_everywhere_and_nothing_of_it_counts(enrol, fair, operation, weeks_later):
    tablet = enrol(fair.desk)
    facts = [operation(1, "tally.counted", topic="leaflet", count=1)]
    weeks_later()

    answers = [
        tablet.sync(*facts),
        tablet.browser.get("/kiosk/snapshot"),
        tablet.browser.get("/kiosk/identity"),
        tablet.browser.post("/kiosk/hand-overs", data=sealed(tablet.tablet, facts)),
    ]

    assert [(answer.status_code, answer.json) for answer in answers] == [(401, {"error": "closed"})] * 4
    assert not Operation.select().exists() and not HandOver.select().exists()


def test_what_a_closed_tablet_still_holds_comes_by_hand_over(app, enrol, fair, operation, weeks_later):
    tablet = enrol(fair.desk)
    box = sealed(tablet.tablet, [operation(1, "tally.counted", topic="leaflet", count=1)])
    weeks_later()

    address = f"/organiser/market-days/{fair.day.id}/hand-overs"
    answer = app.test_client(user=fair.chen).post(address, data=box, content_type="application/octet-stream")

    assert (answer.status_code, answer.json["new"]) == (201, 1)
