"""The form with which facts are set aside in bulk: whose, from when, until when, and why.

Without a first time it is everything: a wrong clock, or a thief, may have written times of another day.
"""

from datetime import datetime, time

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import plain_of
from models.log.exclusion import Exclusion
from models.market.duty import ever_on_duty
from models.market.log import PHONES, Log
from models.market.market_day import MarketDay
from models.market.market_hours import moment_at
from models.quarantine.exclude import Wanted
from routes.web.forms import Form

LONGEST_NOTE = 200  # letters


class ExclusionForm(Form):
    """``whose`` is ``log-<id>`` or ``operator-<id>``; ``start`` and ``end`` are times by the market's clock."""

    def __init__(self, day: MarketDay, typed: MultiDict | None = None) -> None:
        super().__init__(typed)
        self.day = day
        self.options = _logs(day) | _operators(day)

    def read(self) -> Wanted | None:
        """Return what is to be set aside, or None after noting what is wrong."""
        whose = self.choice("whose", self.options)
        start, end = self._moment("start"), self._moment("end")
        if start and end and end <= start:
            self.refuse("end", _("Please choose a time after the first one."))
        if not self.ok or whose is None:
            return None
        kind, _dash, id = whose.partition("-")
        log = Log.get_by_id(int(id)) if kind == "log" else None
        return Wanted(log, None if log else id, start, end)

    def note(self) -> str:
        """Return the reason, which is required."""
        return self.text("note", limit=LONGEST_NOTE) or ""

    def _moment(self, name: str) -> datetime | None:
        typed = plain_of(self.value(name))
        if not typed:
            return None
        try:
            clock = time.fromisoformat(typed)
        except ValueError:
            self.refuse(name, _("Please write a time, for example 09:30."))
            return None
        moment = moment_at(self.day.date, self.day.opens_at, self.day.closes_at, clock.replace(tzinfo=None))
        return moment.replace(tzinfo=self.day.county.zone())


def _logs(day: MarketDay) -> dict[str, str]:
    return {f"log-{log.id}": _log_name(log) for log in Log.to_exclude(day)}


def _log_name(log: Log) -> str:
    if log.kind == PHONES:
        return _("All that came from phones")
    number = log.booth.number if log.booth else ""
    return _("Tablet %(letter)s, booth %(number)s", letter=log.letter, number=number)


def _operators(day: MarketDay) -> dict[str, str]:
    """Return whom the day's facts may name; at several booths under one id it is one choice with all of them."""
    booths: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for duty in ever_on_duty(day):
        booths.setdefault(duty.known_as, []).append(str(duty.booth.number))
        names[duty.known_as] = duty.operator.name
    return {
        f"operator-{id}": _("Operator %(name)s, booth %(number)s", name=name, number=", ".join(booths[id]))
        for id, name in names.items()
    }


def whose_of(exclusion: Exclusion) -> str:
    """Return the option that an exclusion was made with."""
    return f"log-{exclusion.log_id}" if exclusion.log_id else f"operator-{exclusion.operator}"
