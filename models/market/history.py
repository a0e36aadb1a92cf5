"""The history of a county's set-up: the entries of its audit log, the newest first, a page at a time."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from peewee import CompositeKey

from models.market.audit import AuditEntry
from models.market.audited import CHANGED, DELETED, MADE, Audited
from models.market.county import County

PAGE = 30  # entries
MOST_EXPORTED = 20_000  # entries of one file: several years of a county
# What a reader asks for, and the actions that it means; "other" is everything else.
KINDS = {
    "made": (MADE,),
    "changed": (CHANGED, "closed_day_changed"),  # the second one by earlier releases
    "deleted": (DELETED,),
    "read": (AuditEntry.READ,),
    "export": ("export", "print"),
    "refused": ("refused",),
}
OTHER = "other"


class Asked(NamedTuple):
    """What a reader of the history looks for; empty means all. Dates are the county's, both included."""

    who: str = ""
    thing: str = ""
    key: str = ""
    kind: str = ""
    start: date | None = None
    end: date | None = None


def entries_of(county: County, asked: Asked, before: int | None = None, most: int = PAGE) -> list[AuditEntry]:
    """Return the newest entries of a county that fit, at most ``most``; ``before``: only those older than this id."""
    found = AuditEntry.select().where(AuditEntry.county == county)
    if before:
        found = found.where(AuditEntry.id < before)
    if asked.who:
        found = found.where(AuditEntry.who == asked.who)
    if asked.thing:
        found = found.where(AuditEntry.thing == asked.thing)
    if asked.key:
        found = found.where(AuditEntry.thing_id == asked.key)
    if asked.kind:
        found = found.where(_of_kind(asked.kind))
    if asked.start:
        found = found.where(AuditEntry.at >= _midnight(county, asked.start))
    if asked.end:
        found = found.where(AuditEntry.at < _midnight(county, asked.end + timedelta(days=1)))
    return list(found.order_by(AuditEntry.id.desc()).limit(most))


def stands_in(county: County, thing: str, key: str) -> str | None:
    """Return what a row of the county's set-up is or was called, or None when the county knows no such row."""
    model = next((model for model in Audited.__subclasses__() if model._meta.table_name == thing), None)
    if model is None:
        return None
    row = model.get_or_none(model._meta.primary_key == key) if _is_key_of(model, key) else None
    if row is not None:
        return row.noted_as() if row.county_noted() == county.id else None
    gone = entries_of(county, Asked(thing=thing, key=key), most=1)
    return gone[0].name if gone else None


def _of_kind(kind: str) -> object:
    if kind != OTHER:
        return AuditEntry.action.in_(KINDS[kind])
    return AuditEntry.action.not_in([action for actions in KINDS.values() for action in actions])


def _midnight(county: County, day: date) -> datetime:
    return datetime.combine(day, time(), county.zone())


def _is_key_of(model: type[Audited], key: str) -> bool:
    """Say whether a text can be a key of the table: PostgreSQL compares no number with letters."""
    key_field = model._meta.primary_key
    if isinstance(key_field, CompositeKey):
        return False
    is_text = key_field.field_type == "VARCHAR"
    return is_text or (key.isascii() and key.isdigit() and len(key) < 10)
