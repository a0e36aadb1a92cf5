"""The market day's form: which town, when and where, within which campaign."""

import re
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import plain_of, same_of
from models.market.campaign import Campaign
from models.market.county import County
from models.market.division import Division
from models.market.market_calendar import MarketCalendar
from models.market.market_day import MarketDay
from models.market.market_hours import can_be
from models.market.planning import campaigns_of, is_planned, towns_of
from models.vocabulary.code_list import N_
from routes.office.event_fields import KINDS, OF_THE_EVENT, EventFields
from routes.office.market_dates import Offer, offer_for, today_in
from routes.office.market_rule_words import rule_in_words
from routes.web.access import is_own_town

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class MarketDayForm(EventFields):
    """What is typed about a market day, with the choices that its county has.

    Fields: ``town`` (a township's code), ``date``, ``opens_at`` and ``closes_at`` (HH:MM), ``place``, ``campaign`` (id
    or nothing) or ``new_campaign`` (a name); ``event_type``, ``venue``, ``event_class``, ``level`` (codes; what is left
    open is as is usual for the type), ``hosts``, ``co_organisers``, ``employers_online``, ``viewers``; and with ``yes``
    ``draft`` (the public sees it once it is published), ``off_market`` (hold it although the town does not go to market
    then) and ``past`` (it was held on a date that is past).
    """

    labels = {
        "town": N_("Town"), "date": N_("Date"), "opens_at": N_("Opens at"), "closes_at": N_("Closes at"),
        "place": N_("Place"), "campaign": N_("Campaign"), "new_campaign": N_("Or a new campaign's name"),
        "copy_from": N_("Copy the set-up of an earlier market day"), "reason": N_("Reason"),
    } | EventFields.labels  # fmt: skip
    chosen = frozenset({"town", "campaign", *KINDS})

    def __init__(
        self, county: County, typed: MultiDict | None = None, day: MarketDay | None = None
    ) -> None:
        super().__init__(_with_picked_date(typed), _start(day), is_stored=day is not None)
        self.county = county
        self.day = day
        self.today = today_in(county)
        self.towns = {town.code: town for town in self._towns(county)}
        self.campaigns = {str(campaign.id): campaign for campaign in campaigns_of(county)}

    def _towns(self, county: County) -> list[Division]:
        """Return the county's towns, and the day's own town even when its code has ended."""
        towns = [town for town in towns_of(county, self.today) if is_own_town(town.code)]
        if self.day and self.day.town_id not in {town.code for town in towns}:
            towns.append(self.day.town)
        return towns

    @property
    def is_picking(self) -> bool:
        """Say whether a market date was picked rather than the form handed in."""
        return bool(self.value("pick"))

    @property
    def is_past(self) -> bool:
        """Say whether a date was chosen that is past, other than the one that stands there already."""
        chosen = self._chosen_date()
        return chosen is not None and chosen < self.today and (self.day is None or chosen != self.day.date)

    def _has_other_date(self) -> bool:
        return self.day is not None and self._chosen_date() != self.day.date

    def offer(self) -> Offer | None:
        """Return what is known about the chosen town's market dates."""
        return offer_for(self.towns.get(self.value("town")), self._chosen_date(), self.today)

    def towns_to_choose(self) -> list[tuple[str, str]]:
        """Return the towns as a select shows them, each with its market days."""
        calendars = MarketCalendar.of_towns(list(self.towns))
        return [
            (code, f"{town.name} · {rule_in_words(known.rule_near(self.today))}" if known else town.name)
            for code, town in self.towns.items()
            for known in [calendars.get(code)]
        ]

    def campaigns_to_choose(self) -> list[tuple[str, str]]:
        """Return the campaigns as a select shows them."""
        return [(key, campaign.name) for key, campaign in self.campaigns.items()]

    def days_to_choose(self, days: dict[str, MarketDay]) -> list[tuple[str, str]]:
        """Return the market days to copy from as a select shows them."""
        lines = {key: _("%(date)s %(town)s, %(count)s booths", date=format_date(day.date),
                        town=day.town_name, count=day.booth_count) for key, day in days.items()}  # fmt: skip
        return [("", _("Start with no booths")), *lines.items()]

    def read(self) -> dict[str, Any]:
        """Return the market day's fields; look at ``ok`` before keeping them."""
        fields: dict[str, Any] = {
            "town": self.choice("town", self.towns),
            "date": self.date("date"),
            "opens_at": self._time("opens_at"),
            "closes_at": self._time("closes_at"),
            "place": self.text("place", required=False),
            "campaign": self._campaign(),
            "afterwards": self.is_past or bool(self.day and self.day.afterwards and not self._has_other_date()),
        }
        if self.day is None and self.value("draft") == "yes" and not self.is_past:
            fields |= {"published_at": None}
        fields |= self.read_event(self.day)
        self._look_at_hours(fields["opens_at"], fields["closes_at"])
        if fields["town"] and fields["date"]:
            self._look_at_date(fields["town"], fields["date"])
        return fields

    def _campaign(self) -> Campaign | None:
        """Return the campaign of that name, a new one if it is new; without a name the one chosen from the list."""
        name = self.text("new_campaign", required=False)
        if not name:
            key = self.choice("campaign", self.campaigns, required=False)
            return self.campaigns.get(key or "")
        known = (campaign for campaign in self.campaigns.values() if same_of(campaign.name) == same_of(name))
        return next(known, None) or Campaign(county=self.county, name=name)

    def _time(self, name: str) -> str | None:
        typed = self.code(name, limit=5)
        if typed and not TIME.fullmatch(typed):
            self.refuse(name, _("Please write a time such as 08:00."))
            return None
        return typed

    def _look_at_hours(self, opens_at: str | None, closes_at: str | None) -> None:
        if opens_at and closes_at and not can_be(opens_at, closes_at):
            self.refuse("closes_at", _("It closes before it opens. A night market opens in the afternoon or later "
                                       "and closes by 06:00 of the next morning."))

    def _look_at_date(self, town: str, on: date) -> None:
        if is_planned(self.county, town, on, self.day):
            self.refuse("date", _("There already is a market day of this town on this date."))
        if not self.towns[town].holds_on(on) and (self.day is None or town != self.day.town_id):
            self.refuse("town", _("There is no such town on that date: it was merged, abolished or not yet founded."))
        calendar = MarketCalendar.of(town)
        if calendar and calendar.falls_on(on) is False and self.value("off_market") != "yes":
            self.refuse("date", _("The town does not go to market on this date."))
        if self.is_past and self.value("past") != "yes":
            self.refuse("date", _("This date is past. If the market day was held then, tick that below the date."))

    def _chosen_date(self) -> date | None:
        try:
            return date.fromisoformat(plain_of(self.value("date")))
        except ValueError:
            return None


def _start(day: MarketDay | None) -> dict[str, Any]:
    if day is None:
        return {"opens_at": "08:00", "closes_at": "12:00", "event_type": "MARKET"}
    names = ("date", "opens_at", "closes_at", "place", *KINDS, *OF_THE_EVENT)
    return {name: getattr(day, name) for name in names} | {
        "town": day.town_id,
        "campaign": day.campaign_id,
    }


def _with_picked_date(typed: MultiDict | None) -> MultiDict | None:
    """Put a picked market date into the date's field; everything else stays as typed."""
    if typed is None or not typed.get("pick"):
        return typed
    typed = MultiDict(typed)
    typed["date"] = typed["pick"]
    return typed
