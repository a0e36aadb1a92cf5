"""Suppressed tables under attack: linear programs work out the least and the most that each hidden count can be."""

import itertools
from random import Random

import numpy
import pytest
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array

from models.figures.suppression import HIDDEN, SMALLEST, Table, blocks, crossed, hidden, suppressed

ALL = "all"
ENOUGH = 10**5


def ranges(table: Table, shown: dict, whole: bool = False) -> dict:
    """Return ``(least, most)`` of each hidden count below five, by all that was printed and is known of the table.

    ``whole``: the attacker knows that people come in whole numbers. One linear program over as many copies of the table
    as there are questions: they do not touch each other.
    """
    keys = list(table.counts)
    at = {key: place for place, key in enumerate(keys)}
    small = [key for key in keys if 0 < table.counts[key] < SMALLEST and shown.get(key, HIDDEN) == HIDDEN]
    if not small:
        return {}

    def rows(relations):
        matrix = numpy.zeros((len(relations) or 1, len(keys)))
        for row, (total, parts) in zip(matrix, relations, strict=False):
            row[at[total]] += 1
            for part in parts:
                row[at[part]] -= 1
        return csr_array(matrix)

    told = {key: (1, None) if n == HIDDEN else (n, n) for key, n in shown.items()}
    bounds = [told.get(key, (0, None)) for key in keys]
    true = [(one, many) for one, many in table.bounds if table.counts[one] <= sum(table.counts[key] for key in many)]
    sums, at_most = rows(table.sums), rows(true)
    copies = 2 * len(small)
    goal = numpy.zeros(copies * len(keys))
    for place, key in enumerate(small):
        goal[2 * place * len(keys) + at[key]], goal[(2 * place + 1) * len(keys) + at[key]] = 1, -1
    upper = block_diag([at_most] * copies, format="csr")
    # Many answers are without end: a count in a table whose totals are hidden.
    found = linprog(
        goal, A_ub=upper, b_ub=numpy.zeros(upper.shape[0]), method="highs", integrality=int(whole),
        A_eq=block_diag([sums] * copies, format="csr"), b_eq=numpy.zeros(copies * sums.shape[0]),
        bounds=[(low, ENOUGH if high is None else high) for low, high in bounds] * copies,
    )  # fmt: skip
    assert found.status == 0, found.message
    values = found.x.reshape(copies, len(keys))
    return {key: (values[2 * place, at[key]], values[2 * place + 1, at[key]]) for place, key in enumerate(small)}


def withstands(table: Table, whole: bool = False) -> dict:
    """Assert that the attack finds nothing, and return what is printed."""
    shown = suppressed(table)
    for key, n in shown.items():
        assert n == HIDDEN or (n == table.counts[key] and not 0 < n < SMALLEST), key
    assert all(shown[key] == 0 for key in shown if table.counts[key] == 0), "zeros are printed"
    for key, (least, most) in ranges(table, shown, whole).items():
        assert most >= SMALLEST - 0.001, f"{key}, {table.counts[key]}: {least:.2f} to {most:.2f}"
    return shown


def summed(inner: dict[tuple, int], *trees: dict) -> Table:
    """Return a table of counts with all its sums."""
    counts = dict(inner)
    for place, tree in enumerate(trees):
        for whole, parts in reversed(tree.items()):  # the lowest first
            for key in [key for key in counts if key[place] == parts[0]]:
                stand = [(*key[:place], part, *key[place + 1 :]) for part in parts]
                counts[(*key[:place], whole, *key[place + 1 :])] = sum(counts[part] for part in stand)
    return Table(counts, list(crossed(counts, *trees)))


def drawn(random: Random, *places) -> dict[tuple, int]:
    """Return counts as they occur: many zeros and small ones, some large."""
    return {
        key: random.choice((0, 0, 1, 2, 3, 4, 5, 7, random.randrange(12), random.randrange(60), random.randrange(400)))
        for key in itertools.product(*places)
    }


def tree(n: int) -> dict:
    return {ALL: list(range(n))}


@pytest.mark.parametrize("seed", range(8))
def test_rows_columns_and_totals_withstand(seed):
    random = Random(seed)
    for _ in range(15):
        shape = [random.randrange(2, 8) for _ in range(random.choice((1, 2, 2, 2)))]
        withstands(summed(drawn(random, *map(range, shape)), *map(tree, shape)))


@pytest.mark.parametrize("seed", range(6))
def test_towns_in_counties_by_weeks_in_months_and_sexes_withstand(seed):
    random = Random(seed)
    places = {ALL: ["A", "B"], "A": ["a1", "a2", "a3"], "B": ["b1", "b2"]}
    weeks = {ALL: ["feb", "mar"], "feb": [1, 2], "mar": [3, 4, 5]}
    for _ in range(4):
        inner = drawn(random, ["a1", "a2", "a3", "b1", "b2"], [1, 2, 3, 4, 5])
        withstands(summed(inner, places, weeks))
        withstands(summed(drawn(random, range(4), range(2), range(5)), tree(4), tree(2), tree(5)), whole=True)


