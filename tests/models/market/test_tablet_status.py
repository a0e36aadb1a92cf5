"""What an organiser is told of a tablet, and in which order."""

from datetime import timedelta

import pytest

from models.base.clock import utcnow
from models.market.tablet import Tablet
from models.market.tablet_status import SILENT_AFTER, STATUSES, status_of

NOW = utcnow()
LATELY = {"last_contact_at": NOW - timedelta(minutes=1)}
LONG_AGO = {"last_contact_at": NOW - SILENT_AFTER - timedelta(seconds=1)}


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        ("never_synced", {}),
        ("lost", {**LATELY, "lost": 2, "unsent": 3}),
        ("unsent", {**LONG_AGO, "unsent": 3}),
        ("silent", {**LONG_AGO, "unsent": 0}),
        ("all_sent", {**LATELY, "unsent": 0}),
        ("revoked", {**LATELY, "lost": 2, "revoked_at": NOW}),
    ],
)
def test_a_tablet_has_the_first_status_that_holds(status, fields):
    assert status in STATUSES
    assert status_of(Tablet(**fields), NOW, is_today=True) == status


def test_a_tablet_of_another_day_is_not_silent():
    assert status_of(Tablet(**LONG_AGO, unsent=0), NOW, is_today=False) == "all_sent"
