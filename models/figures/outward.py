"""Outward sheets: a closed day's figures as they may leave the county, without counts of fewer than five people.

What is hidden is decided by models/figures/suppression.py over all tables of the sheet at once, with all that their
readers know: booths and hours come to the totals, who was hired had agreed, who is in a key group is among all of them.
"""

import copy
from collections.abc import Iterable, Sequence
from typing import Any

from models.figures.breakdown import EVERYONE, FACTS
from models.figures.suppression import HIDDEN, Table, crossed, hidden
from models.figures.version import Sheet, hash_of
from models.vocabulary.stage import STAGES

Key = tuple  # where a count stands in a sheet: names and numbers of rows from the outside in; or a sum, not in it
_TOTALS = ("persons", "visits", "nameless", "signed_up", "registered", "check_ins", "persons_checked_in")
_GROUPED = ("reached", "persons_reached", "tallies", "referred", "taken_up", "places", "provinces",
            "migrant_places")
_ROWS = {"booths": ("persons", "visits", "check_ins"), "vacancies": ("check_ins", "agreed", "hired"),
         "hours": ("visits", "check_ins"), "trades": ("seekers",), "groups": FACTS}  # fmt: skip
_OF_THE_COUNTY = ("since", "hash")  # with the hash of the whole sheet somebody could try out what is hidden
_ALL = "all"


def outward(sheet: Sheet) -> Sheet:
    """Return a version's figures for readers outside the county: ``HIDDEN`` in place of what would tell a small count.

    ``outside`` is true in them, ``hash`` is theirs. Tablets are left out: what they sent counts their booths' people.
    """
    shown = {name: copy.deepcopy(value) for name, value in sheet.items() if name not in _OF_THE_COUNTY}
    shown |= {"outside": True, "tablets": []}
    hide(shown, _table(sheet))
    return shown | {"hash": hash_of(shown)}


def hide(shown: dict[str, Any], table: Table) -> None:
    """Put ``HIDDEN`` in place of what would tell a small count, and of the share and the ratios that rest on it."""
    for key in hidden(table):
        if key[0] in shown:
            place = shown
            for name in key[:-1]:
                place = place[name]
            place[key[-1]] = HIDDEN
    if HIDDEN in shown["migrant_places"].values():
        shown["local_share"] = HIDDEN
    for trade in shown["trades"]:
        trade["ratio"] = HIDDEN if trade["seekers"] == HIDDEN else trade["ratio"]


class Known:
    """The counts of a sheet by where they stand, and what is known of them. What a sheet of before lacks is not."""

    def __init__(self, sheet: Sheet) -> None:
        self.counts: dict[Key, int] = {(name,): sheet[name] for name in _TOTALS}
        for name in _GROUPED:
            self.counts |= {(name, code): n for code, n in sheet.get(name, {}).items()}
        for name, figures in _ROWS.items():
            self.counts |= {(name, at, figure): row[figure] for at, row in enumerate(sheet[name]) for figure in figures}
        self.sums: list[tuple[Key, Sequence[Key]]] = []
        self.bounds: list[tuple[Key, Sequence[Key]]] = []
        self.unprinted: list[Key] = []

    def total(self, whole: Key, parts: Iterable[Key]) -> None:
        """Note that a count is the sum of others, and of what no row says."""
        parts = [part for part in parts if part in self.counts]
        rest = self.counts[whole] - sum(self.counts[part] for part in parts)
        if rest > 0:
            left = ("rest", len(self.unprinted))
            self.counts[left] = rest
            self.unprinted.append(left)
            parts.append(left)
        if rest >= 0:
            self.sums.append((whole, parts))

    def within(self, part: Key, *wholes: Key) -> None:
        """Note that a count is among others."""
        if part in self.counts and all(whole in self.counts for whole in wholes):
            self.bounds.append((part, wholes))


