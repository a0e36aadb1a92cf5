"""What a person's page shows of the time after market days."""

from typing import Any

from flask_babel import gettext as _

from models.desk.person import Person
from models.desk.record import Referred, referrals_of
from models.follow_up.of_person import attempts_of, help_of, helped
from models.market.account import accounts_of
from models.vocabulary.code_list import REFERRAL_OUTCOMES, REFERRAL_TOPICS
from models.vocabulary.follow_up import CHANNELS, HELP, IN_DIFFICULTY, OUTCOMES, RESULTS
from routes.office.follow_up_lists import workers


def after_the_day(person: Person) -> dict[str, Any]:
    """Return what templates/office/follow_ups/_contacts.html and people/_days.html expect."""
    groups = {code for one in person.registrations for code in one.groups}
    return {
        "attempts": attempts_of(person), "help": help_of(person), "accounts": workers(accounts_of(person.county)),
        "helped": helped(person) if person.registrations else None, "channels": CHANNELS, "results": RESULTS,
        "referrals": [(one, referral_words(one)) for one in referrals_of(person)], "outcomes": OUTCOMES,
        "helps": HELP, "difficulty": not groups.isdisjoint(IN_DIFFICULTY),
    }  # fmt: skip


def referral_words(one: Referred) -> str:
    """Return in words where somebody was sent on to, and what became of it."""
    topic = _(REFERRAL_TOPICS[one.topic]) if one.topic in REFERRAL_TOPICS else one.topic
    step = _(REFERRAL_OUTCOMES[one.step]) if one.step in REFERRAL_OUTCOMES else ""
    return " · ".join(word for word in (topic, one.about, step) if word)
