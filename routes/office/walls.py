"""The wall of a market day in the office: open it here, or give a screen in the square an address of its own."""

from flask import Blueprint, Response, abort, current_app, flash, request, url_for
from flask_babel import gettext as _

from models.market.market_day import MarketDay
from models.market.wall_link import DARK, LIGHT, THEMES, WallLink
from models.phone.notice import day_notice
from models.printing import qr
from models.vocabulary.code_list import N_
from routes.phone.wall_page import Screen, renewed, screen
from routes.web.access import county, find_market_day, reads, towns, who, writes
from routes.web.answers import go_to
from routes.web.labelled_form import LabelledForm
from routes.web.pages import render_page

bp = Blueprint("walls_of_day", __name__, url_prefix="/organiser/market-days/<int:market_day_id>/wall")

LONGEST_NAME = 40  # letters
LOOKS = {LIGHT: N_("Light: for daylight"), DARK: N_("Dark: for a hall or a tent")}
TOWN, COUNTY = "town", "county"


class WallForm(LabelledForm):
    """Which screen gets a link, what it shows, and how."""

    labels = {
        "name": N_("Which screen"), "reach": N_("What it shows"), "theme": N_("Colours"), "english": N_("English"),
    }  # fmt: skip


@bp.get("")
@reads
def show(market_day_id: int) -> Response:
    """Say what the wall shows, open it, list the links of screens that reach this day, and the form for another one."""
    return _page(find_market_day(market_day_id), WallForm(start={"reach": TOWN, "theme": LIGHT}))


@bp.post("")
@writes
def create(market_day_id: int) -> Response:
    """Make a link for a screen. 201 with the page that shows its address, once; 422 with the form.

    Form: ``name`` (the screen), ``reach`` (``town``, or ``county`` for who sees all towns), ``theme`` (light or dark),
    ``english`` (``yes``: with a line in English).
    """
    day, form = find_market_day(market_day_id), WallForm(request.form)
    name = form.text("name", limit=LONGEST_NAME)
    reach = form.choice("reach", {TOWN, COUNTY} if towns() is None else {TOWN})
    theme = form.choice("theme", THEMES)
    if not form.ok or name is None or theme is None:
        return _page(day, form, 422)
    town = day.town if reach == TOWN else None
    link, code = WallLink.issue(county(), town, name, theme, form.value("english") == "yes", who())
    address = current_app.config["ORIGIN"] + url_for("walls.show", code=code)
    answer = render_page("office/walls/made.html", status=201, day=day, link=link, address=address, qr=qr.svg(address))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/links/<int:link_id>/revocation")
@writes
def destroy(market_day_id: int, link_id: int) -> Response:
    """End a link: its screen says so within a minute. A repeat changes nothing. 303; 404 of a link elsewhere."""
    day = find_market_day(market_day_id)
    link = next((one for one in WallLink.reaching(county(), day.town) if one.id == link_id), None) or abort(404)
    if link.town_id is None and towns() is not None:
        abort(403)
    link.revoke()
    flash(_("The screen %(name)s shows nothing any more.", name=link.name), "success")
    return go_to(url_for(".show", market_day_id=day.id))


@bp.get("/screen")
@reads
def open_screen(market_day_id: int) -> Response:
    """Show the wall of this day for a projector at this computer; the next morning that of the town's next one.

    Query: ``theme`` (light or dark), ``english`` (``yes``).
    """
    asked = _asked(market_day_id)
    english = "yes" if asked.english else None
    source = url_for(".renew", market_day_id=market_day_id, theme=asked.theme, english=english)
    return screen(asked, source, is_office=True)


@bp.get("/now")
@reads
def renew(market_day_id: int) -> Response:
    """Answer what that screen shows now; 304 where nothing changed. Query as for the screen, and ``shape``."""
    asked = _asked(market_day_id)
    return renewed(asked, ("day", market_day_id, asked.theme, asked.english))


def _asked(market_day_id: int) -> Screen:
    day = find_market_day(market_day_id)
    theme = DARK if request.args.get("theme") == DARK else LIGHT
    return Screen(county(), day.town_id, theme, request.args.get("english") == "yes", day_notice(day.id))


def _page(day: MarketDay, form: WallForm, status: int = 200) -> Response:
    return render_page(
        "office/walls/show.html", status=status, day=day, form=form, links=WallLink.reaching(county(), day.town),
        looks=LOOKS, may_reach_county=towns() is None,
    )  # fmt: skip
