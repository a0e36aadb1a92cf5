"""Copies of the county's keys: a locked file to be kept elsewhere, and put back after an older backup was."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.keys.escrow import LARGEST, SHORTEST, Locked, NoCopy, OfAnother, copy_of, put_back
from models.vocabulary.code_list import N_
from routes.web.access import audit, county, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

LONG_ENOUGH = N_("At least %(count)s letters: four words that do not belong together.")

bp = Blueprint("key_copies", __name__, url_prefix="/organiser/keys")


class KeyCopyForm(LabelledForm):
    """The password of a new copy, typed twice, or of one that is put back."""

    labels = {"password": N_("Password of the file"), "again": N_("The same once more"), "file": N_("File")}

    def read_new(self) -> str:
        """Return a password that is long enough for a file that may be found in years; look at ``ok``."""
        password, again = self.password("password"), self.password("again")
        if password and len(password) < SHORTEST:
            self.refuse("password", _(LONG_ENOUGH, count=SHORTEST))
        elif password and again and password != again:
            self.refuse("again", _("This is another password than the one above."))
        return password or ""


@bp.get("/copy")
@writes
def new() -> Response:
    """Ask for the password that locks a copy of the keys."""
    return render_page("office/keys/copy.html", form=KeyCopyForm())


@bp.post("/copy")
@writes
def create() -> Response:
    """Return the file. Form: ``password``, ``again``. 422 with the form. It is written down who made one."""
    form = KeyCopyForm(request.form)
    password = form.read_new()
    if not form.ok:
        return render_page("office/keys/copy.html", form=form, status=422)
    content = copy_of(county(), password)
    audit("keys_copied")
    answer = Response(content, mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"ganchang-keys-{utcnow():%Y-%m-%d}.json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/restore")
@writes
def edit() -> Response:
    """Ask for a copy of the keys and its password."""
    return render_page("office/keys/restore.html", form=KeyCopyForm())


@bp.post("/restore")
@writes
def update() -> Response:
    """Put back the keys that are missing. Form: ``file``, ``password``. 303; 422 with the form."""
    form, file = KeyCopyForm(request.form), request.files.get("file")
    content, password = file.read(LARGEST) if file else b"", form.password("password")
    if not content:
        form.refuse("file", _("Please choose a file."))
    if form.ok:
        _put_back(form, content, password or "")
    return go_to(url_for("keys.index")) if form.ok else render_page("office/keys/restore.html", form=form, status=422)


def _put_back(form: KeyCopyForm, content: bytes, password: str) -> None:
    try:
        came = put_back(county(), content, password)
    except NoCopy:
        form.refuse("file", _("This is no copy of keys."))
    except OfAnother as error:
        form.refuse("file", _("These are the keys of another county: %(name)s.", name=error))
    except Locked:
        form.refuse("password", _("This password does not open the file, or the file was changed."))
    else:
        audit("keys_put_back", f"{came.new} new, {came.known} known", rows=came.new)
        said = _("%(new)s keys were put back, %(known)s were there already.", new=came.new, known=came.known)
        if came.taken:
            numbers = ", ".join(map(str, came.taken))
            said += " " + _("Not put back, because another key has the number: %(numbers)s.", numbers=numbers)
        flash(said, "attention" if came.taken else "success")
