"""Tablet status: what an organiser has to know of a tablet, worst first."""

from datetime import datetime, timedelta

from models.market.tablet import Tablet

SILENT_AFTER = timedelta(minutes=30)
# In the order in which a person has to look at them.
STATUSES = ("never_synced", "lost", "unsent", "silent", "written_off", "all_sent", "withdrawn", "revoked")


def status_of(tablet: Tablet, now: datetime, is_today: bool) -> str:
    """Return one of ``STATUSES``. A tablet is silent only while its market day goes on (``is_today``)."""
    if tablet.revoked_at:
        return "revoked"
    if tablet.withdrawn_at and not tablet.unsent:
        return "withdrawn"
    if tablet.written_off_at and tablet.is_complete:
        return "written_off"
    if tablet.last_contact_at is None:
        return "never_synced"
    if tablet.lost:
        return "lost"
    if tablet.unsent:
        return "unsent"
    if is_today and now - tablet.last_contact_at > SILENT_AFTER:
        return "silent"
    return "all_sent"
