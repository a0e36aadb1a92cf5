"""Exclusions: an organiser sets aside all facts of a tablet, of the phones or of an operator, and takes that back."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.log.exclusion import Exclusion
from models.market.market_day import MarketDay
from models.quarantine.exclude import end_exclusion, exclude, exclusions_of, preview
from models.quarantine.queue import waiting
from models.vocabulary.code_list import FACTS
from routes.office.exclusion_form import ExclusionForm, whose_of
from routes.web.access import find_market_day, reads, who, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("exclusions", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/exclusions")


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List what was set aside in bulk, and offer to set more aside."""
    day = find_market_day(market_day_id)
    return _page(day, ExclusionForm(day))


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Show what would be set aside, or set it aside.

    Form: ``whose`` (``log-<id>``, ``operator-<id>``), ``start``, ``end`` (times, HH:MM, both optional), ``note``
    (why), ``act``: ``preview`` (200 with how many facts of which kind) or ``exclude`` (303). 422 with the form.
    """
    day = find_market_day(market_day_id)
    form = ExclusionForm(day, request.form)
    wanted, note = form.read(), form.note()
    if wanted is None or not form.ok:
        return _page(day, form, 422)
    if form.value("act") != "exclude":
        found = preview(day, wanted)
        kinds = [(count, _(FACTS[kind]) if kind in FACTS else kind) for kind, count in found.most_common()]
        return _page(day, form, found=sum(found.values()), kinds=kinds)
    count = exclude(day, wanted, who(), note)
    flash(ngettext("%(num)s fact is set aside.", "%(num)s facts are set aside.", count), "success")
    return go_to(url_for(".index", market_day_id=day.id))


@bp.post("/<int:exclusion_id>/delete")
@writes
def destroy(market_day_id: int, exclusion_id: int) -> Response:
    """Take an exclusion back: its facts count again as they did. A repeat changes nothing. 303."""
    day = find_market_day(market_day_id)
    mine = (Exclusion.market_day == day) & (Exclusion.id == exclusion_id)
    count = end_exclusion(Exclusion.get_or_none(mine) or abort(404), who())
    flash(ngettext("%(num)s fact counts again.", "%(num)s facts count again.", count), "success")
    return go_to(url_for(".index", market_day_id=day.id))


def _page(
    day: MarketDay, form: ExclusionForm, status: int = 200, found: int | None = None, kinds: list | None = None
) -> Response:
    rows = [(e, form.options.get(whose_of(e), "–")) for e in exclusions_of(day)]
    return render_page(
        "office/exclusions/index.html", status=status, day=day, form=form, rows=rows, found=found, kinds=kinds or [],
        waiting=waiting(day),
    )  # fmt: skip
