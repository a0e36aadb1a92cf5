"""Quarantine: facts that were refused or need attention, each decided by an organiser."""

from typing import Any

from flask import Blueprint, Response, abort, flash, url_for
from flask_babel import gettext as _
from htmx_flask import request

from models.log.settlement import CORRECTED, SET_ASIDE
from models.market.market_day import MarketDay
from models.quarantine.case import Case, NotAllowed
from models.quarantine.decide import put_back
from models.quarantine.entry import Entry, entries
from models.quarantine.parallel import parallel_of
from models.quarantine.queue import PAGE, STATES, counts, list_of
from models.vocabulary.code_list import SETTLED
from routes.office import quarantine_words
from routes.office.correction_form import CorrectionForm
from routes.web.access import find_market_day, note_reading, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("quarantine", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/quarantine")

LONGEST_NOTE = 200  # letters


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List what waits for a person, 30 a page.

    Query: ``state`` (``attention``, ``refused``, ``settled``; without it all that waits), ``page`` (from 1).
    """
    return _index(find_market_day(market_day_id), request.args.get("state"), request.args.get("page", 1, type=int))


@bp.get("/<int:tablet_id>/<int:seq>")
@reads
def show(market_day_id: int, tablet_id: int, seq: int) -> Response:
    """Show one fact: everything known of it, as it came, and what may be decided."""
    return _show(_find(market_day_id, tablet_id, seq), Form())


@bp.get("/<int:tablet_id>/<int:seq>/edit")
@writes
def edit(market_day_id: int, tablet_id: int, seq: int) -> Response:
    """Show the form that corrects a fact; 404 when nothing of it can be corrected."""
    case = _find(market_day_id, tablet_id, seq)
    entry = _entry(case)
    if CORRECTED not in case.acts or entry.state == "applied":
        abort(404)
    return _edit(CorrectionForm(case, entry))


@bp.post("/<int:tablet_id>/<int:seq>")
@writes
def update(market_day_id: int, tablet_id: int, seq: int) -> Response:
    """Decide about a fact; one that counts as it was recorded can only be set aside.

    Form: ``act`` (``accepted``, ``corrected``, ``set_aside``), ``note`` (optional), for ``corrected`` the fields of
    the fact's kind and ``happened`` (local time, YYYY-MM-DDTHH:MM; empty: as recorded); from the list also ``state``
    and ``page``, and htmx gets the list. 303; 422 with the form.
    """
    case = _find(market_day_id, tablet_id, seq)
    act = request.form.get("act")
    if act == CORRECTED and CORRECTED in case.acts and _entry(case).state != "applied":
        return _correct(case, CorrectionForm(case, _entry(case), request.form))
    form = Form(request.form)
    note = form.text("note", limit=LONGEST_NOTE, required=False) or ""
    if _entry(case).state == "applied" and act != SET_ASIDE:
        form.refuse("act", _("Nothing has to be decided about this entry any more."))
    elif act not in case.acts:
        form.refuse("act", _("This entry cannot be settled that way."))
    if not form.ok:
        return _show(case, form, 422)
    case.decide(act, who(), note=note)
    return _done(case, form)


@bp.post("/<int:tablet_id>/<int:seq>/delete")
@writes
def destroy(market_day_id: int, tablet_id: int, seq: int) -> Response:
    """Take the decision about a fact back, so that it waits again. A repeat changes nothing. 303."""
    case = _find(market_day_id, tablet_id, seq)
    if _entry(case).settlement:
        put_back(case.key, who())
    flash(_("The entry waits again."), "success")
    return go_to(url_for(".show", market_day_id=market_day_id, tablet_id=tablet_id, seq=seq))


def _correct(case: Case, form: CorrectionForm) -> Response:
    note = form.text("note", limit=LONGEST_NOTE, required=False) or ""
    data, happened = form.read(), form.happened()
    if form.ok:
        try:
            case.decide(CORRECTED, who(), data, note, happened)
        except NotAllowed as refusal:
            form.refuse_for(refusal.reason)
    return _done(case, form) if form.ok else _edit(form, 422)


def _find(market_day_id: int, tablet_id: int, seq: int) -> Case:
    return Case.find(find_market_day(market_day_id), tablet_id, seq) or abort(404)


def _entry(case: Case) -> Entry:
    return entries(case.log.market_day, [case.key])[0]


def _index(day: MarketDay, state: str | None, page: int) -> Response:
    state = state if state in STATES else None
    found = counts(day)
    of_state = found[state] if state else found["attention"] + found["waiting"] + found["refused"]
    pages = max(1, -(-of_state // PAGE))
    page = min(max(page, 1), pages)
    shown = list_of(day, state, page)
    note_reading("waiting", sum(bool(entry.names) for entry in shown), day)
    return _page(
        "index",
        block=block_for_htmx("list"),
        day=day,
        entries=shown,
        counts=found,
        state=state,
        page=page,
        pages=pages,
        total=of_state,
    )


def _show(case: Case, form: Form, status: int = 200) -> Response:
    entry = _entry(case)
    _note_reading(entry)
    return _page(
        "show",
        block=block_for_htmx("acts"),
        status=status,
        day=case.log.market_day,
        entry=entry,
        case=case,
        form=form,
        history=case.history(),
        parallel=parallel_of(case.log.market_day, entry),
    )


def _edit(form: CorrectionForm, status: int = 200) -> Response:
    _note_reading(form.entry)
    return _page(
        "edit",
        block=block_for_htmx("form"),
        status=status,
        day=form.case.log.market_day,
        entry=form.entry,
        case=form.case,
        form=form,
        parallel=parallel_of(form.case.log.market_day, form.entry),
    )


def _note_reading(entry: Entry) -> None:
    note_reading(f"entry {entry.log.letter} {entry.seq}", len(entry.names), entry.log.market_day)


def _done(case: Case, form: Form) -> Response:
    day, state, page = case.log.market_day, form.value("state"), form.whole("page", 1, 10_000, required=False) or 1
    if request.htmx and form.value("from") == "list":
        return _index(day, state, page)
    flash(_("Settled: %(act)s.", act=_(SETTLED[form.value("act")])), "success")
    return go_to(url_for(".index", market_day_id=day.id, state=state if state in STATES else None))


def _page(name: str, **context: Any) -> Response:
    return render_page(f"office/quarantine/{name}.html", words=quarantine_words, settled=SETTLED, **context)
