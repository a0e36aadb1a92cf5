"""The history's names: what each thing of the set-up and each of its fields is called, and its codes in words.

Names stand here as the forms have them. A table that is not there yet has none of its names shown.
"""

from models.vocabulary.checklist import CHECKLIST
from models.vocabulary.code_list import (
    EMPLOYER_KINDS,
    N_,
    ORIGINS,
    PAPERS,
    PAY_UNITS,
    ROLES,
    TALLY_TOPICS,
    VACANCY_KINDS,
    VENUES,
)
from models.vocabulary.event import EVENT_CLASSES, EVENT_TYPES, LEVELS
from models.vocabulary.market_calendars import CALENDARS
from models.vocabulary.trade import TRADES
from routes.office.booth_form import KINDS, BoothForm
from routes.office.bulk_changes import ACT_WORDS
from routes.office.demand_fields import CODES, LISTS
from routes.office.devices import STATE_WORDS
from routes.office.employer_form import EmployerForm
from routes.office.employer_links import EmployerLinkForm
from routes.office.employer_visit_form import EmployerVisitForm
from routes.office.market_day_form import MarketDayForm
from routes.office.programme_form import ProgrammeForm
from routes.office.retention import PERIODS
from routes.office.series_form import SOURCES
from routes.office.vacancy_form import VacancyForm
from routes.office.vacancy_proposals import STATE_WORDS as PROPOSAL_STATES
from routes.office.walls import WallForm

