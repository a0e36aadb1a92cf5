"""Saved filters: what somebody asked of a list, kept under a name for themselves or for the whole county."""

from collections.abc import Mapping
from typing import Self
from urllib.parse import parse_qsl, urlencode

from peewee import AutoField, BooleanField, CharField, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.market.county import County
from models.market.organiser import Organiser

LONGEST_NAME, LONGEST_QUERY, LONGEST_LISTING = 40, 500, 48  # letters
MOST = 20  # of one account for one list


class TooMany(Exception):
    """An account keeps as many views of a list as it may."""


class SavedFilter(BaseModel):
    """A view of a list: ``query`` is its filter, facets and order as in an address, ``listing`` the list's name."""

    id: "AutoField[int]"
    owner_id: int
    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    owner = ForeignKeyField(Organiser, on_delete="CASCADE")
    listing = CharField(max_length=LONGEST_LISTING)
    name = CharField(max_length=LONGEST_NAME)
    query = CharField(max_length=LONGEST_QUERY)
    is_shared = BooleanField(default=False)  # with the county
    made_at = InstantField(default=utcnow)

    class Meta:
        indexes = ((("county", "listing"), False),)

    @classmethod
    def of(cls, account: Organiser, listing: str) -> list[Self]:
        """Return the views of a list that an account kept or others share with the county, by name."""
        is_seen = (cls.owner == account) | cls.is_shared
        here = (cls.county == account.county_id) & (cls.listing == listing)
        return list(cls.select().where(here & is_seen).order_by(cls.name, cls.id))

    @classmethod
    def keep(cls, account: Organiser, listing: str, name: str, asked: Mapping[str, str], is_shared: bool) -> Self:
        """Keep what an account asked of a list; one of the same name is replaced. Raises TooMany."""
        query = urlencode(asked)[:LONGEST_QUERY]
        with writing():
            mine = list(cls.select().where((cls.owner == account) & (cls.listing == listing)))
            found = next((one for one in mine if one.name == name), None)
            if found is None and len(mine) >= MOST:
                raise TooMany
            kept = found or cls(county=account.county_id, owner=account, listing=listing, name=name)
            kept.query, kept.is_shared = query, is_shared
            kept.save()
        return kept

    @classmethod
    def own(cls, account: Organiser, id: int) -> Self | None:
        """Return a view that an account kept itself: nobody changes another's."""
        return cls.get_or_none(cls.id == id, cls.owner == account)

    def asked(self) -> dict[str, str]:
        """Return what it asks of its list, by the keys of an address."""
        return dict(parse_qsl(self.query))
