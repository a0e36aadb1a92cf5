"""The demo's removal: its county goes with everything that is of it, and nothing else does.

Almost all of it hangs on the county by foreign keys, which the database follows. What does not is named here. Divisions
and market rules stay: they come with the program and belong to no county's office.
"""

from typing import NamedTuple

from models.base.database import execute_many, fetch, fetch_in, writing
from models.data import read_rows
from models.demo.ground import FOLDER, LOGIN
from models.derived.anew import passes_removed, vacancies_changed
from models.market.actor import acting
from models.market.audit import AuditEntry
from models.market.county import County
from models.market.employer import Employer
from models.market.market_day import MARKET_DAY, MarketDay
from models.market.organiser import Organiser
from models.market.used_number import UsedNumber
from models.market.vacancy import Vacancy
from models.people.candidate_pass import PAPER, PassRange

OF_DAYS = "market_day_id IN (SELECT id FROM market_day WHERE county_id = ?)"
CONTENTS = {  # what is counted before anybody is asked, each by a statement about the county's id
    "market days": "SELECT COUNT(*) FROM market_day WHERE county_id = ?",
    "booths": f"SELECT COUNT(*) FROM booth WHERE {OF_DAYS}",
    "employers": "SELECT COUNT(*) FROM employer WHERE county_id = ?",
    "vacancies": "SELECT COUNT(*) FROM vacancy WHERE county_id = ?",
    "tablets": "SELECT COUNT(*) FROM device WHERE county_id = ?",
    "logs": f"SELECT COUNT(*) FROM log WHERE {OF_DAYS}",
    "recorded facts": f"SELECT COUNT(*) FROM operation WHERE {OF_DAYS}",
    "candidates": "SELECT COUNT(*) FROM candidate WHERE county_id = ?",
    "handed-over files": "SELECT COUNT(*) FROM hand_over WHERE county_id = ?",
    "accounts": "SELECT COUNT(*) FROM organiser WHERE county_id = ?",
    "entries of the audit log": "SELECT COUNT(*) FROM audit_entry WHERE county_id = ?",
}
LOADED_DAYS = 2  # the first two of the county: nobody can delete them, tablets or printed passes know both


class Added(NamedTuple):
    """What people added to the demo's county: market days (date and town), accounts and employers by name."""

    days: list[str]
    accounts: list[str]
    employers: list[str]

    @property
    def nothing(self) -> bool:
        """Say whether nothing was added."""
        return not any(self)


def contents(county: County) -> dict[str, int]:
    """Return how much of what hangs on the demo's county."""
    return {name: fetch(sql, (county.id,))[0][0] for name, sql in CONTENTS.items()}


def added(county: County) -> Added:
    """Return what is in the demo's county that the demo did not load."""
    days = MarketDay.select().where(MarketDay.county == county).order_by(MarketDay.id)
    accounts = Organiser.select().where(Organiser.county == county, Organiser.login != LOGIN)
    employers = Employer.select().where(Employer.county == county).order_by(Employer.id)
    loaded = {row["credit_code"] for row in read_rows(FOLDER / "booths.csv") if row["kind"] == "employer"}
    return Added(
        [day.noted_as() for day in list(days)[LOADED_DAYS:]],
        [account.login for account in accounts.order_by(Organiser.login)],
        [employer.name for employer in employers if employer.credit_code not in loaded],
    )


def remove(county: County) -> None:
    """Remove the demo's county with everything of it. Facts of other counties that named something of it stay as facts.

    Numbers that are known outside, of market days and of printed passes, are not given out again.
    """
    with writing(), acting(None):  # what nobody keeps has no history
        days = [day.id for day in MarketDay.select(MarketDay.id).where(MarketDay.county == county)]
        vacancies = [vacancy.number for vacancy in Vacancy.select(Vacancy.number).where(Vacancy.county == county)]
        spans = list(PassRange.select().where(PassRange.market_day.in_(days)))
        passes = [number for span in spans for number in span.numbers()]
        UsedNumber.keep(MARKET_DAY, max(days, default=0))
        UsedNumber.keep(PAPER, max((span.last_payload for span in spans), default=0))
        _forget_persons(county, days, passes)
        AuditEntry.delete().where(AuditEntry.county == county).execute()
        county.delete_instance()
        vacancies_changed(vacancies)
        passes_removed(passes)


def _forget_persons(county: County, days: list[int], passes: list[str]) -> None:
    """Delete the aliases of the county's nodes: candidates, passes and numbers that were read there."""
    nodes = {node for (node,) in fetch("SELECT id FROM candidate WHERE county_id = ?", (county.id,))} | {*passes}
    nodes |= {node for (node,) in fetch_in("SELECT number FROM phone_pass WHERE market_day_id IN (??)", days)}
    named = {node for (node,) in fetch_in("SELECT node FROM alias WHERE person IN (??)", nodes)}
    strays = {node for day in days for (node,) in fetch("SELECT node FROM alias WHERE node LIKE ?", (f"{day}:%",))}
    execute_many("DELETE FROM alias WHERE node = ?", [(node,) for node in sorted(nodes | named | strays)])
