"""Duties: which operator of the county works at which booth on which market day.

A duty is withdrawn, never deleted: facts of its booth may name the operator already, and go on to say who it was.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from peewee import AutoField, ForeignKeyField, IntegerField

from models.base.clock import utcnow
from models.base.database import InstantField, writing
from models.market.audited import Audited
from models.market.booth import Booth
from models.market.county import County
from models.market.division import Division
from models.market.market_day import MarketDay
from models.market.operator import Operator


class Duty(Audited):
    """An operator at a booth. ``known_as`` is the id by which the booth's tablets and facts know the person.

    It is the operator's own, but for duties of a person who was joined with another: their facts keep the id they have.
    """

    within = "booth"
    unnoted = frozenset({"known_as"})

    id: "AutoField[int]"
    operator_id: int
    booth_id: int
    operator = ForeignKeyField(Operator, backref="duties", on_delete="CASCADE")
    booth = ForeignKeyField(Booth, backref="duties", on_delete="CASCADE", index=False)
    known_as = IntegerField()
    withdrawn_at = InstantField(null=True)

    class Meta:
        indexes = ((("booth", "known_as"), True),)

    def noted_as(self) -> str:
        """Return what people call it."""
        return f"{self.operator.name}, {self.booth.noted_as()}"


def on_duty(booth: Booth) -> list[Duty]:
    """Return who works at a booth, in the order in which they were assigned."""
    found = Duty.select(Duty, Operator).join(Operator)
    return list(found.where(Duty.booth == booth, Duty.withdrawn_at.is_null()).order_by(Duty.id))


def ever_on_duty(day: MarketDay) -> list[Duty]:
    """Return who works or once worked at the booths of a market day, by booth: whom its facts may name."""
    found = Duty.select(Duty, Operator, Booth).join(Operator).switch(Duty).join(Booth)
    return list(found.where(Booth.market_day == day).order_by(Booth.number, Duty.id))


def assign(operator: Operator, booth: Booth) -> Duty:
    """Put an operator on duty at a booth; a repeat changes nothing."""
    with writing():
        known = Duty.get_or_none(operator=operator, booth=booth)
        if known is None:
            return Duty.create(operator=operator, booth=booth, known_as=operator.id)
        if known.withdrawn_at:
            known.withdrawn_at = None
            known.save(only=[Duty.withdrawn_at])
        return known


def withdraw(duty: Duty) -> None:
    """Take an operator off duty. What the booth's facts say of them stays."""
    with writing():
        duty.withdrawn_at = duty.withdrawn_at or utcnow()
        duty.save(only=[Duty.withdrawn_at])


def duties_since(county: County | int, since: date) -> dict[int, list[Duty]]:
    """Return each operator's duties (by the operator's id) from a date on, at market days that are held, by date.

    Booth, market day and town come with each.
    """
    found = Duty.select(Duty, Booth, MarketDay, Division).join(Booth).join(MarketDay).join(Division)
    held = MarketDay.cancelled_at.is_null() & Duty.withdrawn_at.is_null()
    rows: dict[int, list[Duty]] = {}
    of_county = found.where(MarketDay.county == county, MarketDay.date >= since, held)
    for duty in of_county.order_by(MarketDay.date, MarketDay.opens_at, Duty.id):
        rows.setdefault(duty.operator_id, []).append(duty)
    return rows


def duties_of(operator: Operator, since: date) -> list[Duty]:
    """Return an operator's duties from a date on with their booths, also at market days that were cancelled."""
    found = Duty.select(Duty, Booth).join(Booth).join(MarketDay)
    return list(found.where(Duty.operator == operator, MarketDay.date >= since, Duty.withdrawn_at.is_null()))


def latest_duty(operator: Operator) -> list[Duty]:
    """Return an operator's duty at the latest market day with its booth, day and town; empty for one who had none."""
    found = Duty.select(Duty, Booth, MarketDay, Division).join(Booth).join(MarketDay).join(Division)
    return list(found.where(Duty.operator == operator).order_by(MarketDay.date.desc(), Duty.id.desc()).limit(1))


def clash_dates(duties: Iterable[Duty]) -> list[date]:
    """Return the dates on which a person is at several booths, by these duties."""
    counted = Counter(duty.booth.market_day.date for duty in duties)
    return sorted(on for on, booths in counted.items() if booths > 1)
