"""Publications: an organiser lets the public see a draft, or makes a market day a draft again."""

from flask import Blueprint, Response, flash, url_for
from flask_babel import gettext as _

from models.kiosk.in_use import InUse
from models.kiosk.publication import publish, withdraw
from models.market.life import NotPossible
from routes.office.day_states import not_possible
from routes.web.access import find_market_day, who, writes
from routes.web.answers import go_to

bp = Blueprint("publications", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/publication")


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Publish a draft. A day that is published already stays so. 303 to the day."""
    day = find_market_day(market_day_id)
    try:
        publish(day, who())
        flash(_("The market day is published: everybody can see its board now."), "success")
    except NotPossible as error:
        flash(not_possible(error), "attention")
    return go_to(url_for("market_days.show", market_day_id=day.id))


@bp.post("/delete")
@writes
def destroy(market_day_id: int) -> Response:
    """Make a published market day a draft again, while nothing was recorded for it. 303 to the day."""
    day = find_market_day(market_day_id)
    try:
        withdraw(day, who())
        flash(_("The market day is a draft again: nobody sees its board."), "success")
    except NotPossible as error:
        flash(not_possible(error), "attention")
    except InUse:
        flash(_("People signed up for this market day already, so it stays public. You can cancel or postpone it."),
              "attention")
    return go_to(url_for("market_days.show", market_day_id=day.id))
