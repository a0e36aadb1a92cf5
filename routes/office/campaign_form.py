"""The campaign's form: its name, theme and dates, and how many events of each kind of venue are to be held."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import same_of
from models.market.campaign import Campaign
from models.market.campaign_target import CampaignTarget
from models.market.county import County
from models.market.planning import campaigns_of, city_campaigns
from models.vocabulary.code_list import N_, VENUES
from routes.web.editing import EditedForm

MOST = 100_000  # events of one kind
TARGET = "target_{}"
TARGETS = {TARGET.format(code): words for code, words in VENUES.items()}  # the fields with their words


class CampaignForm(EditedForm):
    """What is typed about a campaign of a county, or of the city: then ``county`` is None and no targets are asked."""

    labels = {
        "name": N_("What it is called"), "theme": N_("Theme"), "starts_on": N_("First day"), "ends_on": N_("Last day"),
        **TARGETS,
    }  # fmt: skip

    def __init__(
        self, county: County | None, typed: MultiDict | None = None, campaign: Campaign | None = None
    ) -> None:
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
        return fields, read_targets(self) if self.county else {}

    def _look_for_twin(self, name: str | None) -> None:
        known = campaigns_of(self.county) if self.county else city_campaigns()
        others = (other for other in known if not self.campaign or other.id != self.campaign.id)
        if name and any(same_of(other.name) == same_of(name) for other in others):
            self.refuse("name", _("There already is a campaign of this name."))


class TargetForm(EditedForm):
    """What is typed about the targets of one county within a campaign of the city."""

    labels = TARGETS

    def __init__(self, campaign: Campaign, county: County, typed: MultiDict | None = None) -> None:
        super().__init__(typed, _targets(campaign, county), is_stored=True)

    def read(self) -> dict[str, int]:
        """Return the targets by venue; look at ``ok`` before keeping them."""
        return read_targets(self)


def read_targets(form: EditedForm) -> dict[str, int]:
    """Return the targets by venue that were typed, without those that are empty or 0."""
    typed = {venue: form.whole(TARGET.format(venue), 0, MOST, required=False) for venue in VENUES}
    return {venue: events for venue, events in typed.items() if events}


def _start(county: County | None, campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {}
    fields = {name: getattr(campaign, name) for name in ("name", "theme", "starts_on", "ends_on")}
    return fields | (_targets(campaign, county) if county else {})


def _targets(campaign: Campaign, county: County) -> dict[str, Any]:
    targets = CampaignTarget.of(campaign, county)
    return {TARGET.format(venue): targets.get(venue, "") for venue in VENUES}
