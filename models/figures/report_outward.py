"""Outward reports: a report as it may leave the county, without counts of fewer than five people.

What is hidden is decided by models/figures/suppression.py over all tables at once, with what their readers know: rows
and hours come to the totals, people counted once are among those added up, who was hired had agreed. What readers have
besides, a report of other days that overlap with these, is not known here (docs/decisions/0052).
"""

import copy
from typing import Any

from models.figures.outward import Known, hide, known_groups
from models.figures.report import Report
from models.figures.report_choice import ROW
from models.figures.suppression import HIDDEN, Table
from models.figures.version import hash_of
from models.vocabulary.stage import STAGES

_TOTALS = (
    "persons", "visits", "nameless", "signed_up", "registered", "check_ins", "persons_checked_in", "confirmed",
)  # fmt: skip
_GROUPED = (
    "reached", "persons_reached", "tallies", "referred", "taken_up", "places", "provinces", "migrant_places",
)  # fmt: skip
_OF_EMPLOYERS = ("employers", "vacancy_kinds", "openings")  # of no people
_CHAIN = ("persons_checked_in", *STAGES[1:])  # each among those before it


def outward_report(report: Report) -> Report:
    """Return a report for readers outside the county, with ``HIDDEN`` in place of what would tell a small count.

    ``outside`` is true in it, ``hash`` is its own.
    """
    shown: dict[str, Any] = {
        name: copy.deepcopy(value) for name, value in report.items() if name not in ("as_of", "hash")
    }
    known = _known(report)
    hide(shown, Table(known.counts, known.sums, known.bounds, unprinted=known.unprinted))
    for row in shown["comparison"]:
        at = _place_of(row["figure"])
        row["now"] = _at(shown, at) if at else row["now"]
        row["change"] = HIDDEN if HIDDEN in (row["now"], row["before"]) else row["change"]
    said = shown | {"outside": True}
    return {"report": said.pop("report"), "as_of": report["as_of"], "hash": hash_of(shown | {"outside": True}), **said}


class _ReportKnown(Known):
    """The counts of a report by where they stand, and what is known of them."""

    def __init__(self, report: Report) -> None:
        self.counts = {(name,): report[name] for name in _TOTALS}
        for name in _GROUPED:
            self.counts |= {(name, code): n for code, n in report[name].items()}
        once = {name: n for name, n in report["once"].items() if name not in _OF_EMPLOYERS and n is not None}
        self.counts |= {("once", name): n for name, n in once.items()}
        tables = {"rows": ROW, "hours": ("visits", "check_ins"), "trades": ("seekers",),
                  "groups": ("registered", "agreed", "hired")}  # fmt: skip
        for name, figures in tables.items():
            self.counts |= {(name, at, one): row[one] for at, row in enumerate(report[name]) for one in figures}
        for at, row in enumerate(report["comparison"]):
            if _place_of(row["figure"]):
                self.counts["comparison", at, "before"] = row["before"]
        self.sums, self.bounds, self.unprinted = [], [], []


def _known(report: Report) -> _ReportKnown:
    known = _ReportKnown(report)
    if report["rows"]:
        for figure in ROW:
            known.total(tuple(figure.split(".")), [("rows", at, figure) for at in range(len(report["rows"]))])
    for figure in ("visits", "check_ins"):
        known.total((figure,), [("hours", at, figure) for at in range(len(report["hours"]))])
    _within_one_another(known, report)
    known.total(("persons_reached", "hired"), [("places", place) for place in report["places"]])
    known.total(("places", "outside"), [("provinces", province) for province in report["provinces"]])
    for place in report["places"]:
        known.within(("migrant_places", place), ("places", place))
    for topic in report["referred"]:
        known.within(("taken_up", topic), ("referred", topic))
    for at in range(len(report["trades"])):
        known.within(("trades", at, "seekers"), ("registered",))
    known_groups(known, report["groups"])
    return known


def _within_one_another(known: _ReportKnown, report: Report) -> None:
    """Note which counts of people are among which, of the whole, of each row and of the year before."""
    for name in ("persons", "registered", "persons_checked_in"):
        known.within(("once", name), (name,))
    for lower, higher in zip(_CHAIN, _CHAIN[1:], strict=False):
        known.within(("once", higher), ("once", lower))
    for stage in STAGES[1:]:
        known.within(("once", stage), ("persons_reached", stage))
        known.within(("persons_reached", stage), ("reached", stage))
    for lower, higher in zip(STAGES[1:], STAGES[2:], strict=False):
        known.within(("reached", higher), ("reached", lower))
        known.within(("persons_reached", higher), ("persons_reached", lower))
    known.within(("reached", STAGES[1]), ("check_ins",))
    known.within(("persons_reached", STAGES[1]), ("persons_checked_in",))
    rows = [lambda figure, at=at: ("rows", at, figure) for at in range(len(report["rows"]))]
    before = {row["figure"]: ("comparison", at, "before") for at, row in enumerate(report["comparison"])}
    for key in ((lambda figure: tuple(figure.split("."))), *rows, (lambda figure: before.get(figure, ("none",)))):
        for part, whole in (
            ("persons", "visits"), ("nameless", "visits"), ("persons_checked_in", "check_ins"),
            ("persons_reached.hired", "persons_reached.agreed"), ("persons_reached.agreed", "reached.agreed"),
            ("persons_reached.agreed", "persons_reached.introduced"), ("reached.agreed", "check_ins"),
        ):  # fmt: skip
            known.within(key(part), key(whole))


def _place_of(figure: str) -> tuple[str, ...]:
    """Return where a compared figure of people stands in the report; nothing of days and of what was offered."""
    place = tuple(figure.split("."))
    return () if place[0] in (*_OF_EMPLOYERS, "days") else place


def _at(report: Report, place: tuple[str, ...]) -> Any:
    found: Any = report
    for name in place:
        found = found[name]
    return found
