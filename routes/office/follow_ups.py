"""Follow-ups: whom the office asks 7, 30 and 90 days after a market day, as a list and as a sheet to carry along."""

from typing import Any

from flask import Blueprint, Response, request

from models.base.clock import utcnow
from models.follow_up.worklist import MOST, worklist
from models.market.account import accounts_of
from models.vocabulary.follow_up import OUTCOMES, RESULTS
from routes.office.follow_up_lists import ROUND_WORDS, STAGES, STATES, work_list, workers
from routes.office.market_dates import today_in
from routes.web.access import audit, county, note_reading, reads, towns
from routes.web.answers import block_for_htmx
from routes.web.listing import Listing
from routes.web.pages import render_page

bp = Blueprint("follow_ups", __name__, url_prefix="/organiser/follow-ups")

WORDS: dict[str, Any] = {"states": STATES, "rounds": ROUND_WORDS, "results": RESULTS, "outcomes": OUTCOMES}


@bp.get("")
@reads
def index() -> Response:
    """List whom to ask. Query: as a listing's (routes/web/listing.py); ``stage``: how far they came at the least."""
    tasks, stage = _asked()
    note_reading("worklist", len(tasks.rows), county())
    answer = render_page(
        "office/follow_ups/index.html", block=block_for_htmx("list"), tasks=tasks, stage=stage, stages=STAGES,
        due=sum(task.round.state == "due" for task in tasks.found), most=MOST, **WORDS,
        accounts=workers(accounts_of(county())),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/sheet")
@reads
def sheet() -> Response:
    """Show the list as a sheet of A4 to write on: names, villages, vacancies; no phone, no birth year, no group."""
    tasks, _ = _asked()
    audit("print", "worklist", rows=len(tasks.found), about=county())
    answer = render_page(
        "office/follow_ups/sheet.html", tasks=tasks, county=county(), printed_at=utcnow().astimezone(county().zone()),
        **WORDS,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked() -> tuple[Listing, str]:
    stage = request.args.get("stage", "")
    stage = stage if stage in STAGES else "agreed"
    return work_list(worklist(county(), today_in(county()), towns(), stage), stage), stage
