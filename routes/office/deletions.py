"""Deletions: an organiser deletes a person, freezes them or lifts the freeze, with a reason and a certificate."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.desk.person import Person
from models.forgetting.certificate import (
    BY_LETTER,
    BY_OFFICE,
    BY_PHONE,
    DELETED,
    FROZEN,
    IN_OFFICE,
    RELEASED,
    Certificate,
)
from models.forgetting.delete import NobodyThere, delete_person, freeze_person, release_person
from models.forgetting.listed import list_outside
from models.forgetting.retain import overwrite
from models.vocabulary.code_list import N_
from routes.office.people import find_person
from routes.web.access import county, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("deletions", __name__, url_prefix="/organiser/people/<person>/deletion")

LONGEST_WHY = 200  # letters
ASKED_BY = {
    IN_OFFICE: N_("The person, in the office"),
    BY_LETTER: N_("The person, by letter or telephone"),
    BY_OFFICE: N_("Nobody asked: the office decides"),
}
BY_WHOM = ASKED_BY | {BY_PHONE: N_("The person, on their own phone page")}
WHAT = {
    DELETED: N_("Delete: name, phone, birth year, address and wishes go for good"),
    FROZEN: N_("Freeze: everything stays, and nobody may use it"),
    RELEASED: N_("Lift the freeze: the data may be used again"),
}
ACTS = {DELETED: delete_person, FROZEN: freeze_person, RELEASED: release_person}


class DeletionForm(LabelledForm):
    """What is typed about a deletion."""

    labels = {"act": N_("What is to be done"), "asked_by": N_("Who asked for it"), "why": N_("Reason")}


@bp.get("")
@writes
def new(person: str) -> Response:
    """Ask what is to be done about a person's data, and say what it means."""
    return _form(find_person(person), DeletionForm())


@bp.post("")
@writes
def create(person: str) -> Response:
    """Delete, freeze or release a person.

    Form: ``act`` (``deleted``, ``frozen``, ``released``), ``asked_by``, ``why``, ``sure`` (ticked). 303 to the
    certificate; 422 with the form.
    """
    found, form = find_person(person), DeletionForm(request.form)
    act, asked_by = form.choice("act", ACTS), form.choice("asked_by", ASKED_BY)
    why = form.text("why", limit=LONGEST_WHY)
    if not form.values("sure"):
        form.refuse("sure", _("Please confirm that you checked who asks."))
    if not form.ok or act is None or asked_by is None or why is None:
        return _form(found, form, 422)
    try:
        made = ACTS[act](county(), found.id, who(), asked_by, why)
    except NobodyThere:
        form.refuse("act", _("There is nothing to do: it was done already."))
        return _form(found, form, 422)
    follow(made)
    return go_to(url_for("certificates.show", number=made.number))


def follow(made: Certificate) -> None:
    """Bring the list beside the database up to date after a deletion, and have its files hold nothing of it."""
    if made.act != DELETED:
        return
    overwrite()
    try:
        list_outside(Path(current_app.config["FORGOTTEN"]))
    except OSError as error:  # the nightly run writes it
        current_app.logger.warning("the list of what was forgotten cannot be written: %s", error)
        flash(_("Deleted. The list for restored backups will be written tonight."), "attention")


def _form(person: Person, form: DeletionForm, status: int = 200) -> Response:
    if not person.registrations:
        abort(404)
    acts = {act: WHAT[act] for act in (DELETED, RELEASED if person.is_frozen else FROZEN)}
    return render_page(
        "office/deletions/new.html", block=block_for_htmx("form"), status=status, person=person, form=form, acts=acts,
        asked_by=ASKED_BY, is_frozen=person.is_frozen,
    )  # fmt: skip
