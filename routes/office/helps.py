"""Help: what each page of the office is for, what people do there and what goes wrong."""

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from models.vocabulary.code_list import N_
from routes.office.help_texts import SECTIONS, WORDS, section_of
from routes.web.access import signed_in
from routes.web.pages import render_page

bp = Blueprint("helps", __name__, url_prefix="/organiser/help")

START = "start"  # the address of the section of the whole office, whose key is empty
GUIDES = {"clerk": N_("A market day, from planning to signing"), "operator": N_("The tablet in ten steps")}


@bp.app_context_processor
def here() -> dict[str, object]:
    """Give templates ``help_section``: as the address of help calls the section of the page at hand."""
    return {"help_section": _address(section_of(request.url_rule.rule if request.url_rule else ""))}


@bp.get("")
@signed_in
def index() -> Response:
    """List the help of all parts of the office, and the guides."""
    return render_page("office/helps/index.html", sections=_listed(), guides=GUIDES)


@bp.get("/<section>")
@signed_in
def show(section: str) -> Response:
    """Show the help of a part of the office. 404 of none. Works without script, and prints."""
    found = SECTIONS.get(_key(section)) or abort(404)
    return render_page(
        "office/helps/show.html", found=found, words=[WORDS[word] for word in found.words], guides=GUIDES,
    )  # fmt: skip


def _address(key: str) -> str:
    """Return a section's key as one part of an address: ``market-days.*.live``."""
    return key.replace("/", ".") or START


def _key(address: str) -> str:
    return "" if address == START else address.replace(".", "/")


def _listed() -> list[tuple[str, str, str]]:
    return [(_address(key), _(section.title), _(section.purpose)) for key, section in SECTIONS.items()]
