"""Rights: which pages each role sees, and what it may change. Rows are found by routes/web/access.py.

A town clerk sees the pages of market days, and of the county those alone that are named here: a new one is not open
to clerks by mistake. The city sees none of them; it has pages of its own, which nobody else sees.
"""

from models.market.organiser import CITY, CLERK, ORGANISER, READER, REVIEWER

# Of a whole county, besides the pages of their own market days.
CLERKS_SEE = frozenset({
    "market_days.office", "market_days.index", "market_days.new", "market_days.create", "market_days.dates",
    "summaries.index", "placements.index", "employers.index", "market_rules.index", "market_rules.show",
    "calendar.index", "calendar.show", "calendar.create", "season_posters.index", "office_search.index",
    "paper_batches.index", "paper_batches.create", "paper_batches.show", "paper_batches.fetch", "paper_batches.cancel",
    "paper_batches.destroy",
})  # fmt: skip
CLERKS_CHANGE = frozenset({"market_days", "calendar", "paper_batches"})
REVIEWERS_CHANGE = frozenset({
    "employers", "vacancies", "closures", "employer_vacancies", "employer_vacancy_states",
    "employer_links", "vacancy_proposals", "bulk_changes",
})  # fmt: skip

OF_THE_CITY = frozenset({"city_totals", "city_campaigns", "city_targets"})  # blueprints
# Of people by name, and of what went wrong with their data: of who works with them, and of nobody who only reads
# figures or checks vacancies.
OF_PEOPLE = frozenset({
    "assistances", "call_lists", "certificates", "complaints", "contact_attempts", "day_people", "deletions",
    "follow_ups", "held", "helpers", "import_columns", "import_states", "imports", "incidents", "ledger",
    "mailing_states", "mailings", "notices", "opt_outs", "people",
    "programmes", "person_messages", "rosters", "survey_answers", "survey_people", "survey_rounds", "surveys",
    "person_corrections", "person_groups", "person_letters", "person_passes", "person_phones",
    "person_recommendations", "same_people",
})  # fmt: skip
# They reach beyond a clerk's towns.
NOT_FOR_CLERKS = frozenset({
    "call_lists", "certificates", "complaints", "deletions", "held", "import_columns", "import_states", "imports",
    "incidents", "ledger",
    "mailing_states", "mailings", "opt_outs", "programmes", "rosters", "same_people",
    "survey_answers", "survey_people",
    "survey_rounds", "surveys",
})  # fmt: skip

CITY_CHANGES = frozenset({"city_campaigns", "city_targets"})


def sees(role: str, endpoint: str, of_a_day: bool) -> bool:
    """Say whether a role has anything to see at an office page; ``of_a_day``: its address names a market day."""
    if endpoint.partition(".")[0] in OF_THE_CITY:
        return role == CITY
    if endpoint.partition(".")[0] in OF_PEOPLE:
        return role == ORGANISER or (role == CLERK and endpoint.partition(".")[0] not in NOT_FOR_CLERKS)
    if role == CLERK:
        return of_a_day or endpoint in CLERKS_SEE
    return role in (ORGANISER, REVIEWER, READER)


def changes(role: str, resource: str, of_a_day: bool) -> bool:
    """Say whether a role may change a resource (a blueprint's name) where it sees it."""
    if role == CITY or resource in OF_THE_CITY:
        return role == CITY and resource in CITY_CHANGES
    if role == CLERK:
        return of_a_day or resource in CLERKS_CHANGE | OF_PEOPLE - NOT_FOR_CLERKS
    return role == ORGANISER or (role == REVIEWER and resource in REVIEWERS_CHANGE)


def exempts(role: str) -> bool:
    """Say whether a role may let stand what a check stops in a vacancy."""
    return role in (ORGANISER, REVIEWER)


def opens_phones(role: str) -> bool:
    """Say whether a role may open the phone number of a person whom it sees, for a purpose that is written down."""
    return role in (ORGANISER, CLERK)


def is_of_the_city(role: str) -> bool:
    """Say whether a role reads the totals of all counties, and nothing else."""
    return role == CITY
