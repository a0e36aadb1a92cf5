"""Call lists: whom an employer may call, handed over on paper or as a workbook, for a purpose and until a date."""

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from models.desk.agreed import Callable, agreed_with
from models.desk.handed_list import LONGEST_DAYS, HandedList, first_end, hand_over, lists_of
from models.market.employer import Employer
from models.vocabulary.code_list import EXITS, N_, STAGES
from routes.kiosk.words import PHONE_OWNERS
from routes.office.employer_page import find_employer
from routes.office.market_dates import today_in
from routes.office.workbook import XLSX, Sheet, workbook
from routes.web.access import audit, county, note_reading, reads, who, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("call_lists", __name__, url_prefix="/organiser/employers/<int:employer_id>/call-lists")

LONGEST_PURPOSE, LONGEST_NAME = 100, 40  # letters


class CallListForm(LabelledForm):
    """What is written down when people are handed to an employer."""

    labels = {
        "vacancies": N_("Vacancies"), "places": N_("Only of these booths"), "purpose": N_("What is it for?"),
        "taken_by": N_("Who takes it"), "expires_on": N_("Valid until"),
    }  # fmt: skip


@bp.get("")
@reads
def index(employer_id: int) -> Response:
    """Show of an employer how many people agreed, by vacancy, and which lists it was handed; nobody by name.

    Query: ``place`` (a booth of a market day, as ``models/desk/agreed.py`` names it): ticked already.
    """
    employer = find_employer(employer_id)
    start = {
        "purpose": _("Arrange interviews and the start of work"), "expires_on": first_end(today_in(county())),
        "vacancies": [one.vacancy for one in agreed_with(employer)], "places": request.args.getlist("place"),
    }  # fmt: skip
    return _index(employer, CallListForm(start=start))


@bp.post("")
@writes
def create(employer_id: int) -> Response:
    """Write down that people are handed over, and lead to the list. Nobody is on it who did not agree.

    Form: ``vacancies`` (numbers), ``places`` (booths of market days; none: all), ``purpose``, ``taken_by``,
    ``expires_on`` (at most 90 days). 303; 422 with the form.
    """
    employer, form = find_employer(employer_id), CallListForm(request.form)
    agreed, today = agreed_with(employer), today_in(county())
    vacancies = {one.vacancy for one in agreed} & set(form.values("vacancies"))
    if not vacancies:
        form.refuse("vacancies", _("Please choose at least one vacancy."))
    places = {one.place for one in agreed} & set(form.values("places"))
    if places and not any(one.vacancy in vacancies and one.place in places for one in agreed):
        form.refuse("places", _("Nobody agreed there for these vacancies."))
    purpose = form.text("purpose", limit=LONGEST_PURPOSE)
    taken_by = form.text("taken_by", limit=LONGEST_NAME)
    expires_on = form.date("expires_on")
    if expires_on and not 0 <= (expires_on - today).days <= LONGEST_DAYS:
        form.refuse("expires_on", _("Please choose a date within the next %(days)s days.", days=LONGEST_DAYS))
    if not form.ok or purpose is None or taken_by is None or expires_on is None:
        return _index(employer, form, 422)
    made = hand_over(employer, vacancies, purpose, taken_by, who(), expires_on, places)
    return go_to(url_for(".show", employer_id=employer.id, list_id=made.id))