THINGS = {
    "market_day": N_("Market day"), "booth": N_("Booth"), "vacancy": N_("Vacancy"), "employer": N_("Employer"),
    "employer_visit": N_("Visit to an employer"), "operator": N_("Operator"), "campaign": N_("Campaign"),
    "market_rule": N_("Market cycle"), "county": N_("County"), "division": N_("Town or county in the list"),
    "organiser": N_("Account"), "access_token": N_("Access token"), "tablet": N_("Tablet"),
    "offer": N_("Offer of a vacancy"), "device": N_("Device"), "clerk_town": N_("Town of a clerk"),
    "invitation": N_("Invitation"), "second_factor": N_("Second factor"), "duty": N_("Operator at a booth"),
    "market_exception": N_("Exception of a cycle"),
    "partner": N_("Partner region"), "service_point": N_("Service point"), "minimum_wage": N_("Minimum wage"),
    "campaign_target": N_("Target of a campaign"),
    "checklist_item": N_("Line of a checklist"), "signing": N_("Signing"), "stop": N_("Stop of a caravan"),
    "employer_link": N_("Link for an employer"), "vacancy_proposal": N_("Change by an employer"),
    "series": N_("Series of market days"), "wall_link": N_("Address of a screen"),
    "bulk_change": N_("Change of several at once"),
    "superior_form": N_("Superior's form"), "superior_cell": N_("Cell of a superior's form"),
    "programme": N_("Course or trip"), "person": N_("Person"), "retention": N_("Retention periods"),
}  # fmt: skip
_PIN = {"pin_salt": N_("PIN"), "pin_hash": N_("PIN"), "pin_iterations": N_("PIN"), "pin_resets": N_("PIN resets")}
FIELDS: dict[str, dict[str, str]] = {
    "retention": PERIODS | {"county": N_("County")},
    "market_day": MarketDayForm.labels | {
        "venue": N_("Kind of venue"), "cancelled_at": N_("Cancelled at"), "cancelled_by": N_("Cancelled by"),
        "cancelled_why": N_("Cancelled because"),
        "event_type": N_("Type of event"), "event_class": N_("Class"), "level": N_("Level"), "hosts": N_("Hosts"),
        "co_organisers": N_("Co-organisers"), "employers_online": N_("Employers online"),
        "viewers": N_("Viewers of the live stream"), "published_at": N_("Published at"),
        "published_by": N_("Published by"), "afterwards": N_("Recorded afterwards"),
        "postponed_at": N_("Postponed at"), "postponed_by": N_("Postponed by"),
        "postponed_why": N_("Postponed because"), "postponed_from": N_("Postponed from"),
    },
    "series": {
        "starts_on": N_("First day"), "ends_on": N_("Last day"), "towns": N_("Towns"), "days": N_("Market days"),
        "source": N_("Set up like"), "undone_at": N_("Taken back at"), "undone_by": N_("Taken back by"),
    },
    "bulk_change": {
        "act": N_("What"), "count": N_("Rows"), "undone_at": N_("Taken back at"), "undone_by": N_("Taken back by"),
    },
    "booth": BoothForm.labels | {
        "market_day": N_("Market day"), "expects_tablet": N_("This booth is to have a tablet"),
        "topics": N_("Counted here without names"),
    },
    "vacancy": VacancyForm.labels | {
        "number": N_("Number"), "employer": N_("Employer"), "urgent": N_("Urgently wanted"),
        "draft": N_("Draft"), "visit": N_("Visit to an employer"),
        "verified_at": N_("Last verified at"), "verified_by": N_("Last verified by"),
        "pay_min_fen": N_("Lowest pay, in yuan"),
        "pay_max_fen": N_("Highest pay, in yuan"),
        "adults_only": N_("Not for people of 16 and 17 (heights, poison, heat, heavy loads, bars)"),
    },
    "employer": EmployerForm.labels | {
        "papers_by": N_("Papers seen by"), "papers_on": N_("Papers seen on"), "archived_at": N_("Archived at")},
    "employer_visit": EmployerVisitForm.labels | {"employer": N_("Employer"), "noted_by": N_("Written down by")},
    "employer_link": EmployerLinkForm.labels | {
        "employer": N_("Employer"), "token_hash": N_("Token"), "revoked_at": N_("Revoked at"),
    },
    "wall_link": WallForm.labels | {
        "town": N_("Town"), "token_hash": N_("Token"), "revoked_at": N_("Revoked at"),
    },
    "vacancy_proposal": {
        "vacancy": N_("Vacancy"), "who": N_("By whom"), "kind": N_("What"), "state": N_("State"),
        "decided_by": N_("Decided by"), "decided_at": N_("Decided at"), "why": N_("Reason"),
    },
    "operator": _PIN | {
        "name": N_("Operator's name"), "unit": N_("Works for"), "archived_at": N_("Archived at"),
    },
    "programme": ProgrammeForm.labels | {
        "market_day": N_("Market day"), "campaign": N_("Campaign"), "closed": N_("Closed"),
    },
    "duty": {"operator": N_("Operator"), "booth": N_("Booth"), "withdrawn_at": N_("Withdrawn at")},
    "campaign": {
        "name": N_("What it is called"), "theme": N_("Theme"), "starts_on": N_("From"), "ends_on": N_("Until"),
    },
    "market_rule": {
        "town": N_("Town"), "calendar": N_("Calendar"), "digits": N_("Days"), "skips_31st": N_("Not on the 31st"),
        "dates": N_("Single dates"), "valid_from": N_("Valid from"), "valid_to": N_("Valid until"),
        "confirmed_by": N_("Confirmed by"), "confirmed_on": N_("Confirmed on"),
    },
    "county": {
        "division": N_("Code of the county"), "name": N_("What it is called"),
        "service_name": N_("Name of the service"), "phone": N_("Phone"), "timezone": N_("Time zone"),
        "seal_line": N_("Whose seal a sheet gets"), "hours": N_("Office hours"), "languages": N_("Languages"),
        "lock_minutes": N_("A tablet locks itself after so many minutes"),
        "requires_second_factor": N_("Second factor for everybody"),
    },
    "division": {
        "name": N_("What it is called"), "parent": N_("Lies in"), "level": N_("Level"), "valid_from": N_("Valid from"),
        "valid_to": N_("Valid until"), "successor": N_("Followed by"),
    },
    "organiser": {
        "login": N_("Name for signing in"), "name": N_("Name"), "role": N_("Role"), "password_hash": N_("Password"),
        "switched_off_at": N_("Switched off at"),
    },
    "superior_form": {
        "county": N_("County"), "name": N_("Name"), "content": N_("File"), "made_by": N_("By whom"),
        "made_at": N_("When"),
    },
    "superior_cell": {
        "superior_form": N_("Superior's form"), "sheet": N_("Sheet"), "cell": N_("Cell"), "figure": N_("Figure"),
    },
    "offer": {"vacancy": N_("Vacancy"), "booth": N_("Booth"), "market_day": N_("Market day")},
    "device": {"name": N_("What it is called"), "state": N_("State"), "revoked_at": N_("Revoked at")},
    "clerk_town": {"organiser": N_("Account"), "town": N_("Town")},
    "invitation": {
        "organiser": N_("Account"), "name": N_("Name"), "role": N_("Role"), "towns": N_("Town"),
        "ends_at": N_("Valid until"), "used_at": N_("Used at"),
    },
    "second_factor": {"secret": N_("Second factor"), "confirmed_at": N_("Confirmed on")},
    "market_exception": {
        "rule": N_("Market cycle"), "date": N_("Date"), "is_held": N_("Held"), "reason": N_("Reason"),
    },
    "service_point": {
        "town": N_("Town"), "name": N_("What it is called"), "address": N_("Address"), "phone": N_("Phone"),
    },
    "partner": {
        "name": N_("What it is called"), "phone": N_("Phone"), "public": N_("Digits of the key"),
        "origin": N_("Where the vacancies come from"), "confirmed_by": N_("Confirmed"), "confirmed_at": N_("Confirmed"),
        "ended_at": N_("Ended"),
    },
    "minimum_wage": {
        "valid_from": N_("Holds from"), "month_fen": N_("A month"), "hour_fen": N_("An hour"),
        "source": N_("Paper that says so"),
    },
    "campaign_target": {
        "campaign": N_("Campaign"), "venue": N_("Kind of venue"), "events": N_("How many"),
    },
    "checklist_item": {
        "market_day": N_("Market day"), "code": N_("What"), "text": N_("What"), "person": N_("Who sees to it"),
        "is_left_out": N_("Left out"), "done_at": N_("Done at"), "done_by": N_("Done by"),
    },
    "signing": {
        "market_day": N_("Market day"), "version": N_("Version"), "signed_by": N_("Signed by"),
        "signed_on": N_("Signed on"), "who": N_("Written down by"),
    },
    "stop": {
        "market_day": N_("Market day"), "number": N_("Number"), "place": N_("Place"), "starts_at": N_("From"),
        "ends_at": N_("Until this hour"),
    },
    "access_token": {"name": N_("What it is called"), "token_hash": N_("Token"), "revoked_at": N_("Revoked at")},
    "tablet": {
        "name": N_("What it is called"), "device": N_("Device"), "assigned_at": N_("Assigned at"),
        "withdrawn_at": N_("Withdrawn at"), "revoked_at": N_("Revoked at"), "written_off_at": N_("Written off at"),
        "written_off_by": N_("Written off by"), "written_off_why": N_("Written off because"),
    },
}  # fmt: skip
VALUES: dict[tuple[str, str], dict[str, str]] = {
    ("market_day", "venue"): VENUES,
    ("campaign_target", "venue"): VENUES,
    ("series", "source"): SOURCES | {"copy": N_("Copies of chosen days")},
    ("booth", "kind"): KINDS,
    ("booth", "topics"): TALLY_TOPICS,
    ("bulk_change", "act"): ACT_WORDS,
    ("vacancy", "trade"): TRADES,
    ("vacancy", "pay_unit"): PAY_UNITS,
    ("vacancy", "work_kind"): VACANCY_KINDS,
    **{("vacancy", field): codes for field, codes in (*CODES.items(), ("suits", LISTS["suits"]))},
    ("employer", "kind"): EMPLOYER_KINDS,
    ("employer", "papers"): PAPERS,
    ("partner", "origin"): ORIGINS,
    ("market_rule", "calendar"): CALENDARS,
    ("organiser", "role"): ROLES,
    ("invitation", "role"): ROLES,
    ("checklist_item", "code"): CHECKLIST,
    ("device", "state"): STATE_WORDS,
    ("vacancy_proposal", "state"): PROPOSAL_STATES,
    ("vacancy_proposal", "kind"): {"edited": N_("Changed"), "confirmed": N_("Still holds")},
    ("market_day", "event_type"): EVENT_TYPES,
    ("market_day", "event_class"): EVENT_CLASSES,
    ("market_day", "level"): LEVELS,
    ("division", "level"): {"county": N_("County"), "township": N_("Township")},
}  # fmt: skip
