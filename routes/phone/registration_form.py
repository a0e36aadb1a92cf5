"""The registration form of a phone: what a candidate typed, read tolerantly (full-width digits, spaces, marks)."""

import unicodedata
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.phone.age import ASK, TOO_YOUNG, AgeVerdict, judge_age
from models.phone.notice import DayNotice, VacancyNotice
from models.phone.registration import Registration
from models.vocabulary.trade import TRADES
from routes.web.forms import Form

OLDEST = 100  # years
LONGEST_NAME = 40  # letters
PHONE_DIGITS = range(7, 16)  # E.164 allows 15, a landline without area code has 7


class RegistrationForm(Form):
    """Four fields, a consent, and a tick that is asked for only when the year leaves it open."""

    def __init__(self, typed: MultiDict | None = None, number: str | None = None) -> None:
        super().__init__(typed)
        self.number = number  # by which a form that arrives twice is known (routes/phone/form_number.py)
        self.verdict: AgeVerdict | None = None

    @property
    def is_too_young(self) -> bool:
        """Say whether nothing may be registered here for this birth year."""
        return self.verdict is not None and self.verdict.verdict == TOO_YOUNG

    @property
    def asks_age(self) -> int | None:
        """Return the age to confirm, or None."""
        return self.verdict.least if self.verdict and self.verdict.verdict == ASK else None

    @property
    def consents(self) -> bool:
        """Say whether the employer may have the candidate's data."""
        return self.value("consent") == "yes"

    def read(self, day: DayNotice, vacancy: VacancyNotice) -> Registration | None:
        """Return the registration, or None after noting what is wrong."""
        name = self._name()
        year = self._birth_year(day.date.year)
        phone = self._phone()
        trades = self.choices("trades", TRADES, required=False)
        if not trades:
            self.refuse("trades", _("Please choose at least one kind of work."))
        if year is not None:
            self.verdict = judge_age(year, day.date.year, vacancy.adults_only)
            if self.asks_age and self.value("of_age") != "yes":
                self.refuse("of_age", _("Please tick if you are already %(age)s.", age=self.asks_age))
        if self.number is None:
            self.refuse("again", _("This phone keeps no cookies, so please tap once more."))
        if self.number is None or name is None or year is None or not self.ok or self.is_too_young:
            return None
        return Registration(UUID(self.number), name, year, phone or None, tuple(trades))

    def _name(self) -> str | None:
        if not self.value("name").strip():
            self.refuse("name", _("Please write a name."))
        name = self.text("name", limit=LONGEST_NAME)
        return " ".join("".join(c if c.isprintable() else " " for c in name).split()) if name else name

    def _birth_year(self, now: int) -> int | None:
        typed = _plain(self.value("birth_year")).removesuffix("年")
        if not typed:
            self.refuse("birth_year", _("Please write the year you were born."))
            return None
        year = int(typed) if len(typed) == 4 and typed.isdecimal() else None
        if year is None or not now - OLDEST <= year <= now:
            self.refuse("birth_year", _("Please write the year with four digits, for example 1975."))
            return None
        return year

    def _phone(self) -> str | None:
        typed = _plain(self.value("phone"))
        for mark in "-()· ":
            typed = typed.replace(mark, "")
        digits = typed.removeprefix("+")
        if typed and not (digits.isdecimal() and len(digits) in PHONE_DIGITS):
            self.refuse("phone", _("Please write the phone number in digits, or leave this empty."))
            return None
        return typed


def _plain(typed: str) -> str:
    """Return text with full-width digits as plain ones, without blanks."""
    return "".join(unicodedata.normalize("NFKC", typed).split())
