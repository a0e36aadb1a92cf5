"""Sent notices: which notices of a county went out by mail, so that each goes out once.

A notice is marked before it is sent. A server that dies in between has sent it or not; it is not sent again.
"""

from collections.abc import Iterable

from peewee import CharField, CompositeKey, ForeignKeyField

from models.base.clock import utcnow
from models.base.database import BaseModel, InstantField, writing
from models.inbox.notice import Notice
from models.market.county import County


class SentNotice(BaseModel):
    """That a notice was sent, or was about to be."""

    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    key = CharField(max_length=60)
    sent_at = InstantField(default=utcnow)

    class Meta:
        primary_key = CompositeKey("county", "key")


def mark(county: County, notices: Iterable[Notice]) -> list[Notice]:
    """Mark as sent those that were not sent before, and return them. What waits no more may come again."""
    notices = list(notices)
    with writing():
        known = {one.key for one in SentNotice.select().where(SentNotice.county == county)}
        gone = known - {one.key for one in notices}
        SentNotice.delete().where(SentNotice.county == county, SentNotice.key.in_(gone)).execute()
        new = [one for one in notices if one.key not in known]
        for one in new:
            SentNotice.create(county=county, key=one.key)
    return new


def unmark(county: County, notices: Iterable[Notice]) -> None:
    """Forget that these were sent: the mail server refused them."""
    keys = [one.key for one in notices]
    SentNotice.delete().where(SentNotice.county == county, SentNotice.key.in_(keys)).execute()
