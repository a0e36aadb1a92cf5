"""Bulk changes: rows that somebody ticked in a list are changed at once, after a look at each, and put back at once."""

from datetime import date

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from models.finding.bulk_change import (
    ACTS,
    EMPLOYER,
    MOST,
    OPERATOR,
    VACANCY,
    BulkChange,
    Step,
    TooLate,
    carry_out,
    chosen_rows,
    plan,
    undo,
)
from models.vocabulary.code_list import N_
from routes.office.market_dates import today_in
from routes.web.access import county, reads, who, writes
from routes.web.answers import go_to
from routes.web.asker import may_change
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("bulk_changes", __name__, url_prefix="/organiser/bulk-changes")

ACT_WORDS = {
    "verify": N_("Mark as checked with the employer today"), "extend": N_("Extend until a date"),
    "urgent": N_("Mark as urgently wanted"), "not_urgent": N_("No longer urgently wanted"),
    "close": N_("Close the vacancies"), "reopen": N_("Open the vacancies again"),
    "archive_employers": N_("Archive the employers"), "restore_employers": N_("Offer the employers again"),
    "close_all": N_("Close all their vacancies"),
    "archive_operators": N_("Archive the operators"), "restore_operators": N_("Offer the operators again"),
}  # fmt: skip
HINDRANCE_WORDS = {
    "same": N_("is so already"), "not_offered": N_("no market day offers it"),
    "sooner": N_("is valid for longer already"), "on_duty": N_("is on duty on days to come"),
}  # fmt: skip
LISTS = {VACANCY: "season.index", EMPLOYER: "employers.index", OPERATOR: "operators.index"}
RESOURCES = {VACANCY: "employer_vacancies", EMPLOYER: "employers", OPERATOR: "operators"}
LONGEST_IDS = 8 * 5_000  # letters: all rows of a search, for a list of a county


def acts_on(chosen: str, is_archive: bool = False) -> dict[str, str]:
    """Return what the reader may do to ticked rows of a list, ``{code: words}``; nothing for who changes none."""
    if not may_change(RESOURCES[chosen]):
        return {}
    of = {code: words for code, words in ACT_WORDS.items() if ACTS[code].chosen == chosen}
    return {code: words for code, words in of.items() if chosen == VACANCY or code.startswith("restore") is is_archive}


class BulkForm(Form):
    """What is to be done to which rows.

    Fields: ``row`` (ids), or ``all`` (``yes``) with ``found`` (ids by commas); ``act``; ``until`` (a date).
    """

    def __init__(self, typed: MultiDict[str, str]) -> None:
        super().__init__(typed)
        self._sent = frozenset(typed)
        self.steps: list[Step] = []
        self.until: date | None = None
        self.act = self.choice("act", ACT_WORDS) or ""

    @property
    def ids(self) -> list[int]:
        """The ids of the rows that were chosen; what is no id is left out."""
        is_all = self.value("all") == "yes"
        typed = self.value("found")[:LONGEST_IDS].split(",") if is_all else self.values("row")
        return [int(one) for one in dict.fromkeys(typed) if one.isascii() and one.isdigit() and len(one) < 10]

    def read(self) -> None:
        """Plan what would become of the rows; look at ``ok`` before using ``steps``."""
        if not self.ok:
            return
        if not may_change(RESOURCES[ACTS[self.act].chosen]):
            abort(403)
        if ACTS[self.act].takes_a_date and "until" in self._sent:
            self.until = self.date("until")
        elif ACTS[self.act].takes_a_date:
            self.refuse("until", "")  # the list has no field for it: it is asked for now, and nothing is wrong yet
        if len(self.ids) > MOST:
            self.refuse("row", _("At most %(most)s rows at once: filter the list further.", most=MOST))
        if self.ok:
            rows = chosen_rows(county(), self.act, self.ids)
            self.steps = plan(self.act, rows, self.until, today_in(county()))
            if not self.steps:
                self.refuse("row", _("Please choose at least one."))


@bp.get("")
@reads
def index() -> Response:
    """List the county's latest bulk changes, and which can still be put back."""
    return render_page("office/bulk_changes/index.html", changes=BulkChange.of_county(county()), words=ACT_WORDS)


@bp.post("/preview")
@writes
def preview() -> Response:
    """Show what would become of ticked rows. Form: as BulkForm. Stores nothing. 422 with what is missing."""
    form = BulkForm(request.form)
    form.read()
    return _preview(form, 200 if form.ok else 422)


@bp.post("")
@writes
def create() -> Response:
    """Change ticked rows that nothing hinders, in one transaction. Form: as BulkForm.

    303 to what was done; 409 with the preview where nothing can be; 422.
    """
    form = BulkForm(request.form)
    form.read()
    if not form.ok:
        return _preview(form, 422)
    done = carry_out(county(), form.act, form.steps, who(), form.until)
    if done is None:
        return _preview(form, 409)
    flash(ngettext("%(num)s row is changed.", "%(num)s rows are changed.", done.count), "success")
    return go_to(url_for(".show", change_id=done.id))


@bp.get("/<int:change_id>")
@reads
def show(change_id: int) -> Response:
    """Show what was changed at once, row by row, and the way to put it back."""
    change = _find(change_id)
    return render_page(
        "office/bulk_changes/show.html", change=change, words=ACT_WORDS, back=url_for(LISTS[ACTS[change.act].chosen])
    )


@bp.post("/<int:change_id>/delete")
@writes
def destroy(change_id: int) -> Response:
    """Put all rows back as they were, but for those that somebody changed since. 303, also when it is too late."""
    change = _find(change_id)
    if not may_change(RESOURCES[ACTS[change.act].chosen]):
        abort(403)
    try:
        change = undo(change, who(), today_in(county()))
    except TooLate:
        flash(_("It was put back already, or is older than half an hour: change the rows by themselves."), "attention")
        return go_to(url_for(".show", change_id=change.id))
    back = change.count - len(change.left)
    flash(ngettext("%(num)s row is as it was.", "%(num)s rows are as they were.", back), "success")
    return go_to(url_for(".show", change_id=change.id))


def _preview(form: BulkForm, status: int) -> Response:
    kind = ACTS[form.act].chosen if form.act else VACANCY
    return render_page(
        "office/bulk_changes/preview.html", status=status, form=form, words=ACT_WORDS, hindrances=HINDRANCE_WORDS,
        will=[step for step in form.steps if not step.hindrance],
        cannot=[step for step in form.steps if step.hindrance], back=url_for(LISTS[kind]),
    )  # fmt: skip


def _find(change_id: int) -> BulkChange:
    return BulkChange.get_or_none(id=change_id, county=county()) or abort(404)
