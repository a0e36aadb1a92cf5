"""The fields of a market day that say what kind of event it is, for the bureau's statistics."""

from typing import Any

from flask_babel import gettext as _

from models.market.market_day import MarketDay
from models.vocabulary.code_list import N_, VENUES
from models.vocabulary.event import EVENT_CLASSES, EVENT_TYPES, LEVELS, USUAL
from routes.web.editing import EditedForm

KINDS = {"event_type": EVENT_TYPES, "venue": VENUES, "event_class": EVENT_CLASSES, "level": LEVELS}
OF_THE_EVENT = ("hosts", "co_organisers", "employers_online", "viewers")
MOST_VIEWERS, MOST_EMPLOYERS = 1_000_000_000, 100_000


class EventFields(EditedForm):
    """What is typed about the event: its type, venue, class and level, who holds it, and what is counted by hand."""

    labels = {
        "event_type": N_("Kind of event"), "venue": N_("Kind of venue"), "event_class": N_("Class"),
        "level": N_("Level"), "hosts": N_("Hosts"), "co_organisers": N_("Co-organisers"),
        "employers_online": N_("Employers online"), "viewers": N_("Viewers of the stream"),
    }  # fmt: skip

    def kinds_to_choose(self, name: str) -> list[tuple[str, str]]:
        """Return the codes of a field of the event as a select shows them; all but the type have a usual one."""
        usual = [] if name == "event_type" else [("", _("As is usual for this kind of event"))]
        return usual + [(code, _(words)) for code, words in KINDS[name].items()]

    @property
    def is_special(self) -> bool:
        """Say whether it is more than an ordinary market day, or something about that is wrong."""
        is_wrong = bool(self.errors.keys() & {*KINDS, *OF_THE_EVENT})
        says_more = any(self.value(name) for name in OF_THE_EVENT)
        return is_wrong or says_more or self.value("event_type") not in ("", "MARKET")

    def read_event(self, day: MarketDay | None) -> dict[str, Any]:
        """Return what the event is. What is left open is as it was on ``day``, or as is usual for its type."""
        before = day.event_type if day else "MARKET"
        event_type = self.choice("event_type", EVENT_TYPES, required=False) or before
        stays = day is not None and day.event_type == event_type
        kind = {"event_type": event_type}
        for name, usual in USUAL[event_type]._asdict().items():
            kind[name] = self.choice(name, KINDS[name], required=False) or (getattr(day, name) if stays else usual)
        return kind | {
            "hosts": self.text("hosts", limit=120, required=False),
            "co_organisers": self.text("co_organisers", limit=120, required=False),
            "employers_online": self.whole("employers_online", 0, MOST_EMPLOYERS, required=False),
            "viewers": self.whole("viewers", 0, MOST_VIEWERS, required=False),
        }