@bp.get("/<int:list_id>")
@reads
def show(employer_id: int, list_id: int) -> Response:
    """Show a list as sheets to print: who may still be called. Each look is noted with the list's purpose.

    One that has ended shows nobody, and says so; who withdrew since it was handed over is named, without a phone.
    """
    employer, made = _find(employer_id, list_id)
    people = _read(employer, made)
    answer = render_page(
        "office/call_lists/show.html", employer=employer, made=made, by_place=_by_place(people),
        withdrawn=made.withdrawn(), is_over=made.is_over(today_in(county())), owners=PHONE_OWNERS,
        stages=STAGES | EXITS, total=len(people),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/<int:list_id>.xlsx")
@reads
def export(employer_id: int, list_id: int) -> Response:
    """Send a list as a workbook; 404 for one that has ended. As ``show`` otherwise."""
    employer, made = _find(employer_id, list_id)
    if made.is_over(today_in(county())):
        abort(404)
    return call_list_workbook(employer, made)


def call_list_workbook(employer: Employer, made: HandedList) -> Response:
    """Return a list that holds as a workbook; that it was read and taken away is noted."""
    people = made.people()
    note_reading("call list", len(people), employer, made.purpose)
    heads = [(_("Line"), 6), (_("Name"), 14), (_("Birth year"), 10), (_("Phone"), 16), (_("Whose phone?"), 12),
             (_("Vacancy"), 22), (_("Stage"), 12), (_("Market day"), 26), (_("Booth"), 8)]  # fmt: skip
    rows = [
        (number, one.name, one.birth_year, one.phone, _owner(one), f"{one.title} {one.vacancy}", _stage(one),
         f"{format_date(one.date, 'long')} {one.town}", one.booth or "")
        for number, one in enumerate(people, start=1)
    ]  # fmt: skip
    said = _("For: %(purpose)s. Handed to %(name)s. Delete it by %(day)s. Call nobody for anything else.",
             purpose=made.purpose, name=made.taken_by, day=format_date(made.expires_on, "long"))  # fmt: skip
    audit("export", f"call list {made.id}", rows=len(people), why=made.purpose, about=employer)
    title = _("People whom %(name)s may call", name=employer.name)
    content = workbook([Sheet(_("Call list"), title, said, heads, rows)])
    headers = {"Content-Disposition": f'attachment; filename="call-list-{made.id}.xlsx"', "Cache-Control": "no-store"}
    return Response(content, mimetype=XLSX, headers=headers)


def _find(employer_id: int, list_id: int) -> tuple[Employer, HandedList]:
    employer = find_employer(employer_id)
    return employer, HandedList.get_or_none(id=list_id, employer=employer) or abort(404)


def _read(employer: Employer, made: HandedList) -> list[Callable]:
    """Return who may be called, none of a list that has ended; that it was read is noted."""
    people = [] if made.is_over(today_in(county())) else made.people()
    note_reading("call list", len(people), employer, made.purpose)
    return people


def _index(employer: Employer, form: CallListForm, status: int = 200) -> Response:
    today, agreed = today_in(county()), agreed_with(employer)
    handed = [(one, len(one.withdrawn()), one.is_over(today)) for one in lists_of(employer)]
    return render_page(
        "office/call_lists/index.html", status=status, employer=employer, form=form, handed=handed,
        agreed={number: (some[0].title, len(some)) for number, some in by_vacancy(agreed).items()},
        places={place: _place_words(some[0], len(some)) for place, some in _by_place(agreed).items()},
    )  # fmt: skip


def by_vacancy(people: list[Callable]) -> dict[str, list[Callable]]:
    """Return people by the number of the vacancy that they agreed about."""
    found: dict[str, list[Callable]] = {}
    for one in people:
        found.setdefault(one.vacancy, []).append(one)
    return found


def _by_place(people: list[Callable]) -> dict[str, list[Callable]]:
    """Return people by booth of a market day, the latest day first; at one booth they stay by vacancy and name."""
    found: dict[str, list[Callable]] = {}
    for one in sorted(people, key=lambda one: (-one.date.toordinal(), one.day, one.booth)):
        found.setdefault(one.place, []).append(one)
    return found


def _place_words(one: Callable, count: int) -> str:
    booth = _("Booth %(number)s", number=one.booth) if one.booth else ""
    people = ngettext("%(num)s person", "%(num)s people", count)
    return " · ".join(word for word in (format_date(one.date, "long"), one.town, booth, people) if word)


def _owner(one: Callable) -> str:
    return _(PHONE_OWNERS[one.phone_owner]) if one.phone_owner in PHONE_OWNERS else one.phone_owner


def _stage(one: Callable) -> str:
    known = STAGES | EXITS
    return _(known[one.stage]) if one.stage in known else one.stage
