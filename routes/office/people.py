"""People: the county's candidates, searched by name, pinyin, pass or phone, and the page of each."""

from typing import Any

from flask import Blueprint, Response, abort, request

from models.base.clock import utcnow
from models.desk import act
from models.desk.notice_version import number_at, versions_of
from models.desk.person import Person
from models.desk.record import agreed_of, came_of, groups_of, readings_of, ties_of, words_of
from models.desk.search import search
from models.desk.twin import twins_of
from models.messages.opt_out import opted_out
from models.printing.referral_letter import introduced_to
from models.vocabulary.code_list import (
    EDUCATION,
    EVIDENCE,
    EXITS,
    GROUPS,
    PLACES,
    PROVINCES,
    REGISTERED_BY,
    SEXES,
    STAGES,
    WISHES,
    WORK_KINDS,
)
from models.vocabulary.trade import TRADES
from routes.kiosk.words import PHONE_OWNERS
from routes.office import history_words
from routes.office.person_after import after_the_day
from routes.web.access import county, note_reading, reads, towns
from routes.web.answers import block_for_htmx
from routes.web.asker import may_change, may_open_phones
from routes.web.forms import Form
from routes.web.pages import render_page

bp = Blueprint("people", __name__, url_prefix="/organiser/people")

LONGEST = 60  # letters of what is searched
WORDS: dict[str, Any] = {
    "sexes": SEXES, "education": EDUCATION, "groups": GROUPS, "places": PLACES, "work_kinds": WORK_KINDS,
    "trades": TRADES, "registered_by": REGISTERED_BY, "provinces": PROVINCES, "wishes": WISHES,
}  # fmt: skip


@bp.get("")
@reads
def index() -> Response:
    """Search the county's people; a town clerk's search finds those of the clerk's towns.

    Query: ``q``: the beginning of a name in characters, pinyin or initials, perhaps with a year of birth behind it; a
    pass number or its last four digits; a whole phone number, for those who may open phones. At most 50 people.
    """
    asked = request.args.get("q", "")[:LONGEST].strip()
    found = search(county(), asked, towns(), may_open_phones())
    note_reading(f"search by {found.kind}", len(found.people), county())
    answer = render_page("office/people/index.html", block=block_for_htmx("list"), q=asked, found=found)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/<person>")
@reads
def show(person: str) -> Response:
    """Show all that the office knows of a person. That it was read is noted."""
    return person_page(find_person(person))


def find_person(node: str) -> Person:
    """Return the person of a candidate's id or a pass, of the asker's county and towns, or 404."""
    return Person.find(county(), node, towns()) or abort(404)


def person_page(
    person: Person, status: int = 200, purpose: Form | None = None, phones: list[tuple[str, str]] | None = None,
    said: Form | None = None, seen: Form | None = None,
) -> Response:  # fmt: skip
    """Render a person's page, perhaps with a form that was wrong or with phones that somebody opened."""
    note_reading("page", 1, person)
    versions = versions_of(person.county)
    answer = render_page(
        "office/people/show.html", status=status, person=person, came=came_of(person), ties=ties_of(person),
        introduced=introduced_to(person),
        agreed=agreed_of(person), sayings=words_of(person), readings=readings_of(person), owners=PHONE_OWNERS,
        twins=twins_of(person) if may_change("same_people") else [], days=act.days_for_pass(person, utcnow()),
        purpose=purpose or Form(), phones=phones, said=said or Form(), may_open=may_open_phones(),
        stages=STAGES | EXITS, words=history_words, known=groups_of(person), evidence=EVIDENCE,
        seen=seen or Form(), no_messages=_wants_no_messages(person),
        version_at=lambda at: number_at(versions, at), **WORDS, **after_the_day(person),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wants_no_messages(person: Person) -> bool:
    people = {str(one.id): (one.phone or "", [str(one.id)]) for one in person.registrations}
    return bool(opted_out(person.county, people))
