"""The rest of an employer's demand form: what the law lets people ask for, and what an office keeps of a vacancy."""

from typing import Any

from flask_babel import gettext as _

from models.market.vacancy import Vacancy
from models.vocabulary.code_list import INDUSTRIES, N_, ORIGINS, SHIFTS, SOURCES, SUITS
from routes.web.labelled_form import LabelledForm

TEXTS = ("pay_includes", "pay_day", "insurance", "contract", "probation", "hazard", "starts", "eligibility", "cluster",
         "partner", "transport")  # fmt: skip
CODES = {"industry": INDUSTRIES, "shift": SHIFTS, "origin": ORIGINS, "source": SOURCES}
NOT_SAID = {"": "—"}
LISTS = {
    "industries": NOT_SAID | INDUSTRIES, "shifts": NOT_SAID | SHIFTS, "origins": ORIGINS, "sources": SOURCES,
    "suits": SUITS,
}  # fmt: skip
LABELS = {
    "industry": N_("Industry"), "work_date": N_("Date of the work"), "pay_includes": N_("What the pay includes"),
    "pay_day": N_("Pay day"), "shift": N_("Shift"), "insurance": N_("Social insurance"), "contract": N_("Contract"),
    "probation": N_("Probation"), "hazard": N_("Hazards and protection"), "starts": N_("Start of work"),
    "transport": N_("Transport to the work"),
    "work_division": N_("Township of the work"), "cluster": N_("Industrial cluster"), "suits": N_("Suits as well"),
    "eligibility": N_("Who may have the post, and for how long"), "origin": N_("Where the vacancy comes from"),
    "partner": N_("Partner service"), "source": N_("Handed in by"),
}  # fmt: skip


def read_demand(form: LabelledForm, towns: dict[str, str], kind: str | None) -> dict[str, Any]:
    """Return these fields of a vacancy of a kind; ``towns`` are the codes and names that may be chosen.

    What is needed and missing is refused beside its field: who may have a public-welfare post, and the partner of a
    vacancy that a partner handed in.
    """
    fields: dict[str, Any] = {name: form.text(name, limit=200, required=False) for name in TEXTS}
    fields |= {name: form.choice(name, options, required=False) or "" for name, options in CODES.items()}
    fields |= {
        "suits": form.choices("suits", SUITS, required=False),
        "urgent": form.value("urgent") == "yes",
        "work_date": form.date("work_date", required=False),
        "work_division": form.choice("work_division", towns, required=False) or None,
    }
    if kind == "welfare" and not fields["eligibility"]:
        form.refuse("eligibility", _("A public-welfare post says who may have it, and for how long."))
    if fields["source"] == "partner" and not fields["partner"]:
        form.refuse("partner", _("Which service handed it on?"))
    fields["origin"] = fields["origin"] or "local"
    fields["source"] = fields["source"] or "direct"
    return fields


def start_of_demand(vacancy: Vacancy | None) -> dict[str, Any]:
    """Return what stands in these fields when the form is opened."""
    if vacancy is None:
        return {"origin": "local", "source": "direct"}
    names = (*TEXTS, *CODES, "suits", "work_date")
    return {name: getattr(vacancy, name) for name in names} | {
        "urgent": "yes" if vacancy.urgent else "",
        "work_division": vacancy.work_division_id or "",
    }
