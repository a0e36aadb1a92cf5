"""Market days: an organiser plans them, sets up their booths and watches the day."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from models.base.clock import utcnow
from models.figures.overview import booth_rows, day_rows, from_today, gaps
from models.figures.version import since
from models.kiosk.cancellation import drop_market_day, is_known
from models.kiosk.in_use import InUse, facts_of
from models.kiosk.set_up import change_market_day, plan_market_day
from models.market.closing import Closing
from models.market.county import County
from models.market.life import moves_from, state_of
from models.market.market_day import MarketDay
from models.market.planning import coming, market_day_choices
from models.market.stop import Stop
from models.quarantine.queue import waiting
from models.vocabulary.event import EVENT_TYPES
from routes.office.backups import newest
from routes.office.closed_day import changing, is_closed
from routes.office.day_states import EVENT_WORDS
from routes.office.lists import booth_list, day_list
from routes.office.market_dates import lunar, month_words, short_day, today_in
from routes.office.market_day_form import MarketDayForm
from routes.web.access import county, find_market_day, reads, towns, who, writes
from routes.web.access import home as home_of_the_reader
from routes.web.answers import block_for_htmx, go_to, see_other
from routes.web.pages import render_page

bp = Blueprint("market_days", __name__)
bp.add_app_template_filter(lunar)
bp.add_app_template_filter(month_words)
bp.add_app_template_filter(short_day)


@bp.app_context_processor
def moments() -> dict[str, object]:
    """Give templates ``now``: when a page was printed."""
    return {"now": utcnow}


@bp.get("/")
def home() -> Response:
    """Redirect an organiser to the market days, a visitor to the board of the coming one, or to choose a county."""
    if current_user.is_authenticated:
        return see_other(home_of_the_reader())
    counties = County.by_age()
    if len(counties) > 1:
        return see_other(url_for("counties.index"))
    day = coming(counties[0], today_in(counties[0])) if counties else None
    return see_other(url_for("boards.show", market_day_id=day.id) if day else url_for("sessions.new"))


@bp.get("/organiser/")
@reads
def office() -> Response:
    """Lead to the market days, where the office begins."""
    return see_other(url_for("market_days.index"))


@bp.get("/organiser/market-days")
@reads
def index() -> Response:
    """List the county's market days from today on, then the past ones backwards. Query as a listing's."""
    today = today_in(county())
    rows = from_today(day_rows(county(), towns()), today)
    ahead = [row for row in rows if row.day.date >= today and not row.day.is_cancelled]
    return render_page(
        "office/market_days/index.html",
        block=block_for_htmx("list"),
        days=day_list(rows, today),
        coming=ahead[0] if ahead else None,
        types=EVENT_TYPES,
        today=today,
        demo_is_beside=County.demo_is_beside_others(),
        backup=newest(),
    )


@bp.get("/organiser/market-days/<int:market_day_id>")
@reads
def show(market_day_id: int) -> Response:
    """Show a market day as it is set up: its booths with what they offer. Query as a listing's."""
    day = find_market_day(market_day_id)
    rows = booth_rows(day)
    return render_page(
        "office/market_days/show.html",
        block=block_for_htmx("list"),
        day=day,
        booths=booth_list(day, rows),
        rows=rows,
        gaps=gaps(rows) if day.date >= today_in(county()) else {},
        waiting=waiting(day),
        closing=(latest := Closing.latest(day)),
        came=since(latest) if latest else None,
        stops=Stop.of_day(day),
        words=EVENT_WORDS,
        state=(state := state_of(day)),
        moves=moves_from(state),
    )


@bp.get("/organiser/market-days/new")
@writes
def new() -> Response:
    """Show the form for a market day."""
    return _form(MarketDayForm(county()))


@bp.post("/organiser/market-days")
@writes
def create() -> Response:
    """Plan a market day.

    Form: as market_day_form.py reads it, ``draft`` too; ``copy_from`` (id of an earlier market day whose booths,
    operators and vacancies are used again), ``pick`` (a date to put into the form, which is shown again).
    303; 422 with the form.
    """
    form = MarketDayForm(county(), request.form)
    if form.is_picking:
        return _form(form)
    fields = form.read()
    copied = form.choice("copy_from", _choices(), required=False)
    if not form.ok:
        return _form(form, 422)
    source = find_market_day(int(copied)) if copied else None
    day = plan_market_day(source, county=county(), **fields)
    flash(_("The market day is planned as a draft: publish it when it is ready.") if day.is_draft
          else _("The market day is planned."), "success")
    return go_to(url_for("market_days.show", market_day_id=day.id))


@bp.get("/organiser/market-days/<int:market_day_id>/edit")
@writes
def edit(market_day_id: int) -> Response:
    """Show a market day's form, filled in."""
    return _form(MarketDayForm(county(), day=find_market_day(market_day_id)))


@bp.post("/organiser/market-days/<int:market_day_id>")
@writes
def update(market_day_id: int) -> Response:
    """Change a market day. Form as for ``create``, without ``copy_from``; of a closed day with ``reason``.

    303; 422 with the form.

    The date cannot change once facts are recorded: they were judged by it.
    """
    day = find_market_day(market_day_id)
    form = MarketDayForm(county(), request.form, day)
    if form.is_picking:
        return _form(form)
    fields = form.read()
    if fields["date"] and fields["date"] != day.date and facts_of([day])[day.id]:
        form.refuse("date", _("Facts were recorded on this market day, so its date stays."))
    if not form.ok:
        return _form(form, 422)
    with changing(day, form):
        change_market_day(day, **fields)
    if not form.ok:
        return _form(form, 422)
    flash(_("The changes are kept."), "success")
    return go_to(url_for("market_days.show", market_day_id=day.id))


@bp.post("/organiser/market-days/<int:market_day_id>/delete")
@writes
def destroy(market_day_id: int) -> Response:
    """Delete a market day with its booths. 303; 409 when facts, tablets, passes or versions know it.

    Such a day can be cancelled.
    """
    day = find_market_day(market_day_id)
    try:
        drop_market_day(day, who())
    except InUse:
        flash(_("Facts, tablets or printed passes know this market day, so it stays. You can cancel it."), "attention")
        return _form(MarketDayForm(county(), day=day), 409)
    flash(_("The market day is deleted."), "success")
    return go_to(url_for("market_days.index"))


@bp.get("/organiser/market-dates")
@reads
def dates() -> Response:
    """Show what is known about a town's market dates. Query: ``town`` (code), ``date``."""
    form = MarketDayForm(county(), request.args)
    return render_page("office/market_days/edit.html", block="dates", form=form, offer=form.offer())


def _form(form: MarketDayForm, status: int = 200) -> Response:
    return render_page(
        "office/market_days/edit.html",
        block=block_for_htmx("form"),
        status=status,
        form=form,
        day=form.day,
        offer=form.offer(),
        choices=_choices() if form.day is None else {},
        closed=form.day is not None and is_closed(form.day),
        moves=moves_from(state_of(form.day)) if form.day else (),
        is_known=form.day is not None and is_known(form.day),
        facts=facts_of([form.day])[form.day.id] if form.day else 0,
    )


def _choices() -> dict[str, MarketDay]:
    return {str(day.id): day for day in market_day_choices(county(), today_in(county()), towns())}
