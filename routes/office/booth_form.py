"""The booth's form: its number, whose it is, and what is counted there."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.figures.overview import employers_of
from models.market.booth import Booth, stands_of
from models.market.employer import Employer
from models.market.market_day import MarketDay
from models.vocabulary.code_list import EMPLOYER_KINDS, N_, TALLY_TOPICS
from routes.office.checked_form import sentence
from routes.office.employer_form import lacks_papers, read_credit_code, stops_in
from routes.web.editing import EditedForm

NEW_KINDS = {kind: words for kind, words in EMPLOYER_KINDS.items() if kind != "agency"}  # which needs its licence
KINDS = {"employer": N_("An employer's stand"), "desk": N_("A service desk")}
LARGEST_NUMBER = 999
LONGEST_NAME = 40  # characters, as they fit on a plate and a poster


class BoothForm(EditedForm):
    """What is typed about a booth of a market day."""

    labels = {
        "number": N_("No."), "kind": N_("Kind"), "employer": N_("Employer"),
        "new_employer": N_("Or a new employer's name"), "new_kind": N_("Kind of employer"),
        "new_code": N_("Unified social credit code"), "name": N_("Name on the booth"), "reason": N_("Reason"),
    }  # fmt: skip
    chosen = frozenset({"kind", "employer", "topics", "new_kind"})

    def __init__(
        self, day: MarketDay, typed: MultiDict | None = None, booth: Booth | None = None
    ) -> None:
        super().__init__(typed, _start(day, booth), is_stored=booth is not None)
        self.day = day
        self.booth = booth
        self.employers = {str(employer.id): employer for employer in self._employers()}

    def _employers(self) -> list[Employer]:
        """Return the employers that can be chosen: none that is archived, but the one that stands here already."""
        here = self.booth.employer_id if self.booth else None
        return [one for one in employers_of(self.day.county) if not one.archived_at or one.id == here]

    def employers_to_choose(self) -> list[tuple[str, str]]:
        """Return the employers as a select shows them."""
        return [("", _("Please choose")), *((key, employer.name) for key, employer in self.employers.items())]

    def read(self) -> dict[str, Any]:
        """Return the booth's fields; look at ``ok`` before keeping them.

        ``employer`` is an Employer, unsaved when it is new by name, or None for a desk.
        """
        kind = self.choice("kind", KINDS)
        fields: dict[str, Any] = {
            "number": self.whole("number", 1, LARGEST_NUMBER),
            "kind": kind,
            "employer": self._employer() if kind == "employer" else None,
            "expects_tablet": "yes" in self.values("expects_tablet"),
            "topics": self.choices("topics", TALLY_TOPICS, required=False),
        }
        fields["name"] = self._name(kind, fields["employer"])
        self._look_at_number(fields["number"])
        return fields

    def _employer(self) -> Employer | None:
        """Return the employer of that name, a new one if it is new; without a name the one chosen from the list."""
        name = self.text("new_employer", limit=80, required=False)
        if name is None:
            return None
        if name:
            known = Employer.with_same(self.day.county, "name", name)
            return self._admitted("new_employer", known) if known else self._new_employer(name)
        key = self.choice("employer", self.employers, required=False)
        if key is None:
            self.refuse("employer", _("Please choose the employer, or write a new one's name."))
            return None
        return self._admitted("employer", self.employers[key])

    def _new_employer(self, name: str) -> Employer:
        """Return a new employer, who needs the same papers here as under Employers."""
        self._look_at_words("new_employer", name)
        kind = self.choice("new_kind", NEW_KINDS) or "enterprise"
        code = read_credit_code(self, "new_code", kind)
        if code and (twin := Employer.with_same(self.day.county, "credit_code", code)):
            self.refuse("new_code", _("%(name)s has this already.", name=twin.name))
        return Employer(county=self.day.county_id, name=name, kind=kind, credit_code=code or "")

    def _admitted(self, field: str, employer: Employer) -> Employer:
        """Return an employer that may have this booth; one that has it already keeps it."""
        if self.booth and self.booth.employer_id == employer.id:
            return employer
        if employer.archived_at:
            self.refuse(field, _("%(name)s is archived: offer it again under Employers first.", name=employer.name))
        elif lacks_papers(employer):
            said = _("The papers of %(name)s are missing: complete them under Employers first.", name=employer.name)
            self.refuse(field, said)
        return employer

    def _name(self, kind: str | None, employer: Employer | None) -> str | None:
        """Return the name on the booth; a stand that leaves it empty gets its employer's, unless that is too long."""
        name = self.text("name", limit=LONGEST_NAME, required=kind == "desk")
        if name and not (employer and name == employer.name):
            self._look_at_words("name", name)
        if name or employer is None or name is None:
            return name or None
        if len(employer.name) > LONGEST_NAME:
            said = _("The employer's name has %(typed)s characters, too many for the booth: write a shorter one here.",
                     typed=len(employer.name))  # fmt: skip
            self.refuse("name", said)
        return employer.name

    def _look_at_words(self, field: str, name: str) -> None:
        """Refuse a name on a plate that a rule stops. An employer's own name is answered for under Employers."""
        if stopped := stops_in(name, field):
            self.refuse(field, " ".join(sentence(find) for find in stopped))

    def _look_at_number(self, number: int | None) -> None:
        if number and Booth.is_numbered(self.day, number, self.booth):
            self.refuse("number", _("Another booth has this number."))


def _start(day: MarketDay, booth: Booth | None) -> dict[str, Any]:
    if booth is None:
        number = max((stand.number for stand in stands_of(day)), default=0) + 1
        return {"number": number, "kind": "employer", "topics": ["leaflet", "policy"], "expects_tablet": "yes",
                "new_kind": "enterprise"}  # fmt: skip
    return {
        "number": booth.number,
        "name": booth.name,
        "kind": booth.kind,
        "employer": booth.employer_id,
        "topics": booth.topics,
        "expects_tablet": "yes" if booth.expects_tablet else "",
        "new_kind": "enterprise",
    }
