"""The form by which a candidate corrects their own entry: the checks of a registration, and nobody's change lost."""

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import LONGEST_NAME, is_usual_phone, name_of, phone_of, year_of
from models.phone.age import ASK, TOO_YOUNG, judge_age
from models.phone.own_data import OwnData
from models.vocabulary.code_list import EDUCATION, N_, PLACES, SEXES, WORK_KINDS
from models.vocabulary.trade import TRADES
from routes.phone.own_form import PAY, OwnForm, with_none
from routes.web.forms import too_long

OLDEST = 100  # years
LONGEST_HOME = 60  # characters, as at a booth
TEXTS = ("name", "birth_year", "phone", "home_division")
SINGLE = ("sex", "education", "wanted_place", PAY)
SEVERAL = ("trades", "work_kinds")


class OwnEntryForm(OwnForm):
    """Who somebody is, where they live, what they can do and what they want."""

    chosen = frozenset((*SINGLE, *SEVERAL))
    labels = {
        "name": N_("Name"), "birth_year": N_("Birth year"), "phone": N_("Telephone"), "home_division": N_("Home"),
        PAY: N_("Wanted pay"),
    }  # fmt: skip

    def __init__(self, typed: MultiDict | None, own: OwnData, year: int, adults_only: bool) -> None:
        self.held = {name: own.fields()[name] for name in (*TEXTS, *SINGLE, *SEVERAL)}
        start = self.held | {name: list(getattr(own, name)) for name in SEVERAL}
        super().__init__(typed, start, is_stored=True)
        self.has_phone, self._year, self._adults_only = bool(own.phone), year, adults_only
        self.asks_age: int | None = None
        self.sexes, self.places = with_none(SEXES), with_none(PLACES)
        other = {} if own.education in ("", *EDUCATION) else {own.education: own.education}
        self.schools = with_none(EDUCATION | other)

    @property
    def unusual_phone(self) -> str:
        """Return the phone number that is asked about once, because it is not as long as its kind is; else ""."""
        phone = phone_of(self.value("phone"))
        return "" if not phone or is_usual_phone(phone) else phone

    def read(self) -> dict[str, object] | None:
        """Return the values for models/phone/amend.py, or None after noting what is wrong."""
        values: dict[str, object] = {
            "name": self._name(), "birth_year": self._birth_year(), "phone": self._phone(),
            "home_division": self._home(), "sex": self.one_of("sex", SEXES),
            "education": self.one_of("education", EDUCATION), "trades": self.some_of("trades", TRADES),
            "wanted_place": self.one_of("wanted_place", PLACES), PAY: self.pay(),
            "work_kinds": self.some_of("work_kinds", WORK_KINDS),
        }  # fmt: skip
        if not values["trades"]:
            self.refuse("trades", _("Please choose at least one kind of work."))
        return values if self.ok else None

    def _name(self) -> str:
        name = name_of(self.value("name"))
        if not name:
            self.refuse("name", _("Please write a name."))
        elif len(name) > LONGEST_NAME:
            self.refuse("name", too_long(LONGEST_NAME, len(name)))
        return name

    def _home(self) -> str | None:
        """Return the home, "" to take it back; None where the form did not ask, as those of the release before."""
        if "home_division" not in self._typed:
            return None
        home = name_of(self.value("home_division"))
        if len(home) > LONGEST_HOME:
            self.refuse("home_division", too_long(LONGEST_HOME, len(home)))
        return home

    def _birth_year(self) -> int | None:
        year = year_of(self.value("birth_year"))
        if year is None:
            self.refuse("birth_year", _("Please write the year with four digits, for example 1975."))
            return None
        if not self._year - OLDEST <= year <= self._year:
            self.refuse("birth_year", _("Please look at the year again: is %(year)s right?", year=year))
            return None
        judged = judge_age(year, self._year, self._adults_only)
        if judged.verdict == TOO_YOUNG:
            sentence = _(
                "Somebody who is not %(age)s yet cannot be signed up for this. If the year is right, please call us.",
                age=judged.least,
            )
            self.refuse("birth_year", sentence)
        elif judged.verdict == ASK and self.value("of_age") != "yes":
            self.asks_age = judged.least
            self.refuse("of_age", _("Please tick if you are already %(age)s.", age=judged.least))
        return year

    def _phone(self) -> str | None:
        phone = phone_of(self.value("phone"))
        if phone is None:
            self.refuse("phone", _("Please write the phone number in digits, or leave this empty."))
        elif self.unusual_phone and phone != self.value("phone_asked"):
            self.refuse("phone", _("A mobile number has 11 digits. Please look again; if it is right, tap once more."))
        return phone
