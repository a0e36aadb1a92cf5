"""Reports: what a benchmark found, as one line of the table."""

from collections.abc import Iterable
from dataclasses import dataclass

COLUMNS = ("budget", "what", "figure", "beside the baseline", "met")


@dataclass(frozen=True)
class Figure:
    """One line: the measured figure, its ratio to the baseline, and whether the budget holds.

    ``met`` is None where a figure only illustrates and no budget is set on it.
    """

    budget: str
    what: str
    figure: str
    ratio: str
    met: bool | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells, in the order of the columns."""
        met = {True: "yes", False: "short", None: "–"}[self.met]
        return self.budget, self.what, self.figure, self.ratio, met


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table whose columns also line up in a terminal."""
    rows = [COLUMNS, *(figure.cells for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(tuple("-" * width for width in widths), widths))
    return "\n".join(lines)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"
