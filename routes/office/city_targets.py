"""Targets of a county within a campaign of the city: how many events of each kind of venue it is to hold."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.market.campaign import Campaign
from models.market.campaign_target import keep_targets
from models.market.county import County
from routes.office.campaign_form import TARGETS, TargetForm
from routes.office.city_campaigns import find_city_campaign
from routes.web.access import writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint(
    "city_targets", __name__, url_prefix="/organiser/city/campaigns/<int:city_campaign_id>/targets/<int:county_id>"
)


@bp.get("")
@writes
def edit(city_campaign_id: int, county_id: int) -> Response:
    """Show a county's targets in a form."""
    campaign, county = find_city_campaign(city_campaign_id), _county(county_id)
    return _form(campaign, county, TargetForm(campaign, county))


@bp.post("")
@writes
def update(city_campaign_id: int, county_id: int) -> Response:
    """Set a county's targets. Form: ``target_VENUE`` for each venue; empty or 0: none. 303; 422 with the form."""
    campaign, county = find_city_campaign(city_campaign_id), _county(county_id)
    form = TargetForm(campaign, county, request.form)
    targets = form.read()
    if not form.ok:
        return _form(campaign, county, form, 422)
    keep_targets(campaign, county, targets)
    flash(_("The targets of %(county)s are kept.", county=county.name), "success")
    return go_to(url_for("city_campaigns.show", city_campaign_id=campaign.id))


def _county(county_id: int) -> County:
    return County.get_or_none(id=county_id) or abort(404)


def _form(campaign: Campaign, county: County, form: TargetForm, status: int = 200) -> Response:
    return render_page(
        "office/city_campaigns/targets.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        campaign=campaign,
        county=county,
        targets=TARGETS,
    )
