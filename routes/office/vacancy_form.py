"""The vacancy's form: what the law wants every vacancy to say, and what else people ask about."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import plain_of
from models.checks.facts import Ground, finds_of, is_for_adults
from models.market.booth import Booth
from models.market.comparison import Comparison
from models.market.county import County
from models.market.employer import Employer
from models.market.planning import OPEN_FOR, towns_of
from models.market.vacancy import Vacancy
from models.vocabulary.code_list import N_, PAY_UNITS, VACANCY_KINDS
from models.vocabulary.trade import TRADES
from routes.office.checked_form import CheckedForm
from routes.office.demand_fields import CODES, LABELS, LISTS, NOT_SAID, read_demand, start_of_demand
from routes.web.forms import yuan

MOST_OPENINGS = 10_000
# What its template is given to choose from.
LISTS_OF_FORM: dict[str, Any] = {"trades": TRADES, "pay_units": PAY_UNITS, "work_kinds": VACANCY_KINDS, "lists": LISTS}


class Wanted(NamedTuple):
    """Who wants people: an employer of a county or nobody known, and the first date on which a vacancy has to hold.

    ``towns``: the county's towns by their codes, where they were asked for once for many forms; so is ``comparison``,
    what vacancies are compared with.
    """

    county: County
    employer: Employer | None
    first_day: date
    towns: dict[str, str] | None = None
    comparison: Comparison | None = None

    def ground(self, trade: str | None, vacancy: "Vacancy | None") -> Ground:
        """Return what a vacancy of a trade is compared with."""
        comparison = self.comparison or Comparison(self.county, self.first_day)
        return comparison.ground(self.employer, trade, vacancy)

    @classmethod
    def at(cls, booth: Booth) -> "Wanted":
        """Return who wants people at a booth on its market day."""
        return cls(booth.market_day.county, booth.employer, booth.market_day.date)


class VacancyForm(CheckedForm):
    """What is typed about a vacancy, perhaps begun with ``duties``. Pay is typed in yuan and kept in fen."""

    labels = {
        "title": N_("What the work is called"), "trade": N_("Trade"), "openings": N_("Openings"),
        "duties": N_("Duties"), "place": N_("Place of work"), "pay_min": N_("Lowest pay, in yuan"),
        "pay_max": N_("Highest pay, in yuan"), "pay_unit": N_("Per"), "work_kind": N_("Form of work"),
        "hours": N_("Hours and rest days"), "benefits": N_("Benefits"), "requirements": N_("Requirements"),
        "bring": N_("What to bring"), "valid_until": N_("Valid until"),
        "true_employer": N_("True employer"),
    } | LABELS  # fmt: skip
    chosen = frozenset({
        "trade", "true_employer", "pay_unit", "work_kind", "adults_only", "urgent", "suits", "work_division", *CODES,
    })  # fmt: skip

    def __init__(
        self, wanted: Wanted, typed: MultiDict | None = None, vacancy: Vacancy | None = None, duties: str = ""
    ) -> None:
        start = start_of(wanted, vacancy) | ({"duties": duties} if duties else {})
        super().__init__(typed, start, is_stored=vacancy is not None)
        self.wanted = wanted
        self.vacancy = self.row = vacancy
        self.towns = NOT_SAID | (town_names(wanted) if wanted.towns is None else wanted.towns)

    def read(self) -> dict[str, Any]:
        """Return the vacancy's fields; look at ``ok`` before keeping them."""
        fields: dict[str, Any] = {
            "title": self.text("title", limit=40),
            "trade": self.choice("trade", TRADES),
            "openings": self.whole("openings", 1, MOST_OPENINGS),
            "duties": self.text("duties", limit=500),
            "place": self.text("place", limit=60),
            "pay_min_fen": self.fen("pay_min"),
            "pay_max_fen": self.fen("pay_max", required=False),
            "pay_unit": self.choice("pay_unit", PAY_UNITS),
            "work_kind": self.choice("work_kind", VACANCY_KINDS),
            "hours": self.text("hours", required=False),
            "benefits": self.text("benefits", required=False),
            "requirements": self.text("requirements", limit=500, required=False),
            "bring": self.text("bring", required=False),
            "adults_only": self.value("adults_only") == "yes",
            "valid_until": self.date("valid_until"),
        }
        fields |= read_demand(self, self.towns, fields["work_kind"])
        fields["true_employer"] = self._true_employer()
        self._look_at_pay(fields)
        self._look_at_validity(fields["valid_until"])
        if fields["work_date"] and fields["valid_until"]:
            fields["valid_until"] = min(fields["work_date"], fields["valid_until"])  # day labour ends with its day
        finds = finds_of(fields, self.wanted.ground(fields["trade"], self.vacancy))
        fields["adults_only"] = fields["adults_only"] or is_for_adults(finds)
        self.judge(finds, self.passed(fields))
        return fields

    def look(self) -> None:
        """Look at a vacancy as it stands, to show what rules find in it."""
        if self.vacancy is not None:
            said = self.vacancy.__data__
            finds = finds_of(said, self.wanted.ground(said["trade"], self.vacancy))
            self.judge(finds, passed={find.field for find in finds})

    def passed(self, fields: Mapping[str, Any]) -> Collection[str]:
        """Return the fields in which a stop is let through: none, where the office writes."""
        return ()

    @property
    def true_employers(self) -> dict[str, str]:
        """Whom the agency hires for, to choose from; nothing for who is no agency."""
        employer = self.wanted.employer
        is_agency = employer is not None and employer.kind == "agency"
        return {name: name for name in employer.true_employers} if employer and is_agency else {}

    def true_employer_choices(self) -> list[tuple[str, str]]:
        """Return the options of its list, none of them chosen at first where there are several."""
        return [("", "—"), *self.true_employers.items()]

    @property
    def has_demand(self) -> bool:
        """Say whether the rest of the demand form has something to say: no default, an error, or what was found."""
        plain, found = start_of_demand(None), {find.field for find in self.finds}
        return any(
            name in found or self.error(name) or self.value(name) not in ("", plain.get(name))
            for name in (*LABELS, "urgent")
        )

    def _true_employer(self) -> str:
        """Read whose work an agency's vacancy is: the law wants it said, and it is one of those the agency named."""
        employer = self.wanted.employer
        if employer is None or employer.kind != "agency":
            return ""
        if not self.true_employers:
            self.refuse("true_employer", _("Write on the agency's page first whom it hires for."))
            return ""
        return self.choice("true_employer", self.true_employers) or ""

    def _look_at_pay(self, fields: dict[str, Any]) -> None:
        low, high = fields["pay_min_fen"], fields["pay_max_fen"]
        if not plain_of(self.value("pay_max")):
            fields["pay_max_fen"] = low
        elif low and high and high < low:
            self.refuse("pay_max", _("The highest pay is below the lowest."))

    def _look_at_validity(self, until: date | None) -> None:
        if until and until < self.wanted.first_day:
            self.refuse("valid_until", _("That is before %(day)s.", day=format_date(self.wanted.first_day, "long")))


def town_names(wanted: Wanted) -> dict[str, str]:
    """Return the names of the towns that somebody may work in, by their codes."""
    return {town.code: town.name for town in towns_of(wanted.county, wanted.first_day)}


def start_of(wanted: Wanted, vacancy: Vacancy | None) -> dict[str, Any]:
    """Return what stands in the form of a vacancy, or of a new one, when it is opened."""
    if vacancy is None:
        until = wanted.first_day + OPEN_FOR
        only = wanted.employer.true_employers if wanted.employer else []
        start = {"pay_unit": "month", "work_kind": "full_time", "valid_until": until, "openings": 1,
                 "true_employer": only[0] if len(only) == 1 else ""}  # fmt: skip
        return start | start_of_demand(None)
    names = ("title", "trade", "openings", "duties", "place", "pay_unit", "work_kind", "hours",
             "benefits", "requirements", "bring", "valid_until", "true_employer")  # fmt: skip
    return {name: getattr(vacancy, name) for name in names} | {
        "pay_min": yuan(vacancy.pay_min_fen),
        "pay_max": yuan(vacancy.pay_max_fen),
        "adults_only": "yes" if vacancy.adults_only else "",
    } | start_of_demand(vacancy)
