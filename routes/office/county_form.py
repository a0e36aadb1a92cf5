"""The form of a county's settings: its names, whom to call and when, its time, and the languages of its pages."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from models.base.typed import phone_of
from models.market.county import County
from models.vocabulary.code_list import N_
from routes.web.editing import EditedForm
from routes.web.language import LANGUAGES

LONGEST_UNLOCKED = 60  # minutes


class CountyForm(EditedForm):
    """What is typed about the county of the signed-in person."""

    labels = {
        "name": N_("County"), "service_name": N_("Office"), "seal_line": N_("Seal line"), "phone": N_("Phone"),
        "hours": N_("Office hours"), "timezone": N_("Time zone"), "languages": N_("Languages of the phone pages"),
        "lock_minutes": N_("A tablet locks itself after so many minutes"),
    }  # fmt: skip
    chosen = frozenset({"timezone", "languages"})

    def __init__(self, county: County, typed: MultiDict | None = None) -> None:
        super().__init__(typed, _start(county), is_stored=county.id is not None)
        self.county = county

    def read(self, *names: str) -> dict[str, Any]:
        """Return the county's fields, all or those of these names; look at ``ok`` before keeping them."""
        return {name: read() for name, read in self._readers().items() if not names or name in names}

    def _readers(self) -> dict[str, Callable[[], Any]]:
        return {
            "name": lambda: self.text("name", limit=30),
            "service_name": lambda: self.text("service_name", limit=60),
            "seal_line": lambda: self.text("seal_line", limit=40, required=False),
            "phone": lambda: read_phone(self, required=True),
            "hours": lambda: self.text("hours", limit=60, required=False),
            "timezone": self._zone,
            "languages": self._languages,
            "lock_minutes": lambda: self.whole("lock_minutes", 1, LONGEST_UNLOCKED),
        }

    def _languages(self) -> str:
        languages = self.choices("languages", LANGUAGES)
        return "" if len(languages) == len(LANGUAGES) else ",".join(languages)

    def _zone(self) -> str | None:
        name = self.code("timezone", limit=60)
        if name and name not in available_timezones():
            self.refuse("timezone", _("There is no such time zone. China has Asia/Shanghai."))
            return None
        return name and ZoneInfo(name).key


def read_phone(form: EditedForm, required: bool) -> str | None:
    """Read a telephone number of an office, such as 12333 or 023-41412345."""
    typed = form.code("phone", limit=32, required=required)
    if typed and not (phone_of(typed) or (typed.isascii() and typed.isdigit() and 3 <= len(typed) <= 6)):
        form.refuse("phone", _("This is no telephone number."))
        return None
    return typed


def _start(county: County) -> dict[str, Any]:
    names = ("name", "service_name", "seal_line", "phone", "hours", "timezone", "lock_minutes")
    return {name: getattr(county, name) for name in names} | {
        "languages": county.languages.split(",") if county.languages else list(LANGUAGES)
    }
