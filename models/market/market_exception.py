"""Market exceptions: a market date that is not, or one that is added, with the reason."""

from peewee import AutoField, BooleanField, CharField, DateField, ForeignKeyField

from models.market.audited import Audited
from models.market.market_rule import MarketRule


class MarketException(Audited):
    """A date on which a town goes to market against its rule (``is_held``), or does not although the rule says so."""

    within = "rule"

    id: "AutoField[int]"
    rule_id: int
    rule = ForeignKeyField(MarketRule, backref="exceptions", on_delete="CASCADE")
    date = DateField()
    is_held = BooleanField()
    reason = CharField(default="")

    class Meta:
        indexes = ((("rule", "date"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return str(self.date)
