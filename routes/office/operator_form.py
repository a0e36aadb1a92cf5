"""The operator's form: a name and the PIN typed at the tablet."""

import re
from itertools import pairwise

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.market.booth import Booth
from models.market.operator import Operator
from models.vocabulary.code_list import N_
from routes.web.editing import EditedForm

PIN = re.compile(r"[0-9]{4,6}")


def is_weak(pin: str) -> bool:
    """Say whether a PIN is one digit again and again, two in turn, or a row up or down: what is tried first."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(pin)}
    return steps in ({0}, {1}, {9}) or (pin == pin[:2] * (len(pin) // 2)) or pin in ("2580", "0852")


class OperatorForm(EditedForm):
    """What is typed about an operator of a booth."""

    labels = {"name": N_("Operator's name"), "pin": N_("New PIN")}  # fmt: skip

    def __init__(
        self, booth: Booth, typed: MultiDict | None = None, operator: Operator | None = None
    ) -> None:
        super().__init__(typed, {"name": operator.name} if operator else {}, is_stored=operator is not None)
        self.booth = booth
        self.operator = operator

    def read(self) -> tuple[str | None, str | None]:
        """Return (name, PIN); the PIN of somebody who has one may be left empty and stays."""
        name = self.text("name", limit=40)
        pin = self.code("pin", limit=6, required=self.operator is None)
        if pin and not PIN.fullmatch(pin):
            self.refuse("pin", _("A PIN is 4 to 6 digits."))
        elif pin and is_weak(pin):
            self.refuse("pin", _("This PIN is guessed at once: no row such as 1234 or 4321, and not one digit alone."))
        if name and Operator.is_named(self.booth, name, self.operator):
            self.refuse("name", _("Somebody at this booth already has this name; add a letter or a surname."))
        return name, pin
