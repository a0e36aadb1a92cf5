"""The form of a programme: what it is, when, where, how many seats, and who leads it."""

import re
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.campaign import Campaign
from models.market.market_day import MarketDay
from models.market.programme import Programme
from models.vocabulary.code_list import N_
from models.vocabulary.programme import PROGRAMMES
from routes.office.county_form import read_phone
from routes.web.access import county
from routes.web.editing import EditedForm

MOST_SEATS = 2_000
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class ProgrammeForm(EditedForm):
    """What is typed about a programme; ``scope`` is chosen only while it is made."""

    labels = {
        "kind": N_("What is it?"), "title": N_("What it is called"), "begins_on": N_("First date"),
        "ends_on": N_("Last date"), "clock": N_("Time"), "place": N_("Where"), "seats": N_("Seats"),
        "contact": N_("Who leads it"), "phone": N_("Phone"), "scope": N_("Where people sign up"),
    }  # fmt: skip
    chosen = frozenset({"kind", "scope"})

    def __init__(self, days: list[MarketDay], campaigns: list[Campaign], programme: Programme | None = None,
                 typed: MultiDict | None = None) -> None:  # fmt: skip
        names = [name for name in self.labels if name != "scope"]
        usual = {"kind": "course", "clock": "09:00"}
        start = {name: getattr(programme, name) for name in names} if programme else usual
        super().__init__(typed, start, is_stored=programme is not None)
        self.programme = programme
        self.scopes = {"": _("All market days of the county")}
        self.scopes |= {f"day-{day.id}": f"{day.date.isoformat()} {day.town_name}" for day in days}
        self.scopes |= {f"campaign-{one.id}": one.name for one in campaigns}

    def read(self) -> dict[str, Any]:
        """Return the fields; look at ``ok`` before keeping them."""
        fields: dict[str, Any] = {
            "kind": self.choice("kind", PROGRAMMES),
            "title": self.text("title", limit=60),
            "begins_on": self.date("begins_on"),
            "ends_on": self.date("ends_on", required=False),
            "clock": self.code("clock", limit=5),
            "place": self.text("place", limit=80),
            "seats": self.whole("seats", 1, MOST_SEATS),
            "contact": self.text("contact", limit=40),
            "phone": read_phone(self, required=True),
        }
        if fields["clock"] and not CLOCK.fullmatch(str(fields["clock"])):
            self.refuse("clock", _("Please write it like 08:30."))
        if fields["ends_on"] and fields["begins_on"] and fields["ends_on"] < fields["begins_on"]:
            self.refuse("ends_on", _("That is before the first date."))
        return fields if self.programme else fields | self._scope()

    def _scope(self) -> dict[str, Any]:
        what, _sign, number = (self.choice("scope", self.scopes, required=False) or "").partition("-")
        ids = {"day": "market_day_id", "campaign": "campaign_id"}
        return {ids[what]: int(number), "county": county()} if what in ids else {"county": county()}
