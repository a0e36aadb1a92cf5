"""Tablets as an organiser watches them: the state of each, in a word and since when."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import format_timedelta
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.market.tablet import Tablet
from models.market.tablet_status import status_of

PACE, QUICK = 20, 5  # seconds between two looks at the tablets; quick while one is being enrolled


class TabletRow(NamedTuple):
    """A tablet with its state (a badge's name), the word for it, and its last contact in words."""

    tablet: Tablet
    badge: str
    state: str
    last_contact: str

    @property
    def urgency(self) -> int:
        """What it is sorted by: the ones that a person has to look at come first."""
        return ("attention", "unsent", "silent", "confirmed", "revoked").index(self.badge)


def tablet_rows(day: MarketDay, booth: Booth | None = None) -> list[TabletRow]:
    """Return a market day's tablets, or one booth's, by letter; the revoked ones last."""
    tablets = [t for t in Tablet.enrolled(day) if booth is None or t.booth_id == booth.id]
    now = utcnow()
    is_today = date_in(day.county, now) == day.date
    rows = [TabletRow(t, *_state(t, now, is_today), ago(t.last_contact_at, now)) for t in tablets]
    return sorted(rows, key=lambda row: not row.tablet.is_expected)


def _state(tablet: Tablet, now: datetime, is_today: bool) -> tuple[str, str]:
    """Return a badge's name and the words on it."""
    return {
        "revoked": ("revoked", _("Revoked")),
        "never_synced": ("attention", _("Never synced")),
        "lost": ("attention", _("%(count)s facts lost", count=tablet.lost)),
        "unsent": ("unsent", _("%(count)s not sent yet", count=tablet.unsent)),
        "silent": ("silent", _("No contact lately")),
        "written_off": ("silent", _("Written off")),
        "all_sent": ("confirmed", _("All sent")),
        "withdrawn": ("silent", _("Sent elsewhere")),
    }[status_of(tablet, now, is_today)]


def ago(moment: datetime | None, now: datetime) -> str:
    """Say how long ago a moment was, in words."""
    if moment is None:
        return _("never")
    return format_timedelta(min(moment - now, timedelta()), granularity="second", add_direction=True)
