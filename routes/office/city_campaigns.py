"""Campaigns of the city: series that the market days of all counties join, with what each held of its targets."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.figures.campaign_progress import city_progress
from models.market.campaign import Campaign
from models.market.planning import city_campaigns
from models.vocabulary.code_list import VENUES
from routes.office.campaign_form import CampaignForm
from routes.web.access import reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.pages import render_page

bp = Blueprint("city_campaigns", __name__, url_prefix="/organiser/city/campaigns")


@bp.get("")
@reads
def index() -> Response:
    """List the city's campaigns, the latest first, each with what all counties held of its target."""
    return render_page(
        "office/city_campaigns/index.html",
        campaigns=[(campaign, city_progress(campaign)[1][-1]) for campaign in city_campaigns()],
        today=utcnow().date(),
    )


@bp.get("/<int:city_campaign_id>")
@reads
def show(city_campaign_id: int) -> Response:
    """Show a campaign of the city: what each county held against its target, and all of them by kind of venue."""
    campaign = find_city_campaign(city_campaign_id)
    counties, venues = city_progress(campaign)
    return render_page(
        "office/city_campaigns/show.html", campaign=campaign, counties=counties, progress=venues, venues=VENUES
    )


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for a campaign of the city."""
    return _form(CampaignForm(None))


@bp.post("")
@writes
def create() -> Response:
    """Add a campaign of the city. Form: ``name``, ``theme``, ``starts_on``, ``ends_on``. 303; 422 with the form."""
    return _keep(CampaignForm(None, request.form), Campaign(county=None))


@bp.get("/<int:city_campaign_id>/edit")
@writes
def edit(city_campaign_id: int) -> Response:
    """Show a campaign's form, filled in."""
    return _form(CampaignForm(None, campaign=find_city_campaign(city_campaign_id)))


@bp.post("/<int:city_campaign_id>")
@writes
def update(city_campaign_id: int) -> Response:
    """Change a campaign. Form as for ``create``. What was closed stays as it was. 303; 422 with the form."""
    campaign = find_city_campaign(city_campaign_id)
    return _keep(CampaignForm(None, request.form, campaign), campaign)


@bp.post("/<int:city_campaign_id>/delete")
@writes
def destroy(city_campaign_id: int) -> Response:
    """Delete a campaign with its targets. 303; 409 when a market day of some county belongs to it."""
    campaign = find_city_campaign(city_campaign_id)
    if campaign.market_days.exists():
        flash(_("This campaign has market days, so it stays."), "attention")
        return _form(CampaignForm(None, campaign=campaign), 409)
    campaign.delete_instance()
    flash(_("%(name)s is deleted.", name=campaign.name), "success")
    return go_to(url_for("city_campaigns.index"))


def find_city_campaign(campaign_id: int) -> Campaign:
    """Return a campaign of the city, or 404."""
    campaign: Campaign | None = Campaign.get_or_none((Campaign.id == campaign_id) & Campaign.county.is_null())
    return campaign or abort(404)


def _keep(form: CampaignForm, campaign: Campaign) -> Response:
    fields, _targets = form.read()
    if not form.ok:
        return _form(form, 422)
    change(campaign, fields)
    campaign.save()
    flash(_("The changes are kept.") if form.campaign else _("The campaign is added."), "success")
    return go_to(url_for("city_campaigns.show", city_campaign_id=campaign.id))


def _form(form: CampaignForm, status: int = 200) -> Response:
    return render_page(
        "office/city_campaigns/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        campaign=form.campaign,
        has_days=bool(form.campaign and form.campaign.market_days.exists()),
    )
