"""Reasons: why a fact was refused, waits or needs attention, in a sentence an operator can act on, by precedence.

A fact has any number of reasons (models/log/remark.py). The first of them in this module's one order is shown, and
decides whether the fact is refused, waits, needs attention or is applied.
"""

from collections.abc import Iterable

from models.vocabulary.code_list import N_, SETTLED

# Not applied; kept in quarantine until a person settles it.
REFUSED = {
    "malformed": N_("This entry could not be read. It is kept on the tablet; tell the organiser."),
    "under_16": N_("Under 16, nobody may be introduced to work. Schools and training can help."),
    "not_permitted": N_("This booth may not record that. It is kept; please tell the organiser."),
    "set_aside": N_("The organiser set this aside. It is kept and not counted."),
}

# Out of reach: kept, without any effect until a person accepts it or another fact brings it into reach.
WAITING = {
    "id_taken": N_("Another tablet used the number of this entry. It is kept and waits for the organiser."),
    "other_county": N_("This is about somebody or something of another county. It is kept, and has no effect there."),
    "vacancy_unknown": N_("No vacancy has this number. It is kept and waits for the organiser; please check it."),
    "vacancy_other_day": N_("This vacancy belongs to another market day. It is kept and waits for the organiser."),
    "vacancy_other_booth": N_("This vacancy belongs to another booth. It is kept and waits for the organiser."),
    "pass_out_of_reach": N_("This pass is none of this market day. It is kept and waits for the organiser."),
    "pass_taken": N_("This pass belongs to somebody else. It waits for the organiser; please give another."),
    "pass_not_theirs": N_("This pass is not this person's. It is kept and waits for the organiser."),
    "candidate_unknown": N_("Nobody is registered under this entry yet. It is kept and waits."),
    "candidate_other_booth": N_("This person was not at this booth today. It is kept and waits for the organiser."),
    "check_in_unknown": N_("The check-in this belongs to has not arrived yet. It is kept and waits."),
    "check_in_other_booth": N_("This check-in belongs to another booth. It is kept and waits for the organiser."),
    "visit_unknown": N_("The visit this takes back has not arrived yet. It is kept and waits."),
    "visit_other_booth": N_("This visit belongs to another booth. It is kept and waits for the organiser."),
    "survey_unknown": N_("No survey has this person. It is kept and waits for the organiser."),
    "survey_other_booth": N_("This person is not on this tablet's list. It is kept and waits for the organiser."),
    "survey_over": N_("The survey was not open on that day. It is kept and waits for the organiser."),
    "survey_round": N_("This tablet is out with a survey, and this belongs to a market. It is kept and waits."),
    "programme_unknown": N_("Nobody here offers what this sign-up is for. It is kept and waits for the organiser."),
    "programme_other_day": N_("This sign-up is for another market day. It is kept and waits for the organiser."),
    "tally_unusual": N_("So large a count, or its topic, is unusual. It is kept and waits for the organiser."),
}

# Kept and counted; a person looks at it later. What a fact shows by itself stands before what other facts show.
ATTENTION = {
    "unknown_kind": N_("This tablet is newer than the server. The entry is kept as it is."),
    "unknown_field": N_("Part of this entry is new to the server. It is kept as it is."),
    "clock_wrong": N_("The tablet's clock was wrong. It is recorded; please set the clock."),
    "contact_unreadable": N_("The phone number of this entry cannot be read. It is recorded; please ask for it again."),
    "pass_forged": N_("This pass was not made by us. It is recorded; please ask for the name."),
    "pass_key_revoked": N_("This pass was made with a key that is no longer used; its holder did nothing wrong. "
                           "It is recorded; please make a new one."),
    "pass_expired": N_("This pass has expired. It is recorded; please make a new one."),
    "pass_other_day": N_("This pass belongs to another market day. It is recorded."),
    "pass_unknown": N_("This pass number was never given out. It is recorded; please check it."),
    "pass_copied": N_("This pass was shown at two booths at the same time. It is recorded; please ask for the name."),
    "parallel_edit": N_("Two people changed this at the same time. Please look which is right."),
    "pass_void": N_("This pass was lost and is void. What is recorded with it is marked; please ask for the name."),
    "registration_tied": N_("The registration was taken back, and the person is still tied to a vacancy. Please look."),
    "pass_bound_twice": N_("Two people were given this pass. Please find out whose it is."),
    "hired_twice": N_("This person was hired at another vacancy before. It is recorded; please ask which one holds."),
    "withdrawn_after_hire": N_("The candidate withdrew after being hired. The hire stays counted; tell the employer."),
    "vacancy_closed": N_("This vacancy was already closed. It is recorded."),
    "vacancy_ended": N_("This was work for one day, and that day is over. It is recorded."),
    "vacancy_full": N_("All places of this vacancy were already taken. It is recorded."),
}

# One order for everybody. A settled fact is shown as settled whatever attention it needed, unless it is refused.
PRECEDENCE = (*REFUSED, *(act for act in SETTLED if act not in REFUSED), *WAITING, *ATTENTION)
SENTENCES = REFUSED | WAITING | ATTENTION


def shown(reasons: Iterable[str]) -> str | None:
    """Return the reason that stands before the others, None where there is none."""
    return min(reasons, key=_rank, default=None)


def outcome_of(reason: str | None) -> str:
    """Return what the shown reason makes of a fact: ``refused``, ``waiting``, ``attention`` or ``applied``."""
    code = _code(reason or "")
    if code in REFUSED:
        return "refused"
    if code in WAITING:
        return "waiting"
    return "applied" if reason is None or code in SETTLED else "attention"


def _code(reason: str) -> str:
    """Return a reason without the field that ``malformed: <field>`` names."""
    return reason.partition(":")[0]


def _rank(reason: str) -> tuple[int, str]:
    """Reasons that are not listed come last, in their own order."""
    code = _code(reason)
    return PRECEDENCE.index(code) if code in PRECEDENCE else len(PRECEDENCE), reason


def sentence(reason: str) -> str:
    """Return the English sentence of ``reason``; ``malformed: <field>`` is read as malformed.

    A reason from a newer release has no sentence yet and is shown as it came.
    """
    code = _code(reason)
    return SENTENCES.get(code) or reason
