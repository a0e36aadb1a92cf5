"""The documentation cannot lag behind: settings, commands, links and vendored files are all in it."""

import re
from pathlib import Path

import pytest

from app import create_app

ROOT = Path(__file__).parent.parent
CONFIGURATION = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")


def test_every_setting_is_documented():
    text = (ROOT / "routes/web/settings.py").read_text(encoding="utf-8")
    read = {f"GANCHANG_{name}" for name in re.findall(r'_get\("([A-Z_]+)"', text)}
    for path in (ROOT / "routes/command_line/commands.py", ROOT / "bin/run"):
        read |= set(re.findall(r"GANCHANG_[A-Z_]+", path.read_text(encoding="utf-8")))
    assert len(read) >= 7
    assert sorted(setting for setting in read if f"`{setting}`" not in CONFIGURATION) == []


def test_every_command_is_documented(database):
    commands = create_app(DATABASE=database, SECRET_KEY="test").cli.commands
    theirs = {"run", "shell", "routes"}
    own = commands.keys() - theirs
    assert {"migrate", "demo", "serve", "enrol", "token", "user", "county"} <= own
    assert sorted(name for name in own if f"flask --app app {name}" not in CONFIGURATION) == []


def test_every_command_that_is_named_exists(database):
    commands = create_app(DATABASE=database, SECRET_KEY="test").cli.commands
    pages = (path for path in (ROOT / "docs").rglob("*") if path.is_file() and path.suffix not in {".png", ".webp"})
    files = [*pages, ROOT / "README.md", ROOT / "bin/run", ROOT / "bin/trial"]
    texts = [path.read_text(encoding="utf-8") for path in files]
    command = re.compile(r"(?:flask --app app|bin/ganchang|\$flask) ([a-z]+(?:-[a-z]+)*)")
    named = {name for text in texts for name in command.findall(text)}
    assert {"serve", "authority", "backup", "restored"} <= named
    assert sorted(named - commands.keys()) == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")], ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


CITED = re.compile(r"\b[\w/.-]+\.md\b")
CITING = [
    path
    for folder in ("models", "routes", "static/js", "templates", "tests", "bench", "docs", "bundle", "bin")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and path.suffix in {".py", ".js", ".mjs", ".html", ".md", ".css", ""}
    if not {"vendor", "node_modules"} & set(path.parts)
]


def test_nothing_cites_a_document_that_is_not_here():
    there = {path.name for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("t*/**/*.md")]}
    there |= {path.name for path in (ROOT / "static").rglob("*.md")}
    cited = {
        (str(path.relative_to(ROOT)), name)
        for path in CITING
        for name in CITED.findall(path.read_text(encoding="utf-8"))
        if name.rsplit("/")[-1] not in there
    }
    sections = re.compile(r"\b(ARCHITECTURE|DOMAIN|BUDGETS|PEERS|STYLE) [B\d]")
    cited |= {(str(path.relative_to(ROOT)), "a section of one") for path in CITING if sections.search(path.read_text())}
    assert sorted(cited - {("tests/test_docs.py", "a section of one")}) == []


NAMED = re.compile(r"`((?:js|browser|routes|models|properties|faults)/[\w/.-]+): ([^`]+)`")


def test_every_test_that_the_offline_page_names_exists():
    named = NAMED.findall((ROOT / "docs/offline.md").read_text(encoding="utf-8"))
    assert len(named) > 100
    assert [(file, name) for file, name in named if not _is_a_test(ROOT / "tests" / file, name)] == []


def _is_a_test(path: Path, name: str) -> bool:
    """Say whether a file has a test whose name, a function's or a sentence, holds ``name``."""
    if not path.exists():
        return False
    form = r"^def test_(\w+)\(" if path.suffix == ".py" else r"""^ *test\(["`](.*?)["`], """
    return any(name in found for found in re.findall(form, path.read_text(encoding="utf-8"), re.MULTILINE))


def test_each_claim_of_the_offline_page_names_its_test():
    page = (ROOT / "docs/offline.md").read_text(encoding="utf-8")
    tables = [table.splitlines() for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)]
    assert all(head.rstrip(" |").endswith("held by") for head, *_ in tables)
    assert [row for _, _, *rows in tables for row in rows if not NAMED.search(row.rsplit(" | ", 1)[-1])] == []


THREATS = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_model_names_is_there():
    named = set(re.findall(r"`(tests/[\w/.-]+\.py)::(\w+)`", THREATS))
    gone = [f"{path}::{name}" for path, name in named if f"\ndef {name}(" not in _text(ROOT / path)]
    files = re.findall(r"`(tests/[\w/.-]+\.(?:js|py))`", THREATS)
    assert len(named) > 40 and gone == [] and [path for path in files if not (ROOT / path).is_file()] == []


def test_everybody_in_the_threat_model_is_held_by_a_test():
    """Each paragraph about somebody, each of its points and each row of what a tablet holds names one."""
    who = THREATS.partition("## Who")[2].partition("## Accepted")[0].split("\n\n")[1:]
    rows = [row for row in THREATS.splitlines() if row.startswith("| ") and not row.startswith("| on the tablet")]
    assert len(who) > 12 and len(rows) == 10
    assert [part[:60] for part in [*who, *rows] if part.strip() and "tests/" not in part] == []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
