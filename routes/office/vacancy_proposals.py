"""What employers wrote by their links: changes that wait for the office, and what became of the others."""

import json

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.base.database import writing
from models.kiosk.set_up import keep_vacancy
from models.market.actor import because
from models.market.employer_link import ACTOR
from models.market.vacancy import Vacancy
from models.market.vacancy_proposal import (
    CONFIRMED,
    DECLINED,
    EDITED,
    TAKEN,
    TAKEN_BACK,
    VacancyProposal,
    proposal_of,
    settled_in,
    take_back_confirmation,
    waiting_in,
)
from models.vocabulary.code_list import N_
from routes.office.closed_day import noting_vacancy
from routes.office.market_dates import today_in
from routes.office.proposed_form import ProposedForm, compared, overlaid, stood_in
from routes.office.vacancy_form import Wanted
from routes.web.access import county, reads, who, writes
from routes.web.answers import go_to
from routes.web.editing import change
from routes.web.forms import Form
from routes.web.language import moment
from routes.web.pages import render_page

bp = Blueprint("vacancy_proposals", __name__, url_prefix="/organiser/vacancy-proposals")

LONGEST_REASON = 200  # letters
STATE_WORDS = {
    "waiting": N_("Waits for the office"), "taken": N_("Taken"), "declined": N_("Declined"),
    "replaced": N_("Replaced by a later one"), "taken_back": N_("Taken back"),
}  # fmt: skip


@bp.get("")
@reads
def index() -> Response:
    """List the changes that wait, the oldest first, and the newest of those that were decided or counted at once."""
    return render_page(
        "office/vacancy_proposals/index.html", waiting=waiting_in(county()), settled=settled_in(county()),
        states=STATE_WORDS,
    )  # fmt: skip


@bp.get("/<int:proposal_id>")
@reads
def show(proposal_id: int) -> Response:
    """Show what an employer wrote about a vacancy, field by field beside what stood and what stands there."""
    return _page(_find(proposal_id), Form())


@bp.post("/<int:proposal_id>")
@writes
def take(proposal_id: int) -> Response:
    """Take a change: it is the vacancy's text from now on, checked as if it was typed here.

    Form: ``seen`` (what stood there when the page was opened). 303; 409 when the change waits no more or the vacancy
    changed meanwhile; 422 when a check of today refuses it.
    """
    with writing():
        proposal = _find(proposal_id)
        stands = _stands(proposal)
        if not proposal.is_waiting or request.form.get("seen") != _seen(proposal, stands):
            flash(_("This changed while the page was open. Please look at it again."), "attention")
            return _page(proposal, Form(), 409)
        form = _filled(proposal, stands, proposal.asked)
        if not _keep(proposal, form, TAKEN):
            return _page(proposal, form, 422)
    flash(_("Vacancy %(number)s is kept.", number=proposal.vacancy.number), "success")
    return go_to(url_for(".index"))


@bp.post("/<int:proposal_id>/refusal")
@writes
def decline(proposal_id: int) -> Response:
    """Decline a change. Form: ``why``, which the employer reads. 303; 409 when it waits no more; 422."""
    with writing():
        proposal, form = _find(proposal_id), Form(request.form)
        if not proposal.is_waiting:
            return _page(proposal, form, 409)
        why = form.text("why", limit=LONGEST_REASON)
        if not why:
            return _page(proposal, form, 422)
        proposal.decide(DECLINED, who(), why)
    flash(_("Declined. The employer reads why by its link."), "success")
    return go_to(url_for(".index"))


@bp.post("/<int:proposal_id>/taken-back")
@writes
def take_back(proposal_id: int) -> Response:
    """Take back what counts: fields that still say what the employer wrote say again what stood there.

    303; 409 when it does not count, or everything was changed since; 422 when a check of today refuses what stood.
    """
    with writing():
        proposal = _find(proposal_id)
        if proposal.state != TAKEN or not _take_back(proposal):
            flash(_("Nothing is left of it: it was changed since."), "attention")
            return _page(proposal, Form(), 409)
        if proposal.state != TAKEN_BACK:
            flash(_("What stood there before would be refused today. Please change the vacancy by hand."), "attention")
            return _page(proposal, Form(), 422)
    flash(_("It is taken back."), "success")
    return go_to(url_for(".index"))


def _take_back(proposal: VacancyProposal) -> bool:
    """Take it back if anything is left of it; of a change that a check refuses, ``state`` stays."""
    if proposal.kind == CONFIRMED:
        return take_back_confirmation(proposal, who())
    stands = _stands(proposal)
    left = {name: proposal.stood[name] for name, asked in proposal.asked.items() if stands.get(name) == asked}
    if left:
        _keep(proposal, _filled(proposal, stands, left), TAKEN_BACK)
    return bool(left)


def _keep(proposal: VacancyProposal, form: ProposedForm, state: str) -> bool:
    """Store a vacancy as a form says, and that this became of the proposal; False, and nothing, if it is not right."""
    fields, vacancy = form.read(), proposal.vacancy
    if not form.ok:
        return False
    why = _("The employer, %(name)s, wrote this by its link on %(time)s.", name=proposal.who, time=moment(proposal.at))
    change(vacancy, fields)
    if state == TAKEN:
        vacancy.verified_at, vacancy.verified_by = proposal.at, f"{ACTOR}:{proposal.who}"
    with because(why), noting_vacancy(vacancy, why):
        keep_vacancy(vacancy)
    proposal.decide(state, who())
    return True


def _find(proposal_id: int) -> VacancyProposal:
    return proposal_of(county(), proposal_id) or abort(404)


def _wanted(vacancy: Vacancy) -> Wanted:
    return Wanted(vacancy.county, vacancy.employer, today_in(vacancy.county))


def _stands(proposal: VacancyProposal) -> dict[str, list[str]]:
    return stood_in(_wanted(proposal.vacancy), proposal.vacancy)


def _filled(proposal: VacancyProposal, stands: dict[str, list[str]], asked: dict[str, list[str]]) -> ProposedForm:
    return ProposedForm(_wanted(proposal.vacancy), proposal.vacancy, overlaid(stands, asked))


def _seen(proposal: VacancyProposal, stands: dict[str, list[str]]) -> str:
    return json.dumps([stands.get(name, []) for name in proposal.asked], ensure_ascii=False)


def _page(proposal: VacancyProposal, form: Form, status: int = 200) -> Response:
    stands = _stands(proposal)
    return render_page(
        "office/vacancy_proposals/show.html", status=status, proposal=proposal, form=form,
        fields=compared(proposal, stands) if proposal.kind == EDITED else [], seen=_seen(proposal, stands),
        states=STATE_WORDS,
    )  # fmt: skip
