"""Import kinds: what a spreadsheet may be about, which fields it may have, and how a row becomes a thing of ours.

The kinds themselves stand beside the forms whose rules they apply (routes/office/import_kinds.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from models.market.county import County
from models.spreadsheet.heading import Columns

NEW, CHANGED, UNCHANGED, FAULTY = "new", "changed", "unchanged", "faulty"
Says = dict[str, str]  # a sentence by language


class Fault(NamedTuple):
    """What is wrong with a field of a row, what stands there, and why it cannot be taken, by language."""

    field: str
    found: str
    says: Says


@dataclass
class Checked:
    """What a row is: its state, what people call it, its keys in the file, the thing that it changes.

    ``values`` are the fields to keep and ``before`` those that stand there now, as JSON can hold them.
    """

    state: str
    name: str = ""
    keys: tuple[str, ...] = ()
    thing: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class Made(NamedTuple):
    """A thing that an import made or changed: its id, and how its fields stand now."""

    thing: int
    after: dict[str, Any]


class Checker(Protocol):
    """Looks at rows of one import, one after the other, and keeps what is good."""

    def check(self, texts: Mapping[str, str]) -> Checked:
        """Return what a row is, by its text in each field."""

    def meanwhile(self, row: Checked) -> bool:
        """Say whether what the row changes is another now, or what it would make is there. Inside ``writing()``."""

    def make(self, rows: Sequence[Checked]) -> list[Made]:
        """Store things that are new; return them in the order of their rows. Inside ``writing()``."""

    def change(self, row: Checked) -> Made:
        """Store what a row changes. Inside ``writing()``."""

    def why_kept(self, state: str, made: Made) -> str:
        """Return why an import cannot be undone at this thing: ``changed``, ``used``, ``gone``; or nothing."""

    def take_back(self, state: str, made: Made, before: Mapping[str, Any]) -> None:
        """Delete what was made, or put back what was changed. Inside ``writing()``."""


class Kind(Protocol):
    """What a spreadsheet is about."""

    code: str

    def columns(self) -> Sequence[Columns]:
        """Return the fields that it may have columns for."""

    def missing(self, fields: Iterable[str]) -> list[str]:
        """Return which fields the kind cannot do without and these lack."""

    def repeated(self, number: int) -> Fault:
        """Return what is said of a row whose thing stands in an earlier row already."""

    def other_meanwhile(self) -> Says:
        """Return what is said of a row whose thing somebody else changed since it was looked at."""

    def checker(self, county: County, labels: Mapping[str, str], is_checked: bool, who: str) -> Checker:
        """Return what looks at the rows of a county's import; ``labels``: what heads the column of each field."""


def json_value(value: Any) -> Any:
    """Return a field's value as JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else list(value) if isinstance(value, tuple) else value
