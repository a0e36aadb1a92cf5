"""Merging employers: one that stands in the list twice becomes one."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.kiosk.employer_merge import may_merge, merge
from models.market.employer import Employer
from models.market.employer_twin import twins_of
from models.vocabulary.code_list import EMPLOYER_KINDS
from routes.office.employer_page import find_employer
from routes.web.access import county, who, writes
from routes.web.answers import go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("employer_merges", __name__, url_prefix="/organiser/employers/<int:employer_id>/merge")

LONGEST_REASON = 200  # letters


@bp.get("")
@writes
def new(employer_id: int) -> Response:
    """Show an employer beside another one that would be merged into it. Query: ``other`` (its id); else choose one."""
    kept = find_employer(employer_id)
    other = Employer.get_or_none(id=request.args.get("other", 0, type=int), county=county())
    return _page(kept, other, Form())


@bp.post("")
@writes
def create(employer_id: int) -> Response:
    """Merge another employer into this one. Nothing undoes it.

    Form: ``other`` (its id), ``reason``. 303; 422 with the page, also for two that cannot be one.
    """
    kept = find_employer(employer_id)
    form = Form(request.form)
    other = Employer.get_or_none(id=form.whole("other", 1, 2**31 - 1) or 0, county=county())
    if form.value("other") and other is None:
        abort(404)
    why = form.text("reason", limit=LONGEST_REASON)
    if other and not may_merge(kept, other):
        form.refuse("other", _("These two cannot be one employer: each has its own code."))
    if not form.ok or other is None or not why:
        return _page(kept, other, form, 422)
    name = other.name
    merge(kept, other, who(), why)
    flash(_("%(other)s is now %(kept)s.", other=name, kept=kept.name), "success")
    return go_to(url_for("employers.show", employer_id=kept.id))


def _page(kept: Employer, other: Employer | None, form: Form, status: int = 200) -> Response:
    other = other if other and other.id != kept.id else None
    return render_page(
        "office/employers/merge.html",
        status=status,
        kept=kept,
        other=other,
        form=form,
        kinds=EMPLOYER_KINDS,
        twins=twins_of(county(), kept.name, kept),
        others=[] if other else Employer.of_county(county(), kept),
        mergeable=bool(other and may_merge(kept, other)),
    )

