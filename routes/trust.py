"""Trust: how a tablet comes to trust a trial's own authority. Without one there is nothing here."""

from flask import Blueprint, Response, abort, current_app, request

from models import qr
from routes import _phone, _tls
from routes._access import reads
from routes._pages import render_page

bp = Blueprint("trust", __name__)


@bp.get("/trust")
def show() -> Response:
    """Say how to install the authority, with its fingerprint and the way on. Also served without TLS."""
    authority = _found()
    return _phone.page(
        "trust.html", fingerprint=authority.fingerprint(), ends_at=authority.ends_at(),
        origin=current_app.config["ORIGIN"], is_safe=request.is_secure, county_name=None,
    )  # fmt: skip


@bp.get("/trust/authority.crt")
def certificate() -> Response:
    """Send the authority's certificate, as Android installs it."""
    name = "ganchang-trial.crt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(_found().der(), mimetype="application/x-x509-ca-cert", headers=headers)


@bp.get("/organiser/trust")
@reads
def poster() -> Response:
    """Show the code that tablets scan first, and the fingerprint to compare."""
    authority, address = _found(), _tls.trust_address(current_app)
    return render_page(
        "trust/show.html", address=address, qr=qr.svg(address), fingerprint=authority.fingerprint(),
        ends_at=authority.ends_at(), origin=current_app.config["ORIGIN"],
    )  # fmt: skip


def _found():  # noqa: ANN202  imported only where a trial has one
    return _tls.authority(current_app) or abort(404)
