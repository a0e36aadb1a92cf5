"""Cancellations: a market day that is not held keeps what was recorded; one that nothing knows can be deleted.

A cancelled day counts among no market days. Its tablets are told, and what they recorded stays.
"""

from models.base.clock import utcnow
from models.base.database import writing
from models.derived.anew import vacancies_changed
from models.kiosk.in_use import InUse, facts_of
from models.kiosk.set_up import drop_unoffered, tell_of_day
from models.market.closing import Closing
from models.market.employer import Employer
from models.market.life import note, require
from models.market.log import Log
from models.market.market_day import MARKET_DAY, MarketDay
from models.market.offer import offers_of
from models.market.used_number import UsedNumber

CANCELLED, TAKEN_BACK, DELETED = "day_cancelled", "cancellation_taken_back", "day_deleted"


def cancel(day: MarketDay, who: str, why: str) -> None:
    """Note that a market day is not held, and why; tell its tablets. Of a cancelled day only the reason changes.

    Raises NotPossible of a day whose sheet was signed: it was held.
    """
    with writing():
        require(day, "cancel")
        MarketDay.update(cancelled_at=day.cancelled_at or utcnow(), cancelled_by=who, cancelled_why=why).where(
            MarketDay.id == day.id
        ).execute()
        note(day, who, CANCELLED, f": {why}")
        tell_of_day(day)


def take_cancellation_back(day: MarketDay, who: str) -> None:
    """Hold a cancelled market day after all, and tell its tablets. Raises NotPossible."""
    with writing():
        require(day, "hold")
        MarketDay.update(cancelled_at=None, cancelled_by="", cancelled_why="").where(MarketDay.id == day.id).execute()
        note(day, who, TAKEN_BACK)
        tell_of_day(day)


def is_known(day: MarketDay) -> bool:
    """Say whether a fact, a tablet, a printed pass or a closed version knows a market day: then it is not deleted."""
    return bool(
        facts_of([day])[day.id]
        or Log.select().where(Log.market_day == day, Log.booth.is_null(False)).exists()
        or day.pass_ranges.exists()
        or Closing.latest(day)
    )


def drop_market_day(day: MarketDay, who: str) -> None:
    """Delete a market day with its booths, operators and what it alone offers. Raises InUse when something knows it."""
    with writing():
        if is_known(day):
            raise InUse
        note(day, who, DELETED, f", {day.town_name} {day.date}")
        vacancies = [offer.vacancy for offer in offers_of(day)]
        UsedNumber.keep(MARKET_DAY, day.id)  # posters and people's calendars name it
        day.delete_instance()
        drop_unoffered(vacancies)
        vacancies_changed(vacancy.number for vacancy in vacancies)


def drop_employer(employer: Employer) -> None:
    """Delete an employer. Raises InUse when it has or had a booth or a vacancy: then it can only be archived."""
    with writing():
        if is_known_employer(employer):
            raise InUse
        employer.delete_instance()


def is_known_employer(employer: Employer) -> bool:
    """Say whether an employer has or had a booth or a vacancy."""
    return bool(employer.booths.exists() or employer.vacancies.exists())


def archive_employer(employer: Employer) -> None:
    """Offer an employer for no further booth; the days it had keep it. A repeat changes nothing."""
    Employer.update(archived_at=utcnow()).where(Employer.id == employer.id, Employer.archived_at.is_null()).execute()


def restore_employer(employer: Employer) -> None:
    """Offer an archived employer again."""
    Employer.update(archived_at=None).where(Employer.id == employer.id).execute()
