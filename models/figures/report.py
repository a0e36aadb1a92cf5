"""Reports: the figures of many market days of a county, with rows by what its reader chose, and a year before beside.

One dict feeds page, CSV, XLSX and JSON. Figures that stand on a sheet are added up over days, so somebody who came to
two of them is counted at both; those in ``once`` are counted once over all of them (models/figures/once.py). The hash
is that of the figures without the moment at which they were counted: the same figures have the same check code.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from models.base.clock import utcnow
from models.base.database import fetch_in, reading
from models.figures.breakdown import AGES, EVERYONE, FACTS, local_share, ratio_of
from models.figures.campaign_progress import campaign_progress
from models.figures.once import PEOPLE, TradeOffered, confirmed_later, employers_once, offered_once, people_once
from models.figures.report_choice import (
    BY,
    CAMPAIGN,
    DAY,
    ROW,
    TOWN,
    VENUE,
    ReportChoice,
    ReportDay,
    Sums,
    row_of,
    sums_of,
)
from models.figures.rollup import BY_HAND, OTHER
from models.figures.version import hash_of
from models.figures.year_before import year_before
from models.market.life import CANCELLED, DRAFT, SIGNED
from models.vocabulary.code_list import GROUPS, REFERRAL_TOPICS, TALLY_TOPICS
from models.vocabulary.stage import PLACES, STAGES

Report = dict[str, Any]  # as report.json sends it (docs/reports.md)
PEOPLE_AT_ONCE = 500_000  # persons over days: of more, who came is counted once only when it is asked for
COMPARED = (
    "days.counted", "employers", "vacancy_kinds", "openings", "persons", "visits", "registered", "check_ins",
    "persons_reached.introduced", "persons_reached.agreed", "reached.agreed", "persons_reached.hired",
    "tallies.leaflet", "tallies.policy", "tallies.transport",
)  # fmt: skip
MORNING = 5  # the hour with which the hours of many days begin: no night market goes on then


class Line(TypedDict):
    """A figure now and a year before."""

    figure: str
    now: int
    before: int
    change: int


class DayInState(NamedTuple):
    """A market day and its state, as progress is reckoned from them."""

    day: Any
    state: str


def report(choice: ReportChoice, now: datetime | None = None, everyone: bool = False) -> Report:
    """Return the report of a choice. ``everyone``: count people once however many they are."""
    now = now or utcnow()
    with reading():
        sums = sums_of(choice, now)
        earlier = year_before(choice)
        before = sums_of(earlier, now) if earlier else None
        offered = offered_once([day.id for day in sums.counted])
        found: Report = {
            "report": _head(choice),
            "days": _by_state(sums.days) | {"complete": sums.whole["complete"]},
            **_events(sums.counted),
            **figures_of(sums),
            "once": _once(sums, offered, everyone),
            "confirmed": confirmed_later([day.id for day in sums.counted]),
            "trades": _trades(sums, offered),
        }
        found["hours"], found["groups"] = _hours(sums.whole), _groups(sums.whole)
        found["rows"] = _rows(choice, sums)
        found["progress"] = _progress(choice, sums, now)
        found["year_before"] = _beside(earlier, before)
        found["comparison"] = _comparison(sums, before) if before and before.counted else []
        found["sheets"] = [_sheet(day) for day in sums.days]
    hash = hash_of(found)
    as_of = now.astimezone(choice.county.zone()).isoformat(timespec="seconds")
    return {"report": found.pop("report"), "as_of": as_of, "hash": hash, **found}


def figures_of(sums: Sums) -> Report:
    """Return what is added up over the days, each figure as a sheet calls it."""
    whole = sums.whole
    places = {place: whole[f"places.{place}"] for place in PLACES}
    migrants = {place: whole[f"migrant_places.{place}"] for place in PLACES}
    provinces = {province: whole[f"provinces.{province}"] for province in ("sichuan", "shandong")}
    return {
        **{name: whole[name] for name in (
            "employers_on_site", *BY_HAND, "vacancy_kinds", "openings", "persons", "visits", "nameless", "signed_up",
            "registered", "check_ins", "persons_checked_in",
        )},
        "reached": {stage: whole[f"reached.{stage}"] for stage in STAGES[1:]},
        "persons_reached": {stage: whole[f"persons_reached.{stage}"] for stage in STAGES[1:]},
        "places": places,
        # versions of before do not say which province: those are among the others
        "provinces": provinces | {OTHER: places["outside"] - sum(provinces.values())},
        "migrant_places": migrants,
        "local_share": local_share(migrants),
        "tallies": {topic: whole[f"tallies.{topic}"] for topic in (*TALLY_TOPICS, OTHER)
                    if topic != OTHER or whole[f"tallies.{OTHER}"]},
        "referred": {topic: whole[f"referred.{topic}"] for topic in REFERRAL_TOPICS},
        "taken_up": {topic: whole[f"taken_up.{topic}"] for topic in REFERRAL_TOPICS},
        **{name: whole[name] for name in (
            "attention", "waiting", "refused", "settled", "tablets", "tablets_complete", "booths_without_tablet",
        )},
    }  # fmt: skip


def _head(choice: ReportChoice) -> dict[str, Any]:
    return {
        "county": choice.county.name,
        "office": choice.county.service_name,
        "from": choice.start.isoformat(),
        "until": choice.end.isoformat(),
        "campaign": choice.campaign.name if choice.campaign else "",
        "town": choice.town.name if choice.town else "",
        "venue": choice.venue,
        "event_type": choice.event_type,
        "by": choice.by,
    }


def _by_state(days: Sequence[ReportDay]) -> dict[str, int]:
    """Return how many days are counted, how many of those were closed and signed, and how many are not counted."""
    states = Counter(day.state for day in days)
    counted = [day for day in days if day.is_counted]
    closed = sum(day.version > 0 for day in counted)
    return {
        "counted": len(counted),
        "closed": closed,
        "signed": states[SIGNED],
        "open": len(counted) - closed,
        "cancelled": states[CANCELLED],
        "draft": states[DRAFT],
        "ahead": len(days) - len(counted) - states[CANCELLED] - states[DRAFT],
    }


def _events(days: Sequence[ReportDay]) -> dict[str, list[dict[str, Any]]]:
    """Return how many of the counted days were of each type, at each kind of venue, of each level."""
    tables = {"event_types": "event_type", "venues": "venue", "levels": "level"}
    return {
        table: [{field: code, "days": n} for code, n in Counter(getattr(day, field) for day in days).most_common()]
        for table, field in tables.items()
    }


def _once(sums: Sums, offered: Mapping[str, TradeOffered], everyone: bool) -> dict[str, int | None]:
    """Return what is counted once over all days; None for people who are too many to be counted unasked."""
    days = [day.id for day in sums.counted]
    few = everyone or sums.whole["persons"] + sums.whole["check_ins"] <= PEOPLE_AT_ONCE
    people = people_once(days) if few else {}
    return {
        "employers": employers_once(days),
        "vacancy_kinds": sum(trade.kinds for trade in offered.values()),
        "openings": sum(trade.places for trade in offered.values()),
        **{name: people.get(name) for name in PEOPLE},
    }


def _trades(sums: Sums, offered: Mapping[str, TradeOffered]) -> list[dict[str, Any]]:
    """Return places and seekers of each trade, most places first. The places of a vacancy count once over all days."""
    found = [name.split("/") for name in sums.whole if name.startswith("trades/")]
    seekers = {trade: sums.whole[f"trades/{trade}/seekers"] for _, trade, figure in found if figure == "seekers"}
    places = {trade: offer.places for trade, offer in offered.items()}
    rows = [
        {"trade": trade, "places": places.get(trade, 0), "seekers": seekers.get(trade, 0),
         "ratio": ratio_of(places.get(trade, 0), seekers.get(trade, 0))}
        for trade in places.keys() | seekers.keys()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["places"], -row["seekers"], row["trade"]))


def _hours(whole: Mapping[str, int]) -> list[dict[str, int]]:
    hours = [(MORNING + n) % 24 for n in range(24)]
    rows = [
        {"hour": hour, "visits": whole[f"hours/{hour}/visits"], "check_ins": whole[f"hours/{hour}/check_ins"]}
        for hour in hours
    ]
    return [row for row in rows if row["visits"] or row["check_ins"]]


def _groups(whole: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the matrix of key groups by sex and age, as a sheet has it, its cells added up."""
    keys = {tuple(name.split("/")[1].split(",")) for name in whole if name.startswith("groups/")}
    order = [*GROUPS, OTHER, EVERYONE]
    return [
        {"row": " ".join(filter(None, key)), **dict(zip(("group", "sex", "age"), key, strict=True)),
         **{fact: whole[f"groups/{','.join(key)}/{fact}"] for fact in FACTS}}
        for key in sorted(keys, key=lambda key: (order.index(key[0]), key[1], list(AGES).index(key[2])))
    ]  # fmt: skip


