"""What an employer proposes of its vacancy: the office's form and checks, without what is the office's own."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.checks.facts import TEXTS
from models.market.vacancy import Vacancy
from models.market.vacancy_proposal import VacancyProposal
from models.vocabulary.code_list import N_, PAY_UNITS, SUITS, VACANCY_KINDS
from models.vocabulary.trade import TRADES
from routes.office.demand_fields import CODES
from routes.office.vacancy_form import VacancyForm, Wanted, start_of
from routes.web.editing import values
from routes.web.forms import listed

# What the office keeps of a vacancy: where it comes from, how urgent it is, who may have a public-welfare post.
OFFICES_OWN = ("industry", "work_division", "urgent", "cluster", "source", "origin", "partner", "eligibility")


class ProposedForm(VacancyForm):
    """What an employer typed about one of its vacancies. Fields of the office stay, whatever is sent in them."""

    def __init__(self, wanted: Wanted, vacancy: Vacancy, typed: MultiDict | None = None) -> None:
        self.stood = stood_in(wanted, vacancy)
        if typed is not None:
            typed = MultiDict(typed)
            for name in OFFICES_OWN:
                typed.setlist(name, self.stood.get(name, []))
        super().__init__(wanted, typed, vacancy)

    def passed(self, fields: Mapping[str, Any]) -> Collection[str]:
        """The texts that stand there already, which are the office's to answer for, and what it keeps itself."""
        same = {name for name in TEXTS if fields[name] == getattr(self.vacancy, name)}
        return same | {"employer", *self._same_pay(fields)}

    def _same_pay(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        names = ("pay_min_fen", "pay_max_fen", "pay_unit", "work_kind")
        is_same = all(fields[name] == getattr(self.vacancy, name) for name in names)
        return ("pay_min",) if is_same else ()

    def asked(self, fields: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return what was typed in the fields that differ from what stands there; ``fields`` is what was read."""
        if all(getattr(self.vacancy, name) == value for name, value in fields.items() if name not in OFFICES_OWN):
            return {}
        now = {name: [one for value in self.values(name) for one in values(value)] for name in self.stood}
        return {name: typed for name, typed in now.items() if typed != self.stood[name]}


def stood_in(wanted: Wanted, vacancy: Vacancy) -> dict[str, list[str]]:
    """Return what stands in the fields of a vacancy's form, each with its values."""
    return {name: values(value) for name, value in listed(start_of(wanted, vacancy)).items()}


def overlaid(stood: Mapping[str, list[str]], asked: Mapping[str, list[str]]) -> MultiDict:
    """Return a form as a browser would send it: what stands there, but for what is asked."""
    return MultiDict([(name, value) for name, some in {**stood, **asked}.items() for value in some])


class Compared(NamedTuple):
    """A field of a proposal in words: what stood there when it was written, what stands there now, what is asked."""

    label: str
    stood: str
    now: str
    asked: str


def compared(proposal: VacancyProposal, stands: Mapping[str, list[str]]) -> list[Compared]:
    """Return the fields that a change is about; ``stands`` is what the vacancy's form says now."""
    return [
        Compared(
            _(_LABELS[name]), _in_words(name, proposal.stood.get(name, [])), _in_words(name, stands.get(name, [])),
            _in_words(name, asked),
        )
        for name, asked in proposal.asked.items() if name in _LABELS
    ]  # fmt: skip


_LABELS = VacancyForm.labels | {
    "adults_only": N_("Not for people of 16 and 17 (heights, poison, heat, heavy loads, bars)"),
}
_WORDS: dict[str, dict[str, str]] = {
    "trade": TRADES, "pay_unit": PAY_UNITS, "work_kind": VACANCY_KINDS, "suits": SUITS, **CODES,
    "adults_only": {"yes": N_("yes")},
}  # fmt: skip


def _in_words(name: str, said: list[str]) -> str:
    codes = _WORDS.get(name, {})
    return "、".join(_(codes[one]) if one in codes else one for one in said) or "—"
