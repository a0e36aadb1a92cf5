"""The form of a series: which towns, from when to when, set up like what, within which campaign."""

from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.county import County
from models.market.market_day import MarketDay
from models.market.market_hours import can_be
from models.market.planning import campaigns_of, towns_of
from models.market.series import DAY, LAST, NONE
from models.market.series_plan import LONGEST, MOST_DAYS, Wish
from models.vocabulary.code_list import N_
from routes.office.market_day_form import TIME
from routes.web.labelled_form import LabelledForm

ALL = "all"  # instead of towns one by one
WEEKS = timedelta(days=83)  # twelve weeks, the first day included
SOURCES = {
    LAST: N_("Each town as it was last time; a town that had none yet, like the day below"),
    DAY: N_("All towns like the day below"),
    NONE: N_("Without booths"),
}
FIELDS = ("town", "start", "end", "source", "template", "campaign", "opens_at", "closes_at", "operators", "devices",
          "draft")  # fmt: skip


class SeriesForm(LabelledForm):
    """What is asked of a series.

    Fields: ``town`` (codes, or ``all``), ``start``, ``end``, ``source`` (a code of SOURCES), ``template`` (a market
    day's id), ``campaign`` (an id), ``opens_at`` and ``closes_at`` (empty: as the day that is copied), and with ``yes``
    ``operators``, ``devices`` and ``draft``.
    """

    labels = {
        "town": N_("Towns"), "start": N_("First day"), "end": N_("Last day"), "source": N_("Set up like"),
        "template": N_("The day to copy"), "campaign": N_("Campaign"), "opens_at": N_("Opens at"),
        "closes_at": N_("Closes at"),
    }  # fmt: skip

    def __init__(
        self, county: County, today: date, days: list[MarketDay], typed: MultiDict[str, str] | None = None
    ) -> None:
        start = {
            "town": [ALL], "start": today, "end": today + WEEKS, "source": LAST, "operators": "yes", "devices": "yes",
            "template": next((day.id for day in days if day.date <= today), days[-1].id if days else ""),
        }  # fmt: skip
        super().__init__(typed, start)
        self.county, self.today = county, today
        self.days = {str(day.id): day for day in days}
        self.towns = towns_of(county, today)
        self.campaigns = {str(campaign.id): campaign for campaign in campaigns_of(county)}

    def towns_to_choose(self) -> list[tuple[str, str]]:
        """Return the towns as boxes show them, all of them first."""
        return [(ALL, _("All towns of the county")), *((town.code, town.name) for town in self.towns)]

    def days_to_choose(self) -> list[tuple[str, str]]:
        """Return the market days to copy as a select shows them."""
        lines = [(key, _("%(date)s %(town)s, %(count)s booths", date=format_date(day.date), town=day.town_name,
                         count=day.booth_count)) for key, day in self.days.items()]  # fmt: skip
        return [("", _("No day")), *lines]

    def campaigns_to_choose(self) -> list[tuple[str, str]]:
        """Return the campaigns as a select shows them."""
        return [("", _("No campaign")), *((key, campaign.name) for key, campaign in self.campaigns.items())]

    def asked(self) -> list[tuple[str, str]]:
        """Return every field with its values, for a page that carries them along."""
        return [(name, value) for name in FIELDS for value in self.values(name)]

    def read(self) -> Wish | None:
        """Return what is wished for, or None after noting what is wrong."""
        codes = [town.code for town in self.towns]
        chosen = codes if ALL in self.values("town") else self.choices("town", codes)
        if not codes:
            self.refuse("town", _("This county has no towns yet"))
        start, end = self.date("start"), self.date("end")
        self._look_at_period(start, end)
        source = self.choice("source", SOURCES)
        template = self.choice("template", self.days, required=False)
        if source == DAY and not template:
            self.refuse("template", _("Please choose the day to copy."))
        campaign = self.choice("campaign", self.campaigns, required=False)
        hours = self._hours()
        if not self.ok or start is None or end is None or source is None:
            return None
        return Wish(
            self.county, tuple(chosen), start, end, source, self.days.get(template or ""),
            self.campaigns.get(campaign or ""), *hours, self.value("operators") == "yes",
            self.value("devices") == "yes", self.value("draft") == "yes",
        )  # fmt: skip

    def _look_at_period(self, start: date | None, end: date | None) -> None:
        if start and start < self.today:
            self.refuse("start", _("This date is past."))
        if start and end and end < start:
            self.refuse("end", _("The last day is before the first."))
        elif start and end and (end - start).days >= LONGEST:
            self.refuse("end", _("A series is at most a year long."))

    def _hours(self) -> tuple[str, str]:
        typed: list[Any] = [self.code(name, limit=5, required=False) or "" for name in ("opens_at", "closes_at")]
        for name, value in zip(("opens_at", "closes_at"), typed, strict=True):
            if value and not TIME.fullmatch(value):
                self.refuse(name, _("Please write a time such as 08:00."))
        if bool(typed[0]) != bool(typed[1]):
            self.refuse("closes_at" if typed[0] else "opens_at", _("Please write both hours, or none."))
        elif typed[0] and self.ok and not can_be(*typed):
            self.refuse("closes_at", _("It closes before it opens. A night market opens in the afternoon or later "
                                       "and closes by 06:00 of the next morning."))
        return typed[0], typed[1]


def too_many(days: int) -> str:
    """Return what is said of a series that is too long, or nothing."""
    return _("%(days)s market days are too many for one series; %(most)s are possible. Choose a shorter period "
             "or fewer towns.", days=days, most=MOST_DAYS) if days > MOST_DAYS else ""  # fmt: skip
