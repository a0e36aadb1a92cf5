"""The office's lists: which columns each has, what it is sorted by, and what its filter looks at."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from models.figures.overview import BoothRow, DayRow, VacancyRow
from models.finding.bulk_change import EMPLOYER, OPERATOR
from models.finding.sought import read_as
from models.market.campaign import Campaign
from models.market.employer import Employer
from models.market.life import STATES
from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_
from models.vocabulary.event import DAY_STATES, EVENT_TYPES
from routes.office.bulk_changes import acts_on
from routes.office.market_dates import lunar
from routes.office.operator_rows import OperatorRow, place_of
from routes.office.tablet_rows import TabletRow
from routes.office.town_rows import TownRow
from routes.web.listing import Column, Facet, Listing

DAYS = (
    Column("date", N_("Date"), lambda row: row.day.date),
    Column("town", N_("Town"), lambda row: row.day.town_name),
    Column("state", N_("State"), lambda row: STATES.index(row.state)),
    Column("campaign", N_("Campaign"), lambda row: row.day.campaign and row.day.campaign.name),
    Column("booths", N_("Booths set up"), lambda row: row.booths, "number"),
    Column("tablets", N_("Tablets enrolled"), lambda row: row.tablets, "number"),
    Column("facts", N_("Facts"), lambda row: row.facts, "number"),
)
DAY_FACETS = (
    Facet("state", N_("State"), lambda row: row.state, DAY_STATES),
    Facet("type", N_("Kind of event"), lambda row: row.day.event_type, EVENT_TYPES),
)
BOOTHS = (
    Column("number", N_("No."), lambda row: row.booth.number),
    Column("name", N_("Booth"), lambda row: row.booth.name),
    Column("vacancies", N_("Vacancies offered"), lambda row: row.vacancies, "number"),
    Column("openings", N_("Openings"), lambda row: row.openings, "number"),
    Column("operators", N_("Operators"), lambda row: row.operators, "number"),
    Column("tablets", N_("Tablets enrolled"), lambda row: row.tablets, "number"),
    Column("check_ins", N_("Check-ins"), lambda row: row.check_ins, "number"),
    Column("hired", N_("Hired on site"), lambda row: row.hired, "number"),
)
VACANCIES = (
    Column("title", N_("Vacancy"), lambda row: row.vacancy.title),
    Column("booth", N_("Booth"), lambda row: row.booth.number),
    Column("pay", N_("Pay"), lambda row: row.pay_rank),
    Column("openings", N_("Openings"), lambda row: row.vacancy.openings, "number"),
    Column("check_ins", N_("Check-ins"), lambda row: row.check_ins, "number"),
    Column("hired", N_("Hired on site"), lambda row: row.hired, "number"),
    Column("remaining", N_("Places left"), lambda row: row.remaining, "number"),
    Column("state", N_("State"), lambda row: row.state),
)
TABLETS = (
    Column("tablet", N_("Tablet"), lambda row: (len(row.tablet.letter), row.tablet.letter)),
    Column("booth", N_("Booth"), lambda row: row.tablet.booth.number),
    Column("state", N_("State"), lambda row: row.urgency),
    Column("contact", N_("Last contact"), lambda row: row.tablet.last_contact_at),
    Column("acknowledged", N_("Received up to No."), lambda row: row.tablet.acknowledged, "number"),
    Column("unsent", N_("Not sent yet"), lambda row: row.tablet.unsent, "number"),
    Column("act", N_("Act"), kind="actions"),
)
TOWNS = (
    Column("town", N_("Town"), lambda row: row.town.name),
    Column("rule", N_("Market rule"), lambda row: row.words or None),
    Column("next", N_("Next market day"), lambda row: row.next_date),
    Column("confirmed", N_("Confirmed"), lambda row: row.rule and row.rule.confirmed_on),
)
EMPLOYERS = (
    Column("name", N_("Employer"), lambda row: row.name),
    Column("kind", N_("Kind"), lambda row: row.kind),
    Column("code", N_("Unified social credit code"), lambda row: row.credit_code or None),
    Column("contact", N_("Contact"), lambda row: row.has_contact or None),
    Column("booths", N_("Booths set up"), lambda row: row.booth_count, "number"),
)

OPERATORS = (
    Column("name", N_("Operator"), lambda row: row.operator.name),
    Column("unit", N_("Works for"), lambda row: row.operator.unit or None),
    Column("pin", N_("PIN"), lambda row: row.operator.has_pin),
    Column("today", N_("Today"), lambda row: row.today[0].booth.number if row.today else None),
    Column("next", N_("Next booth"), lambda row: row.next[0].booth.market_day.date if row.next else None),
)



def day_list(rows: list[DayRow], today: date) -> Listing:
    """List market days; the filter knows towns, places, campaigns and dates as they are shown, lunar ones too."""
    words = {"coming": N_("Coming"), "past": N_("Past")}
    when = Facet("when", N_("When"), lambda row: "past" if row.day.date < today else "coming", words)
    return _list("days", DAYS, rows, partial(url_for, "market_days.index"), _words_of_day, (when, *DAY_FACETS))


def campaign_day_list(campaign: Campaign, rows: list[DayRow]) -> Listing:
    """List a campaign's market days as all of them are listed."""
    address = partial(url_for, "campaigns.show", campaign_id=campaign.id)
    return _list("days", DAYS, rows, address, _words_of_day, DAY_FACETS)


