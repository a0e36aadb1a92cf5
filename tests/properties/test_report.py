"""The report of a random season equals an independent count: closed days as they were then, open ones as they are."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db, fetch
from models.figures.report import report
from models.figures.report_choice import ReportChoice
from models.figures.rollup import OTHER
from models.figures.version import close
from models.intake.ingest import ingest
from models.schema import Division, MarketDay, Tablet, Vacancy
from models.vocabulary.code_list import GROUPS
from tests.effort import examples
from tests.properties.mornings import Morning
from tests.properties.season import make_season, offered, oracle_of

NOW = datetime(2026, 3, 10, tzinfo=UTC)
TOTALS = ("persons", "visits", "nameless", "signed_up", "registered", "check_ins", "persons_checked_in")
DICTS = ("reached", "persons_reached", "places", "provinces", "migrant_places", "referred", "taken_up")
STATES = st.sampled_from(("open", "closed", "closed", "closed anew", "cancelled"))


@pytest.fixture
def season(fair):
    """Three market days in two towns, with a tablet at each booth."""
    found = make_season(fair)
    town = Division.get_by_id("500120199")
    MarketDay.update(town=town, campaign=fair.campaign).where(MarketDay.id == found.days[1].id).execute()
    found.days = [MarketDay.get_by_id(day.id) for day in found.days]
    letters = zip(found.booths, "ABCDEFGH", strict=True)
    found.tablets = [Tablet.enlist(booth, letter=letter) for booth, letter in letters]
    found.towns = [None, fair.town, town]
    return found


@settings(
    max_examples=examples(10),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_figure_of_a_report_equals_an_independent_count(data, season):
    states = {day.id: data.draw(STATES) for day in season.days}
    town = data.draw(st.sampled_from(season.towns))
    end = data.draw(st.sampled_from((date(2026, 2, 24), date(2026, 3, 6), date(2026, 3, 6))))
    with db.atomic() as transaction:
        signed, oracle = play(data.draw, season, states)
        places = {v.number: (v.trade, v.openings) for v in Vacancy.select()}
        choice = ReportChoice(season.county, date(2026, 1, 1), end, town=town, by="town")
        found = report(choice, NOW)
        kinds = {day.id: {number for number, booth in offered() if booth in booths_of(day)} for day in season.days}
        transaction.rollback()

    chosen = [day for day in season.days if day.date <= end and town in (None, day.town)]
    days = [day for day in chosen if states[day.id] != "cancelled"]
    figures = {day.id: signed.get(day.id) or oracle.figures(day.id) for day in days}
    found["days"].pop("complete")  # oracles know no tablets
    assert found["days"] == {
        "counted": len(days), "closed": sum(day.id in signed for day in days), "signed": 0,
        "open": sum(day.id not in signed for day in days), "cancelled": len(chosen) - len(days), "draft": 0, "ahead": 0,
    }  # fmt: skip
    assert summed(found) == together(figures.values())
    assert {name: found["once"][name] for name in oracle.once([])} == oracle.once([day.id for day in days])
    distinct = set().union(*(kinds[day.id] for day in days))
    assert (found["once"]["vacancy_kinds"], found["once"]["openings"]) == (
        len(distinct), sum(places[number][1] for number in distinct)
    )  # fmt: skip
    wanted = Counter()
    for number in distinct:
        wanted[places[number][0]] += places[number][1]
    assert {row["trade"]: row["places"] for row in found["trades"] if row["places"]} == wanted
    assert {row["row"]: (row["days"], row["persons"], row["persons_reached.hired"]) for row in found["rows"]} == {
        code: (len(of), sum(f["persons"] for f in of), sum(f["persons_reached"]["hired"] for f in of))
        for code in {day.town_id for day in days}
        if (of := [figures[day.id] for day in days if day.town_id == code])
    }


def play(draw, season, states) -> tuple[dict[int, dict], object]:
    """Let the tablets send the first half of what they have, close days, send the rest; return what was closed.

    And an oracle that knows everything.
    """
    morning = Morning(draw, season)
    first, whole, halves = oracle_of(season), oracle_of(season), []
    scans: dict[int, list] = {}
    day = None
    for booth, tablet in zip(season.booths, season.tablets, strict=True):
        morning.date, morning.scans = str(booth.market_day.date), scans.setdefault(booth.market_day_id, [])
        here = {number for number, at in offered() if booth.is_desk or at == booth.id}
        morning.vacancies = [*sorted(here) * 4, season.sewing.number, season.cook.number]
        if booth.market_day_id != day:
            day, morning.logs = booth.market_day_id, []  # no device sends the facts of one day in another's log
        log = morning.log()
        morning.logs.append(log)
        half = draw(st.integers(0, len(log)))
        first.add(tablet.letter, booth.number, log[:half], booth.market_day_id)
        whole.add(tablet.letter, booth.number, log, booth.market_day_id)
        halves.append((tablet, log[:half], log[half:]))
    for tablet, early, _ in halves:
        ingest(tablet.log, early)
    closed = {day.id: first.figures(day.id) for day in season.days if states[day.id].startswith("closed")}
    for day in season.days:
        if day.id in closed:
            close(day, "chen", now=NOW)
        elif states[day.id] == "cancelled":
            MarketDay.update(cancelled_at=1, cancelled_why="雨").where(MarketDay.id == day.id).execute()
    for tablet, _, late in halves:
        ingest(tablet.log, late)
    for day in season.days:
        if states[day.id] == "closed anew":
            close(day, "chen", "late facts", now=NOW)
            closed[day.id] = whole.figures(day.id)
    return closed, whole


def booths_of(day) -> set[int]:
    return {id for (id,) in fetch("SELECT id FROM booth WHERE market_day_id = ?", (day.id,))}


def summed(found: dict) -> dict:
    """Return what a report adds up, as ``together`` has it."""
    return {name: found[name] for name in TOTALS} | {
        **{f"{table}.{name}": count for table in DICTS for name, count in found[table].items()},
        "leaflet": found["tallies"]["leaflet"],
        "hours": {row["hour"]: (row["visits"], row["check_ins"]) for row in found["hours"]},
        "seekers": {row["trade"]: row["seekers"] for row in found["trades"] if row["seekers"]},
        "groups": {(row["group"], row["sex"], row["age"]): (row["registered"], row["agreed"], row["hired"])
                   for row in found["groups"]},
    }  # fmt: skip


def together(days) -> dict:
    """Add up what the oracle says of each market day; groups that nobody knows stand together."""
    found: dict = Counter(dict.fromkeys(TOTALS, 0))
    hours, seekers, groups = {}, Counter(), {}
    empty = dict.fromkeys(TOTALS, 0)
    tables = Counter()
    for day in days:
        found.update({name: day[name] for name in TOTALS})
        for table in DICTS:
            tables.update({f"{table}.{name}": count for name, count in day[table].items()})
        tables["leaflet"] += day["tallies"].get("leaflet", 0)
        seekers.update(day["seekers"])
        for hour, counts in day["hours"].items():
            hours[hour] = tuple(map(sum, zip(counts, hours.get(hour, (0, 0)), strict=True)))
        for (group, sex, age), counts in day["groups"].items():
            key = (group if group in GROUPS or group == "ALL" else OTHER, sex, age)
            groups[key] = tuple(map(sum, zip(counts, groups.get(key, (0, 0, 0)), strict=True)))
    names = [f"{table}.{name}" for table in DICTS for name in _names(table)]
    return empty | found | dict.fromkeys([*names, "leaflet"], 0) | tables | {
        "hours": hours, "seekers": dict(seekers), "groups": groups,
    }  # fmt: skip


def _names(table: str) -> tuple[str, ...]:
    if table in ("places", "migrant_places"):
        return ("town", "county", "city", "outside")
    if table == "provinces":
        return ("sichuan", "shandong", "other")
    if table in ("referred", "taken_up"):
        return ("training", "business_start", "welfare_post", "legal_aid", "other")
    return ("introduced", "interviewed", "agreed", "hired", "started")
