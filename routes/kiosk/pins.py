"""PINs: a tablet brings what an operator set at the first sign-in (docs/protocol.md, "Beside the contract")."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from models.base.json_body import decode, fields_in
from models.kiosk.duty_record import verifier_of
from models.kiosk.pin import PinSet, Verifier, take_pin
from models.market.operator import Operator
from routes.web.answers import refusal
from routes.web.tablet_access import of_tablet

bp = Blueprint("pins", __name__)

LARGEST = 2_000  # bytes


@bp.post("/kiosk/operators/<int:operator_id>/pin")
@of_tablet
def create(operator_id: int) -> ResponseReturnValue:
    """Take the verifier of a PIN that an operator of the tablet's booth set; it may come any number of times.

    ``operator_id`` as the operator's record has it. JSON: ``salt`` (16 bytes) and ``hash`` (32 bytes) as base64,
    ``iterations``, and ``pin_resets`` as the record had it. 200 with ``{operator, pin, pin_resets}`` as they are
    stored now; 409 ``pin_set`` with the same of the PIN that counts: another was first, or the office cleared one
    since; 400 no such thing; 401 not enrolled, revoked or closed; 404 nobody on duty at this booth; 413; 421.
    """
    if (request.content_length or 0) > LARGEST:
        return refusal(413, "too_large")
    request.max_content_length = LARGEST
    try:
        verifier = fields_in(decode(request.get_data()), Verifier)
        operator = take_pin(g.tablet, operator_id, verifier)
    except (ValueError, RecursionError) as error:
        return refusal(400, "malformed", detail=str(error))
    except PinSet as known:
        return refusal(409, "pin_set", **_stored(operator_id, known.operator))
    return _stored(operator_id, operator) if operator else refusal(404, "not_on_duty")


def _stored(operator_id: int, operator: Operator) -> dict[str, object]:
    return {"operator": operator_id, "pin": verifier_of(operator), "pin_resets": operator.pin_resets}
