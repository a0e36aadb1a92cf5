"""Listings: rows that their reader sorts, filters, pages through and prints, by plain links and one form."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from flask import request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from models.base.order import by_pinyin
from models.base.typed import same_of
from models.finding.saved_filter import SavedFilter

PAGE = 30  # rows: a slow desk swaps thirty in no time and two hundred in half a second
WIDEST = 11  # columns of figures that a sheet of A4 has room for
LONGEST = 60  # letters that a filter takes

Row = Any


class Column(NamedTuple):
    """A column: ``key`` names it in the address, ``by`` returns what a row is sorted by (None: it is not)."""

    key: str
    heading: str  # English, to be translated
    by: Callable[[Row], Any] | None = None
    kind: str = ""  # "", "number" or "actions"


class Facet(NamedTuple):
    """A list of codes to choose from: ``key`` names it in the address, ``of`` returns a row's code."""

    key: str
    heading: str  # English, to be translated
    of: Callable[[Row], str]
    options: Mapping[str, str]  # code: English, to be translated


class View(NamedTuple):
    """A saved filter as a list shows it: where it leads, whether it is shown, whether it is the reader's."""

    kept: SavedFilter
    href: str
    is_here: bool
    is_own: bool


class Listing:
    """Some rows as their reader asked for them. ``rows`` are those to show, ``found`` all that match.

    Query: ``q`` (words that a row must all contain), ``sort`` (a column's key, ``-`` before it: the largest
    first), ``page`` (from 1), ``print`` (anything: all rows on one page), and by the key of each facet a code that the
    rows must have. Whatever makes no sense is
    taken for the default, so an address never fails.
    """

    def __init__(
        self,
        name: str,
        columns: Iterable[Column],
        rows: list[Row],
        asked: MultiDict,
        address: Callable[..., str],
        words: Callable[[Row], str],
        facets: Iterable[Facet] = (),
        names_people: bool = False,
        acts: Mapping[str, str] | None = None,
        id_of: Callable[[Row], int] = attrgetter("id"),
    ) -> None:
        self.acts, self._id_of = acts or {}, id_of  # what may be done to ticked rows: {code: English}
        self.names_people = names_people  # then words are not kept in a view: they are somebody's name
        self.name, self.columns, self._address = name, tuple(columns), address
        self.total = len(rows)
        self.q = asked.get("q", "")[:LONGEST].strip()
        self.printing = "print" in asked
        self.sort = self._known(asked.get("sort", ""))
        self.facets = tuple(facets)
        self.chosen = {f.key: asked.get(f.key, "") for f in self.facets if asked.get(f.key, "") in f.options}
        self.found = self._sorted([row for row in rows if _contains(words(row), self.q) and self._is_chosen(row)])
        self.pages = max(1, -(-len(self.found) // PAGE))
        self.page = min(max(1, asked.get("page", 1, type=int)), self.pages)
        self.first = (self.page - 1) * PAGE
        self.rows = self.found if self.printing else self.found[self.first : self.first + PAGE]

    @property
    def is_wide(self) -> bool:
        """Say whether paper has to lie on its side for it: words take twice the room of figures."""
        return sum(1 if column.kind else 2 for column in self.columns) > WIDEST

    @property
    def sorts(self) -> list[Column]:
        """The columns it can be sorted by."""
        return [column for column in self.columns if column.by]

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)

    def direction(self, column: Column) -> str:
        """Return how it is sorted by a column, in the words of ``aria-sort``."""
        return {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "none")

    def toward(self, column: Column) -> str:
        """Return what a column's head leads to: figures start with the largest, words with the first."""
        up, down = column.key, f"-{column.key}"
        if self.sort in (up, down):
            return down if self.sort == up else up
        return down if column.kind == "number" else up

    def address(self, **changes: object) -> str:
        """Return the address of this listing with some of what was asked changed; another order starts on page 1."""
        asked = self.chosen | {"q": self.q, "sort": self.sort, "page": 1 if "sort" in changes else self.page} | changes
        return self._address(**{key: value for key, value in asked.items() if value not in ("", 1)})

    @property
    def ids(self) -> list[int]:
        """The ids of all rows that were found, for what is done to them at once."""
        return [self._id_of(row) for row in self.found]

    @property
    def key(self) -> str:
        """Under what its views are kept: the page's resource and the list's name."""
        return f"{request.blueprint}.{self.name}"

    @property
    def asked(self) -> dict[str, str]:
        """What a view of it keeps: words, order and facets that were asked for."""
        words = "" if self.names_people else self.q
        return {key: value for key, value in (self.chosen | {"q": words, "sort": self.sort}).items() if value}

    @property
    def views(self) -> list[View]:
        """The views of it that the reader kept, and those that are shared with the county. One statement."""
        if not current_user or not current_user.is_authenticated or current_user.county_id is None:
            return []
        known = {"q", "sort", *(facet.key for facet in self.facets)}
        found = []
        for kept in SavedFilter.of(current_user, self.key):
            asked = {key: value for key, value in kept.asked().items() if key in known}
            is_here = asked == self.asked
            found.append(View(kept, self._address(**asked), is_here, kept.owner_id == current_user.id))
        return found

    def plain_address(self) -> str:
        """Return the address of the whole listing, with nothing asked."""
        return self._address()

    def _is_chosen(self, row: Row) -> bool:
        return all(facet.of(row) == self.chosen.get(facet.key, facet.of(row)) for facet in self.facets)

    def _known(self, sort: str) -> str:
        return sort if sort.removeprefix("-") in {column.key for column in self.sorts} else ""

    def _sorted(self, rows: list[Row]) -> list[Row]:
        """Sort by the column asked for; rows that are alike stay as they came, those without a value come last."""
        if not self.sort:
            return rows
        by = self.column(self.sort.removeprefix("-")).by or _rank
        valued = [row for row in rows if by(row) is not None]
        valued.sort(key=lambda row: _rank(by(row)), reverse=self.sort.startswith("-"))
        return valued + [row for row in rows if by(row) is None]


def _rank(value: Any) -> Any:
    """Return what a value is compared by."""
    return by_pinyin(value) if isinstance(value, str) else value


def _contains(text: str, q: str) -> bool:
    text = same_of(text)
    return all((same_of(word) or word) in text for word in q.split())
