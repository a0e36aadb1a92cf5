"""Booths: an employer's stand or a service desk on one market day."""

from typing import Any

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, ModelSelect

from models.base.lists import ListField
from models.market.audited import Audited
from models.market.employer import Employer
from models.market.market_day import MarketDay

ROUND = "round"


class Booth(Audited):
    """A stand on a market day. ``kind`` is ``employer``, ``desk``, or ``round``: from door to door, no stand at all."""

    within = "market_day"

    id: "AutoField[int]"
    market_day_id: int
    employer_id: int | None
    offers: "ModelSelect[Any]"
    duties: "ModelSelect[Any]"
    market_day = ForeignKeyField(MarketDay, backref="booths", on_delete="CASCADE")
    number = IntegerField()
    name = CharField()
    kind = CharField(max_length=16, default="employer")
    employer = ForeignKeyField(Employer, null=True, backref="booths", on_delete="SET NULL")
    expects_tablet = BooleanField(default=True)  # without one its figures are not complete
    topics = ListField(default=("leaflet", "policy"))  # what is counted here without a name

    class Meta:
        indexes = ((("market_day", "number"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.number} {self.name}"

    @classmethod
    def is_numbered(cls, market_day: MarketDay, number: int, besides: "Booth | None" = None) -> bool:
        """Say whether a booth of the market day has this number, other than ``besides``."""
        same = (cls.market_day == market_day) & (cls.number == number) & (cls.id != (besides.id if besides else 0))
        return bool(cls.select().where(same).exists())

    @property
    def is_desk(self) -> bool:
        """A desk serves everybody and may record check-ins for any booth's vacancies."""
        return self.kind == "desk"

    @property
    def is_round(self) -> bool:
        """A round of a survey goes from door to door. It hangs on a market day and is no part of the market."""
        return self.kind == ROUND


def stands_of(market_day: MarketDay) -> list[Booth]:
    """Return the booths that stand at the market, by number: no rounds of surveys."""
    return list(Booth.select().where(Booth.market_day == market_day, Booth.kind != ROUND).order_by(Booth.number))
