"""Programmes: courses, organised trips, start-up mentors and legal-aid appointments that people sign up for by pass.

One is of a county, of one market day or of the market days of a campaign. It has seats, of which more people may want
one: who signed up is never refused, the latest wait.
"""

from datetime import date

from peewee import JOIN, AutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from models.market.audited import Audited
from models.market.campaign import Campaign
from models.market.county import County
from models.market.market_day import MarketDay


class Programme(Audited):
    """Something people sign up for. ``place`` is where it is, of a trip the pick-up point; ``contact`` leads it."""

    id: "AutoField[int]"
    county_id: int
    market_day_id: int | None
    campaign_id: int | None
    county = ForeignKeyField(County, on_delete="CASCADE")
    market_day = ForeignKeyField(MarketDay, null=True, on_delete="CASCADE")  # fixed once it is made
    campaign = ForeignKeyField(Campaign, null=True, on_delete="SET NULL")
    kind = CharField(max_length=16)
    title = CharField()
    begins_on = DateField()
    ends_on = DateField(null=True)  # the last date of a course
    clock = CharField(max_length=5)  # when it begins, local time
    place = CharField()
    seats = IntegerField()
    contact = CharField()
    phone = CharField()
    closed = BooleanField(default=False)  # nobody signs up any more

    def noted_as(self) -> str:
        """Return what people call it."""
        return self.title

    def is_over(self, today: date) -> bool:
        """Say whether its first date has passed: nobody signs up for it any more."""
        return today > self.begins_on

    def is_open(self, today: date) -> bool:
        """Say whether people can sign up for it."""
        return not (self.closed or self.is_over(today))

    def takes_from(self, day: MarketDay) -> bool:
        """Say whether a sign-up at a market day counts: by what is fixed once it is made, so that no count changes."""
        return self.county_id == day.county_id and self.market_day_id in (None, day.id)

    def is_offered_on(self, day: MarketDay) -> bool:
        """Say whether people are asked to sign up for it at a market day."""
        return self.takes_from(day) and self.campaign_id in (None, day.campaign_id)


def programmes_of(county: County | int) -> list[Programme]:
    """Return a county's programmes, the next first, then those that are over. One statement."""
    found = Programme.select(Programme, MarketDay).join(MarketDay, JOIN.LEFT_OUTER).where(Programme.county == county)
    return list(found.order_by(Programme.begins_on.desc(), Programme.id))


def programmes_at(day: MarketDay, today: date) -> list[Programme]:
    """Return what people can sign up for at a market day, the next first. One statement."""
    found = Programme.select().where(Programme.county == day.county_id, ~Programme.closed, Programme.begins_on >= today)
    return [one for one in found.order_by(Programme.begins_on, Programme.clock, Programme.id) if one.is_offered_on(day)]
