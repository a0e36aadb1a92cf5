"""Closed days: their set-up changes only with a reason, which is kept with the old and the new value."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask_babel import gettext as _

from models.base.typed import text_of
from models.market.amendment import amending
from models.market.closing import Closing, ReasonMissing
from models.market.market_day import MarketDay
from models.market.vacancy import Vacancy
from routes.web.access import who
from routes.web.forms import Form

LONGEST_REASON = 200  # characters


def is_closed(day: MarketDay) -> bool:
    """Say whether a market day's figures were closed."""
    return Closing.latest(day) is not None


@contextmanager
def changing(day: MarketDay, form: Form) -> Iterator[None]:
    """Change a market day's set-up inside this block, with the form's ``reason``.

    Of a closed day a change without a reason is taken back, and the form says so: look at ``ok`` afterwards.
    """
    reason = text_of(form.value("reason"))[:LONGEST_REASON]
    try:
        with amending(day, who(), reason):
            yield
    except ReasonMissing:
        form.refuse("reason", reason_missing())


@contextmanager
def changing_vacancy(vacancy: Vacancy, day: MarketDay, form: Form) -> Iterator[None]:
    """Change a vacancy on a market day's page; other closed days that offer it note the change as well."""
    why = _("Changed with the market day of %(date)s.", date=day.date)
    with noting_vacancy(vacancy, why, day.id), changing(day, form):
        yield


@contextmanager
def noting_vacancy(vacancy: Vacancy, why: str, besides: int | None = None) -> Iterator[None]:
    """Change a vacancy inside this block; closed days that offer it, but for ``besides`` (an id), note it: ``why``."""
    with ExitStack() as noted:
        for offer in vacancy.offers if vacancy.id else ():
            if offer.market_day_id != besides and is_closed(offer.market_day):
                noted.enter_context(amending(offer.market_day, who(), why))
        yield


def reason_missing() -> str:
    """Return the sentence beside a field for the reason."""
    return _("This day is closed: please write why its set-up changes. The next version has the change.")
