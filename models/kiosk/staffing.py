"""Staffing: what the office changes about a county's operators and their duties, told to the tablets of the booths."""

from models.base.clock import utcnow
from models.base.database import writing
from models.kiosk.duty_record import tell_of_booth, tell_of_operator
from models.kiosk.in_use import InUse
from models.market.booth import Booth
from models.market.duty import Duty, assign, duties_of, on_duty, withdraw
from models.market.operator import Operator
from models.market.planning import date_in


def keep_operator(operator: Operator) -> None:
    """Store an operator, new or edited, and tell the tablets that know the person."""
    with writing():
        if not operator.id:
            operator.save()
        elif operator.dirty_fields:
            operator.save(only=operator.dirty_fields)
            tell_of_operator(operator)


def drop_operator(operator: Operator) -> None:
    """Delete an operator. Raises InUse of one who was on duty or set a PIN: then they can only be archived."""
    with writing():
        if operator.has_pin or operator.duties.exists():
            raise InUse
        operator.delete_instance()


def put_on_duty(operator: Operator, booth: Booth) -> Duty:
    """Put an operator on duty at a booth; somebody new is stored. A repeat changes nothing."""
    with writing():
        keep_operator(operator)
        duty = assign(operator, booth)
        tell_of_booth(booth)
    return duty


def take_off_duty(duty: Duty) -> None:
    """Take an operator off duty at a booth; what they recorded there keeps their name."""
    with writing():
        withdraw(duty)
        tell_of_booth(duty.booth, duty.known_as)


def reset_pin(operator: Operator) -> None:
    """Clear an operator's PIN: the person sets a new one at the next sign-in on a tablet that has heard of it."""
    with writing():
        operator = Operator.get_by_id(operator.id)  # a tablet may have set one since
        operator.clear_pin()
        operator.save(only=[Operator.pin_salt, Operator.pin_hash, Operator.pin_resets])
        tell_of_operator(operator)


def archive_operator(operator: Operator) -> None:
    """Offer an operator for no further booth, and take them off duty from today on. A repeat changes nothing."""
    with writing():
        mine = Operator.update(archived_at=utcnow())
        mine.where(Operator.id == operator.id, Operator.archived_at.is_null()).execute()
        for duty in duties_of(operator, date_in(operator.county)):
            take_off_duty(duty)


def restore_operator(operator: Operator) -> None:
    """Offer an archived operator again; the duties stay withdrawn."""
    Operator.update(archived_at=None).where(Operator.id == operator.id).execute()


def join_operators(kept: Operator, other: Operator) -> None:
    """Make one person of two whom the office knows to be one: ``other``'s duties go to ``kept``, whose PIN counts.

    Facts and tablets of those duties keep the id by which they know the person. Where both are on duty at one booth,
    the other's duty there is withdrawn.
    """
    with writing():
        duties = list(Duty.select().where(Duty.operator == other))
        for duty in duties:
            here = {mine.operator_id for mine in on_duty(duty.booth)}
            duty.operator = kept
            duty.save(only=[Duty.operator])
            if kept.id in here and duty.withdrawn_at is None:
                withdraw(duty)
            tell_of_booth(duty.booth, duty.known_as)
        other.delete_instance()
