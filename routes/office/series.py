"""Series: many market days planned at once, with a preview of every clash, and taken back at once."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from models.kiosk.in_use import InUse
from models.kiosk.making import left_of, make_series, undo_series
from models.market.planning import market_day_choices
from models.market.series import Series
from models.market.series_plan import SeriesPlan, Wish, plan_series
from routes.office.closed_day import LONGEST_REASON
from routes.office.market_dates import today_in
from routes.office.series_form import SOURCES, SeriesForm, too_many
from routes.office.series_words import ALL_OF, groups_of
from routes.web.access import county, reads, who, writes
from routes.web.answers import go_to
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("series", __name__, url_prefix="/organiser/series")


@bp.get("")
@reads
def index() -> Response:
    """List the county's series, the newest first; each can be taken back."""
    return _index()


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form of a series. Query: its fields, to begin with."""
    return _form(_asked(request.args if request.args else None))


@bp.post("/preview")
@writes
def preview() -> Response:
    """Show what a series would make, and every clash. Stores nothing.

    Form: as series_form.py reads it, and ``take`` (keys of clashes, or ``all:`` and a kind). 422 with the form.
    """
    form = _asked(request.form)
    wish = form.read()
    if wish is None:
        return _form(form, 422)
    return _preview(form, *_planned(form, wish, request.form.getlist("take")))


@bp.post("")
@writes
def create() -> Response:
    """Make a series as its preview showed it.

    Form: as for ``preview``, with ``shown`` (the keys that were taken in the preview) and ``digest`` (of the preview).
    303; 422 with the form; 409 with a new preview when something changed since, or what was ticked makes new clashes.
    """
    form = _asked(request.form)
    wish = form.read()
    if wish is None:
        return _form(form, 422)
    before, _keys = _planned(form, wish, request.form.get("shown", "").split())
    plan, keys = _planned(form, wish, request.form.getlist("take"))
    if before.digest != request.form.get("digest"):
        return _preview(form, plan, keys, 409, _("Something changed since this was shown. Please look at it again."))
    if {clash.key for clash in plan.clashes} - {clash.key for clash in before.clashes}:
        return _preview(form, plan, keys, 409, _("Your choices bring further clashes. Please look at them."))
    if not plan.days or too_many(len(plan.days)):
        return _preview(form, plan, keys, 422)
    series = make_series(plan, who())
    flash(ngettext("%(num)s market day is planned.", "%(num)s market days are planned.", series.days), "success")
    return go_to(url_for("calendar.show", start=max(wish.start, plan.days[0].date)))


@bp.post("/<int:series_id>/undo")
@writes
def destroy(series_id: int) -> Response:
    """Take a series back. Form: ``reason``, which the public reads of days that cannot be deleted. 303; 409; 422."""
    series = Series.get_or_none(id=series_id, county=county()) or abort(404)
    form = Form(request.form)
    reason = form.text("reason", limit=LONGEST_REASON)
    if reason is None:
        flash(form.error("reason"), "attention")
        return _index(422)
    try:
        undone = undo_series(series, who(), reason)
    except InUse:
        flash(_("Somebody signed up or something was recorded on a day of this series, so it stays. "
                "You can cancel its days."), "attention")  # fmt: skip
        return _index(409)
    flash(_("%(count)s market days are taken back.", count=undone.deleted), "success")
    if undone.cancelled:
        flash(_("%(count)s days are cancelled instead: a tablet or a printed pass may know them.",
                count=undone.cancelled), "attention")  # fmt: skip
    return go_to(url_for("series.index"))


def _asked(typed: MultiDict[str, str] | None) -> SeriesForm:
    today = today_in(county())
    return SeriesForm(county(), today, market_day_choices(county(), today), typed)


def _planned(form: SeriesForm, wish: Wish, ticked: list[str]) -> tuple[SeriesPlan, list[str]]:
    """Return the plan with all that is ticked, and the keys of what is taken."""
    kinds = {one.removeprefix(ALL_OF) for one in ticked if one.startswith(ALL_OF)}
    keys = [one for one in ticked if not one.startswith(ALL_OF)]
    plan = plan_series(wish, form.towns, keys)
    if kinds:
        keys = keys + [clash.key for clash in plan.clashes if clash.kind in kinds]
        plan = plan_series(wish, form.towns, keys)
    return plan, keys


def _preview(form: SeriesForm, plan: SeriesPlan, keys: list[str], status: int = 200, word: str = "") -> Response:
    return render_page(
        "office/series/preview.html",
        status=status,
        form=form,
        plan=plan,
        by_town=plan.by_town,
        groups=groups_of(plan.clashes),
        shown=" ".join(key for key in keys if len(key) < 100),
        word=word,
        too_many=too_many(len(plan.days)),
        booths=sum(len(day.pattern.booths) for day in plan.days if day.pattern),
        all_of=ALL_OF,
    )


def _form(form: SeriesForm, status: int = 200) -> Response:
    return render_page("office/series/edit.html", status=status, form=form, sources=SOURCES)


def _index(status: int = 200) -> Response:
    found = Series.of_county(county())
    left = left_of(found)
    return render_page("office/series/index.html", status=status, rows=[(one, left[one.id]) for one in found])
