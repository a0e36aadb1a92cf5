"""The form that corrects a fact: what it should have said, as far as the people at the booth remember."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import phone_of, plain_of
from models.log.kind import MOST, can_hold, is_uuid, pass_in
from models.people.candidate_pass import known_passes
from models.quarantine.case import Case
from models.quarantine.entry import Entry
from models.vocabulary import reason
from models.vocabulary.code_list import N_
from routes.office import corrected_time
from routes.office.correction_controls import Control, controls
from routes.web.forms import yuan
from routes.web.labelled_form import LabelledForm

LIMITS = {"name": 100, "phone": 32, "home_division": 64, "reason": 200, "candidate": 36, "month": 7}


class CorrectionForm(LabelledForm):
    """What is typed to correct a fact. ``controls`` are those of its kind."""

    def __init__(self, case: Case, entry: Entry, typed: MultiDict | None = None) -> None:
        self.zone = case.log.market_day.county.zone()
        start = _start(entry) | {corrected_time.NAME: corrected_time.start(entry, self.zone)}
        super().__init__(typed, start if typed is None else None)
        self.case = case
        self.entry = entry
        self.controls = [control.knowing(start.get(control.name)) for control in controls(case, entry)]
        self.fields = {control.name for control in self.controls}
        self.labels = {control.name: control.label for control in self.controls} | {
            corrected_time.NAME: N_("When it happened")
        }

    def happened(self) -> datetime | None:
        """Return the corrected time, None where what was recorded counts; look at ``ok`` before keeping it."""
        return corrected_time.read(self, self.entry, self.zone)

    def read(self) -> dict[str, Any]:
        """Return the corrected data; look at ``ok`` before keeping it. What has no control stays if it can be read."""
        kind = self.case.kind
        data = {
            name: value
            for name, value in self.entry.data.items()
            if name not in self.fields and (kind is None or can_hold(kind, name, value))
        }
        for control in self.controls:
            value = self._read(control)
            if value is not None and value is not False and value not in ("", []):
                data[control.name] = value
        if data.get("pass") and data.get("candidate") and self._names_another():
            del data["candidate"]
        if data.get("phone"):
            data.pop("contact", None)  # sealed on the tablet; what is typed here replaces it
        return data

    def refuse_for(self, why: str) -> None:
        """Say beside its field why the corrected data cannot be taken; ``malformed: name`` names the field."""
        code, _colon, name = why.partition(": ")
        field = name or ("birth_year" if "birth_year" in self.fields else next(iter(self.labels)))
        self.refuse(field, _("This cannot be read.") if code == "malformed" else _(reason.sentence(why)))

    def _read(self, control: Control) -> object:
        name, required = control.name, control.required
        if control.type == "tick":
            return self.value(name) == "yes"
        if control.type in ("checkboxes", "trades"):
            return self.choices(name, control.options, required=required)
        if control.type == "select":
            return self.choice(name, control.options, required=required)
        if name == "pass":
            return self._pass(required)
        if name == "wanted_pay_min_fen":
            return self.fen(name, required=False)
        if name in ("birth_year", "count", "based_on"):
            low, high = {"birth_year": (1900, self._year()), "count": (-MOST, MOST), "based_on": (0, MOST)}[name]
            return self.whole(name, low, high, required=required)
        if name == "phone":
            return self._phone()
        return self.text(name, limit=LIMITS[name], required=required)

    def _phone(self) -> str | None:
        """Return the number as a candidate's own form would keep it."""
        phone = phone_of(self.value("phone"))
        if phone is None:
            self.refuse("phone", _("Please write the phone number in digits, or leave this empty."))
        return phone

    def _pass(self, required: bool) -> str | None:
        typed = self.code("pass", limit=300, required=required)
        if not typed:
            return None
        recorded = self.entry.data.get("pass")
        if typed == self.entry.pass_number and isinstance(recorded, str) and pass_in(recorded):
            return recorded  # with its signature
        known = pass_in(typed)
        if known is None:
            self.refuse("pass", _("This is no pass number: it has 10 digits, and the last one fits the others."))
        elif known[0] not in known_passes({known[0]}):
            self.refuse("pass", _("This pass number was never given out."))
        return typed

    def _names_another(self) -> bool:
        """Say whether a pass was typed for a fact that names its person by their entry."""
        is_of_person = self.case.fact.kind in ("visit.recorded", "check_in.recorded")
        return is_of_person and plain_of(self.value("pass")) != self.entry.pass_number

    def _year(self) -> int:
        return self.case.log.market_day.date.year


def _start(entry: Entry) -> dict[str, Any]:
    """Return what stands in the form at first: what the fact says, where it can be read at all."""
    start: dict[str, Any] = {name: value for name, value in entry.data.items() if isinstance(value, str | int | list)}
    start |= {name: "yes" if value else "" for name, value in start.items() if isinstance(value, bool)}
    lists = {name: value for name, value in start.items() if isinstance(value, list)}
    start |= {name: [one for one in value if isinstance(one, str)] for name, value in lists.items()}
    if type(start.get("wanted_pay_min_fen")) is int:
        start["wanted_pay_min_fen"] = yuan(start["wanted_pay_min_fen"])
    if is_uuid(start.get("check_in")):
        start["check_in"] = start["check_in"].lower()
    return start | {"pass": entry.pass_number}
