"""The worklists after market days: their columns, what is chosen in them, and who can be given people to ask."""

from collections.abc import Iterable
from functools import partial

from flask import request, url_for

from models.follow_up.helped import Helped
from models.follow_up.round import DONE, DUE, LATER
from models.follow_up.worklist import Task
from models.market.organiser import CLERK, ORGANISER, Organiser
from models.vocabulary.code_list import N_
from models.vocabulary.follow_up import OUTCOMES, ROUNDS
from routes.web.listing import Column, Facet, Listing

STATES = {DUE: N_("To be asked"), LATER: N_("Later"), DONE: N_("Done")}
ROUND_WORDS = {7: N_("after 7 days"), 30: N_("after 30 days"), 90: N_("after 90 days")}
STAGES = {"agreed": N_("Reached agreement"), "hired": N_("Hired on site"), "interested": N_("All with a check-in")}
NOBODY = "-"  # in the place of a helper or a village: there is none
COLUMNS = (
    Column("name", N_("Name"), lambda task: task.name),
    Column("village", N_("Home town and village"), lambda task: task.village),
    Column("day", N_("Market day"), lambda task: task.date),
    Column("vacancy", N_("Vacancy"), lambda task: task.vacancy),
    Column("round", N_("Round"), lambda task: task.round.days),
    Column("on", N_("To be asked on"), lambda task: task.round.on),
    Column("helper", N_("Worker"), lambda task: task.helper),
    Column("last", N_("Said last"), lambda task: task.outcome or task.last),
)
OF_HELP = (
    Column("name", N_("Name"), lambda one: one.name),
    Column("village", N_("Home town and village"), lambda one: one.village),
    Column("town", N_("Registered in"), lambda one: one.town),
    Column("helper", N_("Worker"), lambda one: one.helper),
    Column("guidance", N_("Guidance"), lambda one: one.guidance, "number"),
    Column("offers", N_("Posts offered"), lambda one: len(one.offers), "number"),
    Column("lacks", N_("Reminder"), lambda one: sum(one.lacks.values())),
)


def work_list(tasks: list[Task], stage: str) -> Listing:
    """List whom to ask; what is due comes first. The filter knows names, villages, towns, vacancies and employers."""
    order = {state: place for place, state in enumerate(STATES)}
    tasks.sort(key=lambda task: (order[task.round.state], task.round.on, task.town, task.village, task.candidate))
    rounds = {str(days): ROUND_WORDS[days] for days in ROUNDS}
    facets = (
        Facet("state", N_("State"), lambda task: task.round.state, STATES),
        Facet("round", N_("Round"), lambda task: str(task.round.days), rounds),
        Facet("helper", N_("Worker"), lambda task: task.helper or NOBODY, _options(task.helper for task in tasks)),
        Facet("village", N_("Village"), lambda task: task.village or NOBODY, _options(task.village for task in tasks)),
        Facet("town", N_("Town"), lambda task: task.town, _options(task.town for task in tasks)),
        Facet("outcome", N_("Said last"), lambda task: task.outcome or NOBODY, OUTCOMES),
    )
    return Listing(
        "tasks", COLUMNS, tasks, request.args, partial(url_for, "follow_ups.index", stage=stage),
        lambda task: " ".join((task.name, task.village, task.town, task.vacancy, task.employer)), facets,
        names_people=True,
    )  # fmt: skip


def help_list(people: list[Helped]) -> Listing:
    """List the people in difficulty. The filter knows names, villages and towns."""
    met = {"yes": N_("Least help not given yet"), "no": N_("Least help given")}
    facets = (
        Facet("lacks", N_("Reminder"), lambda one: "yes" if one.lacks else "no", met),
        Facet("helper", N_("Worker"), lambda one: one.helper or NOBODY, _options(one.helper for one in people)),
    )
    return Listing(
        "helped", OF_HELP, people, request.args, partial(url_for, "assistances.index"),
        lambda one: " ".join((one.name, one.village, one.town)), facets, names_people=True,
    )  # fmt: skip


def _options(values: Iterable[str]) -> dict[str, str]:
    """Return what a facet of free words offers: each word once, and that there is none."""
    return {value: value for value in sorted(set(filter(None, values)))} | {NOBODY: N_("none")}


def workers(accounts: list[Organiser]) -> list[Organiser]:
    """Return the accounts that can be given people to ask: those who may see them, and sign in."""
    return [one for one in accounts if one.role in (ORGANISER, CLERK) and one.switched_off_at is None]
