"""Progress of a campaign: what a county has held of it, by kind of venue, against its targets.

An event counts once it has opened on a date within the campaign. Cancelled ones and drafts never count; a postponed one
counts on its new date only, and not at all when that is after the campaign.
"""

from collections.abc import Iterable
from typing import NamedTuple

from models.figures.overview import DayRow
from models.market.campaign import Campaign
from models.market.campaign_target import CampaignTarget
from models.market.life import CLOSED, OPEN, POSTPONED, PUBLISHED, SIGNED
from models.vocabulary.code_list import VENUES

HELD, AHEAD = (OPEN, CLOSED, SIGNED), (PUBLISHED, POSTPONED)


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


def campaign_progress(campaign: Campaign, rows: Iterable[DayRow]) -> list[CampaignProgress]:
    """Return what was held by venue, in the order of the code list, and all of it last. ``rows``: the county's days."""
    targets = CampaignTarget.of(campaign, campaign.county)
    mine = [row for row in rows if is_of(campaign, row)]
    by_venue = [_of(venue, targets.get(venue, 0), [row for row in mine if row.day.venue == venue]) for venue in VENUES]
    shown = [line for line in by_venue if line.target or line.held or line.ahead]
    return [*shown, _of("", sum(targets.values()), mine)]


def is_of(campaign: Campaign, row: DayRow) -> bool:
    """Say whether a day is one of a campaign, on a date within it."""
    return row.day.campaign_id == campaign.id and campaign.starts_on <= row.day.date <= campaign.ends_on


def _of(venue: str, target: int, rows: list[DayRow]) -> CampaignProgress:
    held = sum(row.state in HELD for row in rows)
    return CampaignProgress(venue, target, held, sum(row.state in AHEAD for row in rows))
