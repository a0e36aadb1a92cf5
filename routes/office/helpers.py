"""Helpers: a worker of the office is given people to ask and to help, many at once or one."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.derived.assistance import LONGEST_NAME
from models.desk.person import Person
from models.follow_up import say
from models.market.account import accounts_of
from routes.web.access import county, towns, who, writes
from routes.web.answers import go_to

bp = Blueprint("helpers", __name__, url_prefix="/organiser/helpers")

MOST = 200  # people at once


@bp.post("")
@writes
def create() -> Response:
    """Assign a worker. Form: ``helper`` (a login, or empty: nobody), ``person`` (ids), ``back``: whence. 303."""
    logins = {one.login: one.name or one.login for one in accounts_of(county())}
    chosen = request.form.get("helper", "")
    if chosen and chosen not in logins:
        abort(422)
    asked = dict.fromkeys(request.form.getlist("person")[:MOST])
    found = [Person.find(county(), node, towns()) for node in asked]
    named = [one.registrations[-1] for one in found if one and one.registrations]
    say.assign([(one.market_day, str(one.id)) for one in named], logins.get(chosen, "")[:LONGEST_NAME], who())
    flash(_("%(count)s people have this worker now.", count=len(named)), "success" if named else "attention")
    if request.form.get("back") == "person" and named:
        return go_to(url_for("people.show", person=named[0].id, _anchor="contacts"))
    return go_to(url_for("assistances.index" if request.form.get("back") == "help" else "follow_ups.index"))
