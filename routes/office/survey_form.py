"""The forms of surveys: a survey itself, what somebody answered by telephone, and a village's sheet."""

from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.log.kind import is_uuid
from models.surveys.survey import LONGEST_NAME, MOST_DAYS, Survey, last_possible
from models.surveys.survey_answer import Answer
from models.surveys.survey_attempt import LONGEST_NOTE
from models.vocabulary.code_list import N_
from models.vocabulary.follow_up import CHANNELS, ENDS_ALL, RESULTS
from routes.web.labelled_form import LabelledForm
from routes.web.survey_fields import read_answer


class SurveyForm(LabelledForm):
    """A survey as it was typed."""

    labels = {"name": N_("Name"), "begins_on": N_("From"), "ends_on": N_("Until")}

    def data(self) -> dict[str, Any]:
        """Return the fields of a survey; look at ``ok`` first."""
        name, begins_on = self.text("name", limit=LONGEST_NAME), self.date("begins_on")
        ends_on = self.date("ends_on")
        if begins_on and ends_on and not begins_on <= ends_on <= last_possible(begins_on):
            self.refuse("ends_on", _("Please choose a date within %(days)s days after the first.", days=MOST_DAYS))
        return {"name": name, "begins_on": begins_on, "ends_on": ends_on}


class SurveyAnswerForm(LabelledForm):
    """An attempt and, of who was reached, the answer. ``id`` is minted with the empty form: sent twice, stored once."""

    labels = {
        "channel": N_("How"), "result": N_("What came of it"), "next_on": N_("Call again on"),
        "intention": N_("What are your plans?"), "trade": N_("Wanted work"), "place": N_("Wanted place"),
        "month": N_("From when?"), "note": N_("Note"),
    }  # fmt: skip

    def __init__(self, survey: Survey, today: date, typed: MultiDict | None = None) -> None:
        self.survey, self.today = survey, today
        super().__init__(typed, {"id": str(uuid4()), "channel": "phone"} if typed is None else None)

    @property
    def id(self) -> str:
        """The id that was minted with the form; a new one where none was sent."""
        return self.value("id").lower() if is_uuid(self.value("id")) else str(uuid4())

    def data(self) -> tuple[str, str, str, str, Answer | None]:
        """Return channel, result, next date, note, and the answer of who gave one; look at ``ok`` first."""
        channel, result = self.choice("channel", CHANNELS), self.choice("result", RESULTS)
        answer = read_answer(self, self.survey)
        if answer and result != "reached":
            self.refuse("intention", _("Only who was reached can say that."))
        return channel or "", result or "", self._next_on(result), self.text("note", LONGEST_NOTE, False) or "", answer

    def _next_on(self, result: str | None) -> str:
        on = self.date("next_on", required=False)
        if on and on <= self.today:
            self.refuse("next_on", _("Please choose a day that is still to come."))
        if on and result in ENDS_ALL:
            self.refuse("next_on", _("Nobody asks again after that."))
        return on.isoformat() if on else ""
