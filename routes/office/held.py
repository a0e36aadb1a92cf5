"""Held: all that the county holds on one person, as a print for them (PIPL 44-46)."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response
from flask_babel import gettext as _

from models.base.clock import utcnow
from models.forgetting.held import Held, Surveyed
from models.vocabulary.code_list import EVIDENCE, EXITS, GROUPS, PLACES, STAGES
from models.vocabulary.complaint import OUTCOMES as RESULTS_OF_COMPLAINTS
from models.vocabulary.follow_up import CHANNELS, HELP, OUTCOMES, RESULTS
from models.vocabulary.programme import PROGRAMMES, SIGN_UP_OUTCOMES
from models.vocabulary.survey import CHANNELS as SURVEY_CHANNELS
from models.vocabulary.survey import INTENTIONS
from models.vocabulary.survey import RESULTS as SURVEY_RESULTS
from models.vocabulary.trade import TRADES
from routes.kiosk.words import PHONE_OWNERS
from routes.office import history_words
from routes.office.mailings import OF_MESSAGES
from routes.office.people import WORDS, find_person
from routes.office.person_after import referral_words
from routes.web.access import note_reading, writes
from routes.web.pages import render_page
from routes.web.survey_fields import said_month

bp = Blueprint("held", __name__, url_prefix="/organiser/people/<person>/held")


@bp.get("")
@writes
def show(person: str) -> Response:
    """Show all that is held on a person, phones included, as it is printed for them. That it was read is noted."""
    found = find_person(person)
    note_reading("held", 1, found)
    held = Held.of(found)
    context: dict[str, Any] = {"held": held, "further": _further(held), "printed_at": utcnow(), **WORDS}
    context |= {
        "words": history_words, "owners": PHONE_OWNERS, "stages": STAGES | EXITS, "of_messages": OF_MESSAGES,
    }  # fmt: skip
    answer = render_page("office/held/show.html", **context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _further(held: Held) -> list[tuple[datetime, str, str]]:
    """Return what else is written down, the first first: when, what it is, and in which words."""
    found = [
        (at, _("Key groups"), _joined(_word(GROUPS, code), _word(EVIDENCE, level), what))
        for code, level, at, what in held.groups
    ]
    found += [(one.at, _("Sent on to a desk"), referral_words(one)) for one in held.referrals]
    found += [
        (one.at, _("Asked after the day"), _joined(
            _word(CHANNELS, one.channel), _word(RESULTS, one.result), _word(OUTCOMES, one.outcome),
            _word(PLACES, one.place), one.work_at, one.note,
        )) for one in held.attempts
    ]  # fmt: skip
    found += [
        (one.at, _("Signed up"), _joined(_word(PROGRAMMES, one.kind), one.title, _word(SIGN_UP_OUTCOMES, one.outcome)))
        for one in held.sign_ups
    ]
    found += [(one.at, _("Help given"), _joined(_word(HELP, one.what), one.vacancy)) for one in held.help]
    zone = held.person.county.zone()
    found += [
        (datetime.combine(one.received_on, time(), zone), _("Complaint %(number)s", number=one.number),
         _joined(one.name, one.phone, one.text, _word(RESULTS_OF_COMPLAINTS, one.outcome)))
        for one in held.complaints
    ]  # fmt: skip
    for one in held.surveyed:
        found += _of_survey(one, zone)
    return sorted(found)


def _of_survey(one: Surveyed, zone: ZoneInfo) -> list[tuple[datetime, str, str]]:
    """Return what a survey holds: the line of its list, every answer, every attempt."""
    name, line = _("Survey: %(name)s", name=one.survey.name), one.person
    agreed = _("agreed to be contacted") if line.may_contact else ""
    listed = _joined(line.name, line.bureau_id, line.village, line.phone or "", _word(GROUPS, line.group), agreed)
    return [
        (datetime.combine(one.survey.begins_on, time(), zone), name, listed),
        *((given.at, name, _joined(
            _word(INTENTIONS, given.answer.intention), _word(TRADES, given.answer.trade),
            _word(PLACES, given.answer.place), said_month(given.answer.month), _word(SURVEY_CHANNELS, given.channel),
        )) for given in one.answers),
        *((tried.at, name, _joined(
            _word(SURVEY_CHANNELS, tried.channel), _word(SURVEY_RESULTS, tried.result), tried.next_on, tried.note,
        )) for tried in one.attempts),
    ]  # fmt: skip


def _word(words: dict[str, str], code: str) -> str:
    return _(words[code]) if code in words else code


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)
