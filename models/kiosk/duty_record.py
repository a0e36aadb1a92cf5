"""Operators as a booth's tablets are told of them, with the verifier of each one's PIN."""

from collections import Counter
from collections.abc import Iterable

from models.base.typed import same_of
from models.log.change import announce
from models.market.booth import Booth
from models.market.day_end import oldest_not_closed
from models.market.duty import Duty, duties_of, on_duty
from models.market.operator import Operator
from models.market.tablet import Tablet


def draw_operators(tablet: Tablet, keys: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the records of those of these operators (their ids at the booth) who are on duty at a tablet's booth."""
    wanted = set(keys)
    return {key: record for key, record in operators_at(tablet.booth).items() if key in wanted}


def operators_at(booth: Booth) -> dict[str, dict[str, object]]:
    """Return the record of each operator on duty at a booth, by the id that its tablets and facts have.

    ``{id, name, pin: {salt, iterations, hash}, pin_resets}``; without a PIN salt and hash are empty: no guess fits,
    also on a tablet of an earlier release. Two who have one name are told apart by whom they work for.
    """
    duties = on_duty(booth)
    named = Counter(same_of(duty.operator.name) for duty in duties)
    return {str(duty.known_as): _record(duty, named[same_of(duty.operator.name)] > 1) for duty in duties}


def _record(duty: Duty, has_namesake: bool) -> dict[str, object]:
    operator = duty.operator
    name = operator.full_name if has_namesake else operator.name
    return {"id": duty.known_as, "name": name, "pin": verifier_of(operator), "pin_resets": operator.pin_resets}


def verifier_of(operator: Operator) -> dict[str, object]:
    """Return what a tablet checks a PIN against."""
    return {"salt": operator.pin_salt, "iterations": operator.pin_iterations, "hash": operator.pin_hash}


def tell_of_booth(booth: Booth, *gone: int) -> None:
    """Tell a booth's tablets who is on duty, and who is not any more (their ids there). Inside ``writing()``."""
    ids = {duty.known_as for duty in on_duty(booth)} | set(gone)
    announce(booth.market_day_id, {(booth.number, "operator", str(id)) for id in ids})


def tell_of_operator(operator: Operator) -> None:
    """Tell the tablets of every booth where an operator is on duty and that may still ask. Inside ``writing()``."""
    for duty in duties_of(operator, oldest_not_closed()):
        tell_of_booth(duty.booth)
