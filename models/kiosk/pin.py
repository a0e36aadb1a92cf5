"""PINs that operators set at their first sign-in, on a tablet that may have had no network then.

The tablet sends a verifier, never the PIN. It is believed of somebody on duty at the tablet's own booth alone, and only
while no PIN is set: a tablet in the wrong hands replaces none.
"""

import binascii
from base64 import b64decode

from msgspec import Struct

from models.base.database import writing
from models.kiosk.duty_record import tell_of_operator
from models.market.duty import Duty
from models.market.operator import PIN_ITERATIONS, Operator
from models.market.tablet import Tablet

SALT, HASH = 16, 32  # bytes
MOST_ITERATIONS = 10 * PIN_ITERATIONS  # more would keep a cheap tablet busy for seconds at every sign-in


class Verifier(Struct):
    """What a PIN is checked against: salt and hash as base64; ``pin_resets`` as the tablet had it when it was set."""

    salt: str
    iterations: int
    hash: str
    pin_resets: int


class Unfit(ValueError):
    """It is no verifier that a tablet of ours makes."""


class PinSet(Exception):
    """Another PIN is set, or the office cleared one since: ``operator`` says what counts."""

    def __init__(self, operator: Operator) -> None:
        super().__init__(f"operator {operator.id}")
        self.operator = operator


def take_pin(tablet: Tablet, known_as: int, verifier: Verifier) -> Operator | None:
    """Store the PIN that an operator set at a tablet, and tell the tablets that know the person.

    A repeat changes nothing. None for somebody who is not on duty at the tablet's booth. Raises Unfit, and PinSet when
    it is not to be believed.
    """
    check(verifier)
    with writing():
        duty = Duty.get_or_none(booth=tablet.booth_id, known_as=known_as, withdrawn_at=None)
        if duty is None:
            return None
        operator: Operator = duty.operator
        mine = (verifier.salt, verifier.hash, verifier.iterations)
        if (operator.pin_salt, operator.pin_hash, operator.pin_iterations) == mine:
            return operator
        if operator.has_pin or operator.pin_resets != verifier.pin_resets:
            raise PinSet(operator)
        operator.pin_salt, operator.pin_hash, operator.pin_iterations = mine
        operator.save(only=[Operator.pin_salt, Operator.pin_hash, Operator.pin_iterations])
        tell_of_operator(operator)
    return operator


def check(verifier: Verifier) -> None:
    """Raise Unfit unless salt and hash have their lengths and the iterations are neither few nor too many."""
    if not PIN_ITERATIONS <= verifier.iterations <= MOST_ITERATIONS:
        raise Unfit("iterations")
    for text, length in ((verifier.salt, SALT), (verifier.hash, HASH)):
        try:
            fits = len(b64decode(text, validate=True)) == length
        except (binascii.Error, ValueError):
            fits = False
        if not fits:
            raise Unfit("salt or hash")
