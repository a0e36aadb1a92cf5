"""The employer's form: who it is, and the papers that an organiser checked."""

import re
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import phone_of
from models.checks.text import Find, finds_in
from models.keys.employer_contact import EmployerContact
from models.market.comparison import NEED_A_CODE
from models.market.county import County
from models.market.employer import Employer, is_credit_code
from models.vocabulary.code_list import EMPLOYER_KINDS, N_, PAPERS
from routes.office.checked_form import CheckedForm
from routes.office.market_dates import today_in
from routes.web.access import who
from routes.web.forms import Form


class EmployerForm(CheckedForm):
    """What is typed about an employer of a county."""

    labels = {
        "name": N_("Employer's full name"), "kind": N_("Kind"), "contact": N_("Contact person"),
        "credit_code": N_("Unified social credit code"), "licence": N_("Licence number of the agency"),
        "papers": N_("Papers seen"), "phone": N_("Phone"),
        "hires_for": N_("The employers it hires for"), "sealed": N_("Contact"),
    }  # fmt: skip
    chosen = frozenset({"kind", "papers"})

    def __init__(
        self, county: County, typed: MultiDict | None = None, employer: Employer | None = None
    ) -> None:
        super().__init__(typed, _start(employer), is_stored=employer is not None)
        self.county = county
        self.employer = self.row = employer
        self.find_same: Callable[..., Employer | None] = Employer.with_same  # an import asks its own list

    def read(self) -> dict[str, Any]:
        """Return the employer's fields; look at ``ok`` before keeping them."""
        kind = self.choice("kind", EMPLOYER_KINDS)
        fields: dict[str, Any] = {
            "name": self.text("name", limit=80),
            "kind": kind,
            "credit_code": read_credit_code(self, "credit_code", kind),
            "licence": self.text("licence", limit=60, required=kind == "agency"),
            "hires_for": self.text("hires_for", limit=1_000, required=kind == "agency"),
        }
        fields |= self._papers()
        self._look_for_twin("name", fields["name"])
        self._look_for_twin("credit_code", fields["credit_code"])
        self.judge(find for name in ("name", "hires_for") for find in stops_in(fields[name], name))
        return fields

    def contact(self) -> EmployerContact | None:
        """Read the contact; None where nothing was typed, so that a sealed one stays as it is."""
        name, phone = self.text("contact", limit=40, required=False), self._phone()
        if self.value("forget_contact"):
            return EmployerContact()
        return EmployerContact(name or "", phone or "") if name or phone else None

    def _papers(self) -> dict[str, Any]:
        """Return which papers were seen; who saw them and when is noted as often as that changes."""
        seen = self.choices("papers", PAPERS, required=False)
        if seen == (list(self.employer.papers) if self.employer else []):
            return {}
        by, on = (who(), today_in(self.county)) if seen else ("", None)
        return {"papers": seen, "papers_by": by, "papers_on": on}

    def _phone(self) -> str | None:
        """Read one telephone number or several, as they were typed; an extension may stand behind 转."""
        typed = self.text("phone", limit=32, required=False)
        numbers = [part.split("转")[0] for part in re.split("[/,，、;；]", typed or "") if part.strip()]
        if not all(phone_of(number) for number in numbers):
            self.refuse("phone", _("This is no telephone number."))
        return typed

    def _look_for_twin(self, name: str, value: str | None) -> None:
        if value and (twin := self.find_same(self.county, name, value, self.employer)):
            said = _("%(name)s has this already.", name=twin.name)
            self.refuse(name, said + " " + _("It is archived: offer it again.") if twin.archived_at else said)


def stops_in(name: str | None, field: str) -> list[Find]:
    """Return what may not be called so: a name is read like a vacancy, but nobody is warned of what a licence says."""
    return [find for find in finds_in(name or "", field) if find.stops]


def read_credit_code(form: Form, name: str, kind: str | None) -> str | None:
    """Read a credit code: an enterprise and an agency need one, and any code must have the right check digit."""
    typed = form.code(name, limit=40, required=kind in NEED_A_CODE)
    code = typed.upper() if typed else typed
    if code and not is_credit_code(code):
        form.refuse(
            name, _("This cannot be a unified social credit code. It has 18 letters and digits, no I, O, S, V and Z.")
        )
    return code


def lacks_papers(employer: Employer) -> bool:
    """Say whether an employer lacks what it may not look for people without."""
    return bool(missing_papers(employer))


def missing_papers(employer: Employer) -> list[str]:
    """Return which fields an employer lacks: the code; of an agency its licence and whom it hires for."""
    of_agency = ("licence", "hires_for") if employer.kind == "agency" else ()
    needed = (*(("credit_code",) if employer.kind in NEED_A_CODE else ()), *of_agency)
    return [name for name in needed if not getattr(employer, name)]


def _start(employer: Employer | None) -> dict[str, Any]:
    if employer is None:
        return {"kind": "enterprise"}
    names = ("name", "kind", "credit_code", "licence", "hires_for", "papers")
    return {name: getattr(employer, name) for name in names}
