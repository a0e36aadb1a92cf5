"""Divisions: the counties and townships that markets and people are named after."""

from datetime import date

from peewee import CharField, DateField

from models.market.audited import Audited


class Division(Audited):
    """A county or township of GB/T 2260, with the dates for which its code holds.

    Divisions are merged and abolished, so an organiser can edit them.
    """

    code = CharField(max_length=12, primary_key=True)
    name = CharField()
    parent = CharField(max_length=12, null=True, index=True)
    level = CharField(max_length=16)  # county or township
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    successor = CharField(max_length=12, null=True)

    def county_noted(self) -> int | None:
        """Return the county of the division itself or of the one it lies in, if it is one of ours."""
        from models.market.county import County

        found = County.get_or_none(County.division.in_([self.code, self.parent or ""]))
        return found.id if found else None

    @classmethod
    def names_of(cls, codes: list[str]) -> dict[str, str]:
        """Return the names of these codes, those that are known."""
        return {division.code: division.name for division in cls.select().where(cls.code.in_(codes))}

    @classmethod
    def counties(cls, on: date) -> "list[Division]":
        """Return the counties whose codes hold on a date, by code."""
        found = cls.select().where(cls.level == "county").order_by(cls.code)
        return [division for division in found if division.holds_on(on)]

    def change(self, **fields: object) -> None:
        """Store other dates or another successor."""
        type(self).update(**fields).where(type(self).code == self.code).execute()

    def holds_on(self, day: date) -> bool:
        """Say whether the code holds on a date: what ended keeps its name and is offered no more."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)
