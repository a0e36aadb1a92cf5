"""The form of a visit to an employer: when, who went, whom they met, what was needed, and when next."""

from typing import Any

from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from models.market.county import County
from models.vocabulary.code_list import N_
from routes.office.market_dates import today_in
from routes.web.labelled_form import LabelledForm


class EmployerVisitForm(LabelledForm):
    """What is typed about a visit. It begins with today and the name of who is signed in."""

    labels = {
        "day": N_("Day of the visit"), "went": N_("Who went"), "met": N_("Whom they met"),
        "needs": N_("What was needed"), "next_day": N_("Next visit"),
    }  # fmt: skip

    def __init__(self, county: County, typed: MultiDict | None = None) -> None:
        self.today = today_in(county)
        went = current_user.name if current_user.is_authenticated else ""
        super().__init__(typed, {"day": self.today, "went": went} if typed is None else None)

    def read(self) -> dict[str, Any]:
        """Return the visit's fields; look at ``ok`` before keeping them."""
        fields: dict[str, Any] = {
            "day": self.date("day"),
            "went": self.text("went", limit=60),
            "met": self.text("met", limit=60, required=False),
            "needs": self.text("needs", limit=1_000),
            "next_day": self.date("next_day", required=False),
        }
        if fields["day"] and fields["day"] > self.today:
            self.refuse("day", _("This day is still to come."))
        if fields["day"] and fields["next_day"] and fields["next_day"] <= fields["day"]:
            self.refuse("next_day", _("The next visit is after this one."))
        return fields
