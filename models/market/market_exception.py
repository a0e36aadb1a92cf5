"""Market exceptions: a market date that is not, or one that is added, with the reason."""

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField

from models.base.database import BaseModel
from models.market.market_rule import MarketRule


class MarketException(BaseModel):
    """A date on which a town goes to market against its rule (``is_held``), or does not although the rule says so."""

    id: "AutoField[int]"
    rule_id: int
    rule = ForeignKeyField(MarketRule, backref="exceptions", on_delete="CASCADE")
    date = DateField()
    is_held = BooleanField()
    reason = CharField(default="")

    class Meta:
        indexes = ((("rule", "date"), True),)
