"""Minimum wages: what the checks compare the pay of vacancies with, entered when a new one is announced."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.market.minimum_wage import MinimumWage
from models.vocabulary.code_list import N_
from routes.web.access import county, reads, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("minimum_wages", __name__, url_prefix="/organiser/county/minimum-wages")


class MinimumWageForm(LabelledForm):
    """What is typed about a minimum wage. Typed in yuan and kept in fen."""

    labels = {
        "valid_from": N_("Holds from"), "month": N_("Least pay a month, in yuan"),
        "hour": N_("Least pay an hour, in yuan"), "source": N_("Paper that says so"),
    }  # fmt: skip


@bp.get("")
@reads
def index() -> Response:
    """List the county's minimum wages, the latest first, above the form for a new one."""
    return _page(MinimumWageForm())


@bp.post("")
@writes
def create() -> Response:
    """Add a minimum wage, or put right the one of the same day.

    Form: ``valid_from`` (date), ``month`` and ``hour`` (yuan), ``source``. 303; 422 with the form.
    """
    form = MinimumWageForm(request.form)
    day, month, hour = form.date("valid_from"), form.fen("month"), form.fen("hour")
    source = form.text("source", required=False)
    if month and hour and not 20 <= month / hour <= 300:
        form.refuse("hour", _("A month has about 170 hours of work: these two do not go together."))
    if not form.ok or not (day and month and hour):
        return _page(form, 422)
    wage = MinimumWage.get_or_none(county=county(), valid_from=day) or MinimumWage(county=county(), valid_from=day)
    wage.month_fen, wage.hour_fen, wage.source = month, hour, source or ""
    wage.save()
    flash(_("Vacancies are compared with it from now on."), "success")
    return go_to(url_for(".index"))


@bp.post("/<int:wage_id>/delete")
@writes
def destroy(wage_id: int) -> Response:
    """Take a minimum wage away. 303."""
    wage = MinimumWage.get_or_none(id=wage_id, county=county()) or abort(404)
    wage.delete_instance()
    flash(_("It is taken away."), "success")
    return go_to(url_for(".index"))


def _page(form: MinimumWageForm, status: int = 200) -> Response:
    return render_page("office/minimum_wages/index.html", status=status, form=form, wages=MinimumWage.of(county()))
