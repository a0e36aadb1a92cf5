"""The booth's form: its number, whose it is, and what is counted there."""

from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.figures.overview import employers_of
from models.market.booth import Booth
from models.market.employer import Employer
from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_, TALLY_TOPICS
from routes.web.editing import EditedForm

KINDS = {"employer": N_("An employer's stand"), "desk": N_("A service desk")}
LARGEST_NUMBER = 999


class BoothForm(EditedForm):
    """What is typed about a booth of a market day."""

    labels = {
        "number": N_("No."), "kind": N_("Kind"), "employer": N_("Employer"),
        "new_employer": N_("Or a new employer's name"), "name": N_("Name on the booth"), "reason": N_("Reason"),
    }  # fmt: skip
    chosen = frozenset({"kind", "employer", "topics"})

    def __init__(
        self, day: MarketDay, typed: MultiDict | None = None, booth: Booth | None = None
    ) -> None:
        super().__init__(typed, _start(day, booth), is_stored=booth is not None)
        self.day = day
        self.booth = booth
        self.employers = {str(employer.id): employer for employer in employers_of(day.county)}

    def employers_to_choose(self) -> list[tuple[str, str]]:
        """Return the employers as a select shows them."""
        names = [(key, employer.name) for key, employer in self.employers.items()]
        return [("", _("Please choose")), *names]

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
        name = self.text("new_employer", required=False)
        if name is None:
            return None
        if name:
            known = Employer.with_same(self.day.county, "name", name)
            return known or Employer(county=self.day.county_id, name=name)
        key = self.choice("employer", self.employers, required=False)
        if key is None:
            self.refuse("employer", _("Please choose the employer, or write a new one's name."))
            return None
        return self.employers[key]

    def _name(self, kind: str | None, employer: Employer | None) -> str | None:
        """Return the name on the booth; a stand that leaves it empty gets its employer's."""
        name = self.text("name", limit=40, required=kind == "desk")
        return name or (employer.name[:40] if employer and name == "" else None)

    def _look_at_number(self, number: int | None) -> None:
        if number and Booth.is_numbered(self.day, number, self.booth):
            self.refuse("number", _("Another booth has this number."))


def _start(day: MarketDay, booth: Booth | None) -> dict[str, Any]:
    if booth is None:
        last = day.booths.order_by(Booth.number.desc()).first()
        number = last.number + 1 if last else 1
        return {"number": number, "kind": "employer", "topics": ["leaflet", "policy"], "expects_tablet": "yes"}
    return {
        "number": booth.number,
        "name": booth.name,
        "kind": booth.kind,
        "employer": booth.employer_id,
        "topics": booth.topics,
        "expects_tablet": "yes" if booth.expects_tablet else "",
    }
