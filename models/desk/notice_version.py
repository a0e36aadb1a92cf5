"""Notice versions: what a county told people about their data, by version and language, and since when.

A version is noted when the text changes: by a new release, another telephone number or period. So what was given to
somebody is known by the time at which it was given.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.clock import milliseconds, utcnow
from models.base.database import BaseModel, InstantField, fetch, writing
from models.base.json_field import JsonField
from models.market.county import County

Texts = Mapping[str, Mapping[str, list[str]]]  # by language, by part, its sentences


class NoticeVersion(BaseModel):
    """One version in one language. ``text`` is ``{part: [sentence]}``. Written once."""

    county = ForeignKeyField(County, on_delete="CASCADE", index=False)
    number = IntegerField()
    language = CharField(max_length=8)
    since = InstantField(default=utcnow)
    text = JsonField()

    class Meta:
        primary_key = CompositeKey("county", "number", "language")


class Version(NamedTuple):
    """A version with its texts by language; ``until`` is when the next one began, None for the one that holds."""

    number: int
    since: datetime
    until: datetime | None
    texts: dict[str, dict[str, list[str]]]


class Given(NamedTuple):
    """What was given under a version: registrations, consents for one employer, those withdrawn, sensitive groups."""

    registrations: int
    consents: int
    withdrawn: int
    sensitive: int


def versions_of(county: County) -> list[Version]:
    """Return a county's versions, the one that holds first."""
    rows = NoticeVersion.select().where(NoticeVersion.county == county).order_by(NoticeVersion.number.desc())
    found: dict[int, list[NoticeVersion]] = {}
    for row in rows:
        found.setdefault(row.number, []).append(row)
    versions: list[Version] = []
    for number, some in found.items():
        until = versions[-1].since if versions else None
        versions.append(Version(number, some[0].since, until, {one.language: one.text for one in some}))
    return versions


def note(county: County, texts: Texts) -> int:
    """Store the texts as a new version if they differ from the one that holds; return the number that holds."""
    if (held := _held(county)) and held[1] == texts:
        return held[0]
    with writing():
        held = _held(county)  # another process may have noted it meanwhile
        if held and held[1] == texts:
            return held[0]
        number, since = held[0] + 1 if held else 1, utcnow()
        for language, text in texts.items():
            NoticeVersion.create(county=county, number=number, language=language, since=since, text=text)
    return number


def given_under(county: County, version: Version) -> Given:
    """Count what was given under a version. What was given before the first one was noted counts for the first."""
    first = 0 if version.number == 1 else milliseconds(version.since)
    last = milliseconds(version.until) if version.until else 2**62
    registered = "SELECT COUNT(*) FROM candidate WHERE county_id = ? AND registered_at >= ? AND registered_at < ?"
    between = (county.id, first, last)
    ((told,),) = fetch(f"{registered} AND notice_at IS NOT NULL", between)
    ((sensitive,),) = fetch(f"{registered} AND groups_consent_at IS NOT NULL", between)
    ((consents, withdrawn),) = fetch(
        "SELECT COUNT(*), COUNT(a.withdrawn_at) FROM market_day AS d JOIN consent AS a ON a.market_day_id = d.id"
        " WHERE d.county_id = ? AND a.given_at >= ? AND a.given_at < ?",
        between,
    )
    return Given(told, consents, withdrawn, sensitive)


def number_at(versions: list[Version], at: datetime | None) -> int | None:
    """Return the number of the version that held at a moment; the first for what was before it."""
    if at is None or not versions:
        return None
    return next((one.number for one in versions if one.since <= at), versions[-1].number)


def _held(county: County) -> tuple[int, dict] | None:
    versions = versions_of(county)
    return (versions[0].number, versions[0].texts) if versions else None
