"""Progress of a campaign: what a county, or all of them, held of it, by kind of venue, against the targets.

An event counts once it has opened on a date within the campaign. Cancelled ones and drafts never count; a postponed one
counts on its new date only, and not at all when that is after the campaign.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from models.market.campaign import Campaign
from models.market.campaign_target import CampaignTarget
from models.market.county import County
from models.market.life import CLOSED, OPEN, POSTPONED, PUBLISHED, SIGNED, states_of
from models.market.market_day import MarketDay
from models.vocabulary.code_list import VENUES

HELD, AHEAD = (OPEN, CLOSED, SIGNED), (PUBLISHED, POSTPONED)


class DayInState(Protocol):
    """A market day and the state in which it is (models/market/life.py)."""

    @property
    def day(self) -> MarketDay: ...

    @property
    def state(self) -> str: ...


class CampaignProgress(NamedTuple):
    """Events of one kind of venue, or of all with an empty code: ``target`` is 0 where none was set."""

    venue: str
    target: int
    held: int
    ahead: int

    @property
    def share(self) -> int | None:
        """What was held of the target, in whole per cent rounded down; None without a target."""
        return 100 * self.held // self.target if self.target else None


class Held(NamedTuple):
    """A market day and its state."""

    day: MarketDay
    state: str


class CountyProgress(NamedTuple):
    """What a county has held of a campaign of the city, all venues together."""

    county: County
    all: CampaignProgress


def campaign_progress(campaign: Campaign, county: County, rows: Iterable[DayInState]) -> list[CampaignProgress]:
    """Return what a county held by venue, in the order of the code list, and all of it last. ``rows``: its days."""
    return _by_venue(CampaignTarget.of(campaign, county), [row for row in rows if is_of(campaign, row)])


def city_progress(
    campaign: Campaign, now: datetime | None = None
) -> tuple[list[CountyProgress], list[CampaignProgress]]:
    """Return what each county held of a campaign of the city, by name, and by venue what all held together, as above.

    In four statements, however many counties there are. Numbers of market days are public; no person is counted here.
    """
    rows, targets = _held_in(campaign, now), CampaignTarget.by_county(campaign)
    lines = [
        CountyProgress(
            county, _of("", sum(targets.get(county.id, {}).values()), [r for r in rows if r.day.county_id == county.id])
        )
        for county in County.by_age()
    ]
    whole: dict[str, int] = {}
    for of_county in targets.values():
        for venue, events in of_county.items():
            whole[venue] = whole.get(venue, 0) + events
    return lines, _by_venue(whole, rows)


def _held_in(campaign: Campaign, now: datetime | None) -> list[Held]:
    """Return the market days of a campaign on dates within it, of whichever county, each with its state."""
    joined = MarketDay.select(MarketDay, County).join(County).where(MarketDay.campaign == campaign)
    days = list(joined)
    states = states_of(days, now)
    rows = [Held(day, states[day.id]) for day in days]
    return [row for row in rows if is_of(campaign, row)]


def _by_venue(targets: Mapping[str, int], mine: Sequence[DayInState]) -> list[CampaignProgress]:
    by_venue = [_of(venue, targets.get(venue, 0), [row for row in mine if row.day.venue == venue]) for venue in VENUES]
    shown = [line for line in by_venue if line.target or line.held or line.ahead]
    return [*shown, _of("", sum(targets.values()), mine)]


def is_of(campaign: Campaign, row: DayInState) -> bool:
    """Say whether a day is one of a campaign, on a date within it."""
    return row.day.campaign_id == campaign.id and campaign.starts_on <= row.day.date <= campaign.ends_on


def _of(venue: str, target: int, rows: Sequence[DayInState]) -> CampaignProgress:
    held = sum(row.state in HELD for row in rows)
    return CampaignProgress(venue, target, held, sum(row.state in AHEAD for row in rows))
