"""The form by which a candidate corrects their own entry: the checks of a registration, and nobody's change lost."""

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import LONGEST_NAME, is_usual_phone, name_of, phone_of, year_of
from models.phone.age import ASK, TOO_YOUNG, judge_age
from models.phone.own_data import OwnData
from models.vocabulary.code_list import N_, PLACES, WORK_KINDS
from models.vocabulary.trade import TRADES
from routes.web.editing import EditedForm
from routes.web.forms import too_long

OLDEST = 100  # years


class OwnEntryForm(EditedForm):
    """Name, birth year, telephone, trades and wishes."""

    chosen = frozenset({"trades", "wanted_place", "work_kinds"})
    labels = {"name": N_("Name"), "birth_year": N_("Birth year"), "phone": N_("Telephone")}

    def __init__(self, typed: MultiDict | None, own: OwnData, year: int, adults_only: bool) -> None:
        start = {
            "name": own.name, "birth_year": own.birth_year, "phone": own.phone, "trades": list(own.trades),
            "wanted_place": own.wanted_place, "work_kinds": list(own.work_kinds),
        }  # fmt: skip
        super().__init__(typed, start, is_stored=True)
        self.has_phone, self._year, self._adults_only = bool(own.phone), year, adults_only
        self.asks_age: int | None = None

    @property
    def unusual_phone(self) -> str:
        """Return the phone number that is asked about once, because it is not as long as its kind is; else ""."""
        phone = phone_of(self.value("phone"))
        return "" if not phone or is_usual_phone(phone) else phone

    def read(self) -> dict[str, object] | None:
        """Return the values, or None after noting what is wrong."""
        name = name_of(self.value("name"))
        if not name:
            self.refuse("name", _("Please write a name."))
        elif len(name) > LONGEST_NAME:
            self.refuse("name", too_long(LONGEST_NAME, len(name)))
        values: dict[str, object] = {
            "name": name, "birth_year": self._birth_year(), "phone": self._phone(),
            "trades": self.choices("trades", TRADES, required=False),
            "wanted_place": self.value("wanted_place") if self.value("wanted_place") in PLACES else "",
            "work_kinds": self.choices("work_kinds", WORK_KINDS, required=False),
        }  # fmt: skip
        if not values["trades"]:
            self.refuse("trades", _("Please choose at least one kind of work."))
        return values if self.ok else None

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
        elif not phone and self.has_phone:
            self.refuse("phone", _("A number can be changed here. To have it deleted, please call us."))
        elif self.unusual_phone and phone != self.value("phone_asked"):
            self.refuse("phone", _("A mobile number has 11 digits. Please look again; if it is right, tap once more."))
        return phone
