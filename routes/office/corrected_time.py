"""The corrected time of a fact whose tablet had a wrong clock: a field of the form that corrects a fact."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from models.base.clock import from_milliseconds
from models.log.fact import CLOCK_TOLERANCE_MS, FIRST_PLAUSIBLE_MS
from models.quarantine.entry import Entry
from routes.web.forms import Form

NAME = "happened"
_TOLERANCE = timedelta(milliseconds=CLOCK_TOLERANCE_MS)


def is_plausible(at: datetime | None, entry: Entry) -> bool:
    """Say whether a fact can have happened then: not before there was this software, nor after it arrived here."""
    first = from_milliseconds(FIRST_PLAUSIBLE_MS)
    return at is not None and first <= at <= entry.received_at + _TOLERANCE


def start(entry: Entry, zone: ZoneInfo) -> str:
    """Return what stands in the field at first: the time that counts, nothing where it cannot be right."""
    if entry.at is None or not is_plausible(entry.at, entry):
        return ""
    return f"{entry.at.astimezone(zone):%Y-%m-%dT%H:%M}"


def read(form: Form, entry: Entry, zone: ZoneInfo) -> datetime | None:
    """Return the corrected time, aware; None where the field is empty or was left alone: what was recorded counts."""
    typed = form.value(NAME).strip()
    if typed == start(entry, zone) and typed:
        corrected = entry.settlement.happened_ms if entry.settlement else None
        return None if corrected is None else from_milliseconds(corrected)
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        form.refuse(NAME, _("Please choose a date and a time."))
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if not is_plausible(moment, entry):
        form.refuse(NAME, _("It cannot have happened after it arrived here, nor before 2020."))
    return moment
