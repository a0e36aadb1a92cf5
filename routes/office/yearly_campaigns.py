"""The year's campaigns ("10+N"): the national ones of a year, made at once from a list with their usual months."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from models.base.typed import same_of
from models.market.campaign import Campaign
from models.market.campaign_target import keep_campaigns
from models.market.county import County
from models.market.planning import campaigns_of
from models.vocabulary.code_list import N_
from models.vocabulary.yearly_campaigns import YEARLY
from routes.office.market_dates import today_in
from routes.web.access import county, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("yearly_campaigns", __name__, url_prefix="/organiser/campaigns/year")

OWN = 4  # empty lines for what the region adds: the N


class Line(NamedTuple):
    """A line of the form: its key, the name of the campaign, whether the county has one of that name."""

    key: str
    name: str
    is_known: bool


class YearForm(LabelledForm):
    """What is ticked and typed of a year.

    Fields: ``year``; ``take`` (keys of lines); of each line ``KEY_starts_on``, ``KEY_ends_on``, and of an own one
    ``KEY_name``. An own line counts once it has a name.
    """

    labels = {"year": N_("Year")}

    def __init__(self, county: County, year: int, typed: MultiDict[str, str] | None = None) -> None:
        names = {same_of(f"{year}年{usual.name}"): usual for usual in YEARLY}
        known = {same_of(campaign.name) for campaign in campaigns_of(county)}
        self.lines = [Line(usual.code, f"{year}年{usual.name}", name in known) for name, usual in names.items()]
        self.own = [f"own{n}" for n in range(1, OWN + 1)]
        self.county, self.year, self._known = county, year, known
        start: dict[str, object] = {"year": year, "take": [line.key for line in self.lines if not line.is_known]}
        for usual in YEARLY:
            start[f"{usual.code}_starts_on"] = date(year, *usual.first)
            start[f"{usual.code}_ends_on"] = date(year, *usual.last)
        super().__init__(typed, start)

    def read(self) -> list[Campaign]:
        """Return the campaigns to make; look at ``ok`` before keeping them."""
        themes = {usual.code: usual.theme for usual in YEARLY}
        lines = [(line.key, line.name) for line in self.lines if line.key in self.values("take")]
        lines += [(key, name) for key in self.own if (name := self.text(f"{key}_name", limit=60, required=False))]
        found: list[Campaign] = []
        for key, name in lines:
            first, last = self.date(f"{key}_starts_on"), self.date(f"{key}_ends_on")
            if first and last and last < first:
                self.refuse(f"{key}_ends_on", _("The last day is before the first."))
            if same_of(name) in self._known | {same_of(one.name) for one in found}:
                self.refuse(f"{key}_name" if key in self.own else f"{key}_starts_on",
                            _("There already is a campaign of this name."))  # fmt: skip
            found.append(Campaign(
                county=self.county, name=name, theme=themes.get(key, ""), starts_on=first, ends_on=last
            ))  # fmt: skip
        if not lines:
            self.refuse("year", _("Please choose at least one."))
        return found


@bp.get("/new")
@writes
def new() -> Response:
    """Show the campaigns of a year with their usual dates. Query: ``year`` (the present one, from October the next)."""
    return _form(YearForm(county(), _year(request.args.get("year", ""))))


@bp.post("")
@writes
def create() -> Response:
    """Make the campaigns that are ticked, in one transaction. Form: as YearForm. 303; 422 with the form."""
    form = YearForm(county(), _year(request.form.get("year", "")), request.form)
    campaigns = form.read()
    if not form.ok:
        return _form(form, 422)
    keep_campaigns(campaigns)
    flash(ngettext("%(num)s campaign is added.", "%(num)s campaigns are added.", len(campaigns)), "success")
    return go_to(url_for("campaigns.index"))


def _year(typed: str) -> int:
    today = today_in(county())
    usual = today.year + (today.month >= 10)
    return int(typed) if typed.isascii() and typed.isdigit() and 2020 <= int(typed[:5]) <= 2099 else usual


def _form(form: YearForm, status: int = 200) -> Response:
    return render_page("office/yearly_campaigns/edit.html", status=status, form=form)
