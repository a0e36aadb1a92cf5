"""Service points: where people of a town are served near their homes (15 分钟就业服务圈)."""

from typing import Self

from peewee import JOIN, AutoField, CharField, ForeignKeyField

from models.market.audited import Audited
from models.market.county import County
from models.market.division import Division


class ServicePoint(Audited):
    """A counter of a county's employment service in a town; without a town it serves those that have none."""

    id: "AutoField[int]"
    county_id: int
    town_id: str | None
    county = ForeignKeyField(County, backref="service_points", on_delete="CASCADE")
    town = ForeignKeyField(Division, null=True)
    name = CharField()
    address = CharField()
    phone = CharField(default="")

    @classmethod
    def of(cls, county: int) -> list[Self]:
        """Return a county's service points with their towns: those for all towns last. One statement."""
        found = cls.select(cls, Division).join(Division, JOIN.LEFT_OUTER).where(cls.county == county)
        return sorted(found, key=lambda point: (point.town_id is None, point.town_id or "", point.id))

    @classmethod
    def nearest(cls, county: int, home: str, town: str) -> Self | None:
        """Return the point in the town that ``home`` names, else in ``town`` (a name), else the one for all towns.

        A home is text that people say, such as 八塘镇福里村. One statement.
        """
        points = cls.of(county)
        at_home = [point for point in points if point.town and point.town.name in home]
        in_town = [point for point in points if point.town and point.town.name == town]
        for_all = [point for point in points if point.town is None]
        return next(iter([*at_home, *in_town, *for_all]), None)
