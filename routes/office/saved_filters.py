"""Saved filters: a view of a list that somebody keeps under a name, renames, shares with the county and deletes."""

import re
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, request
from flask_babel import gettext as _
from flask_login import current_user

from models.finding.saved_filter import LONGEST_LISTING, LONGEST_NAME, SavedFilter, TooMany
from routes.web.access import home, signed_in
from routes.web.answers import go_to
from routes.web.asker import lacks_factor
from routes.web.forms import Form
from routes.web.listing import LONGEST
from routes.web.requests import split_address

bp = Blueprint("saved_filters", __name__, url_prefix="/organiser/saved-filters")

KEY = re.compile(r"[a-z_]+\.[a-z_]+")
MOST_KEYS = 8  # of a query: words, order, facets
LISTING, BACK = "listing", "back"


@bp.post("")
@signed_in
def create() -> Response:
    """Keep a view of a list. Form: ``listing`` (its name), ``name``, ``shared`` (``yes``), ``back`` (where the list
    is), and what is asked of it, each key with ``ask-`` before it. One of the same name is replaced. 303 to the list.
    """
    form, listing = Form(request.form), request.form.get(LISTING, "")[:LONGEST_LISTING]
    asked = {key.removeprefix("ask-"): value[:LONGEST] for key, value in request.form.items() if key.startswith("ask-")}
    asked = {key[:16]: value for key, value in list(asked.items())[:MOST_KEYS] if value}
    name = form.text("name", limit=LONGEST_NAME)
    if _is_out() or not KEY.fullmatch(listing) or not asked:
        return _back({})
    if name is None:
        missing = _("The view was not kept: it needs a name of at most %(count)s letters.", count=LONGEST_NAME)
        flash(missing, "attention")
        return _back(asked)
    try:
        SavedFilter.keep(current_user, listing, name, asked, request.form.get("shared") == "yes")
    except TooMany:
        flash(_("You keep as many views of this list as there is room for. Delete one first."), "attention")
        return _back(asked)
    flash(_("The view “%(name)s” is kept.", name=name), "success")
    return _back(asked)


@bp.post("/changes")
@signed_in
def update() -> Response:
    """Rename a view of one's own, or share it. Form: ``filter`` (id), ``name``, ``shared``, ``back``. 303."""
    form, found = Form(request.form), _own()
    name = form.text("name", limit=LONGEST_NAME)
    if found and name:
        found.name, found.is_shared = name, request.form.get("shared") == "yes"
        found.save()
        flash(_("The changes are kept."), "success")
    else:
        flash(_("Nothing was changed: the view needs a name, and has to be your own."), "attention")
    return _back(found.asked() if found else {})


@bp.post("/delete")
@signed_in
def destroy() -> Response:
    """Delete a view of one's own. A repeat changes nothing. Form: ``filter`` (id), ``back``. 303."""
    found = _own()
    if found:
        found.delete_instance()
        flash(_("The view “%(name)s” is deleted.", name=found.name), "success")
    return _back({})


def _own() -> SavedFilter | None:
    id = request.form.get("filter", 0, type=int)
    return None if _is_out() or not 0 < id < 2**31 else SavedFilter.own(current_user, id)


def _is_out() -> bool:
    """Say whether nobody's lists are meant: the city has none, and without the second factor nobody sees any."""
    return current_user.county_id is None or lacks_factor()


def _back(asked: dict[str, str]) -> Response:
    """Lead back to the list. Only a path of the office is taken: an address from a form leads anywhere."""
    path = getattr(split_address(request.form.get(BACK, "")), "path", "")
    if not path.startswith("/organiser/") or "//" in path or "\\" in path:
        return go_to(home())
    return go_to(f"{path}?{urlencode(asked)}" if asked else path)