def booth_list(day: MarketDay, rows: list[BoothRow]) -> Listing:
    """List a market day's booths; the filter knows numbers, names and employers."""
    return _list("booths", BOOTHS, rows, _of(day, "market_days.show"), _words_of_booth)


def vacancy_list(day: MarketDay, rows: list[VacancyRow]) -> Listing:
    """List all vacancies of a market day; the filter knows titles, numbers, booths, employers and places."""
    return _list("vacancies", VACANCIES, rows, _of(day, "day_vacancies.index"), _words_of_vacancy)


def tablet_list(day: MarketDay, rows: list[TabletRow]) -> Listing:
    """List a market day's tablets; the filter knows letters, names, booths and states."""
    return _list("tablets", TABLETS, rows, _of(day, "tablets.index"), _words_of_tablet)


def employer_list(rows: list[Employer], kinds: dict[str, str], is_archive: bool = False) -> Listing:
    """List a county's employers; the filter knows names, codes, licences, whom an agency hires for, and kinds."""
    return _list(
        "employers", EMPLOYERS, rows, partial(url_for, "employers.index", archived="yes" if is_archive else None),
        lambda row: " ".join((read_as(row.name), row.credit_code, row.licence, row.hires_for, _(kinds[row.kind]))),
        acts=acts_on(EMPLOYER, is_archive),
    )  # fmt: skip


def operator_list(rows: list[OperatorRow], is_archive: bool = False) -> Listing:
    """List a county's operators; the filter knows names, whom they work for, and where they are on duty."""
    return _list(
        "operators", OPERATORS, rows, partial(url_for, "operators.index", archived="yes" if is_archive else None),
        lambda row: " ".join((row.operator.full_name, *map(place_of, (*row.today, *row.next)))),
        acts=acts_on(OPERATOR, is_archive), id_of=attrgetter("operator.id"),
    )  # fmt: skip


def town_list(rows: list[TownRow]) -> Listing:
    """List a county's towns with their market rules; the filter knows names, codes and rules in words."""
    return _list(
        "towns", TOWNS, rows, partial(url_for, "market_rules.index"),
        lambda row: f"{row.town.code} {row.town.name} {row.words} {row.rule.confirmed_by if row.rule else ''}",
    )  # fmt: skip


def _of(day: MarketDay, endpoint: str) -> partial:
    return partial(url_for, endpoint, market_day_id=day.id)


def _list(
    name: str, columns: tuple, rows: list, address: partial[str], words: Callable[[Any], str], facets: tuple = (),
    **bulk: Any,
) -> Listing:  # fmt: skip
    return Listing(name, columns, rows, request.args, address, words, facets, **bulk)


def _words_of_day(row: DayRow) -> str:
    day = row.day
    campaign = day.campaign.name if day.campaign else ""
    kind = f"{_(EVENT_TYPES[day.event_type])} {_(DAY_STATES[row.state])}"
    year, month, number = day.date.year, day.date.month, day.date.day
    on = f"{day.date} {year}.{month}.{number} {month}月{number}日 {format_date(day.date, 'long')} {lunar(day.date)}"
    return f"{on} {read_as(day.town_name)} {day.place} {campaign} {kind}"


def _words_of_booth(row: BoothRow) -> str:
    booth = row.booth
    return f"{booth.number} {booth.name} {booth.employer.name if booth.employer else _('Service desk')}"


def _words_of_vacancy(row: VacancyRow) -> str:
    vacancy, booth = row.vacancy, row.booth
    employer = vacancy.employer.name if vacancy.employer else ""
    return f"{vacancy.number} {vacancy.title} {vacancy.place} {booth.number} {booth.name} {employer}"


def _words_of_tablet(row: TabletRow) -> str:
    tablet = row.tablet
    return f"{tablet.letter} {tablet.name} {tablet.booth.number} {tablet.booth.name} {row.state}"
