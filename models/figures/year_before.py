"""The year before: the same market days a year earlier, beside which a report's figures stand."""

import re
from datetime import date

from models.base.typed import same_of
from models.figures.report_choice import ReportChoice
from models.market.campaign import Campaign
from models.market.planning import campaigns_of

_YEAR = re.compile(r"20\d\d年?")  # campaigns of every year carry it in their names


def year_before(choice: ReportChoice) -> ReportChoice | None:
    """Return the same choice a year before; of a campaign, in its last one by the same name. None where there is none.

    A campaign begins with the lunar year or the harvest: its dates move with its beginning. One that is chosen whole
    stands beside the whole of the one before.
    """
    campaign = choice.campaign
    if campaign is None:
        return choice._replace(start=_a_year_before(choice.start), end=_a_year_before(choice.end))
    before = _before(campaign, choice)
    if before is None:
        return None
    if (choice.start, choice.end) == (campaign.starts_on, campaign.ends_on):
        return choice._replace(campaign=before, start=before.starts_on, end=before.ends_on)
    moved = campaign.starts_on - before.starts_on
    return choice._replace(campaign=before, start=choice.start - moved, end=choice.end - moved)


def name_of_every_year(name: str) -> str:
    """Return a campaign's name without its year, as it is compared."""
    return same_of(_YEAR.sub("", name))


def _before(campaign: Campaign, choice: ReportChoice) -> Campaign | None:
    name = name_of_every_year(campaign.name)
    earlier = [
        one for one in campaigns_of(choice.county)
        if one.starts_on < campaign.starts_on and name_of_every_year(one.name) == name
    ]  # fmt: skip
    return max(earlier, key=lambda one: one.starts_on, default=None)


def _a_year_before(day: date) -> date:
    """Return the same date a year before; of 29 February, the last of the month."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=day.day - 1)
