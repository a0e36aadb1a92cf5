"""The form of a report: which market days it is about, and by what its rows are."""

from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.figures.report_choice import CAMPAIGN, DAY, MONTH, TOWN, VENUE, WEEK, ReportChoice
from models.market.county import County
from models.market.planning import all_towns_of, campaigns_of
from models.vocabulary.code_list import N_, VENUES
from models.vocabulary.event import EVENT_TYPES
from routes.web.labelled_form import LabelledForm

ROWS = {
    "": N_("No rows"), TOWN: N_("Town"), WEEK: N_("Week"), MONTH: N_("Month"), CAMPAIGN: N_("Campaign"),
    VENUE: N_("Kind of venue"), DAY: N_("Market day"),
}  # fmt: skip


class ReportForm(LabelledForm):
    """What is asked of a report. Without dates: those of the chosen campaign, else this year."""

    labels = {
        "from": N_("First date"), "until": N_("Last date"), "campaign": N_("Campaign"), "town": N_("Town"),
        "venue": N_("Kind of venue"), "type": N_("Kind of event"), "by": N_("Rows by"),
    }  # fmt: skip

    def __init__(self, county: County, today: date, typed: MultiDict[str, str]) -> None:
        self.county = county
        self.campaigns = {str(campaign.id): campaign for campaign in campaigns_of(county)}
        self.towns = {town.code: town for town in all_towns_of(county)}
        campaign = self.campaigns.get(typed.get("campaign", ""))
        first, last = (campaign.starts_on, campaign.ends_on) if campaign else (None, None)
        start = {"from": first or date(today.year, 1, 1), "until": last or date(today.year, 12, 31)}
        super().__init__(MultiDict({
            name: typed.get(name, "") or str(start.get(name, "")) for name in self.labels
        }))  # fmt: skip

    def read(self) -> ReportChoice | None:
        """Return the choice, or None after noting what is wrong."""
        first, last = self.date("from"), self.date("until")
        if first and last and last < first:
            self.refuse("until", _("Please choose a date that is not before the first."))
        asked = {
            name: self.choice(name, options, required=False) or ""
            for name, options in (
                ("campaign", self.campaigns), ("town", self.towns), ("venue", VENUES), ("type", EVENT_TYPES),
                ("by", ROWS),
            )
        }  # fmt: skip
        if not (first and last and self.ok):
            return None
        return ReportChoice(
            self.county, first, last, self.campaigns.get(asked["campaign"]), self.towns.get(asked["town"]),
            asked["venue"], asked["type"], asked["by"],
        )  # fmt: skip