def key_groups(random: Random) -> Table:
    """Return the matrix of key groups: sexes and ages with margins and people of unknown sex, groups that overlap."""
    ages, sexes, groups = range(5), ["f", "m", "?"], ["MIG", "RUR", "DIS", "VET", "LOW"]
    counts = dict.fromkeys(itertools.product([*groups, ALL], sexes, ages), 0)
    for _ in range(random.choice((8, 30, 120, 400))):
        cell = random.choices(sexes, (9, 9, 1))[0], random.choice(ages)
        for group in {*random.choices(groups, (8, 6, 1, 1, 1), k=random.choice((1, 1, 2))), ALL}:
            counts[group, *cell] += 1
    table = summed(counts, {}, {ALL: sexes}, {ALL: list(ages)})
    cells = {key[1:] for key in table.counts}
    table.bounds = [((group, *cell), [(ALL, *cell)]) for cell in cells for group in groups]
    table.bounds += [((ALL, *cell), [(group, *cell) for group in groups]) for cell in cells]
    table.unprinted = [key for key in table.counts if key[1] == "?"]
    return table


@pytest.mark.parametrize("seed", range(4))
def test_key_groups_that_overlap_withstand(seed):
    random = Random(seed)
    for _ in range(3):
        withstands(key_groups(random))


def test_tables_that_share_their_margins_withstand_together():
    random = Random(1)
    for _ in range(10):
        towns, weeks, trades = range(5), range(6), range(4)
        inner = drawn(random, towns, weeks, trades)
        counts = {}
        for (town, week, trade), n in inner.items():
            for key in {(town, week, ALL), (town, ALL, trade), (town, ALL, ALL), (ALL, week, ALL), (ALL, ALL, trade)}:
                counts[key] = counts.get(key, 0) + n
        counts[ALL, ALL, ALL] = sum(inner.values())
        trees = tree(5), tree(6), tree(4)
        sums = [(whole, parts) for whole, parts in crossed(counts, *trees) if parts]
        withstands(Table(counts, sums))


def test_what_was_printed_of_overlapping_days_does_not_tell_by_subtraction():
    random = Random(2)
    for _ in range(5):
        per_day = {day: drawn(random, range(2), range(4)) for day in range(9)}
        out: list[tuple[set, dict]] = []
        for days in ({0, 1, 2}, {0, 1, 2, 3, 4, 5}, {2, 3}, set(range(9)), {0, 1, 2, 3, 4, 5, 6}):
            pieces = blocks([*(earlier for earlier, _ in out), days])
            counts, sums = {}, []
            for at, piece in enumerate(pieces):
                of_it = summed(
                    {key: sum(per_day[day][key] for day in piece) for key in per_day[0]}, tree(2), tree(4)
                ).counts
                counts |= {(f"piece {at}", *key): n for key, n in of_it.items()}
            kinds = [key[1:] for key in counts if key[0] == "piece 0"]
            for at, of in enumerate([*(earlier for earlier, _ in out), days]):
                for key in kinds:
                    parts = [(f"piece {p}", *key) for p, piece in enumerate(pieces) if piece <= of]
                    counts[f"set {at}", *key] = sum(counts[part] for part in parts)
                    sums.append(((f"set {at}", *key), parts))
            sums += crossed(counts, {}, tree(2), tree(4))
            before = {(f"set {at}", *key): n for at, (_, shown) in enumerate(out) for key, n in shown.items()}
            table = Table(
                counts, sums, printed=[key for key, n in before.items() if n != HIDDEN],
                withheld=[key for key, n in before.items() if n == HIDDEN],
                unprinted=[key for key in counts if key[0].startswith("piece")],
            )  # fmt: skip
            shown = withstands(table)
            assert before.items() <= shown.items()
            out.append((days, {key[1:]: n for key, n in shown.items() if key[0] == f"set {len(out)}"}))


@pytest.mark.parametrize("counts, gone", [
    ([5, 9], []),
    ([0, 9], []),
    ([3, 9, 20], [0, 1]),
    ([1, 1, 20], [0, 1, 2]),
    ([3, 4, 20], [0, 1]),
    ([2, 3, 20], [0, 1, 2]),  # four would be the most that either can be, as the other is not nothing
    ([4, 4, 20], [0, 1]),
    ([3, 0], [0, ALL]),
    ([1, 2], [0, 1, ALL]),
    ([3, 0, 40, 50, 60], [0, 2]),
])  # fmt: skip
def test_no_more_is_withheld_than_need_be(counts, gone):
    assert {key[0] for key in hidden(summed({(at,): n for at, n in enumerate(counts)}, tree(len(counts))))} == {*gone}


def test_a_sum_that_is_none_is_refused_and_a_bound_that_is_none_passed_over():
    with pytest.raises(ValueError):
        hidden(Table({"a": 1, "b": 3}, [("b", ["a"])]))
    assert hidden(Table({"a": 9, "b": 8}, bounds=[("a", ["b"])])) == set()


def test_hiding_the_small_counts_alone_would_be_found_out():
    """The attack is one: it finds what it should find in a table that is only half protected."""
    table = summed({(0, 0): 3, (0, 1): 20, (1, 0): 9, (1, 1): 30}, tree(2), tree(2))
    half = {key: HIDDEN if 0 < n < SMALLEST else n for key, n in table.counts.items()}
    assert ranges(table, half) == {(0, 0): (3, 3)}
