"""The campaign's form: its name, theme and dates, and how many events of each kind of venue are to be held."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import same_of
from models.market.campaign import Campaign
from models.market.campaign_target import CampaignTarget
from models.market.county import County
from models.market.planning import campaigns_of
from models.vocabulary.code_list import N_, VENUES
from routes.web.editing import EditedForm

MOST = 100_000  # events of one kind
TARGET = "target_{}"


class CampaignForm(EditedForm):
    """What is typed about a campaign of a county."""

    labels = {
        "name": N_("What it is called"), "theme": N_("Theme"), "starts_on": N_("First day"), "ends_on": N_("Last day"),
        **{TARGET.format(code): words for code, words in VENUES.items()},
    }  # fmt: skip

    def __init__(self, county: County, typed: MultiDict | None = None, campaign: Campaign | None = None) -> None:
        super().__init__(typed, _start(county, campaign), is_stored=campaign is not None)
        self.county = county
        self.campaign = campaign

    def read(self) -> tuple[dict[str, Any], dict[str, int]]:
        """Return the campaign's fields and its targets by venue; look at ``ok`` before keeping them."""
        fields: dict[str, Any] = {
            "name": self.text("name", limit=60),
            "theme": self.text("theme", limit=80, required=False),
            "starts_on": self.date("starts_on"),
            "ends_on": self.date("ends_on"),
        }
        if fields["starts_on"] and fields["ends_on"] and fields["ends_on"] < fields["starts_on"]:
            self.refuse("ends_on", _("The last day is before the first."))
        self._look_for_twin(fields["name"])
        typed = {venue: self.whole(TARGET.format(venue), 0, MOST, required=False) for venue in VENUES}
        return fields, {venue: events for venue, events in typed.items() if events}

    def _look_for_twin(self, name: str | None) -> None:
        others = (other for other in campaigns_of(self.county) if not self.campaign or other.id != self.campaign.id)
        if name and any(same_of(other.name) == same_of(name) for other in others):
            self.refuse("name", _("There already is a campaign of this name."))


def _start(county: County, campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {}
    fields = {name: getattr(campaign, name) for name in ("name", "theme", "starts_on", "ends_on")}
    targets = CampaignTarget.of(campaign, county)
    return fields | {TARGET.format(venue): targets.get(venue, "") for venue in VENUES}
