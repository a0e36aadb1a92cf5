"""Opt-outs: the office writes down a number, or a person, that wants no text messages."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.typed import phone_of
from models.messages.opt_out import BY_OFFICE, opt_in, opt_out
from routes.web.access import audit, county, who, writes
from routes.web.answers import go_to

bp = Blueprint("opt_outs", __name__, url_prefix="/organiser/opt-outs")


@bp.post("")
@writes
def create() -> Response:
    """Send a number nothing any more, or again. Form: ``number``, ``wants`` (``yes``: again). 303.

    That it was done is noted, the number is not.
    """
    number = phone_of(request.form.get("number", "")[:40])
    if not number:
        flash(_("Please write a telephone number."), "attention")
    elif request.form.get("wants") == "yes":
        audit("opt_out_taken_back")
        opt_in(county(), [number], [])
        flash(_("This number gets messages again."), "success")
    else:
        audit("opted_out")
        opt_out(county(), [number], [], BY_OFFICE, who())
        flash(_("This number gets no messages any more."), "success")
    return go_to(url_for("mailings.index"))
