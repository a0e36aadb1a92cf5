"""Live: what an organiser looks at while a market day goes on. It renews itself until the day is over."""

from flask import Blueprint, Response, request

from models.figures import live
from models.figures.attendance import services_by_hour
from models.figures.queue import queues_of
from models.figures.version import live_sheet
from models.vocabulary.code_list import STAGES, TALLY_TOPICS
from routes.office.market_dates import local_now
from routes.office.tablet_rows import tablet_rows
from routes.web.access import county, find_market_day, reads
from routes.web.answers import block_for_htmx
from routes.web.pages import render_page

bp = Blueprint("live", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/live")

PACE = 15  # seconds between two looks
RENEWING = ("early", "open", "closing")


@bp.get("")
@reads
def show(market_day_id: int) -> Response:
    """Show how a market day goes: its figures, hours, stages, booths and tablets.

    A day that was closed shows the version that holds. Query: ``still`` (anything: it does not renew itself).
    """
    day = find_market_day(market_day_id)
    found = live_sheet(day)
    phase = "closed" if found["version"] else live.phase(day, local_now(county()), found["complete"])
    hours, services = live.hours(found, day), services_by_hour(day)
    return render_page(
        "office/live/show.html",
        block=block_for_htmx("live"),
        day=day,
        figures=found,
        waiting=found["attention"] + found["waiting"] + found["refused"],
        phase=phase,
        pace=PACE if phase in RENEWING and "still" not in request.args else 0,
        may_renew=phase in RENEWING,
        hours=hours,
        services=services,
        service_hours=list(dict.fromkeys([row["hour"] for row in hours] + sorted(set().union(*services.values())))),
        topics=TALLY_TOPICS,
        steps=live.steps(found),
        stages=STAGES,
        booths=live.side_by_side(found),
        queues=queues_of(day) if phase in RENEWING else {},
        tablets=sorted(tablet_rows(day), key=lambda row: row.urgency),
    )
