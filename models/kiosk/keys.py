"""Keys: made and revoked by an organiser, and told to every tablet that works with them.

A tablet hears of its market day only, so those of today and of the days to come are told.
"""

from collections.abc import Iterable

from models.base.clock import utcnow
from models.base.database import writing
from models.keys.pass_key import PassKey, key_of
from models.keys.seal import SealKey
from models.log.change import announce
from models.market.county import County
from models.market.market_day import MarketDay
from models.market.planning import date_in
from models.people.candidate_pass import PhonePass


def keys_for(county: County) -> tuple[SealKey, PassKey]:
    """Return the keys that tablets seal to and that new passes are signed with, made when there are none."""
    seal_key, pass_key = SealKey.newest(county), PassKey.newest(county)
    if seal_key and pass_key:
        return seal_key, pass_key
    with writing():  # of two who ask at once, one makes them
        return SealKey.newest(county) or renew_seal_key(county), PassKey.newest(county) or renew_pass_key(county)


def renew_seal_key(county: County) -> SealKey:
    """Make the key that tablets seal to from now on. Earlier ones open what was sealed to them, nothing else."""
    with writing():
        mine = (SealKey.county == county) & SealKey.revoked_at.is_null()
        earlier = [key.id for key in SealKey.select(SealKey.id).where(mine)]
        SealKey.update(revoked_at=utcnow()).where(SealKey.id.in_(earlier)).execute()
        key = SealKey.make(county)
        _tell(county, "seal_key", [*earlier, key.id])
    return key


def renew_pass_key(county: County) -> PassKey:
    """Make the key that signs passes from now on. What earlier ones signed stays good."""
    with writing():
        key = PassKey.make(county)
        _tell(county, "pass_key", [key.id])
    return key


def revoke_pass_key(key: PassKey) -> int:
    """Let what a key signed hold no longer, as of now; return how many passes were signed anew.

    The holders did nothing wrong: their pages show the new code under the same number.
    """
    with writing():
        now = utcnow()
        revoked = PassKey.update(revoked_at=now).where(PassKey.id == key.id, PassKey.revoked_at.is_null())
        if not revoked.execute():
            return 0
        _tell(key.county, "pass_key", [key.id])
        successor = PassKey.newest(key.county) or renew_pass_key(key.county)
        return _sign_again(key, successor)


def _sign_again(key: PassKey, successor: PassKey) -> int:
    passes = PhonePass.select().where(PhonePass.market_day.in_(coming_days(key.county)))
    signed = [issued for issued in passes if key_of(issued.digits) == key.id]
    for issued in signed:
        issued.digits = successor.sign(issued.market_day, issued.number, issued.expires_at)
        issued.save(only=[PhonePass.digits])
    return len(signed)


def coming_days(county: County) -> list[MarketDay]:
    """Return the county's market days of today and later."""
    return list(MarketDay.select().where(MarketDay.county == county, MarketDay.date >= date_in(county, utcnow())))


def _tell(county: County, kind: str, ids: Iterable[int]) -> None:
    for day in coming_days(county):
        announce(day.id, {(booth.number, kind, str(key)) for booth in day.booths for key in ids})
