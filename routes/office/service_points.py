"""Service points: where people of each town are served near their homes; passes and own pages name the nearest."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.planning import towns_of
from models.market.service_point import ServicePoint
from models.vocabulary.code_list import N_
from routes.office.county_form import read_phone
from routes.office.market_dates import today_in
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to, see_other
from routes.web.editing import EditedForm, change
from routes.web.pages import render_page

bp = Blueprint("service_points", __name__, url_prefix="/organiser/county/service-points")


class ServicePointForm(EditedForm):
    """What is typed about a service point of the county."""

    labels = {"town": N_("Town"), "name": N_("Service point"), "address": N_("Address"), "phone": N_("Phone")}
    chosen = frozenset({"town"})

    def __init__(self, point: ServicePoint | None = None, typed: MultiDict | None = None) -> None:
        names = {"town": "town_id", "name": "name", "address": "address", "phone": "phone"}
        start = {name: getattr(point, column) for name, column in names.items()} if point else {}
        super().__init__(typed, start, is_stored=point is not None)
        self.point = point
        self.towns = {town.code: town.name for town in towns_of(county(), today_in(county()))}
        if point and point.town_id and point.town:
            self.towns.setdefault(point.town_id, point.town.name)

    def read(self) -> dict[str, Any]:
        """Return the point's fields; look at ``ok`` before keeping them."""
        return {
            "town_id": self.choice("town", self.towns, required=False),
            "name": self.text("name", limit=40),
            "address": self.text("address", limit=60),
            "phone": read_phone(self, required=False),
        }


@bp.get("")
@reads
def index() -> Response:
    """Lead to the settings, where the service points stand."""
    return see_other(url_for("county_settings.show", _anchor="points"))


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for a service point."""
    return _form(ServicePointForm())


@bp.post("")
@writes
def create() -> Response:
    """Add a service point.

    Form: ``town`` (a code, or nothing: it serves all towns without one), ``name``, ``address``, ``phone``. 303; 422.
    """
    return _keep(ServicePointForm(typed=request.form), ServicePoint(county=county()))


@bp.get("/<int:point_id>/edit")
@writes
def edit(point_id: int) -> Response:
    """Show a service point's form, filled in."""
    return _form(ServicePointForm(_point(point_id)))


@bp.post("/<int:point_id>")
@writes
def update(point_id: int) -> Response:
    """Change a service point. Form as for ``create``. 303; 422."""
    point = _point(point_id)
    return _keep(ServicePointForm(point, request.form), point)


@bp.post("/<int:point_id>/delete")
@writes
def destroy(point_id: int) -> Response:
    """Take a service point away. 303."""
    point = _point(point_id)
    point.delete_instance()
    flash(_("%(name)s is deleted.", name=point.name), "success")
    return go_to(url_for("county_settings.show", _anchor="points"))


def _keep(form: ServicePointForm, point: ServicePoint) -> Response:
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    change(point, fields)
    point.save()
    flash(_("The changes are kept."), "success")
    return go_to(url_for("county_settings.show", _anchor="points"))


def _point(point_id: int) -> ServicePoint:
    return ServicePoint.get_or_none(id=point_id, county=county()) or abort(404)


def _form(form: ServicePointForm, status: int = 200) -> Response:
    return render_page(
        "office/service_points/edit.html", block=block_for_htmx("form"), status=status, form=form, point=form.point
    )