def _rows(choice: ReportChoice, sums: Sums) -> list[dict[str, Any]]:
    """Return a row for each day, week, month, town, kind of venue or campaign in which anything was counted."""
    if choice.by not in BY:
        return []
    days: dict[Any, list[ReportDay]] = {}
    for day in sums.counted:
        days.setdefault(row_of(day, choice.by), []).append(day)
    names = _campaign_names(days) if choice.by == CAMPAIGN else {}
    return [
        {
            "row": str(key),
            "name": names.get(key, "") if choice.by == CAMPAIGN else _name(days[key][0], choice.by),
            "days": len(days[key]),
            **{name: sums.rows.get(key, Counter())[name] for name in ROW},
        }
        for key in sorted(days, key=lambda key: (-len(days[key]) if choice.by in (CAMPAIGN, VENUE) else 0, key))
    ]


def _name(day: ReportDay, by: str) -> str:
    return f"{day.date} {day.town_name}" if by == DAY else day.town_name if by == TOWN else ""


def _campaign_names(ids: Iterable[int]) -> dict[int, str]:
    return dict(fetch_in("SELECT id, name FROM campaign WHERE id IN (??)", ids))


def _progress(choice: ReportChoice, sums: Sums, now: datetime) -> list[dict[str, Any]]:
    """Return what was held of the chosen campaign against its targets, by kind of venue, all of it last."""
    campaign = choice.campaign
    if campaign is None:
        return []
    whole = ReportChoice(choice.county, campaign.starts_on, campaign.ends_on, campaign)
    days = sums.days if whole == choice._replace(by="") else sums_of(whole, now).days
    lines = campaign_progress(campaign, choice.county, [DayInState(day, day.state) for day in days])
    return [
        {"venue": line.venue, "target": line.target, "held": line.held, "ahead": line.ahead, "share": line.share}
        for line in lines
    ]


