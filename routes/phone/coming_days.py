"""Coming days: when and where a county's market days are, town by town, on a page and as a calendar to subscribe to."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app
from flask_babel import gettext as _

from models.market.county import County
from models.market.division import Division
from models.market.planning import date_in
from models.phone.coming_days import ComingDay, by_town, coming_days
from routes.phone import feed, page, page_cache
from routes.web.language import language

bp = Blueprint("coming_days", __name__)
bp.register_error_handler(404, page.not_found)

FIRST = 3  # days of each town on the county's page
A_DAY = timedelta(days=1)
KEPT = timedelta(days=31)  # how long a day that is over stays in a feed


@bp.get("/c/<int:county_id>")
def index(county_id: int) -> Response:
    """Show the coming market days of a county by town: the next ones of each. 404 for no such county."""
    county = _county(county_id)
    today = date_in(county)
    days = coming_days(county.id, today)
    towns = [(code, name, some[:FIRST], len(some)) for code, name, some in by_town(days)]
    near = [(on, [day for day in days if day.date == on]) for on in (today, today + A_DAY)]
    soon = [(on, some) for on, some in near if some]
    page.of_county(county)
    return page_cache.answer(
        ("c", county.id), (county.id, county.name, county.phone, county.hours, today, tuple(days)),
        lambda: page.render("coming.html", county=county, towns=towns, soon=soon, today=today),
    )  # fmt: skip


@bp.get("/c/<int:county_id>/<town>")
def show(county_id: int, town: str) -> Response:
    """Show the coming market days of a town. 404 for no such county or town."""
    county = _county(county_id)
    place = _town(county, town)
    today = date_in(county)
    days = coming_days(county.id, today, place.code)
    page.of_county(county)
    return page_cache.answer(
        ("c", county.id, place.code), (county.id, county.phone, county.hours, place.name, today, tuple(days)),
        lambda: page.render("coming_town.html", county=county, town=place, days=days, today=today),
    )  # fmt: skip


@bp.get("/c/<int:county_id>.ics")
def index_feed(county_id: int) -> Response:
    """Answer the market days of a county as iCalendar, for people's own calendars. 404 for no such county."""
    county = _county(county_id)
    return _feed(county, "", county.name)


@bp.get("/c/<int:county_id>/<town>.ics")
def show_feed(county_id: int, town: str) -> Response:
    """Answer the market days of a town as iCalendar. 404 for no such county or town."""
    county = _county(county_id)
    place = _town(county, town)
    return _feed(county, place.code, place.name)


def _feed(county: County, town: str, name: str) -> Response:
    days = coming_days(county.id, date_in(county) - KEPT, town)
    page.of_county(county)
    title = _("Work at the market · %(place)s", place=name)
    return feed.answer(
        (county.id, town, language()), (county.timezone, county.phone, county.service_name, title, tuple(days)),
        lambda: feed.calendar(county, title, days, _summary, current_app.config["ORIGIN"]),
    )  # fmt: skip


def _summary(day: ComingDay) -> tuple[str, str]:
    """Return the title and the text of a day in a calendar."""
    said = [
        _("Cancelled: %(why)s", why=day.cancelled) if day.is_cancelled else "",
        _("%(count)s vacancies", count=day.vacancies) if day.vacancies else "",
        _("Free of charge. Nobody here asks for money, a password or a text-message code."),
    ]
    return _("Work at the market of %(town)s", town=day.town), "\n".join(filter(None, said))


def _county(county_id: int) -> County:
    found: County | None = County.get_or_none(id=county_id) if county_id < 2**31 else None
    return found or abort(404)


def _town(county: County, code: str) -> Division:
    """Return a town of the county, one whose code ended too: its posters still hang."""
    found: Division | None = Division.get_or_none(code=code[:12], parent=county.division_id or "-")
    return found or abort(404)
