"""Stops: where a caravan stands on its day, typed by an organiser."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.market_day import MarketDay
from models.market.market_hours import can_be
from models.market.stop import Place, Stop, keep_stops
from models.vocabulary.code_list import N_
from routes.office.closed_day import changing, is_closed
from routes.office.market_day_form import TIME
from routes.web.access import find_market_day, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.editing import EditedForm
from routes.web.pages import render_page

bp = Blueprint("stops", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/stops")

MOST, BLANK = 12, 3  # stops a day, and empty lines to add some


class StopsForm(EditedForm):
    """A line for each stop: ``place_1``, ``from_1``, ``to_1`` and so on; a line without a place is none."""

    labels = {"reason": N_("Reason")}

    def __init__(self, day: MarketDay, typed: MultiDict | None = None) -> None:
        stops = Stop.of_day(day)
        start: dict[str, str] = {}
        for stop in stops:
            line = {"place": stop.place, "from": stop.starts_at, "to": stop.ends_at}
            start |= {f"{name}_{stop.number}": value for name, value in line.items()}
        super().__init__(typed, start, is_stored=True)
        self.lines = range(1, min(MOST, len(stops) + BLANK) + 1)

    def read(self) -> list[Place]:
        """Return the stops in their order; look at ``ok`` before keeping them."""
        found = []
        for line in range(1, MOST + 1):
            place = self.text(f"place_{line}", limit=60, required=False)
            starts_at, ends_at = (self.code(f"{name}_{line}", limit=5, required=bool(place)) for name in ("from", "to"))
            if place and starts_at and ends_at:
                self._look_at_times(line, starts_at, ends_at)
                found.append((place, starts_at, ends_at))
        return found

    def _look_at_times(self, line: int, starts_at: str, ends_at: str) -> None:
        for name, time in (("from", starts_at), ("to", ends_at)):
            if not TIME.fullmatch(time):
                self.refuse(f"{name}_{line}", _("Please write a time such as 08:00."))
        if self.ok and not can_be(starts_at, ends_at):
            self.refuse(f"to_{line}", _("It closes before it opens. A night market opens in the afternoon or later "
                                        "and closes by 06:00 of the next morning."))


@bp.get("")
@writes
def edit(market_day_id: int) -> Response:
    """Show the stops of a market day, and empty lines for more."""
    day = find_market_day(market_day_id)
    return _form(day, StopsForm(day))


@bp.post("")
@writes
def update(market_day_id: int) -> Response:
    """Keep the stops. Form: ``place_1``, ``from_1``, ``to_1`` to 12; of a closed day with ``reason``.

    303; 422 with the form.
    """
    day = find_market_day(market_day_id)
    form = StopsForm(day, request.form)
    places = form.read()
    if form.ok:
        with changing(day, form):
            keep_stops(day, places)
    if not form.ok:
        return _form(day, form, 422)
    flash(_("The stops are kept."), "success")
    return go_to(url_for("market_days.show", market_day_id=day.id))


def _form(day: MarketDay, form: StopsForm, status: int = 200) -> Response:
    return render_page(
        "office/stops/edit.html", block=block_for_htmx("form"), status=status, day=day, form=form, closed=is_closed(day)
    )
