"""Notices: what waits for the office, worked out anew each time it is looked at. None names a person.

A part of the product that has something to say adds a function to ``SOURCES``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.base.clock import utcnow
from models.base.database import fetch_in
from models.desk.complaint import late_complaints
from models.desk.handed_list import withdrawn_after
from models.desk.incident import Incident
from models.desk.search import Towns
from models.figures.season import county_season
from models.forgetting.due import Due
from models.market.county import County
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.market.signing import versions_of
from models.market.tablet import Tablet
from models.market.tablet_status import status_of
from models.market.vacancy_proposal import waiting_in
from models.vocabulary.code_list import N_

LOOKED_BACK = timedelta(days=90)  # older market days wait for nobody any more
SIGNED_WITHIN = timedelta(days=2)
FORETOLD = timedelta(days=7)  # what the night is to take away is said so long before
# By kind: what is said, with ``count``, and ``name`` where it is about one thing.
SENTENCES = {
    "quarantine": N_("%(count)s entries wait for a decision: %(name)s"),
    "silent": N_("%(count)s tablets have been silent for more than half an hour: %(name)s"),
    "unsigned": N_("The summary is not signed two days after the market day: %(name)s"),
    "proposed": N_("%(count)s changes of vacancies, written by employers, wait for the office"),
    "stale": N_("%(count)s vacancies were not checked with their employers for two weeks"),
    "withdrawn": N_("%(count)s people withdrew after a list was handed over: %(name)s"),
    "complaint": N_("%(count)s complaints were not answered in time"),
    "incident": N_("A tablet is lost, and a step is overdue: %(name)s"),
    "retention": N_("The names and phones of %(count)s registrations are deleted within a week"),
}


@dataclass(frozen=True)
class Notice:
    """One thing that waits. ``endpoint`` and ``of`` are where it is seen to; ``key`` stays as long as the thing does.

    ``day`` is the market day's date where it is about one, and ``name`` its town; else ``name`` is what it is about.
    """

    kind: str
    key: str
    count: int
    endpoint: str
    of: dict[str, int] = field(default_factory=dict)
    name: str = ""
    day: MarketDay | None = None


Source = Callable[[County, list[MarketDay], datetime], Iterator[Notice]]


def notices_of(county: County, towns: Towns = None, now: datetime | None = None) -> list[Notice]:
    """Return what waits in a county, in the order of ``SENTENCES``; for a town clerk, of the days of their towns."""
    now = now or utcnow()
    since = date_in(county, now) - LOOKED_BACK
    days = [
        day for day in MarketDay.select().where(MarketDay.county == county, MarketDay.date >= since)
        if towns is None or day.town_id in towns
    ]  # fmt: skip
    sources = SOURCES if towns is None else OF_DAYS
    found = [notice for source in sources for notice in source(county, days, now)]
    return sorted(found, key=lambda one: (list(SENTENCES).index(one.kind), one.key))


def _quarantine(_: County, days: list[MarketDay], __: datetime) -> Iterator[Notice]:
    rows = fetch_in(
        "SELECT o.market_day_id, COUNT(*) FROM operation AS o LEFT JOIN settlement AS s"
        " ON s.tablet_id = o.tablet_id AND s.seq = o.seq WHERE o.outcome <> 'applied'"
        " AND (s.act IS NULL OR s.act <> 'set_aside') AND o.market_day_id IN (??) GROUP BY o.market_day_id",
        [day.id for day in days],
    )
    by_id = {day.id: day for day in days}
    for id, count in rows:
        yield _about("quarantine", by_id[id], count, "quarantine.index")


def _silent(county: County, days: list[MarketDay], now: datetime) -> Iterator[Notice]:
    today = [day for day in days if day.date == date_in(county, now) and not day.is_cancelled]
    for day in today:
        tablets = Tablet.select(Tablet, Log).join(Log).where(Log.market_day == day)
        if count := sum(status_of(tablet, now, True) == "silent" for tablet in tablets):
            yield _about("silent", day, count, "tablets.index")


def _unsigned(county: County, days: list[MarketDay], now: datetime) -> Iterator[Notice]:
    over = [day for day in days if day.date + SIGNED_WITHIN < date_in(county, now) and not day.is_cancelled]
    over = [day for day in over if day.published_at is not None]
    signed = versions_of([day.id for day in over])
    for day in over:
        if not signed.get(day.id, (0, False))[1]:
            yield _about("unsigned", day, 1, "closings.index")


def _proposed(county: County, _: list[MarketDay], __: datetime) -> Iterator[Notice]:
    waiting = waiting_in(county)
    if waiting:  # by the newest one, so that a mail tells of each
        yield Notice("proposed", f"proposed {waiting[-1].id}", len(waiting), "vacancy_proposals.index")


def _stale(county: County, _: list[MarketDay], now: datetime) -> Iterator[Notice]:
    if count := sum(row.is_stale for row in county_season(county, date_in(county, now))):
        yield Notice("stale", f"stale {date_in(county, now):%G-%V}", count, "season.index")  # once a week


def _withdrawn(county: County, _: list[MarketDay], now: datetime) -> Iterator[Notice]:
    for employer, (name, count) in withdrawn_after(county, date_in(county, now)).items():
        yield Notice(
            "withdrawn", f"withdrawn {employer} {count}", count, "call_lists.index", {"employer_id": employer}, name
        )


def _complaints(county: County, _: list[MarketDay], now: datetime) -> Iterator[Notice]:
    if count := late_complaints(county, date_in(county, now)):
        yield Notice("complaint", f"complaint {count}", count, "complaints.index")


def _incidents(county: County, _: list[MarketDay], now: datetime) -> Iterator[Notice]:
    for one in Incident.of(county):
        step = None if one.closed_at else one.next_step()
        if step and step.due < now:
            key = f"incident {one.id} {step.step}"
            yield Notice("incident", key, 1, "incidents.show", {"incident_id": one.id}, one.device.name)


def _retention(county: County, _: list[MarketDay], now: datetime) -> Iterator[Notice]:
    today = date_in(county, now)
    if count := sum(len(some) for some in Due(county, today + FORETOLD).people()):
        yield Notice("retention", f"retention {today:%G-%V}", count, "retention.show")  # once a week


OF_DAYS: tuple[Source, ...] = (_quarantine, _silent, _unsigned)
SOURCES: tuple[Source, ...] = (*OF_DAYS, _proposed, _stale, _withdrawn, _complaints, _incidents, _retention)


def _about(kind: str, day: MarketDay, count: int, endpoint: str) -> Notice:
    return Notice(kind, f"{kind} {day.id}", count, endpoint, {"market_day_id": day.id}, day.town_name, day)
