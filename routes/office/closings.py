"""Closings: an organiser freezes a market day's figures, and reads what every version said."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import milliseconds
from models.figures.version import NotBegun, NotHeld, NotPublished, changes_by, changes_since, close, live_sheet, since
from models.market.amendment import Amendment
from models.market.closing import Closing, ReasonMissing
from models.market.life import moves_from, state_of
from models.market.market_day import MarketDay
from models.market.signing import Signing
from models.quarantine.queue import waiting
from models.vocabulary.code_list import N_
from routes.office.market_dates import local_now
from routes.office.summary_words import changes_in_words, value_words
from routes.web.access import county, find_market_day, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("closings", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/closings")


class ClosingForm(LabelledForm):
    """What is typed about a closing."""

    labels = {"reason": N_("Reason")}


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """Show every version of a market day's figures, what each changed, and what came since the last."""
    day = find_market_day(market_day_id)
    closings = Closing.all_of(day)
    before = [None, *closings]
    rows = [
        (closing, changes_in_words(changes_by(closing, earlier)), _amended(day, closing, earlier))
        for closing, earlier in zip(closings, before, strict=False)
    ]
    latest = closings[-1] if closings else None
    return render_page(
        "office/closings/index.html",
        day=day,
        rows=rows[::-1],
        latest=latest,
        came=since(latest) if latest else None,
        apart=changes_in_words(changes_since(latest)) if latest else [],
        amendments=Amendment.since(day, latest.at) if latest else [],
        waiting=waiting(day),
        signings=Signing.of_day(day),
        value_words=value_words,
        moves=moves_from(state_of(day)),
    )


@bp.get("/new")
@writes
def new(market_day_id: int) -> Response:
    """Ask whether a market day is to be closed, and say what that means and what is still missing."""
    return _form(find_market_day(market_day_id), ClosingForm())


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Close a market day: its figures become its next version.

    Form: ``reason`` (required from the second version on). 303; 422 with the form; 409 before the market opens, and
    of a cancelled day or a draft.
    """
    day = find_market_day(market_day_id)
    form = ClosingForm(request.form)
    reason = form.text("reason", limit=200, required=False)
    if not form.ok:
        return _form(day, form, 422)
    try:
        closing = close(day, who(), reason or "")
    except ReasonMissing:
        form.refuse("reason", _("This day was closed before: please write why it is closed anew."))
        return _form(day, form, 422)
    except NotBegun:
        flash(_("The market has not opened yet: there is nothing to close."), "attention")
        return _form(day, form, 409)
    except NotPublished:
        flash(_("This market day is a draft: please publish it before its figures are closed."), "attention")
        return _form(day, form, 409)
    except NotHeld:
        flash(_("This market day is cancelled: it has no figures to close."), "attention")
        return _form(day, form, 409)
    flash(_("The day is closed as version %(number)s.", number=closing.version), "success")
    return go_to(url_for("closings.index", market_day_id=day.id))


def _amended(day: MarketDay, closing: Closing, earlier: Closing | None) -> list[Amendment]:
    return Amendment.since(day, earlier.at, closing.at) if earlier else []


def _form(day: MarketDay, form: ClosingForm, status: int = 200) -> Response:
    latest = Closing.latest(day)
    return render_page(
        "office/closings/new.html",
        block=block_for_htmx("form"),
        status=status,
        day=day,
        form=form,
        latest=latest,
        figures=live_sheet(day),
        waiting=waiting(day),
        is_going_on=milliseconds(local_now(county())) < day.hours_ms()[1],
        came=since(latest) if latest else None,
        apart=changes_in_words(changes_since(latest)) if latest else [],
    )
