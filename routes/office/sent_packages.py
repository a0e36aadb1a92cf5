"""Sent packages: vacancies that go to another region, as a file or as a sequence of QR codes."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.exchange.package import MOST, lines_of
from models.exchange.partner import Partner
from models.exchange.sent_package import SentPackage, send, sendable
from models.keys.region_key import RegionKey
from models.market.pay import pay_range
from models.printing.qr import svg
from models.vocabulary.code_list import N_, PAY_UNITS
from routes.office.market_dates import today_in
from routes.web.access import audit, county, reads, who, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("sent_packages", __name__, url_prefix="/organiser/exchange/sent")

GOOD_FOR, LONGEST = timedelta(days=30), timedelta(days=180)


class PackageForm(LabelledForm):
    """What goes out, to whom, and until when it is good."""

    labels = {"partner": N_("For"), "expires_on": N_("Good until"), "vacancy": N_("Vacancies")}


@bp.get("/new")
@writes
def new() -> Response:
    """Show the vacancies that may go out: the county's own that are open and were checked with their employers."""
    until = today_in(county()) + GOOD_FOR
    return _form(PackageForm(start={"expires_on": until.isoformat()}), all_chosen=True)


@bp.post("")
@writes
def create() -> Response:
    """Sign a package. Form: ``partner`` (an id, nothing: for all), ``expires_on``, ``vacancy`` (numbers). 303; 422."""
    form, today = PackageForm(request.form), today_in(county())
    partner = form.choice("partner", _partners(), required=False)
    until = form.date("expires_on")
    if until and not today <= until <= today + LONGEST:
        form.refuse("expires_on", _("Between today and half a year from now."))
    chosen = set(form.values("vacancy"))
    vacancies = [vacancy for vacancy in sendable(county(), today) if vacancy.number in chosen]
    if not 1 <= len(vacancies) <= MOST:
        form.refuse("vacancy", _("Please choose at least one vacancy, and at most %(most)s.", most=MOST))
    if RegionKey.newest(county()) is None:
        form.refuse("partner", _("Make your county's key first."))
    if not form.ok or until is None:
        return _form(form, 422)
    to = Partner.get_by_id(int(partner)) if partner else None
    package = send(county(), vacancies, to, until, who())
    audit("export", f"vacancy package {package.id}", rows=len(vacancies))
    flash(_("The package is signed: %(count)s vacancies.", count=len(vacancies)), "success")
    return go_to(url_for(".show", package_id=package.id))


@bp.get("/<int:package_id>")
@reads
def show(package_id: int) -> Response:
    """Show a package: its file to download, and its codes where it is small enough."""
    package = _find(package_id)
    codes = [svg(line) for line in lines_of(package.body)]
    return render_page("office/sent_packages/show.html", package=package, codes=codes)


@bp.get("/<int:package_id>/file")
@reads
def download(package_id: int) -> Response:
    """Send the package's file."""
    package = _find(package_id)
    audit("export", f"vacancy package {package.id}", rows=package.vacancies)
    headers = {"Content-Disposition": f'attachment; filename="vacancies-{package.made_at:%Y-%m-%d}-{package.id}.gcx"',
               "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}  # fmt: skip
    return Response(package.body, content_type="application/octet-stream", headers=headers)


def _partners() -> dict[str, str]:
    return {str(partner.id): partner.name for partner in Partner.of(county()) if partner.ended_at is None}


def _find(package_id: int) -> SentPackage:
    return SentPackage.get_or_none(id=package_id, county=county()) or abort(404)


def _form(form: PackageForm, status: int = 200, all_chosen: bool = False) -> Response:
    return render_page(
        "office/sent_packages/new.html", status=status, form=form, pay_range=pay_range, pay_units=PAY_UNITS,
        vacancies=sendable(county(), today_in(county())), all_chosen=all_chosen,
        partners=[("", _("Every region that trusts us")), *_partners().items()],
    )  # fmt: skip
