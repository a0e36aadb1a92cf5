"""The quarantine's words: what is wrong with a fact, what to do about it, and what a person decided."""

from flask_babel import gettext as _

from models.market.market_day import MarketDay
from models.quarantine.entry import Entry
from models.vocabulary import reason
from models.vocabulary.code_list import EXITS, FACTS, N_, STAGES, TALLY_TOPICS
from routes.office.corrected_time import is_plausible
from routes.office.correction_controls import LABELS, OPTIONS
from routes.web.forms import yuan

STATES = {
    "waiting": N_("Out of reach"), "attention": N_("Needs attention"), "refused": N_("Refused"),
    "settled": N_("Settled"),
}  # fmt: skip
BADGES = {
    "waiting": "attention", "attention": "attention", "refused": "refused", "settled": "confirmed",
    "applied": "confirmed",
}  # fmt: skip

STAGES_AND_EXITS = STAGES | EXITS

# An operator reads what to tell the organiser; this is what the organiser reads.
SENTENCES = {
    "malformed": N_("Part of this entry could not be read, so it is not counted."),
    "under_16": N_("The person is under 16, and nobody under 16 may be introduced to work. It is not counted."),
    "not_permitted": N_("This booth may not record that. It is not counted."),
}
ADVICE = {
    "malformed": N_("Ask at the booth what it should say, and correct it; or set it aside."),
    "under_16": N_("If the birth year was mistyped, correct it. Else set the entry aside."),
    "pass_unknown": N_("Compare it with the pass. If it was mistyped, correct it; if the person was there, accept it."),
    "pass_forged": N_("Somebody showed a code that we never made. Ask who it was; correct the pass, or set it aside."),
    "pass_copied": N_("One pass was at two booths at once. Ask at both booths; set aside what was not so."),
    "pass_expired": N_("If the person was there, accept it."),
    "pass_other_day": N_("If the person was there, accept it."),
    "pass_bound_twice": N_("Both people count as one person now. Set aside the wrong one, and they are two again."),
    "pass_taken": N_("Find out whose pass it is. If it was given to this person, accept it; else set it aside."),
    "pass_out_of_reach": N_("If the person was there with it, accept it; else set it aside."),
    "candidate_other_booth": N_("If the person was at that booth, accept it; else set it aside."),
    "check_in_other_booth": N_("If the booth did it for its neighbour, accept it; else set it aside."),
    "other_county": N_("It may have no effect on another county: correct it, or set it aside."),
    "id_taken": N_("Compare both entries. One that was made by mistake or by somebody else is set aside."),
    "tally_unusual": N_("Ask at the booth whether so many came. If so, accept it; else correct it."),
    "candidate_unknown": N_("Perhaps their registration is not sent yet: wait for all tablets. Else accept it."),
    "check_in_unknown": N_("Perhaps the check-in is not sent yet: wait for all tablets. Else choose the right one."),
    "vacancy_unknown": N_("Choose the right vacancy, or set it aside."),
    "vacancy_other_day": N_("Choose the right vacancy, or set it aside."),
    "vacancy_other_booth": N_("If the booth did it for its neighbour, accept it; else choose the right vacancy."),
    "vacancy_closed": N_("If the employer agreed all the same, accept it; else set it aside."),
    "vacancy_ended": N_("Ask the employer for which day the person was meant; if for another, accept it."),
    "vacancy_full": N_("Ask the employer whether one more was taken. If so, accept it; else set it aside."),
    "contact_unreadable": N_("Ask for the phone number again and write it in, or accept the entry without it."),
    "parallel_edit": N_("Both are kept, and the later one counts. Ask which is right, and set the wrong one aside."),
    "clock_wrong": N_("The time is wrong, the rest may be right. Correct the time; or accept it with this time."),
    "unknown_kind": N_("A newer tablet recorded it. Accept it, or wait until the server is newer."),
    "unknown_field": N_("A newer tablet recorded more than the server knows. Accept it."),
}  # fmt: skip


def sentence(why: str) -> str:
    """Return what is wrong with a fact, as an organiser should read it."""
    code, _colon, name = why.partition(": ")
    said = _(SENTENCES.get(code) or reason.sentence(code)) if why else ""
    if not name:
        return said
    return said + " " + _("Field: %(name)s.", name=label(name))


def kind(entry: Entry) -> str:
    """Return what sort of fact it is."""
    if entry.kind in FACTS:
        return _(FACTS[entry.kind])
    return _("Of a newer tablet: %(kind)s", kind=entry.kind) if entry.kind else _("Cannot be read")


def detail(entry: Entry) -> str:
    """Return what it says in particular: the vacancy, the stage, what was counted."""
    topic, count = entry.data.get("topic"), entry.data.get("count")
    parts = [
        entry.title,
        _(STAGES_AND_EXITS[entry.stage]) if entry.stage in STAGES_AND_EXITS else "",
        _(TALLY_TOPICS[topic]) if isinstance(topic, str) and topic in TALLY_TOPICS else "",
        str(count) if isinstance(count, int) else "",
    ]
    return " · ".join(part for part in parts if part)


def is_off(entry: Entry, day: MarketDay) -> bool:
    """Say whether a fact's own time is not on its market day, or after it arrived: then both times are shown."""
    if entry.at is None:
        return True
    return entry.at.astimezone(day.county.zone()).date() != day.date or not is_plausible(entry.at, entry)


def label(name: str) -> str:
    """Return a field's name as people read it."""
    return _(LABELS[name]) if name in LABELS else name


def value(name: str, said: object) -> str:
    """Return a candidate's field as people read it: codes by their words, amounts in yuan."""
    if said is None or said == []:
        return ""
    if isinstance(said, list):
        return "、".join(value(name, one) for one in said)
    if name == "wanted_pay_min_fen" and isinstance(said, int):
        return yuan(said)
    words = OPTIONS.get(name, {})
    return _(words[said]) if isinstance(said, str) and said in words else str(said)


def illegible(entry: Entry) -> str:
    """Return what stands in the field that could not be read."""
    code, _colon, name = entry.why.partition(": ")
    value = entry.data.get(name) if code == "malformed" and entry.state != "settled" else None
    return "" if value is None else str(value)[:200]


def advice(why: str) -> str:
    """Return what to do about it, or nothing."""
    text = ADVICE.get(why.partition(":")[0])
    return _(text) if text else ""
