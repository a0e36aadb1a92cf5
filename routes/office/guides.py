"""Guides of one page to print: for a clerk a market day from planning to signing, for an operator the tablet."""

from typing import NamedTuple

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from models.vocabulary.code_list import N_
from routes.office.helps import GUIDES
from routes.web.access import signed_in
from routes.web.language import language
from routes.web.pages import render_page

bp = Blueprint("guides", __name__, url_prefix="/organiser/help/guides")


class Step(NamedTuple):
    """One step: its icon, what it is called, and what to do in one or two sentences."""

    icon: str
    title: str
    words: str


CLERK = (
    Step(
        "calendar", N_("Two weeks before: plan"),
        N_("Choose town and date, take the booths of last time. It is a draft until you publish it."),
    ),
    Step(
        "employer", N_("Ask the employers"),
        N_("Which posts still hold, at what pay? Send them their link, and take what they ask for."),
    ),
    Step(
        "booth", N_("Set up the booths"),
        N_("Each booth needs a post, an operator and a tablet. The list says what is missing."),
    ),
    Step("open", N_("One week before: publish"), N_("From now on phones show the board. Scan one code yourself.")),
    Step(
        "print", N_("Two days before: print"),
        N_("Posters, paper passes, loudspeaker list, checklist. Charge every tablet."),
    ),
    Step("live", N_("On the morning"), N_("Open Live and the wall. Call the booth whose tablet is silent.")),
    Step(
        "attention", N_("While it goes on"),
        N_("Settle what the page To look at lists. Write down complaints at once."),
    ),
    Step(
        "tablet-only", N_("At noon"),
        N_("Wait until every tablet has sent everything. One without network hands over."),
    ),
    Step(
        "summary", N_("Close, print, sign"),
        N_("Close the day, print the summary, have it signed and stamped, note the signature."),
    ),
    Step("phone", N_("Afterwards"), N_("Call people after 7, 30 and 90 days. The follow-up list names them.")),
)  # fmt: skip
OPERATOR = (
    Step("tablet-only", N_("Switch the tablet on"), N_("Is the battery full? If not, plug it in.")),
    Step("qr", N_("Scan the booth's code"), N_("The office shows you the code. Hold the tablet over it.")),
    Step("lock", N_("Type your PIN"), N_("The first time you think of one. Tell it to nobody.")),
    Step("scan", N_("Scan the pass"), N_("Hold it a hand's width before the camera. It ticks: it was read.")),
    Step("keypad", N_("No pass? Type the number"), N_("Or the last four digits. No number: register the person.")),
    Step("hand", N_("Tap the post"), N_("The one that the person wants. It is kept at once.")),
    Step("check", N_("Look at the receipt"), N_("Green is good. Wrong post? Tap undo.")),
    Step("users", N_("Interviewed? Hired?"), N_("Tap the person in the list and say how far it went.")),
    Step("offline", N_("No network? Go on"), N_("The tablet keeps everything and sends it later.")),
    Step("sent", N_("At the end"), N_("Bring it to a network until it says that all is sent. Then sign off.")),
)  # fmt: skip
STEPS = {"clerk": CLERK, "operator": OPERATOR}
# What stands beside the steps, as static/guides/<language>-<name>.webp: `bin/screenshots guides` makes them anew.
PICTURES = {
    "clerk": (("day", N_("The day's page")), ("live", N_("Live")), ("summary", N_("The summary"))),
    "operator": (("board", N_("Steps 4 and 5")), ("person", N_("Step 6")), ("receipt", N_("Step 7"))),
}
TITLES = {
    "clerk": (GUIDES["clerk"], N_("For the county's office")),
    "operator": (GUIDES["operator"], N_("For who works at a booth")),
}


@bp.get("/<guide>")
@signed_in
def show(guide: str) -> Response:
    """Show a guide as one sheet of A4, in the reader's language. 404 of none."""
    if guide not in STEPS:
        abort(404)
    title, audience = TITLES[guide]
    return render_page(
        "office/guides/show.html", guide=guide, title=_(title), audience=_(audience), steps=STEPS[guide],
        pictures=[(f"guides/{language()}-{name}.webp", words) for name, words in PICTURES[guide]],
    )  # fmt: skip
