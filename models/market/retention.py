"""Retention: how long a county keeps what (docs/forgetting.md). One row a county, written when a period is changed."""

from peewee import ForeignKeyField, IntegerField

from models.market.audited import Audited
from models.market.county import County


class Retention(Audited):
    """A county's periods. Those in days of people begin when the campaign ends, without one on the market day."""

    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE", primary_key=True)
    contact_days = IntegerField(default=90)  # name and phone of who was tied to no vacancy
    tied_days = IntegerField(default=180)  # of who was: follow-up goes on for 90 days
    raw_days = IntegerField(default=90)  # what was refused or waits, and boxes that nobody could apply
    box_days = IntegerField(default=30)  # hand-over boxes whose facts were taken in
    ledger_years = IntegerField(default=2)  # surname and result, by the Interim Regulations on Human Resources Markets
    audit_years = IntegerField(default=3)  # who did and read what, by the law on personal information
    late_days = IntegerField(default=400)  # keyed hashes by which what comes late is forgotten again
    backup_days = IntegerField(default=30)  # copies of the database

    @classmethod
    def of(cls, county: County) -> "Retention":
        """Return a county's periods, the defaults where it never changed any."""
        return cls.get_or_none(cls.county == county) or cls(county=county)

    def keep(self) -> None:
        """Store the periods, for the first time or again. Call it inside ``writing()``."""
        known = type(self).get_or_none(type(self).county == self.county)
        self.save(force_insert=known is None)

    def noted_as(self) -> str:
        """Return whose periods they are."""
        return str(self.county.name)


# The least and the most that a county may choose, each with the unit.
BOUNDS = {
    "contact_days": (1, 730),
    "tied_days": (1, 730),
    "raw_days": (7, 730),
    "box_days": (1, 730),
    "ledger_years": (2, 10),
    "audit_years": (3, 10),
    "late_days": (30, 1_100),
    "backup_days": (1, 400),
}
