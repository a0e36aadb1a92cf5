"""Importing operators: a row is what the operator's form would be given, and the form's own rule is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from models.base.typed import same_of
from models.imports.import_kind import CHANGED, FAULTY, NEW, UNCHANGED, Checked, Made
from models.kiosk.staffing import drop_operator, keep_operator
from models.market.audited import make_many
from models.market.county import County
from models.market.operator import Operator
from models.spreadsheet.heading import columns_of
from routes.office.import_employers import note_errors
from routes.office.import_reading import Reading
from routes.office.import_sheet import Sheet
from routes.office.operator_form import OperatorForm
from routes.web.editing import change

FIELDS = ("name", "unit")
COLUMNS = columns_of(OperatorForm.labels, {
    "name": (
        "姓名 操作员 操作员姓名 工作人员 工作人员姓名 人员姓名 专员 专员姓名 name operator"
    ),
    "unit": (
        "单位 工作单位 所在单位 所属单位 镇街 乡镇 所在镇街 部门 科室 unit works_for"
    ),
})


class OperatorRows:
    """Looks at rows about a county's operators: who is there by name and unit."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.known: dict[int, Operator] = {}
        self._by: dict[tuple[str, str], int] = {}
        for operator in Operator.of_county(county):
            if operator.archived_at is None:
                self._note(operator)

    def _note(self, operator: Operator) -> None:
        self.known[operator.id] = operator
        self._by.setdefault((same_of(operator.name), same_of(operator.unit)), operator.id)

    def named(self, _county: County, name: str, unit: str, besides: Operator | None = None) -> bool:
        """Say whether somebody else is called so, as ``Operator.is_named`` does. No query."""
        found = self._by.get((same_of(name), same_of(unit)))
        return found is not None and (besides is None or found != besides.id)

    def check(self, texts: Mapping[str, str]) -> Checked:
        """Return what a row is."""
        reading = Reading(texts)
        given = {name: " ".join(reading.text(name).split()) for name in FIELDS}
        id = self._by.get((same_of(given["name"]), same_of(given["unit"])))
        operator = self.known.get(id or 0)

        def form() -> OperatorForm:
            found = OperatorForm(self.county, MultiDict(given), operator)
            found.is_named = self.named
            return found

        read = form()
        fields = read.read()
        note_errors(reading, read.errors, form, lambda one: one.read())
        key = (f"{same_of(given['name'])} {same_of(given['unit'])}",)
        if reading.faults:
            return Checked(FAULTY, given["name"], key, faults=list(reading.faults.values()))
        if operator is None:
            return Checked(NEW, fields["name"], key, values=dict(fields))
        before = {name: getattr(operator, name) for name in FIELDS}
        changed = {name: value for name, value in fields.items() if value != before[name]}
        state = CHANGED if changed else UNCHANGED
        return Checked(state, operator.name, key, operator.id, changed, {name: before[name] for name in changed})

    def meanwhile(self, row: Checked) -> bool:
        """Say whether the operator is another than when the row was looked at."""
        if row.state == NEW:
            return self.named(self.county, row.values["name"], row.values["unit"])
        operator = self.known.get(row.thing or 0)
        return operator is None or any(getattr(operator, name) != value for name, value in row.before.items())

    def make(self, rows: Sequence[Checked]) -> list[Made]:
        """Store new operators; each sets a PIN at the first sign-in on a tablet."""
        found = [Operator(county=self.county, **row.values) for row in rows]
        make_many(found)
        for operator in found:
            self._note(operator)
        return [Made(operator.id, _after(operator)) for operator in found]

    def change(self, row: Checked) -> Made:
        """Store what a row changes, and tell the tablets that know the person."""
        operator = self.known[row.thing or 0]
        change(operator, row.values)
        keep_operator(operator)
        return Made(operator.id, _after(operator))

    def why_kept(self, state: str, made: Made) -> str:
        """Return why this operator cannot be put back."""
        operator = self.known.get(made.thing)
        if operator is None:
            return "gone"
        if _after(operator) != made.after:
            return "changed"
        return "used" if state == NEW and (operator.has_pin or operator.duties.exists()) else ""

    def take_back(self, state: str, made: Made, before: Mapping[str, Any]) -> None:
        """Delete an operator that was made, or give one back what was written."""
        operator = self.known[made.thing]
        if state == NEW:
            drop_operator(operator)
            return
        change(operator, before)
        keep_operator(operator)


def _after(operator: Operator) -> dict[str, Any]:
    return {name: getattr(operator, name) for name in FIELDS}


class Operators(Sheet):
    """The kind of a spreadsheet about operators, which names them at least."""

    code, named_by, fields = "operators", "name", COLUMNS

    def checker(self, county: County, labels: Mapping[str, str], is_checked: bool, who: str) -> OperatorRows:
        return OperatorRows(county)
