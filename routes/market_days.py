"""Market days: an organiser plans them, sets up their booths and watches the day."""

from flask import Blueprint, Response

from models.market.county import Division
from models.market.market_day import MarketDay
from routes._access import county, reads
from routes._pages import render_page

bp = Blueprint("market_days", __name__)


@bp.get("/organiser/market-days")
@reads
def index() -> Response:
    """List the county's market days, the newest first."""
    days = (
        MarketDay.select(MarketDay, Division)
        .join(Division)
        .where(MarketDay.county == county())
        .order_by(MarketDay.date.desc(), MarketDay.id.desc())
    )
    return render_page("market_days/index.html", days=list(days))
