"""The form that corrects a registration in the office: what was written down wrongly, and why it is changed."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.clock import utcnow
from models.base.typed import phone_of, year_of
from models.market.market_day import is_under_age
from models.people.candidate import Candidate
from models.vocabulary.code_list import (
    EDUCATION,
    GROUPS,
    N_,
    PLACES,
    PROVINCES,
    SENSITIVE_GROUPS,
    SEXES,
    WISHES,
    WORK_KINDS,
)
from models.vocabulary.trade import TRADES
from routes.kiosk.words import PHONE_OWNERS
from routes.web.forms import yuan
from routes.web.labelled_form import LabelledForm

# Nobody asks for these at a market (docs/decisions/0040-people-in-the-office.md).
NOT_ASKED = ("REL", "REH")
OFFERED = {code: words for code, words in GROUPS.items() if code not in NOT_ASKED}
CHOICES = {
    "sex": SEXES, "education": EDUCATION, "wanted_place": PLACES, "last_province": PROVINCES,
    "phone_owner": PHONE_OWNERS,
}  # fmt: skip
LISTS = {"trades": TRADES, "work_kinds": WORK_KINDS, "wishes": WISHES, "groups": OFFERED}
# Their fields show what stands; empty means that it is not said any more. A phone's field is always empty.
CLEARED = ("sex", "education", "home_division", "wanted_place", "last_province", "wanted_pay_min_fen")
LONGEST_NAME, LONGEST_PLACE, LONGEST_WHY = 40, 64, 200  # letters


class PersonForm(LabelledForm):
    """A registration as it should have been written down.

    The phone's field is empty: the phone stays sealed, and what is typed takes its place.
    """

    labels = {
        "name": N_("Name"), "birth_year": N_("Birth year"), "sex": N_("Sex"), "phone": N_("Phone"),
        "phone_owner": N_("Whose phone?"), "home_division": N_("Home town and village"), "education": N_("Education"),
        "trades": N_("What work can they do?"), "wanted_place": N_("Where do they want to work?"),
        "work_kinds": N_("Form of work"), "groups": N_("Key groups"), "why": N_("Reason of the change"),
        "wanted_pay_min_fen": N_("The least they want a month"), "wishes": N_("Wanted besides work"),
        "last_province": N_("Where did they work last?"),
    }  # fmt: skip

    def __init__(self, candidate: Candidate, home: str, typed: MultiDict | None = None) -> None:
        """``home`` is what the home town is called, which may be kept as a code."""
        self.candidate, self.home = candidate, home
        names = [name for name in self.labels if name not in ("phone", "phone_owner", "why")]
        stands = {name: getattr(candidate, name) or "" for name in names}
        stands |= {"home_division": home, "wanted_pay_min_fen": yuan(candidate.wanted_pay_min_fen)}
        super().__init__(typed, stands if typed is None else None)

    def changes(self) -> dict[str, Any]:
        """Return what is otherwise than it stands; look at ``ok`` before recording it."""
        name = self.text("name", limit=LONGEST_NAME)
        fields: dict[str, Any] = {
            "name": name, "birth_year": self._year(),
            "home_division": self._home(),
            "phone": self._phone(), "wanted_pay_min_fen": self.fen("wanted_pay_min_fen", required=False),
        }  # fmt: skip
        fields |= {key: self.choice(key, known, required=False) or None for key, known in CHOICES.items()}
        fields |= {key: self._listed(key) for key in LISTS}
        stands = {key: getattr(self.candidate, key) for key in fields if key not in ("phone", "phone_owner")}
        changed = {key: value for key, value in fields.items() if value is not None and value != stands.get(key)}
        changed |= self._cleared() | self._agreed(changed.get("groups") or ())
        if self.ok and not changed:
            self.refuse("why", _("Nothing is otherwise than it was."))
        return changed

    def why(self) -> str:
        """Return the reason, which must be given."""
        return self.text("why", limit=LONGEST_WHY) or ""

    def _cleared(self) -> dict[str, Any]:
        """Return which fields said something and are empty now, as an amendment names them."""
        empty = [name for name in CLEARED if getattr(self.candidate, name) and not self.value(name).strip()]
        return {"cleared": empty} if empty else {}

    def _agreed(self, groups: Collection[str]) -> dict[str, Any]:
        """Return when somebody agreed that a sensitive group is noted; without their yes it is refused."""
        new = [code for code in groups if code in SENSITIVE_GROUPS and code not in self.candidate.groups]
        if not new or self.candidate.groups_consent_at:
            return {}
        if self.value("agrees") != "yes":
            self.refuse("groups", _("A disability is noted only with the person's own consent: tick that they agree."))
        return {"groups_consent_at": utcnow().isoformat(timespec="milliseconds")}

    def _year(self) -> int | None:
        year = year_of(self.value("birth_year"))
        if year is None or not 1900 <= year <= self.candidate.market_day.date.year:
            self.refuse("birth_year", _("Please write the year with four digits, for example 1975."))
        elif is_under_age(year, self.candidate.market_day.date):
            self.refuse("birth_year", _("Under 16, nobody may be introduced to work."))
        return year

    def _home(self) -> str | None:
        """Return what was typed, if it is otherwise than what is shown of the code that is kept."""
        typed = self.text("home_division", limit=LONGEST_PLACE, required=False)
        return typed if typed and typed != self.home else None

    def _phone(self) -> str | None:
        phone = phone_of(self.value("phone"))
        if phone is None:
            self.refuse("phone", _("Please write digits only, for example 13800138000."))
        return phone or None

    def _listed(self, name: str) -> list[str] | None:
        """Return the codes that are ticked; those that this form does not know stay as they are."""
        stands = getattr(self.candidate, name)
        ticked = [code for code in LISTS[name] if code in self.values(name)]
        found = ticked + [code for code in stands if code not in LISTS[name]]
        return None if sorted(found) == sorted(stands) else found
