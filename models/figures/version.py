"""Versions: a market day's figures as they were when an organiser closed the day, and what came since.

A version is answered from what was stored: nothing that happens later changes it. Its hash is the SHA-256 of its
figures as canonical JSON (keys sorted, no blanks, UTF-8), which is ``summary.json`` without ``hash`` and ``since``.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from models.base.clock import from_milliseconds, milliseconds, utcnow
from models.base.database import fetch, reading, writing
from models.figures.line import differences
from models.figures.rollup import keep
from models.figures.shapes import Headlines
from models.figures.summary import figures, headlines
from models.kiosk.in_use import facts_of
from models.market.amendment import Amendment
from models.market.audit import AuditEntry
from models.market.closing import Closing, ReasonMissing
from models.market.life import CANCELLED, DRAFT, NotPossible, require
from models.market.market_day import MarketDay

AUDITED = "day_closed"
Sheet = dict[str, Any]  # figures as summary.json sends them
Differences = list[tuple[str, str, str, object, object]]


class NotBegun(NotPossible):
    """The market has not opened yet: there is nothing to close."""


class NotHeld(NotPossible):
    """The market day is cancelled: it has no figures to close."""


class NotPublished(NotPossible):
    """The market day is a draft: it was not held as far as anybody was told."""


def close(day: MarketDay, who: str, reason: str = "", now: datetime | None = None) -> Closing:
    """Freeze the figures of a market day as its next version.

    Raises NotBegun before the market opens, NotHeld of a cancelled day, NotPublished of a draft, ReasonMissing for a
    version after the first without a reason.
    """
    now = now or utcnow()
    try:
        require(day, "close", now)
    except NotPossible as error:
        raise {CANCELLED: NotHeld, DRAFT: NotPublished}.get(error.state, NotBegun)(error.move, error.state) from None
    with writing():
        latest = Closing.latest(day)
        if latest and not reason:
            raise ReasonMissing
        version = latest.version + 1 if latest else 1
        frozen = _frozen(day, version, reason, now)
        hash = hash_of(frozen)
        facts, settlements = facts_of([day])[day.id], len(_settled_at(day))
        AuditEntry.create(
            county=day.county_id, who=who, at=now, action=AUDITED,
            what=f"market day {day.id}, version {version}, {hash[:16]}" + (f": {reason}" if reason else ""),
        )  # fmt: skip
        keep(day, version, frozen)
        return Closing.create(
            market_day=day, version=version, at=now, who=who, reason=reason, hash=hash,
            figures=json.dumps(frozen, ensure_ascii=False, separators=(",", ":")), facts=facts,
            settlements=settlements,
        )  # fmt: skip


def has_opened(day: MarketDay, now: datetime | None = None) -> bool:
    """Say whether a market day has opened, so that it may be closed."""
    return milliseconds(now or utcnow()) >= day.hours_ms()[0]


def sheet(day: MarketDay, version: int | None = None) -> Sheet | None:
    """Return what the sheet says: the given version, else the one that holds, else the count of this moment.

    0 is always the count of this moment. None where there is no such version.
    """
    if version == 0:
        return dict(figures(day))
    closing = Closing.latest(day) if version is None else Closing.of_version(day, version)
    if closing is None:
        return dict(figures(day)) if version is None else None
    return sheet_of(closing)


def live_sheet(day: MarketDay) -> Headlines:
    """Return the figures of the version that holds; of a day that is open, the headlines of this moment."""
    closing = Closing.latest(day)
    return cast(Headlines, sheet_of(closing)) if closing else headlines(day)


def sheet_of(closing: Closing) -> Sheet:
    """Return the figures of one version as they were stored, with its hash."""
    return json.loads(closing.figures) | {"hash": closing.hash}


def since(closing: Closing) -> dict[str, int] | None:
    """Return how many facts, settlements and changes of set-up came after a closing; None when nothing came."""
    day, at = closing.market_day, closing.at
    settled = _settled_at(day)
    later = sum(moment > at for moment in settled)
    gone = closing.settlements - (len(settled) - later)  # put back, or decided anew
    came = {
        "facts": facts_of([day])[day.id] - closing.facts,
        "settlements": max(later, gone),
        "amendments": len(Amendment.since(day, at)),
    }
    return came if any(came.values()) else None


def changes_since(closing: Closing) -> Differences:
    """Return which figures of a version are others by now: what stands apart until the day is closed anew."""
    with reading():
        return differences(sheet_of(closing), figures(closing.market_day))


def changes_by(closing: Closing, before: Closing | None) -> Differences:
    """Return which figures a version has otherwise than the one before; nothing for the first."""
    return differences(sheet_of(before), sheet_of(closing)) if before else []


def hash_of(frozen: Sheet) -> str:
    """Return the SHA-256 of a version's figures as canonical JSON, in hexadecimal digits."""
    canonical = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _frozen(day: MarketDay, version: int, reason: str, now: datetime) -> Sheet:
    closed = {"version": version, "closed_at": now.astimezone(day.county.zone()).isoformat(timespec="seconds")}
    return {**figures(day, now), **closed, "reason": reason}


def _settled_at(day: MarketDay) -> list[datetime]:
    """Return when each standing settlement was made, and when facts were set aside together or taken back."""
    rows = fetch("SELECT at FROM settlement WHERE market_day_id = ?", (day.id,))
    rows += fetch("SELECT at FROM exclusion WHERE market_day_id = ?", (day.id,))
    rows += fetch("SELECT ended_at FROM exclusion WHERE ended_at IS NOT NULL AND market_day_id = ?", (day.id,))
    return [from_milliseconds(at) for (at,) in rows]
