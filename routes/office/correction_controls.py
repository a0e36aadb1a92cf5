"""The controls with which a fact of each kind is corrected; what has none stays as it was recorded."""

from dataclasses import dataclass, field, replace

from flask_babel import gettext as _

from models.log.kind import can_hold, is_uuid
from models.market.offer import offers_of
from models.quarantine.case import Case
from models.quarantine.entry import Entry
from models.quarantine.queue import check_ins_to_choose
from models.vocabulary.code_list import (
    EDUCATION,
    EXITS,
    N_,
    PLACES,
    REFERRAL_OUTCOMES,
    REFERRAL_TOPICS,
    REGISTERED_BY,
    SEXES,
    STAGES,
    TALLY_TOPICS,
    WORK_KINDS,
)
from models.vocabulary.survey import AT_A_DOOR, INTENTIONS
from models.vocabulary.trade import TRADES
from routes.kiosk.words import PHONE_OWNERS


@dataclass
class Control:
    """One control: ``name`` is the field of the fact's data; ``type`` is ``ui.field``'s, or ``trades``, ``tick``.

    ``options`` maps codes to English words, or to words ready to show.
    """

    name: str
    label: str
    type: str = "text"
    required: bool = False
    hint: str = ""
    options: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)

    def knowing(self, recorded: object) -> "Control":
        """Return the control with recorded codes added that are on no list here: a newer tablet may know more."""
        if self.name in ("vacancy", "check_in") or not self.options:
            return self
        codes = recorded if isinstance(recorded, list) else [recorded]
        new = {code: code for code in codes if isinstance(code, str) and code and code not in self.options}
        return replace(self, options=self.options | new)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The options as a page shows them; a list to choose one from begins with nothing."""
        nothing = _("Please choose") if self.required else _("Not said")
        shown = [(code, _(words)) for code, words in self.options.items()]
        return [("", nothing), *shown] if self.type == "select" else shown


NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
PERSON = (
    Control("name", N_("Name"), required=True),
    Control("birth_year", N_("Birth year"), required=True, hint=N_("Four digits, for example 1975"), more=NUMBER),
    Control("phone", N_("Phone"), type="tel"),
    Control("phone_owner", N_("Whose phone?"), "select", options=PHONE_OWNERS),
    Control("sex", N_("Sex"), "select", hint=N_("For statistics only."), options=SEXES),
    Control("home_division", N_("Home town and village")),
    Control("education", N_("Education"), "select", options=EDUCATION),
    Control("trades", N_("What work can they do?"), "trades", options=TRADES),
    Control("wanted_place", N_("Where do they want to work?"), "select", options=PLACES),
    Control("wanted_pay_min_fen", N_("Lowest pay, in yuan"), more=NUMBER),
    Control("work_kinds", N_("Form of work"), "checkboxes", options=WORK_KINDS),
    Control("registered_by", N_("Who says all this?"), "select", options=REGISTERED_BY),
)
STAGE = Control("stage", N_("Stage"), "select", required=True, options=STAGES | EXITS)
PLACE = Control("place", N_("Where will they work?"), "select", options=PLACES)
CORRECTION = Control("correction", N_("The stage may go back, because a mistake is put right"), "tick")
SPOKEN = Control("spoken", N_("The consent was given by word of mouth"), "tick")
REASON = Control("reason", N_("Why"))
TOPIC = Control("topic", N_("What was counted"), "select", required=True, options=TALLY_TOPICS)
WHERE_TO = Control("topic", N_("Where to"), "select", required=True, options=REFERRAL_TOPICS)
OUTCOME = Control("outcome", N_("Outcome"), "select", required=True, options=REFERRAL_OUTCOMES)
COUNT = Control("count", N_("How many"), required=True, hint=N_("A negative number takes back."), more=NUMBER)
BASED_ON = Control("based_on", N_("Version of the entry that was changed"), required=True, more=NUMBER)
ANSWER = [
    Control("intention", N_("Plans"), "select", required=True, options=INTENTIONS),
    Control("trade", N_("Wanted work"), "select", options=TRADES),
    Control("place", N_("Wanted place"), "select", options=PLACES),
    Control("month", N_("From when?"), hint=N_("Year and month, for example 2026-03")),
]
AT_DOOR = Control("result", N_("What came of it"), "select", required=True, options=AT_A_DOOR)
CANDIDATE = Control("candidate", N_("Entry number of the person (36 characters)"), required=True)


OPTIONS = {control.name: control.options for control in (*PERSON, ANSWER[0], AT_DOOR) if control.options}
LABELS = {
    control.name: control.label
    for control in (
        *PERSON, STAGE, PLACE, CORRECTION, SPOKEN, REASON, TOPIC, COUNT, BASED_ON, CANDIDATE, OUTCOME, ANSWER[0],
        AT_DOOR,
    )  # fmt: skip
} | {"pass": N_("Pass number"), "vacancy": N_("Vacancy"), "check_in": N_("Check-in")}


def controls(case: Case, entry: Entry) -> list[Control]:
    """Return the controls for a fact; a child's registration has only its birth year."""
    kind = case.fact.kind
    if case.fact.refusal == "under_16":
        return [control for control in PERSON if control.name == "birth_year"]
    if kind == "candidate.registered":
        return [*PERSON, _pass(entry, required=False)]
    if kind == "candidate.amended":
        is_known = case.kind and can_hold(case.kind, "based_on", case.data.get("based_on"))
        return [*_optional(PERSON), *([] if is_known else [BASED_ON])]
    if kind in ("visit.withdrawn", "candidate.withdrawn", "candidate.restored"):
        return [REASON]
    if kind in ("pass.bound", "pass.voided"):
        return [_pass(entry, required=True), *([] if is_uuid(case.data.get("candidate")) else [CANDIDATE])]
    if kind in ("visit.recorded", "check_in.recorded"):
        who = _pass(entry, required=not is_uuid(entry.data.get("candidate")))
        return [who] if kind == "visit.recorded" else [who, _vacancy(case)]
    if kind == "check_in.progressed":
        return [_check_in(case, entry), STAGE, PLACE, CORRECTION]
    if kind.startswith("sign_up."):
        return [_pass(entry, required=not is_uuid(entry.data.get("candidate")))]
    if kind.startswith("calling."):
        return [_check_in(case, entry)]
    if kind == "check_in.withdrawn":
        return [_check_in(case, entry), REASON]
    if kind == "tally.counted":
        return [TOPIC, COUNT]
    if kind.startswith("referral."):
        who = _pass(entry, required=not is_uuid(entry.data.get("candidate")))
        return [who, *{"referral.made": [WHERE_TO], "referral.progressed": [WHERE_TO, OUTCOME]}.get(kind, [])]
    if kind.startswith("survey."):
        return {"survey.answered": ANSWER, "survey.attempted": [AT_DOOR]}.get(kind, [])
    return [_vacancy(case), *([SPOKEN] if kind.startswith("consent.") else [])]


