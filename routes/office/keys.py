"""Keys: an organiser makes the county's keys anew and revokes those that sign passes."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.keys.pass_key import PassKey
from models.keys.seal import SealKey
from models.kiosk.keys import renew_pass_key, renew_seal_key, revoke_pass_key
from models.market.audit import latest_at
from routes.web.access import audit, county, reads, writes
from routes.web.answers import go_to
from routes.web.pages import render_page

bp = Blueprint("keys", __name__, url_prefix="/organiser/keys")

RENEW = {"seal": renew_seal_key, "pass": renew_pass_key}


@bp.get("")
@reads
def index() -> Response:
    """List the county's keys, the newest first, and say what each is for."""
    return render_page(
        "office/keys/index.html",
        seal_keys=SealKey.all_of(county())[::-1],
        pass_keys=PassKey.all_of(county())[::-1],
        copied_at=latest_at(county(), "keys_copied"),
    )


@bp.post("")
@writes
def create() -> Response:
    """Make a key that takes the place of the newest. Form: ``use`` (``seal`` or ``pass``). 303; 422 for another use."""
    use = request.form.get("use")
    if use not in RENEW:
        abort(422)
    key = RENEW[use](county())
    audit(f"{use}_key_made", f"key {key.id}")
    flash(_("A new key is made. The tablets hear of it at their next contact."), "success")
    return go_to(url_for(".index"))


@bp.get("/passes/<int:key_id>/edit")
@writes
def edit(key_id: int) -> Response:
    """Ask whether a key that signs passes is to be revoked, and say what that means."""
    return render_page("office/keys/edit.html", key=_find(key_id))


@bp.post("/passes/<int:key_id>/delete")
@writes
def destroy(key_id: int) -> Response:
    """Revoke a key that signs passes, at once. A repeat changes nothing. 303."""
    key = _find(key_id)
    if not key.revoked_at:
        signed = revoke_pass_key(key)
        audit("pass_key_revoked", f"key {key.id}, {signed} passes signed anew", rows=signed)
        flash(_("Key %(key)s is revoked. %(count)s passes were signed anew.", key=key.id, count=signed), "success")
    return go_to(url_for(".index"))


def _find(key_id: int) -> PassKey:
    return PassKey.get_or_none(id=key_id, county=county()) or abort(404)
