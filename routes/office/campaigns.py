"""Campaigns: series of market days under one name, with targets and what was held of them."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.figures.campaign_progress import campaign_progress, is_of
from models.figures.overview import day_rows
from models.follow_up.placement import placements, together
from models.market.campaign import Campaign
from models.market.campaign_target import keep_campaign
from models.market.planning import campaigns_of
from models.vocabulary.code_list import VENUES
from models.vocabulary.event import EVENT_TYPES
from routes.office.campaign_form import TARGETS, CampaignForm
from routes.office.lists import campaign_day_list
from routes.office.market_dates import today_in
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import change
from routes.web.pages import render_page

bp = Blueprint("campaigns", __name__, url_prefix="/organiser/campaigns")


@bp.get("")
@reads
def index() -> Response:
    """List the county's campaigns and the city's, the latest first, each with what was held of its target."""
    rows = day_rows(county())
    return render_page(
        "office/campaigns/index.html",
        campaigns=[(campaign, campaign_progress(campaign, county(), rows)[-1]) for campaign in campaigns_of(county())],
        today=today_in(county()),
    )


@bp.get("/<int:campaign_id>")
@reads
def show(campaign_id: int) -> Response:
    """Show a campaign: theme, dates, what the county held against its targets by venue, and its own market days.

    Query as a listing's (routes/web/listing.py).
    """
    campaign = _find(campaign_id)
    rows = day_rows(county())
    own = [row for row in rows if row.day.campaign_id == campaign.id]
    return render_page(
        "office/campaigns/show.html",
        block=block_for_htmx("list"),
        campaign=campaign,
        county=county(),
        progress=campaign_progress(campaign, county(), rows),
        after=together(placements(row.day.id for row in own if is_of(campaign, row)).values()),
        outside=sum(not is_of(campaign, row) for row in own),
        days=campaign_day_list(campaign, own),
        venues=VENUES,
        types=EVENT_TYPES,
        today=today_in(county()),
    )


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for a campaign."""
    return _form(CampaignForm(county()))


@bp.post("")
@writes
def create() -> Response:
    """Add a campaign. Form: ``name``, ``theme``, ``starts_on``, ``ends_on``, and ``target_VENUE`` for each venue.

    303; 422 with the form.
    """
    return _keep(CampaignForm(county(), request.form), Campaign(county=county()))


@bp.get("/<int:campaign_id>/edit")
@writes
def edit(campaign_id: int) -> Response:
    """Show a campaign's form, filled in."""
    return _form(CampaignForm(county(), campaign=_find_own(campaign_id)))


@bp.post("/<int:campaign_id>")
@writes
def update(campaign_id: int) -> Response:
    """Change a campaign. Form as for ``create``. What was closed stays as it was. 303; 422 with the form."""
    campaign = _find_own(campaign_id)
    return _keep(CampaignForm(county(), request.form, campaign), campaign)


@bp.post("/<int:campaign_id>/delete")
@writes
def destroy(campaign_id: int) -> Response:
    """Delete a campaign. 303; 409 when it has market days."""
    campaign = _find_own(campaign_id)
    if campaign.market_days.exists():
        flash(_("This campaign has market days, so it stays."), "attention")
        return _form(CampaignForm(county(), campaign=campaign), 409)
    campaign.delete_instance()
    flash(_("%(name)s is deleted.", name=campaign.name), "success")
    return go_to(url_for("campaigns.index"))


def _keep(form: CampaignForm, campaign: Campaign) -> Response:
    fields, targets = form.read()
    if not form.ok:
        return _form(form, 422)
    change(campaign, fields)
    keep_campaign(campaign, targets)
    flash(_("The changes are kept.") if form.campaign else _("The campaign is added."), "success")
    return go_to(url_for("campaigns.show", campaign_id=campaign.id))


def _find(campaign_id: int) -> Campaign:
    """Return a campaign that the county's market days may join, or 404."""
    return next((one for one in campaigns_of(county()) if one.id == campaign_id), None) or abort(404)


def _find_own(campaign_id: int) -> Campaign:
    """Return a campaign of the county, or 404; 403 for one of the city's, which a county reads."""
    campaign = _find(campaign_id)
    return abort(403) if campaign.is_of_the_city else campaign


def _form(form: CampaignForm, status: int = 200) -> Response:
    return render_page(
        "office/campaigns/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        campaign=form.campaign,
        targets=TARGETS,
        has_days=bool(form.campaign and form.campaign.market_days.exists()),
    )
