"""Suppression: which cells of a table of counts are left out, so that nobody works out a count of fewer than five.

A table is counts by key, and what its readers know of them: sums (rows, columns, totals, towns of a county, weeks of a
season) and bounds (who was hired is among who came). Counts of 1 to 4 are hidden, and as many larger ones with them
that this holds:

    For every hidden count of 1 to 4 there is a table of whole numbers that agrees with everything that was printed and
    known, and has 5 in its place; and one for each number between.

So nobody can show that the count is small, and nobody can tell it exactly; that it is not smaller than some number
harms nobody. The promise is kept by such tables, which the search constructs; nothing is estimated. A reader may know,
too, that a hidden cell is not empty: zeros are always printed, and no zero is ever called anything else to hide a count
behind it.

All hidden cells look alike (``HIDDEN``). What is not promised: that a hidden count could be six; that somebody who
knows members of a small group besides learns nothing; that nobody learns from a zero that all of a group are of one
kind. See docs/decisions/0052.

Method: what Kelly, Golden and Assad (1992, "Cell suppression: disclosure protection for sensitive tabular data") do by
linear programs, here by a search in whole numbers: one small count at a time, the cheapest change of the table that
moves it and that no printed number shows.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import log2
from typing import Any

SMALLEST = 5  # a smaller count of people does not leave its county
HIDDEN = "*"
Key = Any  # hashable
Relation = tuple[Key, Sequence[Key]]  # a key, and those that it is, or is at most, the sum of

_TRIES = 1_000  # changes that are looked at for one count before everything is withheld that hangs together with it
_FREE, _STEP = 0.02, 2.0  # costs of a cell that is hidden already, and what each broken relation is expected to cost


@dataclass
class Table:
    """Counts and what is known of them. Every key of a sum or bound is among the ``counts``; counts are 0 or more.

    ``sums``: the first is the sum of the others. ``bounds``: the first is at most the sum of the others.
    ``printed``: keys that are out already, as they stand. ``withheld``: keys that are left out whatever they are.
    ``unprinted``: keys that nobody prints, but that could be worked out: differences, or a column "not stated".
    """

    counts: Mapping[Key, int]
    sums: Sequence[Relation] = ()
    bounds: Sequence[Relation] = ()
    printed: Collection[Key] = ()
    withheld: Collection[Key] = ()
    unprinted: Collection[Key] = ()


def crossed(keys: Collection[tuple], *trees: Mapping[Hashable, Sequence[Hashable]]) -> Iterator[Relation]:
    """Yield the sums of a table whose keys are tuples, by a tree for each place: ``{whole: its parts}``, of any depth.

    What is not among the keys counts as nothing.
    """
    for place, tree in enumerate(trees):
        for key in keys:
            if key[place] in tree:
                parts = [(*key[:place], part, *key[place + 1 :]) for part in tree[key[place]]]
                yield key, [part for part in parts if part in keys]


def suppressed(table: Table) -> dict[Key, int | str]:
    """Return what may be printed: each count, or ``HIDDEN``. Without the keys that nobody prints."""
    gone = hidden(table)
    return {key: HIDDEN if key in gone else n for key, n in table.counts.items() if key not in set(table.unprinted)}


def hidden(table: Table) -> set[Key]:
    """Return the keys that are left out.

    Raises ValueError where a sum is not one. A bound that the counts break is known to nobody, and passed over.
    """
    search = _Search(table)
    search.protect()
    return {search.keys[cell] for cell in search.hidden}


@dataclass(order=True)
class _Change:
    """A change of some cells by one each, and by how much it moves the relations that they are in."""

    rank: float
    age: int
    cost: float = field(compare=False)
    cells: dict[int, int] = field(compare=False)  # by +1 or -1
    moved: dict[int, int] = field(compare=False)
    open: list[int] = field(compare=False)  # relations that it breaks


class _Search:
    """The table by numbers. A relation is cells with +1 or -1: a sum comes to nothing, a bound to its room or more."""

    def __init__(self, table: Table) -> None:
        self.keys = list(table.counts)
        number = {key: at for at, key in enumerate(self.keys)}
        self.counts = list(table.counts.values())
        self.relations: list[dict[int, int]] = []
        self.rooms: list[int] = []  # by relation
        for whole, parts in table.sums:
            self._add({**{number[part]: 1 for part in parts}, number[whole]: -1})
            if self.rooms[-1]:
                raise ValueError("A sum is not the sum of its parts.")
        self.sums = len(self.rooms)
        for part, wholes in table.bounds:
            self._add({**{number[whole]: 1 for whole in wholes}, number[part]: -1})
            if self.rooms[-1] < 0:
                self.rooms.pop(), self.relations.pop()
        self.of_cell: list[list[int]] = [[] for _ in self.counts]
        for at, cells in enumerate(self.relations):
            for cell in cells:
                self.of_cell[cell].append(at)
        unseen, printed = ({number[key] for key in keys} for keys in (table.unprinted, table.printed))
        self.fixed = printed | {cell for cell, n in enumerate(self.counts) if not n}
        self.least = [0 if cell in unseen else 1 for cell in range(len(self.counts))]
        self.small = [cell for cell, n in enumerate(self.counts) if 0 < n < SMALLEST and cell not in printed]
        self.given = frozenset({*self.small, *unseen, *(number[key] for key in table.withheld)} - printed)
        self.hidden = set(self.given)
        self.ages = count(0, -1)  # of two equals, the newer goes on

    def _add(self, cells: dict[int, int]) -> None:
        self.relations.append(cells)
        self.rooms.append(sum(sign * self.counts[cell] for cell, sign in cells.items()))

    def protect(self) -> None:
        """Hide what must be hidden besides the small counts; then print again what turned out not to be needed."""
        used: dict[int, frozenset[int]] = {}
        for cell in sorted(self.small, key=self.counts.__getitem__):
            change = self._find(cell)
            used[cell] = frozenset(self._together(cell) if change is None else change)
            self.hidden |= used[cell] - self.fixed
        for spare in sorted(self.hidden - self.given, key=self._price, reverse=True):
            again = {}
            for cell in (cell for cell, cells in used.items() if spare in cells):
                change = self._find(cell, within=self.hidden - {spare}, tries=_TRIES // 10)
                if change is None:
                    break
                again[cell] = frozenset(change)
            else:
                used |= again
                self.hidden.discard(spare)

    def _price(self, cell: int) -> float:
        return 1 + log2(1 + self.counts[cell]) / 4

    def _find(self, cell: int, within: Collection[int] | None = None, tries: int = _TRIES) -> set[int] | None:
        """Return the cells of a change that makes a small count five and that nobody sees, or None.

        It rises by one at a time, so each number between is possible as well. ``within``: cells that may be in it;
        without, any, where those that are not hidden yet cost something.
        """
        counts, rooms, used = list(self.counts), list(self.rooms), {cell}
        while counts[cell] < SMALLEST:
            step = self._step(cell, counts, rooms, used, within, tries)
            if step is None:
                return None
            for other, by in step.cells.items():
                counts[other] += by
            for at, by in step.moved.items():
                rooms[at] += by
            used |= step.cells.keys()
        return used

    def _step(
        self, cell: int, counts: list[int], rooms: list[int], used: set[int], within: Collection[int] | None, tries: int
    ) -> _Change | None:
        """Return the cheapest change of some cells by one each that raises a cell and breaks no relation."""
        queue, seen = [self._with(_Change(0, 0, 0, {}, {}, []), cell, 1, 0, rooms)], set()
        while queue and tries:
            change = heappop(queue)
            if not change.open:
                return change
            state = frozenset(change.cells.items())
            if state in seen:
                continue
            seen.add(state)
            tries -= 1
            at = min(change.open, key=lambda at: len(self.relations[at]))
            for other, sign in self.relations[at].items():
                by = -sign if change.moved[at] > 0 else sign
                if other in change.cells or other in self.fixed or (within is not None and other not in within):
                    continue
                if counts[other] + by >= self.least[other]:
                    price = _FREE if other in used or other in self.hidden else self._price(other)
                    heappush(queue, self._with(change, other, by, price, rooms))
        return None

    def _with(self, change: _Change, cell: int, by: int, price: float, rooms: list[int]) -> _Change:
        moved = dict(change.moved)
        for at in self.of_cell[cell]:
            moved[at] = moved.get(at, 0) + by * self.relations[at][cell]
        broken = [at for at, left in moved.items() if (left if at < self.sums else rooms[at] + left < 0)]
        cost = change.cost + price
        rank = cost + _STEP * sum(abs(moved[at]) for at in broken)
        return _Change(rank, next(self.ages), cost, {**change.cells, cell: by}, moved, broken)

    def _together(self, cell: int) -> set[int]:
        """Return all cells that hang together with one by sums."""
        found, todo = {cell}, [cell]
        while todo:
            for at in self.of_cell[todo.pop()]:
                new = self.relations[at].keys() - found
                found |= new
                todo += new
        return found


def blocks(sets: Iterable[Collection[Key]]) -> list[frozenset[Key]]:
    """Return the smallest sets that the given ones are put together of: what is in the same ones stands together.

    Counts that were printed for overlapping sets of days tell, by subtraction, what each block came to and no more.
    """
    member: dict[Key, list[int]] = {}
    for at, items in enumerate(sets):
        for item in set(items):
            member.setdefault(item, []).append(at)
    found: dict[tuple[int, ...], set[Key]] = {}
    for item, where in member.items():
        found.setdefault(tuple(where), set()).add(item)
    return [frozenset(items) for items in found.values()]
