"""Mailing states: a mailing is begun, stopped and begun again, and what nobody knows is decided by a person."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.messages.driver import FAILED, SENT
from models.messages.mailing import PLANNED, Mailing, begin, plan_failed_again, settle, stop
from routes.office.mailings import find_mailing
from routes.web.access import audit, who, writes
from routes.web.answers import go_to

bp = Blueprint("mailing_states", __name__, url_prefix="/organiser/mailings/<int:mailing_id>")


@bp.post("/begin")
@writes
def create(mailing_id: int) -> Response:
    """Have a mailing be sent by the next run. Who sends what to how many is noted. 303."""
    found = find_mailing(mailing_id)
    if count := found.counts()[PLANNED]:
        audit("mailing_begun", rows=count, why=found.purpose, about=found)
        begin(found, who())
    else:
        flash(_("There is nobody to send it to."), "attention")
    return _back(found)


@bp.post("/stop")
@writes
def destroy(mailing_id: int) -> Response:
    """Send no more of a mailing until it is begun again. 303."""
    found = find_mailing(mailing_id)
    audit("mailing_stopped", why=found.purpose, about=found)
    stop(found)
    return _back(found)


@bp.post("/failed")
@writes
def renew(mailing_id: int) -> Response:
    """Plan those again that surely did not arrive; the mailing waits until it is begun. 303."""
    found = find_mailing(mailing_id)
    if count := plan_failed_again(found, who()):
        audit("mailing_renewed", rows=count, why=found.purpose, about=found)
    return _back(found)


@bp.post("/unclear")
@writes
def update(mailing_id: int) -> Response:
    """Decide what became of unclear messages. Form: ``message`` (ids), ``became`` (``sent`` or ``failed``). 303."""
    found, became = find_mailing(mailing_id), request.form.get("became", "")
    ids = request.form.getlist("message")
    if ids and became in (SENT, FAILED) and (count := settle(found, ids, became, who())):
        audit("messages_settled", became, rows=count, about=found)
    return _back(found)


def _back(mailing: Mailing) -> Response:
    return go_to(url_for("mailings.show", mailing_id=mailing.id))
