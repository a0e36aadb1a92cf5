"""Divisions: the county's towns, those that were merged or abolished too.

What ended is offered no more and keeps its name.
"""

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.division import Division
from models.market.planning import all_towns_of
from models.vocabulary.code_list import N_
from routes.office.market_dates import today_in
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import EditedForm
from routes.web.pages import render_page

bp = Blueprint("divisions", __name__, url_prefix="/organiser/county/towns")

CODE = re.compile(r"[0-9]{9}|[0-9]{12}")


class DivisionForm(EditedForm):
    """What is typed about a town: a new one with its code and name, or from when to when a known one holds."""

    labels = {
        "code": N_("Division code"), "name": N_("Town"), "valid_from": N_("Holds from"), "valid_to": N_("Holds until"),
        "successor": N_("What came after it"),
    }  # fmt: skip

    def __init__(self, town: Division | None = None, typed: MultiDict | None = None) -> None:
        start = {name: getattr(town, name) for name in ("valid_from", "valid_to", "successor")} if town else {}
        super().__init__(typed, start, is_stored=town is not None)
        self.town = town

    def read(self) -> dict[str, Any]:
        """Return the town's fields; look at ``ok`` before keeping them."""
        fields: dict[str, Any] = {
            "valid_from": self.date("valid_from", required=False),
            "valid_to": self.date("valid_to", required=False),
            "successor": self.code("successor", limit=12, required=False) or None,
        }
        self._look_at_span(fields["valid_from"], fields["valid_to"])
        if fields["successor"] and not Division.names_of([fields["successor"]]):
            self.refuse("successor", _("No division has this code."))
        if self.town is None:
            fields |= {"code": self._code(), "name": self.text("name", limit=30)}
        return fields

    def _look_at_span(self, start: date | None, end: date | None) -> None:
        if start and end and end < start:
            self.refuse("valid_to", _("It ends before it begins."))
        if self.value("successor") and not end and self.ok:
            self.refuse("valid_to", _("Please say on which day it held last."))

    def _code(self) -> str | None:
        code = self.code("code", limit=12)
        if code and not (CODE.fullmatch(code) and code.startswith(county().division_id or "x")):
            self.refuse("code", _("A town's code has nine digits and begins with %(code)s.", code=county().division_id))
        elif code and Division.get_or_none(code=code):
            self.refuse("code", _("A division has this code already."))
        return code


@bp.get("")
@reads
def index() -> Response:
    """List the county's towns by code, with those that ended, and what came after them."""
    towns = all_towns_of(county())
    after = Division.names_of([town.successor for town in towns if town.successor])
    return render_page("office/divisions/index.html", towns=towns, after=after, today=today_in(county()))


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form for a new town."""
    return _form(DivisionForm())


@bp.post("")
@writes
def create() -> Response:
    """Add a town. Form: ``code`` (nine digits of GB/T 2260), ``name``, and as for ``update``. 303; 422."""
    form = DivisionForm(typed=request.form)
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    Division.create(parent=county().division_id, level="township", **fields)
    return _kept()


@bp.get("/<town>/edit")
@writes
def edit(town: str) -> Response:
    """Show a town's form, filled in."""
    return _form(DivisionForm(_town(town)))


@bp.post("/<town>")
@writes
def update(town: str) -> Response:
    """Say from when to when a town holds, and what came after it.

    Form: ``valid_from``, ``valid_to`` (dates or nothing), ``successor`` (a code or nothing). 303; 422 with the form.
    """
    found = _town(town)
    form = DivisionForm(found, request.form)
    fields = form.read()
    if not form.ok:
        return _form(form, 422)
    found.change(**fields)
    return _kept()


def _kept() -> Response:
    flash(_("The changes are kept."), "success")
    return go_to(url_for("divisions.index"))


def _town(code: str) -> Division:
    return Division.get_or_none(code=code, level="township", parent=county().division_id) or abort(404)


def _form(form: DivisionForm, status: int = 200) -> Response:
    return render_page(
        "office/divisions/edit.html", block=block_for_htmx("form"), status=status, form=form, town=form.town
    )
