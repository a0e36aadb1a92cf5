"""Campaign targets: how many events of each kind of venue a county is to hold within a campaign."""

from collections.abc import Iterable, Mapping

from peewee import AutoField, CharField, ForeignKeyField, IntegerField

from models.base.database import writing
from models.market.audited import Audited
from models.market.campaign import Campaign
from models.market.county import County


class CampaignTarget(Audited):
    """A county's target for one kind of venue; ``events`` is how many it is to hold."""

    within = "campaign"

    id: "AutoField[int]"
    campaign_id: int
    county_id: int
    campaign = ForeignKeyField(Campaign, backref="targets", on_delete="CASCADE", index=False)
    county = ForeignKeyField(County, on_delete="CASCADE")
    venue = CharField(max_length=16)  # a code of models/vocabulary/code_list.py
    events = IntegerField()

    class Meta:
        indexes = ((("campaign", "county", "venue"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.campaign.name

    @classmethod
    def of(cls, campaign: Campaign, county: County) -> dict[str, int]:
        """Return a county's targets within a campaign by venue."""
        rows = cls.select().where(cls.campaign == campaign, cls.county == county)
        return {row.venue: row.events for row in rows}


    @classmethod
    def by_county(cls, campaign: Campaign) -> dict[int, dict[str, int]]:
        """Return the targets of all counties (their ids) within a campaign by venue. One statement."""
        found: dict[int, dict[str, int]] = {}
        for row in cls.select().where(cls.campaign == campaign):
            found.setdefault(row.county_id, {})[row.venue] = row.events
        return found


def keep_campaign(campaign: Campaign, targets: Mapping[str, int]) -> None:
    """Store a county's campaign with its targets by venue, in the place of those it had."""
    with writing():
        campaign.save()
        if campaign.county is not None:
            keep_targets(campaign, campaign.county, targets)


def keep_campaigns(campaigns: Iterable[Campaign]) -> None:
    """Store several campaigns without targets, all or none."""
    with writing():
        for campaign in campaigns:
            campaign.save()


def keep_targets(campaign: Campaign, county: County, targets: Mapping[str, int]) -> None:
    """Store a county's targets within a campaign by venue, in the place of those it had."""
    with writing():
        mine = (CampaignTarget.campaign == campaign) & (CampaignTarget.county == county)
        before = {row.venue: row for row in CampaignTarget.select().where(mine)}
        for venue, row in before.items():
            if venue not in targets:
                row.delete_instance()
        for venue, events in targets.items():
            row = before.get(venue) or CampaignTarget(campaign=campaign, county=county, venue=venue)
            if row.events != events:
                row.events = events
                row.save()
