"""The registration form of a phone: what a candidate typed, read tolerantly (full-width digits, spaces, marks)."""

from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import LONGEST_NAME, is_usual_phone, name_of, phone_of, plain_of, year_of
from models.phone.age import ASK, TOO_YOUNG, AgeVerdict, judge_age
from models.phone.notice import DayNotice, VacancyNotice
from models.phone.registration import Registration
from models.vocabulary.trade import TRADES
from routes.web.forms import Form, too_long

OLDEST = 100  # years


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
    def unusual_phone(self) -> str:
        """Return the phone number that is asked about once, because it is not as long as its kind is; else ""."""
        phone = phone_of(self.value("phone"))
        return "" if not phone or is_usual_phone(phone) else phone

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
        name = name_of(self.value("name"))
        if not name:
            self.refuse("name", _("Please write a name."))
        elif len(name) > LONGEST_NAME:
            self.refuse("name", too_long(LONGEST_NAME, len(name)))
        return name

    def _birth_year(self, now: int) -> int | None:
        if not plain_of(self.value("birth_year")):
            self.refuse("birth_year", _("Please write the year you were born."))
            return None
        year = year_of(self.value("birth_year"))
        if year is None:
            self.refuse("birth_year", _("Please write the year with four digits, for example 1975."))
            return None
        if not now - OLDEST <= year <= now:
            self.refuse("birth_year", _("Please look at the year again: is %(year)s right?", year=year))
            return None
        return year

    def _phone(self) -> str | None:
        phone = phone_of(self.value("phone"))
        if phone is None:
            self.refuse("phone", _("Please write the phone number in digits, or leave this empty."))
        elif self.unusual_phone and phone != self.value("phone_asked"):
            self.refuse("phone", _("A mobile number has 11 digits. Please look again; if it is right, tap once more."))
        return phone
