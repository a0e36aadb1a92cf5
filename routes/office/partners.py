"""Partners: whose packages a county takes, its own key and card, and what went out and came in."""

from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import gettext as _

from models.exchange.partner import NoCard, Partner, card_of, is_fingerprint, read_card
from models.exchange.received_package import ReceivedPackage, ReceivedVacancy, end
from models.exchange.sent_package import SentPackage
from models.keys.region_key import RegionKey, fingerprint
from models.printing.qr import svg
from models.vocabulary.code_list import N_, ORIGINS
from routes.web.access import audit, county, reads, who, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("partners", __name__, url_prefix="/organiser/exchange")


class PartnerForm(LabelledForm):
    """What a partner sent and what it read out on the telephone."""

    labels = {
        "card": N_("Card of the partner"), "digits": N_("The 24 digits that the partner reads out"),
        "origin": N_("Where the vacancies come from"),
    }  # fmt: skip


@bp.get("")
@reads
def index() -> Response:
    """Show the county's own card, its partners, and the packages that went out and came in."""
    return _page(PartnerForm(start={"origin": "sichuan"}))


@bp.post("/key")
@writes
def make_key() -> Response:
    """Make the county's key, or a new one, which every partner has to confirm once more. 303."""
    key = RegionKey.make(county())
    audit("region_key_made", fingerprint(key.public))
    flash(_("A key is made. Send your card to the partner and read it the 24 digits on the telephone."), "success")
    return go_to(url_for(".index"))


@bp.post("/partners")
@writes
def create() -> Response:
    """Trust a partner. Form: ``card``, ``digits`` (as it read them out), ``origin`` (a code). 303; 422."""
    form = PartnerForm(request.form)
    origin = form.choice("origin", ORIGINS)
    try:
        card = read_card(form.value("card"))
    except NoCard:
        form.refuse("card", _("This is no card of a region. It begins with GCK1: and is copied whole."))
        return _page(form, 422)
    own = RegionKey.newest(county())
    if own and own.public == card.key:
        form.refuse("card", _("This is your own card."))
    if not is_fingerprint(form.value("digits"), card.key):
        form.refuse("digits", _("These are not the digits of this card. Call the partner on a number that you know, "
                                "and compare again: otherwise somebody else may have sent the card."))  # fmt: skip
    if not form.ok or origin is None:
        return _page(form, 422)
    partner = Partner.by_key(county(), card.key) or Partner(county=county(), public=card.key)
    partner.name, partner.phone, partner.origin = card.name, card.phone, origin
    partner.confirmed_by, partner.ended_at = who(), None
    partner.save()
    flash(_("%(name)s is a partner now: its packages are taken.", name=partner.name), "success")
    return go_to(url_for(".index"))


@bp.post("/partners/<int:partner_id>/end")
@writes
def destroy(partner_id: int) -> Response:
    """Take no more of a partner's packages; what it handed in is withdrawn. A repeat changes nothing. 303."""
    partner = Partner.get_or_none(id=partner_id, county=county()) or abort(404)
    if partner.ended_at is None:
        end(partner, who())
    flash(_("Nothing more is taken of %(name)s, and its vacancies are withdrawn.", name=partner.name), "success")
    return go_to(url_for(".index"))


def _page(form: PartnerForm, status: int = 200) -> Response:
    mine = county()
    key = RegionKey.newest(mine)
    card = card_of(mine, key) if key else ""
    return render_page(
        "office/partners/index.html", status=status, form=form, card=card, qr=svg(card) if card else "",
        digits=fingerprint(key.public) if key else "", partners=Partner.of(mine), sent=SentPackage.of(mine),
        received=ReceivedPackage.of(mine), waiting=len(ReceivedVacancy.waiting_in(mine)), origins=ORIGINS,
    )  # fmt: skip
