"""Everybody of a market day, for the office to follow up: searched, sorted and printed; no phones."""

from flask import Blueprint, Response, request, url_for

from models.desk.agreed import agreed_at_booths
from models.desk.day_people import DayPerson, people_of
from models.market.market_day import MarketDay
from models.quarantine.queue import waiting
from models.vocabulary.code_list import N_, STAGES
from routes.web.access import find_market_day, note_reading, reads
from routes.web.answers import block_for_htmx
from routes.web.listing import Column, Facet, Listing
from routes.web.pages import render_page

bp = Blueprint("day_people", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/people")

COLUMNS = (
    Column("name", N_("Name"), lambda one: one.name),
    Column("born", N_("Birth year"), lambda one: one.birth_year, "number"),
    Column("home", N_("Home town and village"), lambda one: one.home or None),
    Column("ties", N_("Vacancies"), lambda one: one.ties, "number"),
    Column("reached", N_("Stage"), lambda one: list(STAGES).index(one.reached) if one.reached else None),
    Column("phone", N_("Phone")),
)


@bp.get("")
@reads
def index(market_day_id: int) -> Response:
    """List everybody of a market day. Query as a listing's (routes/web/listing.py), and ``reached`` (a stage)."""
    day = find_market_day(market_day_id)
    people = _listing(day, people_of(day))
    note_reading("day", len(people.rows), day)
    answer = render_page(
        "office/day_people/index.html", block=block_for_htmx("list"), day=day, people=people, stages=STAGES,
        waiting=waiting(day), agreed=agreed_at_booths(day),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _listing(day: MarketDay, people: list[DayPerson]) -> Listing:
    return Listing(
        "people", COLUMNS, people, request.args, lambda **asked: url_for(".index", market_day_id=day.id, **asked),
        lambda one: f"{one.name} {one.birth_year} {one.home}",
        [Facet("reached", N_("Stage"), lambda one: one.reached, STAGES)], names_people=True,
    )  # fmt: skip
