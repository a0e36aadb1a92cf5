"""Records of what passes are known by and what contacts are sealed with: pass ranges and keys."""

from collections.abc import Iterable, Iterator

from models.keys.pass_key import PassKey
from models.keys.seal import SealKey
from models.kiosk.keys import keys_for
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.people.candidate_pass import PassRange

Record = dict[str, object]


def all_keys_of(day: MarketDay) -> Iterator[tuple[str, object, Record]]:
    """Yield ``(kind, key, data)`` of a market day's pass ranges and of its county's keys."""
    seal_key, _ = keys_for(day.county)
    for span in day.pass_ranges.order_by(PassRange.first_payload):
        yield "pass_range", span.first, _pass_range(span)
    for key in PassKey.select().where(PassKey.county == day.county_id):
        yield "pass_key", key.id, _pass_key(key)
    yield "seal_key", seal_key.id, _seal_key(seal_key)


def _pass_range(span: PassRange) -> Record:
    return {"first": span.first, "last": span.last}


def _pass_key(key: PassKey) -> Record:
    revoked_at = key.revoked_at.isoformat() if key.revoked_at else None
    return {"key_id": key.id, "public": key.public, "revoked_at": revoked_at}


def _seal_key(key: SealKey) -> Record:
    return {"key_id": key.id, "public": key.public}


def _pass_ranges(tablet: Tablet, keys: Iterable[str]) -> dict[str, Record]:
    spans = {span.first: span for span in tablet.market_day.pass_ranges}
    return {key: _pass_range(spans[key]) for key in keys if key in spans}


def _pass_keys(tablet: Tablet, keys: Iterable[str]) -> dict[str, Record]:
    wanted = set(keys)
    county_keys = PassKey.select().where(PassKey.county == tablet.market_day.county_id)
    return {str(key.id): _pass_key(key) for key in county_keys if str(key.id) in wanted}


def _seal_keys(tablet: Tablet, keys: Iterable[str]) -> dict[str, Record]:
    """The newest key alone: for an earlier one a tablet hears that it is gone."""
    newest = SealKey.newest(tablet.market_day.county)
    return {key: _seal_key(newest) for key in keys if newest and key == str(newest.id)}


DRAW = {"pass_range": _pass_ranges, "pass_key": _pass_keys, "seal_key": _seal_keys}