def _optional(all_of_them: tuple[Control, ...]) -> list[Control]:
    hint = N_("Empty: not changed.")
    return [replace(control, required=False, hint=hint) for control in all_of_them]


def _pass(entry: Entry, required: bool) -> Control:
    hint = _("10 digits, as printed under the code.")
    if not required and entry.names and is_uuid(entry.data.get("candidate")):
        hint += " " + _("Empty: it stays with %(name)s.", name="、".join(entry.names))
    return Control("pass", N_("Pass number"), required=required, hint=hint, more=NUMBER)


def _vacancy(case: Case) -> Control:
    named = {
        offer.vacancy.number: f"{_('Booth %(number)s', number=offer.booth.number)} · {offer.vacancy.title}"
        f" · {offer.vacancy.number}"
        for offer in offers_of(case.log.market_day_id)
    }
    return Control("vacancy", N_("Vacancy"), "select", required=True, options=named)


def _check_in(case: Case, entry: Entry) -> Control:
    zone = case.log.market_day.county.zone()
    named = {
        id: f"{at.astimezone(zone):%H:%M} · {'、'.join(names) or number} · {title}"
        for id, at, names, number, title in check_ins_to_choose(case.log)
    }
    now = entry.data.get("check_in")
    if isinstance(now, str) and is_uuid(now) and now.lower() not in named:
        named = {now.lower(): _("As recorded; it has not arrived here")} | named
    return Control("check_in", N_("Check-in"), "select", required=True, options=named)
