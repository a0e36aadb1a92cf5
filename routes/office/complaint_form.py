"""The form of a complaint: who, about what, how it came, and until when an answer is due."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from models.base.typed import digits_of, phone_of
from models.market.county import County
from models.market.employer import Employer
from models.market.vacancy import Vacancy
from models.vocabulary.code_list import N_
from models.vocabulary.complaint import CHANNELS, DAYS, TOPICS
from routes.web.labelled_form import LabelledForm

LONGEST_DAYS = 90  # until an answer may be due
LONGEST_NAME, LONGEST_DESK, LONGEST_TEXT = 40, 60, 2_000  # letters


class ComplaintForm(LabelledForm):
    """A complaint as it is typed. Name and phone may be empty: nobody has to say who they are."""

    labels = {
        "received_on": N_("Received on"), "due_on": N_("Answer due by"), "channel": N_("How it came"),
        "topic": N_("About"), "employer": N_("Employer"), "vacancy": N_("Number of the vacancy"),
        "desk": N_("Booth or desk"), "name": N_("Who complains"), "phone": N_("Phone"), "text": N_("What it is about"),
    }  # fmt: skip
    chosen = frozenset({"channel", "topic", "employer"})

    @classmethod
    def fresh(cls, today: date, **known: object) -> "ComplaintForm":
        """Return an empty form, with today's date and the usual end."""
        return cls(start={"received_on": today, "due_on": today + timedelta(days=DAYS)} | known)

    def read(self, county: County, today: date) -> dict[str, Any]:
        """Return the fields of a complaint; look at ``ok`` before storing it."""
        received, due = self.date("received_on"), self.date("due_on")
        if received and received > today:
            self.refuse("received_on", _("Please choose a date that is not to come."))
        if received and due and not 0 <= (due - received).days <= LONGEST_DAYS:
            self.refuse("due_on", _("Please choose a date within %(days)s days of that.", days=LONGEST_DAYS))
        return {
            "received_on": received, "due_on": due, "channel": self.choice("channel", CHANNELS),
            "topic": self.choice("topic", TOPICS), "employer": self._employer(county), "vacancy": self._vacancy(county),
            "desk": self.text("desk", limit=LONGEST_DESK, required=False),
            "name": self.text("name", limit=LONGEST_NAME, required=False), "phone": self._phone(),
            "text": self.text("text", limit=LONGEST_TEXT),
        }  # fmt: skip

    def _employer(self, county: County) -> Employer | None:
        typed = self.value("employer")
        if not typed:
            return None
        found = Employer.get_or_none(id=typed, county=county) if typed.isdigit() and len(typed) < 10 else None
        if found is None:
            self.refuse("employer", _("Please choose one."))
        return found

    def _vacancy(self, county: County) -> str:
        typed = digits_of(self.value("vacancy")).strip()
        if typed and not Vacancy.select().where(Vacancy.number == typed, Vacancy.county == county).exists():
            self.refuse("vacancy", _("There is no vacancy with this number."))
        return typed

    def _phone(self) -> str:
        phone = phone_of(self.value("phone"))
        if phone is None:
            self.refuse("phone", _("Please write digits only, for example 13800138000."))
        return phone or ""
