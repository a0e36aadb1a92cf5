"""Mailings: text messages to the people of a market day who agreed to be called, looked at before anything is sent."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.messages.audience import HELD_BACK
from models.messages.driver import Driver
from models.messages.file_driver import FileDriver
from models.messages.mailing import HELD, Mailing, discard, first_of, mailings_of, plan, unknown_of
from models.messages.quiet_hours import QuietHours
from models.messages.wording import LONGEST, PLACEHOLDERS, READY, filled, parts
from models.vocabulary.code_list import N_
from routes.office.mailing_form import MailingForm, Target, language_of, target_of, targets, words_of
from routes.web.access import county, reads, who, writes
from routes.web.answers import block_for_htmx, go_to
from routes.web.language import LANGUAGES
from routes.web.pages import render_page
from routes.web.sender import audiences_of, driver_of

bp = Blueprint("mailings", __name__, url_prefix="/organiser/mailings")

PACE = 5  # seconds between two looks while it is sent
STATES = {
    "stopped": ("waiting", N_("Not being sent")), "running": ("open", N_("Being sent")),
    "done": ("confirmed", N_("Done")),
}  # fmt: skip
OF_MESSAGES = {
    "planned": N_("to be sent"), "sending": N_("under way"), "sent": N_("sent"), "unknown": N_("unclear"),
    "failed": N_("did not arrive"), "held": N_("held back"),
}  # fmt: skip
# Why nobody knew, or a message did not arrive; other reasons are the gateway's own words.
UNSETTLED = {"never_came": N_("never came to the gateway"), "no_answer": N_("no answer")}


@bp.get("")
@reads
def index() -> Response:
    """List the county's mailings, and offer to write down a number that wants no messages."""
    rows = [(one, one.counts(), words_of(one.audience, one.about)) for one in mailings_of(county())]
    is_file = isinstance(_driver(), FileDriver)
    return render_page("office/mailings/index.html", rows=rows, states=STATES, quiet=_quiet(), is_file=is_file)


@bp.get("/new")
@writes
def new() -> Response:
    """Show the form. Query: ``for`` (``day-12``), ``language``, ``ready``: the wording that it begins with."""
    target = _target(request.args.get("for", ""))
    if target is None:
        return render_page("office/mailings/none.html")
    return _form(MailingForm(target, language_of(request.args.get("language", "")), ready=_ready()))


@bp.post("")
@writes
def create() -> Response:
    """Plan a mailing; nothing is sent yet. Form: ``for``, ``language``, ``purpose``, ``text``. 303; 422 with the form.

    422 without a form where there is nothing that it could be about.
    """
    target = _target(request.form.get("for", ""))
    if target is None:
        abort(422)
    form = MailingForm(target, language_of(request.form.get("language", "")), request.form)
    data = form.data()
    if not form.ok:
        return _form(form, 422)
    made = Mailing(county=county(), made_by=who(), **data)
    plan(made, audiences_of(current_app.config)[target.audience])
    return go_to(url_for("mailings.show", mailing_id=made.id))


@bp.get("/<int:mailing_id>")
@reads
def show(mailing_id: int) -> Response:
    """Show a mailing: its text as the first person gets it, and how far it is. It renews itself while it is sent."""
    found = find_mailing(mailing_id)
    audience = audiences_of(current_app.config)[found.audience]
    held = {_(HELD_BACK[why]) if why in HELD_BACK else why: count for why, count in found.reasons(HELD).items()}
    text = _first_text(found, audience)
    driver = _driver()
    answer = render_page(
        "office/mailings/show.html", block=block_for_htmx("progress"), mailing=found, counts=found.counts(),
        about=words_of(found.audience, found.about), text=text, parts=parts(text), held=held, states=STATES,
        of_messages=OF_MESSAGES, unclear=unknown_of(found), failed=found.reasons("failed"), pace=PACE,
        quiet=_quiet(), is_quiet=_quiet().hold(utcnow(), county().zone()), is_file=isinstance(driver, FileDriver),
        driver=driver.name, languages=LANGUAGES, unsettled=UNSETTLED,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<int:mailing_id>/delete")
@writes
def destroy(mailing_id: int) -> Response:
    """Delete a mailing of which nothing was sent. 303; to the mailing where something was."""
    found = find_mailing(mailing_id)
    if not discard(found):
        flash(_("Something of it was sent: it stays."), "attention")
        return go_to(url_for("mailings.show", mailing_id=found.id))
    flash(_("It is deleted. Nothing was sent."), "success")
    return go_to(url_for("mailings.index"))


def find_mailing(mailing_id: int) -> Mailing:
    """Return a mailing of the asker's county, or 404."""
    return Mailing.get_or_none(id=mailing_id, county=county()) or abort(404)


def _target(code: str) -> Target | None:
    return target_of(county(), code)


def _ready() -> str:
    return request.args.get("ready", "")


def _quiet() -> QuietHours:
    return QuietHours.read(current_app.config["SMS_QUIET"])


def _driver() -> Driver:
    return driver_of(current_app.config)


def _first_text(mailing: Mailing, audience: Any) -> str:
    """Return the text as the first person it is for gets it; with nothing in the placeholders when there is nobody."""
    people = audience.read(county(), mailing.about, first_of(mailing))
    first = next(iter(people.values()), None)
    return filled(mailing.text, first.values if first else {}, mailing.language)


def _form(form: MailingForm, status: int = 200) -> Response:
    ready = {code: _(title) for code, (title, _text) in READY[form.target.audience].items()}
    return render_page(
        "office/mailings/new.html", status=status, form=form, targets=targets(county()), ready=ready, chosen=_ready(),
        languages=LANGUAGES, placeholders=PLACEHOLDERS[form.target.audience], longest=LONGEST,
    )  # fmt: skip
