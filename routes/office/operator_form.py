"""The operator's form: a name, and whom the person works for. PINs are set on tablets, by the people themselves."""

from collections.abc import Callable

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.county import County
from models.market.operator import Operator
from models.vocabulary.code_list import N_
from routes.web.editing import EditedForm

LONGEST = 40  # letters
NAMED_ALREADY = N_(
    "Somebody of the county already has this name. Choose the person in the list, or write whom this one works for."
)


class OperatorForm(EditedForm):
    """What is typed about an operator of a county."""

    labels = {"name": N_("Operator's name"), "unit": N_("Works for")}  # fmt: skip

    def __init__(self, county: County, typed: MultiDict | None = None, operator: Operator | None = None) -> None:
        start = {"name": operator.name, "unit": operator.unit} if operator else {}
        super().__init__(typed, start, is_stored=operator is not None)
        self.county = county
        self.operator = operator
        self.is_named: Callable[..., bool] = Operator.is_named  # an import asks its own list

    def read(self) -> dict[str, str]:
        """Return the fields of the operator, after noting what is wrong; two people need not be told apart by name."""
        name = self.text("name", limit=LONGEST)
        unit = self.text("unit", limit=LONGEST, required=False) or ""
        if name and self.is_named(self.county, name, unit, self.operator):
            self.refuse("name", _(NAMED_ALREADY))
        return {"name": name or "", "unit": unit}
