"""Trust: how a tablet comes to trust a trial's own authority. Without one there is nothing here."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, request

from models.printing import qr
from routes.phone import page
from routes.web import tls
from routes.web.access import reads
from routes.web.pages import render_page

if TYPE_CHECKING:
    from models.tls.authority import Authority

bp = Blueprint("trust", __name__)


@bp.get("/trust")
def show() -> Response:
    """Say how to install the authority, and the way on. Also served without TLS. 404 without an authority."""
    return page.page(
        "trust.html", ends_at=_authority().ends_at(), origin=current_app.config["ORIGIN"], is_safe=request.is_secure,
    )  # fmt: skip


@bp.get("/trust/authority.crt")
def certificate() -> Response:
    """Send the authority's certificate, as tablets install it. 404 without an authority."""
    headers = {"Content-Disposition": 'attachment; filename="ganchang-trial.crt"', "Cache-Control": "no-store"}
    return Response(_authority().der(), mimetype="application/x-x509-ca-cert", headers=headers)


@bp.get("/organiser/trust")
@reads
def poster() -> Response:
    """Show the code that tablets scan first, and the fingerprint to compare. 404 without an authority."""
    authority, address = _authority(), tls.trust_address(current_app)
    return render_page(
        "phone/trust/show.html", address=address, qr=qr.svg(address), fingerprint=authority.fingerprint(),
        ends_at=authority.ends_at(),
    )  # fmt: skip


def _authority() -> "Authority":
    return tls.authority(current_app) or abort(404)
