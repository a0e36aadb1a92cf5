"""What a person's page shows of the time after market days."""

from typing import Any

from models.desk.person import Person
from models.follow_up.of_person import attempts_of, help_of, helped
from models.market.account import accounts_of
from models.vocabulary.follow_up import CHANNELS, HELP, IN_DIFFICULTY, OUTCOMES, RESULTS
from routes.office.follow_up_lists import workers


def after_the_day(person: Person) -> dict[str, Any]:
    """Return what templates/office/follow_ups/_contacts.html expects."""
    groups = {code for one in person.registrations for code in one.groups}
    return {
        "attempts": attempts_of(person), "help": help_of(person), "accounts": workers(accounts_of(person.county)),
        "helped": helped(person) if person.registrations else None, "channels": CHANNELS, "results": RESULTS,
        "outcomes": OUTCOMES, "helps": HELP, "difficulty": not groups.isdisjoint(IN_DIFFICULTY),
    }  # fmt: skip
