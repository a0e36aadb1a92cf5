"""Assistances: people in difficulty, the help they had, and who still lacks the least: guidance 1, posts offered 3."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.follow_up import say
from models.follow_up.helped import people_in_difficulty
from models.follow_up.of_person import help_of
from models.market.account import accounts_of
from models.market.market_day import MarketDay
from models.market.vacancy import Vacancy
from models.vocabulary.follow_up import HELP, OFFER
from routes.office.follow_up_lists import help_list, workers
from routes.office.market_dates import today_in
from routes.office.people import find_person
from routes.web.access import county, note_reading, reads, towns, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.pages import render_page

bp = Blueprint("assistances", __name__, url_prefix="/organiser")

LOOKED_BACK = timedelta(days=366)


@bp.get("/assistance")
@reads
def index() -> Response:
    """List the people in difficulty who were registered in the last year. Query as a listing's."""
    people = help_list(people_in_difficulty(county(), today_in(county()) - LOOKED_BACK, towns()))
    note_reading("assistance", len(people.rows), county())
    answer = render_page(
        "office/follow_ups/assistance.html", block=block_for_htmx("list"), people=people, help=HELP,
        accounts=workers(accounts_of(county())),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/people/<person>/assistance")
@writes
def create(person: str) -> Response:
    """Note help. Form: ``what`` (guidance, offer), ``vacancy`` (its number, of an offer; may be empty). 303."""
    found = find_person(person)
    what, number = request.form.get("what", ""), "".join(request.form.get("vacancy", "").split())
    if what not in HELP or not found.registrations:
        abort(422)
    if number and (what != OFFER or not Vacancy.is_of(county(), number)):
        flash(_("The county has no vacancy with this number."), "attention")
    else:
        last = found.registrations[-1]
        say.help_given(last, last.market_day, what, number, who())
        flash(_("It is written down."), "success")
    return go_to(url_for("people.show", person=found.id, _anchor="contacts"))


@bp.post("/people/<person>/assistance/<assistance>/delete")
@writes
def destroy(person: str, assistance: str) -> Response:
    """Take back help that was written down by mistake. 303; 404 for what is not theirs."""
    found = find_person(person)
    mine = next((one for one in help_of(found) if one.id == assistance), None) or abort(404)
    say.withdraw_help(mine.candidate, MarketDay.get_by_id(mine.day), mine.id, who())
    flash(_("It is taken back."), "success")
    return go_to(url_for("people.show", person=found.id, _anchor="contacts"))
