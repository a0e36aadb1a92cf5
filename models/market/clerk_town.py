"""Clerk towns: whose market days a town clerk sees and changes."""

from collections.abc import Iterable

from peewee import CompositeKey, ForeignKeyField

from models.market.audited import Audited
from models.market.division import Division
from models.market.organiser import Organiser


class ClerkTown(Audited):
    """A town of an account whose role is ``clerk``."""

    within = "organiser"

    organiser_id: int
    town_id: str
    organiser = ForeignKeyField(Organiser, backref="clerk_towns", on_delete="CASCADE", index=False)
    town = ForeignKeyField(Division, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("organiser", "town")

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.organiser.login} {self.town.name}"

    @classmethod
    def codes_of(cls, organiser: Organiser) -> frozenset[str]:
        """Return the codes of an account's towns."""
        return frozenset(row.town_id for row in cls.select().where(cls.organiser == organiser))

    @classmethod
    def towns_by_account(cls, organisers: Iterable[Organiser]) -> dict[int, list[Division]]:
        """Return the towns of each of these accounts that has any, by code."""
        found: dict[int, list[Division]] = {}
        rows = cls.select(cls, Division).join(Division).where(cls.organiser.in_(list(organisers)))
        for row in rows.order_by(Division.code):
            found.setdefault(row.organiser_id, []).append(row.town)
        return found

    @classmethod
    def give(cls, organiser: Organiser, codes: Iterable[str]) -> None:
        """Have an account see exactly these towns; call it inside ``writing()``."""
        cls.delete().where(cls.organiser == organiser).execute()
        for code in sorted(set(codes)):
            cls.create(organiser=organiser, town=code)
