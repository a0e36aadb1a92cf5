"""Frozen: people whose data are stored and used for nothing else, until the freeze is lifted (PIPL 47).

A period of the law may forbid to delete what somebody does not want to be used. A frozen person's record is withdrawn
from tablets, stands on no list and is called by nobody.
"""

from collections.abc import Iterable

from peewee import CharField, ForeignKeyField, TextField

from models.base.database import BaseModel, InstantField, fetch_in
from models.market.county import County


class Frozen(BaseModel):
    """A candidate who is frozen: since when, by whom, why."""

    candidate = CharField(max_length=36, primary_key=True)
    county = ForeignKeyField(County, on_delete="CASCADE")
    at = InstantField()
    who = CharField()
    why = TextField()


def frozen_among(candidates: Iterable[str]) -> set[str]:
    """Return those of these candidates who are frozen."""
    rows = fetch_in("SELECT candidate FROM frozen WHERE candidate IN (??)", set(candidates))
    return {candidate for (candidate,) in rows}
