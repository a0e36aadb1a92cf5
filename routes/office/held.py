"""Held: all that the county holds on one person, as a print for them (PIPL 44-46)."""

from typing import Any

from flask import Blueprint, Response

from models.base.clock import utcnow
from models.forgetting.held import Held
from models.vocabulary.code_list import EXITS, STAGES
from routes.kiosk.words import PHONE_OWNERS
from routes.office import history_words
from routes.office.mailings import OF_MESSAGES
from routes.office.people import WORDS, find_person
from routes.web.access import note_reading, writes
from routes.web.pages import render_page

bp = Blueprint("held", __name__, url_prefix="/organiser/people/<person>/held")


@bp.get("")
@writes
def show(person: str) -> Response:
    """Show all that is held on a person, phones included, as it is printed for them. That it was read is noted."""
    found = find_person(person)
    note_reading("held", 1, found)
    context: dict[str, Any] = {"held": Held.of(found), "printed_at": utcnow(), "words": history_words, **WORDS}
    context |= {"owners": PHONE_OWNERS, "stages": STAGES | EXITS, "of_messages": OF_MESSAGES}
    answer = render_page("office/held/show.html", **context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
