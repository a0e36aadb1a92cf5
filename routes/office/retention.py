"""Retention: how long the county keeps what, what tonight's run takes away, and what the last runs took."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.base.database import writing
from models.forgetting.due import Due
from models.forgetting.request import DeletionRequest
from models.forgetting.retention_run import RetentionRun
from models.market.retention import BOUNDS, Retention
from models.vocabulary.code_list import N_
from routes.web.access import county, reads, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.asker import may_change
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page
from routes.web.privacy import keep_version

bp = Blueprint("retention", __name__, url_prefix="/organiser/retention")

PERIODS = {
    "contact_days": N_("Name and phone of who was introduced to nobody, days after the campaign"),
    "tied_days": N_("Name and phone of who was introduced to an employer, days after the campaign"),
    "raw_days": N_("Entries that were refused or wait, days after the campaign"),
    "box_days": N_("Hand-over boxes whose entries were taken in, days"),
    "ledger_years": N_("Ledger with surname and result, years (the law: at least two)"),
    "audit_years": N_("History of who did and read what, years (the law: at least three)"),
    "late_days": N_("Keyed hashes by which what comes late is forgotten again, days"),
    "backup_days": N_("Copies of the database, days"),
}
WHAT = {
    "people": N_("Registrations: name and phone"),
    "surnames": N_("Registrations: surname in the ledger"),
    "surveyed": N_("People of surveys: name, phone, the bureau's number"),
    "raw": N_("Entries that were refused or wait"),
    "boxes": N_("Hand-over boxes"),
    "audit": N_("Entries of the history"),
    "keys": N_("Keyed hashes for what comes late"),
    "complaints": N_("Complaints: who complained and what they wrote"),
}


class RetentionForm(LabelledForm):
    """The periods as they are typed."""

    labels = PERIODS


@bp.get("")
@reads
def show() -> Response:
    """Show the county's periods, what is due and what went."""
    mine = county()
    due = Due(mine, utcnow().astimezone(mine.zone()).date()).counts()
    return render_page(
        "office/retention/show.html", periods=Retention.of(mine), due=due, runs=RetentionRun.latest(mine), what=WHAT,
        names=PERIODS, requests=DeletionRequest.open_of(mine) if may_change("deletions") else [],
    )  # fmt: skip


@bp.get("/edit")
@writes
def edit() -> Response:
    """Show the periods' form, filled in."""
    mine = Retention.of(county())
    return _form(RetentionForm(start={name: getattr(mine, name) for name in PERIODS}))


@bp.post("")
@writes
def update() -> Response:
    """Change the periods. Form: the names of ``BOUNDS``, whole numbers within them. 303; 422 with the form."""
    form = RetentionForm(request.form)
    read = {name: form.whole(name, least, most) for name, (least, most) in BOUNDS.items()}
    if not form.ok:
        return _form(form, 422)
    with writing():
        mine = Retention.of(county())
        for name, number in read.items():
            setattr(mine, name, number)
        mine.keep()
    keep_version(county())
    flash(_("The changes are kept."), "success")
    return go_to(url_for("retention.show"))


def _form(form: RetentionForm, status: int = 200) -> Response:
    return render_page(
        "office/retention/edit.html", block=block_for_htmx("form"), status=status, form=form, names=PERIODS,
        bounds=BOUNDS,
    )  # fmt: skip
