"""The form of an attempt to reach somebody: how, what it came to, what they said, and when to ask again."""

from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.derived.contact_attempt import LONGEST_NOTE, LONGEST_WORK_AT
from models.log.kind import is_uuid
from models.vocabulary.code_list import N_, PLACES
from models.vocabulary.follow_up import CHANNELS, ENDS_ALL, OUTCOMES, RESULTS, WITH_A_PLACE
from routes.web.labelled_form import LabelledForm


class ContactAttemptForm(LabelledForm):
    """An attempt as it was typed. ``id`` is minted with the empty form, so that sending it twice records it once."""

    labels = {
        "day": N_("Market day"), "channel": N_("How"), "result": N_("What came of it"), "next_on": N_("Ask again on"),
        "outcome": N_("What they say"), "place": N_("Where do they work?"), "work_at": N_("Place of work"),
        "note": N_("Note"),
    }  # fmt: skip

    def __init__(self, today: date, typed: MultiDict | None = None, day: str = "") -> None:
        self.today = today
        super().__init__(typed, {"id": str(uuid4()), "channel": "phone", "day": day} if typed is None else None)

    @property
    def id(self) -> str:
        """The attempt's id; a new one where none was sent."""
        return self.value("id").lower() if is_uuid(self.value("id")) else str(uuid4())

    def data(self) -> dict[str, Any]:
        """Return the fact's data; look at ``ok`` before recording them."""
        result = self.choice("result", RESULTS)
        outcome = self.choice("outcome", OUTCOMES, required=False)
        data = {
            "channel": self.choice("channel", CHANNELS), "result": result, "next_on": self._next_on(),
            "outcome": outcome, "place": self.choice("place", PLACES, required=False),
            "work_at": self.text("work_at", limit=LONGEST_WORK_AT, required=False),
            "note": self.text("note", limit=LONGEST_NOTE, required=False),
        }  # fmt: skip
        if outcome and result != "reached":
            self.refuse("outcome", _("Only who was reached can say that."))
        if (data["place"] or data["work_at"]) and outcome not in WITH_A_PLACE:
            self.refuse("outcome", _("Please say whether they work there."))
        if data["next_on"] and result in ENDS_ALL:
            self.refuse("next_on", _("Nobody asks again after that."))
        return data

    def _next_on(self) -> str | None:
        on = self.date("next_on", required=False)
        if on and on <= self.today:
            self.refuse("next_on", _("Please choose a day that is still to come."))
        return on.isoformat() if on else None
