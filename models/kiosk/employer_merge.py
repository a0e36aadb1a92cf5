"""Merging employers: one that stands in the list twice becomes one, with the booths and visits of both."""

from contextlib import ExitStack

from models.base.database import writing
from models.kiosk.set_up import keep_employer
from models.market.actor import because
from models.market.amendment import amending
from models.market.employer import Employer
from models.market.employer_link import EmployerLink
from models.market.market_day import MarketDay

# Taken from the other where this one has none.
FILLED = ("credit_code", "licence", "hires_for", "sealed", "papers", "papers_by", "papers_on")


class NotThese(Exception):
    """The two are one row, or of two counties, or each has a credit code of its own."""


def merge(kept: Employer, gone: Employer, who: str, why: str) -> None:
    """Give ``kept`` all that belongs to ``gone``, and delete ``gone``; tell the tablets. Nothing undoes it.

    Links of ``gone`` end. Booths of closed days change with the reason ``why``. Raises NotThese.
    """
    if not may_merge(kept, gone):
        raise NotThese
    with writing(), ExitStack() as closed, because(why):
        for day in MarketDay.select().where(MarketDay.id.in_([booth.market_day_id for booth in gone.booths])):
            closed.enter_context(amending(day, who, why))
        EmployerLink.end_of(gone)
        for field, model in Employer._meta.backrefs.items():
            model.update({field: kept}).where(field == gone).execute()
        for name in FILLED:
            if not getattr(kept, name) and getattr(gone, name):
                setattr(kept, name, getattr(gone, name))
        gone.delete_instance()
        keep_employer(kept)


def may_merge(kept: Employer, gone: Employer) -> bool:
    """Say whether two rows may be one employer: two credit codes are two employers."""
    apart = kept.id == gone.id or kept.county_id != gone.county_id
    return not apart and not (kept.credit_code and gone.credit_code and kept.credit_code != gone.credit_code)
