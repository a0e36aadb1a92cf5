"""Clashes of a series in words: what stands in the way, on which dates, and what becomes of it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from models.market.series_plan import (
    DEVICE,
    EXISTS,
    HELPER,
    HOLIDAY,
    KINDS,
    NO_RULE,
    NO_SOURCE,
    NO_TOWN,
    OFF_MARKET,
    OPERATOR,
    RULE_ENDS,
    Clash,
)
from models.vocabulary.calendar import HOLIDAYS
from models.vocabulary.code_list import N_
from routes.office.market_dates import short_day

FIRST = 3  # dates and towns that are written out; the others are counted
# Of each kind: its heading, what becomes of it when nobody ticks anything, what a tick means.
WORDS = {
    NO_RULE: (N_("Towns without a market rule"), N_("Nothing is planned there: their market dates are not known."), ""),
    RULE_ENDS: (N_("Dates without a market rule"), N_("Nothing is planned then: the rule does not hold."), ""),
    EXISTS: (N_("Market days that exist already"), N_("They stay as they are."), ""),
    NO_TOWN: (N_("Towns that do not exist then"), N_("Nothing is planned there."), ""),
    OFF_MARKET: (N_("Dates that are no market dates"), N_("Left out."), N_("Hold it all the same")),
    NO_SOURCE: (N_("Towns without a day to copy"), N_("Left out."), N_("Plan them without booths")),
    HOLIDAY: (N_("Public holidays"), N_("Left out: offices are closed."), N_("Plan market days then too")),
    DEVICE: (
        N_("Devices at two places on one date"), N_("The first town keeps the device."), N_("Have it here instead"),
    ),
    OPERATOR: (N_("Operators at two places on one date"), N_("The first town keeps the person."), N_("Keep at both")),
    HELPER: (
        N_("Helpers at two places on one date"), N_("The checklist of the first town keeps the name."),
        N_("Keep in both"),
    ),
}  # fmt: skip
ALL_OF = "all:"  # before a kind, in a form: all its clashes are taken


class Group(NamedTuple):
    """The clashes of one kind, with what is said of all of them. ``may_all`` offers one tick for the kind."""

    kind: str
    heading: str
    otherwise: str
    tick: str
    clashes: list[tuple[Clash, str]]
    dates: int

    @property
    def may_all(self) -> bool:
        """Say whether several of them may be taken with one tick; a device is at one place only."""
        return self.kind != DEVICE and sum(clash.may_be_taken for clash, _said in self.clashes) > 1


def groups_of(clashes: Iterable[Clash]) -> list[Group]:
    """Return clashes by kind, each in one line of words."""
    by_kind: dict[str, list[Clash]] = {}
    for clash in clashes:
        by_kind.setdefault(clash.kind, []).append(clash)
    return [
        Group(kind, _(heading), _(otherwise), _(tick) if tick else "", [(c, said(c)) for c in by_kind[kind]],
              sum(len(clash.dates) for clash in by_kind[kind]))
        for kind in KINDS if kind in by_kind for heading, otherwise, tick in [WORDS[kind]]
    ]  # fmt: skip


def said(clash: Clash) -> str:
    """Return one clash in a line."""
    dates = some_dates(clash.dates)
    if clash.kind == NO_RULE:
        return clash.town
    if clash.kind == HOLIDAY:
        return _("%(holiday)s: %(dates)s, in %(count)s towns", holiday=_(HOLIDAYS[clash.thing]), dates=dates,
                 count=len(clash.others))  # fmt: skip
    if clash.kind in (DEVICE, OPERATOR, HELPER):
        here = {"thing": clash.thing, "town": clash.town, "others": _some(clash.others), "dates": dates}
        if clash.is_fixed or clash.key.endswith(":fixed"):
            return _("%(thing)s: not at %(town)s, but at a market day of %(others)s that is planned already: %(dates)s",
                     **here)  # fmt: skip
        return _("%(thing)s: at %(others)s and at %(town)s: %(dates)s", **here)
    return _("%(town)s: %(dates)s", town=clash.town, dates=dates)


def some_dates(dates: Iterable[date]) -> str:
    """Return the first dates, and how many more there are."""
    dates = list(dates)
    shown = _(", ").join(short_day(day) for day in dates[:FIRST])
    return _("%(dates)s and %(count)s more", dates=shown, count=len(dates) - FIRST) if len(dates) > FIRST else shown


def _some(names: Iterable[str]) -> str:
    names = list(names)
    shown = _(", ").join(names[:FIRST])
    return _("%(dates)s and %(count)s more", dates=shown, count=len(names) - FIRST) if len(names) > FIRST else shown
