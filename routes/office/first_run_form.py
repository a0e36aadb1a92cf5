"""The forms of a set-up: which county of the national list it is; and what was typed into forms that were left."""

import json
from typing import Any

from flask import session
from werkzeug.datastructures import MultiDict

from models.market.county import County
from models.market.division import Division
from models.vocabulary.code_list import N_
from routes.office.county_form import CountyForm
from routes.office.market_dates import today_in

OF_THE_COUNTY = ("name", "seal_line", "timezone", "languages")
OF_THE_OFFICE = ("service_name", "phone", "hours")
TYPED = "first_run_typed"  # in the session: what stands in the forms that were left, by step
LONGEST = 2_000  # letters of it: a browser keeps 4 KB of a cookie


class FirstCountyForm(CountyForm):
    """What is typed about the county in a set-up: its division too, whose name it takes when none is typed."""

    labels = CountyForm.labels | {"division": N_("County of the national list"), "name": N_("What you call it")}
    chosen = CountyForm.chosen | {"division"}

    def __init__(self, county: County, typed: MultiDict | None = None) -> None:
        self.divisions = {one.code: one.name for one in Division.counties(today_in(county))}
        super().__init__(county, typed)
        if typed is None:
            self._typed["division"] = county.division_id or ""
        elif not self.value("name"):
            self._typed["name"] = self.divisions.get(self.value("division"), "")

    def divisions_to_choose(self) -> list[tuple[str, str]]:
        """Return the counties as a select shows them, each with its code."""
        return [(code, f"{name} {code}") for code, name in self.divisions.items()]

    def read_county(self) -> dict[str, Any]:
        """Return the county's fields of this step; look at ``ok`` before keeping them."""
        fields = {"division": self.choice("division", self.divisions), **self.read(*OF_THE_COUNTY)}
        if not self.value("name"):  # it comes with the division
            self.errors.pop("name", None)
        return fields


def typed_before(step: str) -> MultiDict | None:
    """Return what was typed into a step's form when it was left, or None."""
    found = session.get(TYPED, {}).get(step)
    return MultiDict(found) if found else None


def keep_typed(step: str, form: MultiDict) -> None:
    """Keep what is typed into a step's form that is left, but for passwords; more than a cookie holds is not kept."""
    fields = {name: form.getlist(name) for name in form if name not in ("to", "password", "again")}
    kept = session.get(TYPED, {}) | {step: fields}
    if len(json.dumps(kept)) <= LONGEST:
        session[TYPED] = kept


def forget_typed(step: str) -> None:
    """Forget what was kept of a step: it stands in the database now."""
    session[TYPED] = {name: fields for name, fields in session.get(TYPED, {}).items() if name != step}
