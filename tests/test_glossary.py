"""One word for one thing: every noun of the code stands in docs/glossary.md."""

import re
from pathlib import Path

import pytest

from models.schema import MODELS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
# Rooms that hold no nouns of the market: what stands under them, reference data, and what is shown or tried.
OTHER_ROOMS = {"base", "data", "demo", "tls", "vocabulary"}
# Words of every program, or a word of the glossary that says what a file does with it.
PLAIN = {
    "schema", "key record", "candidate record", "vacancy record", "keys", "decide", "queue", "hand over content",
    "hand over list", "hand over order", "shapes", "forget rows", "forget late",
}  # fmt: skip


def defined() -> set[str]:
    """Return the code words of the first column, and each in the plural."""
    cells = re.findall(r"^\| ([^|]+) \|", PAGE, re.MULTILINE)
    words = {word.strip().replace("-", " ") for cell in cells for word in cell.split(",")}
    return words | {f"{word}s" for word in words}


def spoken(name: str) -> str:
    """Return a name of the code as words."""
    return name.replace("_", " ")


TABLES = {spoken(model._meta.table_name) for model in MODELS}
MODULES = {
    spoken(path.stem)
    for path in (ROOT / "models").rglob("*.py")
    if path.stem != "__init__" and path.relative_to(ROOT / "models").parts[0] not in OTHER_ROOMS
}


@pytest.mark.parametrize("words", [TABLES, MODULES], ids=["tables", "modules"])
def test_every_noun_of_the_code_is_defined(words):
    assert sorted(words - PLAIN - defined()) == []


def test_nothing_is_excused_that_is_gone():
    assert sorted(PLAIN - TABLES - MODULES) == []


def test_every_word_says_what_it_means():
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| code")]
    assert [row for row in rows if len(cells := row.strip("|").split("|")) != 4 or not cells[3].strip()] == []
