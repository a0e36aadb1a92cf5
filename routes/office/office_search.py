"""Search over the office: market days, employers, vacancies, booths and all else that has a name, and its pages."""

from typing import Any, NamedTuple

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from models.finding.office_search import (
    BOOTHS,
    CAMPAIGNS,
    COMPLAINTS,
    DAYS,
    DEVICES,
    EMPLOYERS,
    INCIDENTS,
    OPERATORS,
    SURVEYS,
    TOWNS,
    VACANCIES,
    Hit,
    Reader,
    search_office,
)
from models.finding.sought import Sought
from models.market.market_day import MarketDay
from models.market.planning import coming
from models.vocabulary.code_list import N_
from models.vocabulary.complaint import TOPICS
from models.vocabulary.trade import TRADES
from routes.office.devices import STATE_WORDS
from routes.office.market_dates import today_in
from routes.office.office_pages import FoundPage, pages_for
from routes.web.access import county, is_own_town, may_change, may_see, reads, towns
from routes.web.answers import block_for_htmx
from routes.web.pages import render_page

bp = Blueprint("office_search", __name__, url_prefix="/organiser/find")

# Each kind: what it is called, its icon, the page that shows one, and the list that takes the words.
WORDS = {
    DAYS: (N_("Market days"), "calendar", "market_days.show", "market_days.index"),
    EMPLOYERS: (N_("Employers"), "employer", "employers.index", "employers.index"),
    VACANCIES: (N_("Vacancies"), "vacancy", "employer_vacancies.show", "season.index"),
    BOOTHS: (N_("Booths"), "booth", "booths.show", ""),
    OPERATORS: (N_("Operators"), "person", "operators.index", "operators.index"),
    DEVICES: (N_("Devices"), "mobile", "devices.index", ""),
    CAMPAIGNS: (N_("Campaigns"), "leaflet", "campaigns.show", ""),
    TOWNS: (N_("Towns"), "place", "market_rules.show", "market_rules.index"),
    SURVEYS: (N_("Plans for work"), "hand", "surveys.show", ""),
    COMPLAINTS: (N_("Complaints"), "leaflet", "complaints.show", ""),
    INCIDENTS: (N_("Lost tablets"), "mobile", "incidents.show", ""),
}  # fmt: skip
WITHIN_TOWNS = frozenset({DAYS, VACANCIES, BOOTHS})  # of these a clerk finds what is of the clerk's towns


class Results(NamedTuple):
    """What was found, as the page shows it: ``groups`` of (kind, words, icon, hits, how many, the way to all)."""

    sought: Sought
    groups: list[tuple[str, str, str, list[tuple[str, Hit]], int, str]]
    pages: list[FoundPage]
    pages_first: bool
    people: str  # the address of the same search among people, or nothing


@bp.get("")
@reads
def index() -> Response:
    """Search everything in the office that the asker may see, but for people. Query: ``q``, at most 60 letters.

    htmx gets the results alone.
    """
    sought = Sought.read(request.args.get("q", ""), today_in(county()))
    return render_page(
        "office/office_search/index.html", block=block_for_htmx("found"), results=_results(sought),
        complaint_topics=TOPICS, device_states=STATE_WORDS,
    )  # fmt: skip


def _results(sought: Sought) -> Results:
    is_clerk = towns() is not None
    kinds = frozenset(kind for kind, about in WORDS.items() if may_see(about[2]) or (is_clerk and kind in WITHIN_TOWNS))
    trades = {code: _(words) for code, words in TRADES.items()}
    reader = Reader(county(), today_in(county()), kinds, towns(), trades)
    groups = [
        (
            group.kind, _(WORDS[group.kind][0]), WORDS[group.kind][1],
            [(_address(group.kind, hit), hit) for hit in group.hits], group.found, _all_of(group.kind, sought),
        )
        for group in search_office(reader, sought)
    ]  # fmt: skip
    pages, is_first = pages_for(sought, _next_day()) if sought.all_words else ([], False)
    may_ask = bool(sought.all_words) and may_see("people.index") and not sought.spans
    return Results(sought, groups, pages, is_first, url_for("people.index", q=sought.text) if may_ask else "")


def _next_day() -> MarketDay | None:
    day = coming(county(), today_in(county()))
    return day if day and is_own_town(day.town_id) else None


def _all_of(kind: str, sought: Sought) -> str:
    """Return the address of the list that the words filter, where there is one and the reader sees it."""
    page = WORDS[kind][3]
    return url_for(page, q=sought.for_lists) if page and may_see(page) else ""


def _address(kind: str, hit: Hit) -> str:
    first, *others = hit.keys
    if kind == VACANCIES:
        employer, day = others
        if day:
            return url_for("day_vacancies.index", market_day_id=day, q=first)
        if employer:
            return url_for("employer_vacancies.show", employer_id=employer, vacancy_number=first)
        return url_for("season.index", q=first)
    if kind == EMPLOYERS:
        is_shown = may_see("employers.show")
        return url_for("employers.show", employer_id=first) if is_shown else url_for("employers.index", q=hit.name)
    return {
        DAYS: lambda: url_for("market_days.show", market_day_id=first),
        BOOTHS: lambda: url_for("booths.show", market_day_id=first, number=others[0]),
        OPERATORS: lambda: _of_editors("operators", hit, operator_id=first),
        DEVICES: lambda: _of_editors("devices", hit, device_id=first),
        CAMPAIGNS: lambda: url_for("campaigns.show", campaign_id=first),
        TOWNS: lambda: url_for("market_rules.show", town=first),
        SURVEYS: lambda: url_for("surveys.show", survey_id=first),
        COMPLAINTS: lambda: url_for("complaints.show", complaint_id=first),
        INCIDENTS: lambda: url_for("incidents.show", incident_id=first),
    }[kind]()


def _of_editors(resource: str, hit: Hit, **key: Any) -> str:
    """Return where somebody who may change a thing does it, and where others read about it."""
    if may_change(resource):
        return url_for(f"{resource}.edit", **key)
    return url_for(f"{resource}.index", q=hit.name)
