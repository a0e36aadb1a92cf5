"""County settings: what a county's pages and sheets say of its office, and where its service points are."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.in_use import facts_of
from models.kiosk.set_up import change_county
from models.market.planning import market_days_of
from models.market.service_point import ServicePoint
from routes.office.county_form import CountyForm
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.language import LANGUAGES
from routes.web.pages import render_page
from routes.web.privacy import keep_version

bp = Blueprint("county_settings", __name__, url_prefix="/organiser/county")


@bp.get("")
@reads
def show() -> Response:
    """Show the county's settings and its service points."""
    mine = county()
    spoken = [LANGUAGES[code] for code in LANGUAGES if not mine.languages or code in mine.languages.split(",")]
    return render_page(
        "office/county_settings/show.html", county=mine, languages=spoken, points=ServicePoint.of(mine.id)
    )


@bp.get("/edit")
@writes
def edit() -> Response:
    """Show the settings' form, filled in."""
    return _form(CountyForm(county()))


@bp.post("")
@writes
def update() -> Response:
    """Change the county's settings and tell its tablets.

    Form: ``name``, ``service_name``, ``seal_line``, ``phone``, ``hours``, ``timezone``, ``languages`` (codes, at
    least one), ``lock_minutes`` (1 to 60). 303; 422 with the form.
    """
    form = CountyForm(county(), request.form)
    fields = form.read()
    if fields["timezone"] not in (None, county().timezone) and any(facts_of(market_days_of(county())).values()):
        form.refuse("timezone", _("Facts were recorded by the clock of this time zone, so it stays."))
    if not form.ok:
        return _form(form, 422)
    change_county(county(), **fields)
    keep_version(county())
    flash(_("The changes are kept."), "success")
    return go_to(url_for("county_settings.show"))


def _form(form: CountyForm, status: int = 200) -> Response:
    return render_page(
        "office/county_settings/edit.html", block=block_for_htmx("form"), status=status, form=form, languages=LANGUAGES
    )
