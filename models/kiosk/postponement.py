"""Postponements: a market day gets a later date, with a reason that the public reads. Its codes and passes stay good.

It is the same day, so nobody has to sign up again: what phones recorded is judged by the new date as if it had come
after it. Once a tablet recorded something the day has begun, and it can be cancelled only.
"""

from datetime import date

from models.base.clock import utcnow
from models.base.database import fetch, writing
from models.derived.replay import replay
from models.keys.pass_key import PassKey
from models.kiosk.in_use import InUse
from models.kiosk.keys import renew_pass_key
from models.kiosk.set_up import tell_of_day
from models.market.day_end import last_minute_of
from models.market.life import note, require
from models.market.log import DEVICE, RESCUED, Log
from models.market.market_day import MarketDay
from models.people.candidate_pass import PhonePass

POSTPONED = "day_postponed"


def postpone(day: MarketDay, to: date, who: str, why: str) -> None:
    """Move a market day to a later date, tell its tablets, and prolong the passes of those who signed up.

    A cancelled day is held again by it. Raises NotPossible, and InUse when a tablet recorded something.
    """
    with writing():
        require(day, "postpone")
        if has_begun(day):
            raise InUse
        MarketDay.update(
            date=to, postponed_at=utcnow(), postponed_by=who, postponed_why=why,
            postponed_from=day.postponed_from or day.date, published_at=day.published_at or utcnow(),
            cancelled_at=None, cancelled_by="", cancelled_why="",
        ).where(MarketDay.id == day.id).execute()  # fmt: skip
        note(day, who, POSTPONED, f", {day.date} → {to}: {why}")
        changed = MarketDay.get_by_id(day.id)
        _prolong_passes(changed)
        replay(_recorded(changed))
        tell_of_day(changed)


def has_begun(day: MarketDay) -> bool:
    """Say whether a tablet of a market day recorded something that arrived."""
    from_tablets = (Log.market_day == day) & Log.kind.in_((DEVICE, RESCUED)) & (Log.acknowledged > 0)
    return bool(Log.select().where(from_tablets).exists())


def _prolong_passes(day: MarketDay) -> None:
    """Sign the passes made for a market day again, under their numbers, until its new end."""
    passes = list(PhonePass.select().where(PhonePass.market_day == day))
    key = (PassKey.newest(day.county) or renew_pass_key(day.county)) if passes else None
    ends_at = last_minute_of(day)
    for issued in passes:
        if key and issued.expires_at < ends_at:
            issued.digits, issued.expires_at = key.sign(day, issued.number, ends_at), ends_at
            issued.save(only=[PhonePass.digits, PhonePass.expires_at])


def _recorded(day: MarketDay) -> list[tuple[int, int]]:
    """Return the operations of a market day: before it has begun, those of phones and of the office."""
    sql = "SELECT o.tablet_id, o.seq FROM log AS l JOIN operation AS o ON o.tablet_id = l.id WHERE l.market_day_id = ?"
    return [(log, seq) for log, seq in fetch(sql, (day.id,))]
