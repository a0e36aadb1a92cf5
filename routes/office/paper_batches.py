"""Papers of several market days in one PDF: chosen, made by a process of its own, fetched, and gone after a day."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.printing.batch_run import BATCHED
from models.printing.day_paper import DAY_PAPERS
from models.printing.paper_batch import (
    DONE,
    MOST_DAYS,
    PaperBatch,
    batches_of,
    days_to_print,
    drop_old,
    stop,
)
from models.vocabulary.code_list import N_
from routes.office import workers
from routes.office.market_dates import today_in
from routes.office.paper_words import WORDS
from routes.web.access import audit, county, reads, towns, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("paper_batches", __name__, url_prefix="/organiser/paper-batches")

PACE = 1  # seconds between two looks at how far it is
SIZES = ("a4", "a3")
# Of each state, a badge and words.
STATES = {
    "waiting": ("waiting", N_("Waiting")), "working": ("waiting", N_("Being made")),
    "done": ("confirmed", N_("Ready to print")), "failed": ("attention", N_("Could not be made")),
    "stopped": ("closed", N_("Stopped")),
}  # fmt: skip
TROUBLES = {
    "no_font": N_(
        "The server has no font with Chinese characters. Who runs it installs one: fonts-noto-cjk on Debian."
    ),
    "too_many": N_("These are more than 2,000 sheets. Please choose fewer market days or fewer papers."),
    "nothing": N_("These market days have nothing to print yet: no booth, no open vacancy, no pass."),
    "slow": N_("It took too long. Please choose fewer market days or fewer papers."),
    "broken": N_("Something went wrong. Please try again, or print the papers one by one."),
}  # fmt: skip


@bp.get("")
@reads
def index() -> Response:
    """Show the form and the files of the last day. Query: ``day`` (ids of market days): ticked already."""
    return _index(Form(start={"days": request.args.getlist("day"), "papers": list(BATCHED), "size": "a4"}))


@bp.post("")
@writes
def create() -> Response:
    """Ask for a file. Form: ``days`` (ids, 1 to 20), ``papers`` (codes), ``size`` (a4, a3). 303; 422 with the form."""
    form = Form(request.form)
    known = {str(day.id) for day in _days()}
    days = [day for day in dict.fromkeys(form.values("days")) if day in known]
    papers = [code for code in BATCHED if code in form.values("papers")]
    if not days:
        form.refuse("days", _("Please choose at least one market day."))
    elif len(days) > MOST_DAYS:
        form.refuse("days", _("Please choose at most %(count)s market days.", count=MOST_DAYS))
    if not papers:
        form.refuse("papers", _("Please choose at least one paper."))
    if not form.ok:
        return _index(form, 422)
    size = "a3" if request.form.get("size") == "a3" else "a4"
    made = PaperBatch.create(
        county=county(), days=days, papers=papers, size=size, language=WORDS.locale, made_by=who()
    )
    audit("print", f"papers {', '.join(papers)} of market days {', '.join(days)}", rows=len(days))
    workers.papers.start_if_needed()
    return go_to(url_for(".show", batch_id=made.id))


@bp.get("/<int:batch_id>")
@reads
def show(batch_id: int) -> Response:
    """Show how far a file is, or lead to it. 404 for another county's, and a clerk's for other towns'."""
    found = _find(batch_id)
    if found.is_open:
        workers.papers.start_if_needed()
    return render_page(
        "office/paper_batches/show.html",
        block=block_for_htmx("progress") if request.headers.get("HX-Target") == "progress" else None,
        found=found, title=_title(found), state=STATES[found.state], troubles=TROUBLES, pace=PACE,
        papers=[DAY_PAPERS[code].name for code in found.papers if code in DAY_PAPERS],
    )  # fmt: skip


@bp.get("/<int:batch_id>/papers.pdf")
@reads
def fetch(batch_id: int) -> Response:
    """Send the file; 404 while there is none."""
    found = _find(batch_id)
    if found.state != DONE or not found.content:
        abort(404)
    answer = Response(bytes(found.content), mimetype="application/pdf")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(_title(found))}.pdf"
    return answer


@bp.post("/<int:batch_id>/stop")
@writes
def cancel(batch_id: int) -> Response:
    """Stop making a file. 303."""
    if not stop(_find(batch_id)):
        flash(_("It is in another state by now."), "attention")
    return go_to(url_for(".show", batch_id=batch_id))


@bp.post("/<int:batch_id>/delete")
@writes
def destroy(batch_id: int) -> Response:
    """Delete a file before its day is over. 303."""
    _find(batch_id).delete_instance()
    flash(_("The file is deleted."), "success")
    return go_to(url_for(".index"))


def _days() -> list:
    return days_to_print(county(), today_in(county()), towns())


def _find(batch_id: int) -> PaperBatch:
    """Return a batch of the asker's county, a clerk's when all its days are in the clerk's towns; or 404."""
    found = PaperBatch.get_or_none(id=batch_id, county=county()) or abort(404)
    return found if _is_seen(found) else abort(404)


def _is_seen(batch: PaperBatch) -> bool:
    mine = towns()
    return mine is None or all(day.town_id in mine for day in batch.market_days())


def _title(batch: PaperBatch) -> str:
    """Return what people call a file: its first day and how many more there are."""
    days = batch.market_days()
    if not days:
        return _("Papers to print")
    first = f"{days[0].date} {days[0].town_name}"
    return first if len(days) == 1 else ngettext("%(first)s and %(num)s more", "%(first)s and %(num)s more",
                                                 len(days) - 1, first=first)  # fmt: skip


def _index(form: Form, status: int = 200) -> Response:
    drop_old()
    return render_page(
        "office/paper_batches/index.html", status=status, form=form, days=_days(), states=STATES,
        papers={code: DAY_PAPERS[code].name for code in BATCHED}, sizes=SIZES,
        batches=[(one, _title(one)) for one in batches_of(county()) if _is_seen(one)],
    )  # fmt: skip
