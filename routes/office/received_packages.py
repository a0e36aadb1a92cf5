"""Received packages: vacancies of partners, as a file or as codes, and which of them the office accepts."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.clock import utcnow
from models.base.database import writing
from models.exchange.package import LARGEST_FILE, Tampered, Unreadable, Vague
from models.exchange.received_package import (
    ACCEPTED,
    DECLINED,
    WAITING,
    ReceivedVacancy,
    Refused,
    employer_for,
    form_fields,
    receive,
)
from models.kiosk.set_up import keep_employer, keep_vacancy
from models.market.employer import Employer
from models.market.vacancy import Vacancy
from models.vocabulary.code_list import N_
from routes.office.employer_form import missing_papers, stops_in
from routes.office.market_dates import today_in
from routes.office.vacancies import keep_checks
from routes.office.vacancy_form import LISTS_OF_FORM, VacancyForm, Wanted, start_of
from routes.web.access import audit, county, reads, who, writes
from routes.web.answers import go_to
from routes.web.editing import change, values
from routes.web.forms import Form, listed, yuan
from routes.web.pages import render_page

bp = Blueprint("received_packages", __name__, url_prefix="/organiser/exchange/received")

REASONS = {
    "unknown_partner":
        N_("Nobody here confirmed the key by which this is signed. Confirm the partner by telephone first."),
    "ended_partner": N_("Nothing more is taken of this partner."),
    "other_recipient": N_("This package is for another county."),
    "expired": N_("This package is no longer good. Ask the partner for a new one."),
    "repeated": N_("This package was taken in already."),
    "older": N_("A newer package of this partner was taken in already."),
    "clock": N_("This package says it was made later than now: one of the two clocks is wrong."),
}  # fmt: skip


@bp.get("")
@reads
def index() -> Response:
    """List the vacancies of partners that wait, above the form that takes a package in."""
    return _page()


@bp.post("")
@writes
def create() -> Response:
    """Take a package in. Form: ``file``, or ``codes`` (the scanned lines, in any order). 303; 422 saying why not."""
    request.max_content_length = 2 * LARGEST_FILE
    file, typed = request.files.get("file"), request.form.get("codes", "")
    text = file.read(LARGEST_FILE + 1).decode("utf-8", "replace") if file and file.filename else typed
    if not text.strip():
        return _page(_("Please choose a file, or scan the codes into the box."), typed)
    try:
        package = receive(county(), text, who())
    except Vague as error:
        some = ", ".join(map(str, error.missing))
        return _page(_("Codes are missing: %(some)s. Scan these too.", some=some) if some
                     else _("These codes belong to different packages."), typed)  # fmt: skip
    except Unreadable:
        return _page(_("This is no vacancy package, or it is damaged."), typed)
    except Tampered:
        audit("refused", "vacancy package: signature")
        said = _("This package was changed after it was signed. It is not taken: ask the partner on the telephone.")
        return _page(said, typed)
    except Refused as error:
        audit("refused", f"vacancy package: {error.reason}")
        return _page(_(REASONS[error.reason]), typed)
    audit("package_received", package.partner.name, rows=package.vacancies)
    flash(_("%(name)s: %(count)s vacancies came in. Each waits until somebody accepts it.",
            name=package.partner.name, count=package.vacancies), "success")  # fmt: skip
    return go_to(url_for(".index"))


@bp.get("/vacancies/<int:received_id>")
@writes
def edit(received_id: int) -> Response:
    """Show a vacancy of a partner in the form of a vacancy, with what the checks find."""
    row = _find(received_id)
    form = _filled(row, None)
    form.read()
    form.errors = {name: said for name, said in form.errors.items() if name == "employer"}
    return _form(row, form)


@bp.post("/vacancies/<int:received_id>")
@writes
def update(received_id: int) -> Response:
    """Accept a vacancy of a partner: it may be offered from now on. Form as for a vacancy. 303; 409; 422."""
    row = _find(received_id)
    form = _filled(row, request.form)
    fields = form.read() | {"source": "partner", "partner": row.partner.name, "origin": row.partner.origin}
    if row.state != WAITING:
        flash(_("This was decided meanwhile."), "attention")
        return _form(row, form, 409)
    if not form.ok:
        return _form(row, form, 422)
    employer = form.wanted.employer
    assert employer is not None
    with writing():
        if employer.id is None:
            keep_employer(employer)
        vacancy = row.vacancy or Vacancy(county=county(), number=Vacancy.free_number())
        change(vacancy, fields | {"employer": employer})
        keep_vacancy(vacancy)
        vacancy.verified_at, vacancy.verified_by, vacancy.draft = utcnow(), f"partner:{row.partner.name}", False
        vacancy.save(only=[Vacancy.verified_at, Vacancy.verified_by, Vacancy.draft])
        keep_checks(form, vacancy)
        row.decide(ACCEPTED, who(), vacancy)
    flash(_("Accepted under number %(number)s: market days can offer it.", number=vacancy.number), "success")
    return go_to(url_for(".index"))


@bp.post("/vacancies/<int:received_id>/refusal")
@writes
def decline(received_id: int) -> Response:
    """Decline a vacancy of a partner; a changed one waits again. 303."""
    row = _find(received_id)
    if row.state == WAITING:
        with writing():
            row.decide(DECLINED, who())
    flash(_("Declined."), "success")
    return go_to(url_for(".index"))


def _filled(row: ReceivedVacancy, typed: MultiDict | None) -> VacancyForm:
    """Return the form of a vacancy with what the partner says, or with what somebody made of it here."""
    employer = employer_for(county(), row.wanted_by)
    if employer.kind == "agency" and row.work.true_employer and not employer.hires_for:
        employer.hires_for = row.work.true_employer
    wanted = Wanted(county(), employer, today_in(county()))
    said = start_of(wanted, None) | form_fields(row)
    said |= {"pay_min": yuan(row.work.pay_min_fen), "pay_max": yuan(row.work.pay_max_fen)}
    said["adults_only"] = "yes" if row.work.adults_only else ""
    form = VacancyForm(wanted, typed if typed is not None else MultiDict(
        [(name, one) for name, value in listed(said).items() for one in values(value)]))  # fmt: skip
    _look_at_employer(form, employer)
    return form


def _look_at_employer(form: VacancyForm, employer: Employer) -> None:
    """Refuse an employer that could not be taken in here: without papers, archived, or with words in its name."""
    if employer.archived_at:
        form.refuse("employer", _("%(name)s is archived: offer it again under Employers first.", name=employer.name))
    elif missing_papers(employer) or (employer.id is None and stops_in(employer.name, "name")):
        form.refuse("employer", _("Take the employer in first, with its papers: %(name)s.", name=employer.name))


def _find(received_id: int) -> ReceivedVacancy:
    return ReceivedVacancy.find(county(), received_id) or abort(404)


def _page(error: str = "", codes: str = "") -> Response:
    return render_page(
        "office/received_packages/index.html", status=422 if error else 200,
        waiting=ReceivedVacancy.waiting_in(county()), error=error, form=Form(start={"codes": codes[:LARGEST_FILE]}),
    )  # fmt: skip


def _form(row: ReceivedVacancy, form: VacancyForm, status: int = 200) -> Response:
    return render_page("office/received_packages/edit.html", status=status, row=row, form=form, **LISTS_OF_FORM)