def _table(sheet: Sheet) -> Table:
    known = Known(sheet)
    rows = {name: range(len(sheet[name])) for name in _ROWS}
    _booths_and_hours(known, sheet, rows)
    _stages(known, rows)
    for code in sheet["places"]:
        known.within(("migrant_places", code), ("places", code))
    known.total(("persons_reached", "hired"), [("places", code) for code in sheet["places"]])
    if "provinces" in sheet:
        known.total(("places", "outside"), [("provinces", code) for code in sheet["provinces"]])
    for code in sheet.get("referred", {}):
        known.within(("taken_up", code), ("referred", code))
    for at in rows["trades"]:
        known.within(("trades", at, "seekers"), ("registered",))
    known_groups(known, sheet["groups"])
    return Table(known.counts, known.sums, known.bounds, unprinted=known.unprinted)


def _booths_and_hours(known: Known, sheet: Sheet, rows: dict[str, range]) -> None:
    for figure in ("visits", "check_ins"):
        for name in ("booths", "hours"):
            known.total((figure,), [(name, at, figure) for at in rows[name]])
    known.total(("visits",), [*(("booths", at, "persons") for at in rows["booths"]), ("tallies", "visitor")])
    for at in rows["booths"]:
        known.within(("booths", at, "persons"), ("booths", at, "visits"))
        number = sheet["booths"][at]["booth"]
        offered = [post for post in rows["vacancies"] if sheet["vacancies"][post]["booth"] == number]
        known.total(("booths", at, "check_ins"), [("vacancies", post, "check_ins") for post in offered])
    known.within(("persons",), ("visits",))
    known.within(("nameless",), ("visits",))
    known.within(("persons_checked_in",), ("check_ins",))


def _stages(known: Known, rows: dict[str, range]) -> None:
    for figure in ("agreed", "hired"):
        known.total(("reached", figure), [("vacancies", at, figure) for at in rows["vacancies"]])
    for lower, higher in zip(STAGES[1:], STAGES[2:], strict=False):
        known.within(("reached", higher), ("reached", lower))
        known.within(("persons_reached", higher), ("persons_reached", lower))
    for stage in STAGES[1:]:
        known.within(("persons_reached", stage), ("reached", stage))
    known.within(("reached", STAGES[1]), ("check_ins",))
    known.within(("persons_reached", STAGES[1]), ("persons_checked_in",))
    for at in rows["vacancies"]:
        known.within(("vacancies", at, "hired"), ("vacancies", at, "agreed"))
        known.within(("vacancies", at, "agreed"), ("vacancies", at, "check_ins"))


def known_groups(known: Known, rows: list[dict[str, Any]]) -> None:
    """Key groups by sex and age: margins that can be added up, and groups that share people."""
    sexes, ages = (sorted({row[name] for row in rows}) for name in ("sex", "age"))
    cells = {(row["group"], row["sex"], row["age"]): at for at, row in enumerate(rows)}
    margins: dict[Key, int] = {}
    for fact in FACTS:
        for (group, sex, age), at in cells.items():
            for key in ((group, sex, _ALL), (group, _ALL, age), (group, _ALL, _ALL)):
                margins[*key, fact] = margins.get((*key, fact), 0) + rows[at][fact]
    known.counts |= {("margin", *key): n for key, n in margins.items()}
    known.unprinted += [("margin", *key) for key in margins]

    def named(key: Key) -> Key:
        return ("groups", cells[key[:3]], key[3]) if key[:3] in cells else ("margin", *key)

    keys = {*margins, *((*cell, fact) for cell in cells for fact in FACTS)}
    known.sums += [
        (named(whole), [named(part) for part in parts])
        for whole, parts in crossed(keys, {}, {_ALL: sexes}, {_ALL: ages})
    ]
    groups = {key[0] for key in keys} - {EVERYONE}
    for key in keys:
        everyone = (EVERYONE, *key[1:])
        if key[0] != EVERYONE:
            known.within(named(key), named(everyone))
        else:
            known.within(named(key), *(named((group, *key[1:])) for group in groups if (group, *key[1:]) in keys))
        if key[-1] == "hired":
            known.within(named(key), named((*key[:3], "agreed")))
    for fact, whole in (("registered", ("registered",)), *((fact, ("persons_reached", fact)) for fact in FACTS[1:])):
        known.within(("margin", EVERYONE, _ALL, _ALL, fact), whole)
