"""What the rules of vacancies find in the labelled texts: precision and recall by rule, for docs/vacancy-checks.md.

`python -m tests.measured_checks` prints the table.
"""

from collections import Counter
from pathlib import Path

from models.checks.rules import RULES
from models.checks.text import finds_in

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "vacancy-checks.md"
LABELLED = ROOT / "tests" / "data" / "vacancy-texts.tsv"
LATER = ROOT / "tests" / "data" / "vacancy-texts-later.tsv"


def _read(path: Path) -> list[tuple[frozenset[str], str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = (line.split("\t") for line in lines)
    return [(frozenset(wanted.split(",")) - {"-"}, text) for wanted, text in pairs]


TEXTS = _read(LABELLED)
_LATER = _read(LATER)
PART = {"tuned": TEXTS[0::2] + _LATER[0::2], "held out": TEXTS[1::2], "later": _LATER[1::2]}


def missed(part: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Return ``(text, wanted, found)`` of the texts of a part in which the rules find too much or too little."""
    rows = ((text, wanted, frozenset(find.rule for find in finds_in(text))) for wanted, text in PART[part])
    return [row for row in rows if row[1] != row[2]]


def table() -> str:
    """Return the table of precision and recall by rule: right, wrong, missed, and the two shares, for each part."""
    counts = {part: _counts(rows) for part, rows in PART.items()}
    head = ["rule", *(f"{part}: right, wrong, missed" for part in PART), "precision, later", "recall, later"]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    codes = [rule.code for rule in RULES if rule.finds]
    for code in codes:
        cells = [tuple(counts[part][kind][code] for kind in ("right", "wrong", "missed")) for part in PART]
        lines.append(_line(code, cells))
    all_of = [tuple(counts[part][kind].total() for kind in ("right", "wrong", "missed")) for part in PART]
    return "\n".join([*lines, _line("all", all_of)])


def _line(code: str, cells: list[tuple[int, ...]]) -> str:
    """A line; the shares are those of the texts that were written after the patterns."""
    right, wrong, left = cells[-1]
    shares = [f"{100 * right / (right + other):.0f} %" if right + other else "–" for other in (wrong, left)]
    return f"| {' | '.join([code, *(', '.join(map(str, cell)) for cell in cells), *shares])} |"


def _counts(rows: list[tuple[frozenset[str], str]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {"right": Counter(), "wrong": Counter(), "missed": Counter()}
    for wanted, text in rows:
        got = {find.rule for find in finds_in(text)}
        found["right"].update(wanted & got)
        found["wrong"].update(got - wanted)
        found["missed"].update(wanted - got)
    return found


if __name__ == "__main__":
    print(table())
    for name in PART:
        for text, wanted, got in missed(name):
            print(name, text, sorted(wanted), sorted(got))
