"""The lists of a season's vacancies, an employer's and the county's: their columns, and what is looked for in them."""

from functools import partial
from operator import attrgetter

from flask import request, url_for

from models.figures.season import STATES, CountyRow, SeasonRow
from models.finding.bulk_change import VACANCY
from models.market.employer import Employer
from models.vocabulary.code_list import N_, ORIGINS, VACANCY_KINDS
from routes.office.bulk_changes import acts_on
from routes.web.listing import Column, Facet, Listing

WORDS = {
    "draft": N_("Draft"), "open": N_("Open"), "full": N_("Full"), "expired": N_("Past its last date"),
    "closed": N_("Closed"),
}  # fmt: skip
COUNTY_SEASON = (
    Column("title", N_("Vacancy"), lambda row: row.vacancy.title),
    Column("employer", N_("Employer"), lambda row: row.vacancy.employer and row.vacancy.employer.name),
    Column("kind", N_("Form of work"), lambda row: row.vacancy.work_kind),
    Column("state", N_("State"), lambda row: STATES.index(row.state)),
    Column("openings", N_("Openings"), lambda row: row.vacancy.openings, "number"),
    Column("left", N_("Places left"), lambda row: row.left, "number"),
    Column("days", N_("Market days"), lambda row: row.days, "number"),
    Column("verified", N_("Last checked"), lambda row: row.vacancy.verified_at),
)
COUNTY_SEASON_FACETS = (
    Facet("state", N_("State"), lambda row: row.state, WORDS),
    Facet("kind", N_("Form of work"), lambda row: row.vacancy.work_kind, VACANCY_KINDS),
    Facet("urgent", N_("Urgency"), lambda row: "yes" if row.vacancy.urgent else "no", {"yes": N_("Urgently wanted")}),
    Facet("check", N_("Check"), lambda row: "due" if row.is_stale else "done", {"due": N_("To be checked again")}),
    Facet("origin", N_("Where the vacancy comes from"), lambda row: row.vacancy.origin, ORIGINS),
)
SEASON = (
    Column("title", N_("Vacancy"), lambda row: row.vacancy.title),
    Column("state", N_("State"), lambda row: STATES.index(row.state)),
    Column("openings", N_("Openings"), lambda row: row.vacancy.openings, "number"),
    Column("hired", N_("Hired on site"), lambda row: row.hired, "number"),
    Column("left", N_("Places left"), lambda row: row.left, "number"),
    Column("days", N_("Offered on"), lambda row: row.offers[-1].market_day.date if row.offers else None),
    Column("verified", N_("Last checked"), lambda row: row.vacancy.verified_at),
)


def season_list(employer: Employer, rows: list[SeasonRow]) -> Listing:
    """List an employer's vacancies of the season; the filter knows titles, numbers, places and towns of market days."""
    return Listing(
        "season", SEASON, rows, request.args, partial(url_for, "employers.show", employer_id=employer.id),
        lambda row: " ".join((
            row.vacancy.number, row.vacancy.title, row.vacancy.place, *(one.market_day.town_name for one in row.offers)
        )),
    )  # fmt: skip


def county_season_list(rows: list[CountyRow]) -> Listing:
    """List all vacancies of a county; the filter knows titles, numbers, places, employers, clusters and partners."""
    return Listing(
        "season", COUNTY_SEASON, rows, request.args, partial(url_for, "season.index"),
        lambda row: " ".join((
            row.vacancy.number, row.vacancy.title, row.vacancy.place, row.vacancy.cluster, row.vacancy.partner,
            row.vacancy.true_employer, row.vacancy.employer.name if row.vacancy.employer else "",
        )), COUNTY_SEASON_FACETS, acts=acts_on(VACANCY), id_of=attrgetter("vacancy.id"),
    )  # fmt: skip