def _beside(earlier: ReportChoice | None, before: Sums | None) -> dict[str, Any]:
    """Return which market days the comparison is with; no dates where there is none."""
    if earlier is None or before is None:
        return {"from": "", "until": "", "campaign": "", "days": 0}
    return {
        "from": earlier.start.isoformat(),
        "until": earlier.end.isoformat(),
        "campaign": earlier.campaign.name if earlier.campaign else "",
        "days": len(before.counted),
    }


def _comparison(sums: Sums, before: Sums) -> list[Line]:
    now_is, was = _compared(sums), _compared(before)
    return [
        {"figure": name, "now": now_is[name], "before": was[name], "change": now_is[name] - was[name]}
        for name in COMPARED
    ]


def _compared(sums: Sums) -> dict[str, int]:
    days = [day.id for day in sums.counted]
    offered = offered_once(days)
    once = {
        "days.counted": len(days),
        "employers": employers_once(days),
        "vacancy_kinds": sum(trade.kinds for trade in offered.values()),
        "openings": sum(trade.places for trade in offered.values()),
    }
    return {name: sums.whole[name] for name in COMPARED} | once


def _sheet(day: ReportDay) -> dict[str, Any]:
    return {
        "id": day.id,
        "date": day.date.isoformat(),
        "town": day.town_name,
        "state": day.state,
        "version": day.version or None,
    }
