"""Imports run one way, and so do the tables that SQL names: as the tables of rooms in docs/architecture.md say."""

import ast
import re
import sys
from pathlib import Path, PurePosixPath

import pytest

from models.schema import MODELS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
WEB = {"flask", "flask_babel", "flask_login", "htmx_flask", "werkzeug", "jinja2", "routes", "app"}
DOMAIN = sorted((ROOT / "models").rglob("*.py"))
ROUTES = sorted((ROOT / "routes").rglob("*.py"))
MIGRATIONS = sorted((ROOT / "migrations").glob("*.py"))
SCRIPTS = sorted(path for path in (ROOT / "static/js").rglob("*.js") if "vendor" not in path.parts)
SQL_TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+([a-z_]+)\b(?!\s*\()")
JS_IMPORT = re.compile(r"""(?:^|\s)(?:import|export)\b[^"'();]*["'](\.[^"']+)["']|\bimport\(["'](\.[^"']+)["']""")


def rooms(parent: str) -> dict[str, int]:
    """Return the rooms below ``parent`` as the page lists them, each with its floor, counted from the bottom."""
    names = re.findall(rf"^\| `{re.escape(parent)}/([a-z_]+(?:\.py|\.js)?)/?` \|", PAGE, re.MULTILINE)
    return {name: floor for floor, name in enumerate(names)}


def room_of(path: Path, parent: str) -> str:
    """Return the room a file stands in, by its first name below ``parent``; a file there is a room of its own."""
    return path.relative_to(ROOT / parent).parts[0]


def modules(path: Path) -> set[str]:
    """Return the full names of what a Python file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def named_room(module: str, parent: str) -> str:
    """Return the room of an imported module by its full name."""
    name = module.split(".")[1]
    return name if (ROOT / parent / name).is_dir() else f"{name}.py"


def packages(path: Path) -> set[str]:
    """Return the top-level packages that a file imports."""
    return {name.split(".")[0] for name in modules(path)}


def tables(path: Path) -> set[str]:
    """Return the tables that the statements in a file name: texts, and the fixed parts of those with values in them."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    texts = [node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {name for text in texts for name in SQL_TABLE.findall(text)} & OWNERS.keys()


OWNERS = {model._meta.table_name: model.__module__.split(".")[1] for model in MODELS}  # table: room
FLOORS = {parent: rooms(parent) for parent in ("models", "routes", "static/js")}


def upwards(room: str, others: set[str], parent: str) -> list[str]:
    """Return which of ``others`` stand above ``room``."""
    floors = FLOORS[parent]
    return sorted(other for other in others if floors[other] > floors[room])


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("parent", ["models", "routes", "static/js"])
def test_every_room_is_on_the_page(parent):
    there = {room_of(path, parent) for path in (ROOT / parent).rglob("*.*") if path.suffix in {".py", ".js"}}
    assert there - {"__init__.py"} == set(FLOORS[parent])


@pytest.mark.parametrize("path", DOMAIN, ids=ids)
def test_the_domain_does_not_know_the_web(path):
    assert not packages(path) & WEB


@pytest.mark.parametrize("parent, path", [("models", p) for p in DOMAIN] + [("routes", p) for p in ROUTES], ids=str)
def test_a_room_imports_only_rooms_below_it(parent, path):
    room = room_of(path, parent)
    others = {named_room(name, parent) for name in modules(path) if name.startswith(f"{parent}.")}
    if room != "__init__.py":
        assert upwards(room, others, parent) == []


@pytest.mark.parametrize("path", DOMAIN, ids=ids)
def test_sql_names_only_tables_of_rooms_below(path):
    room = room_of(path, "models")
    if room != "__init__.py":
        assert upwards(room, {OWNERS[table] for table in tables(path)}, "models") == []


@pytest.mark.parametrize("path", ROUTES, ids=ids)
def test_routes_name_no_table(path):
    assert tables(path) == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=ids)
def test_a_script_imports_only_rooms_below_it(path):
    text = path.read_text(encoding="utf-8")
    targets = [one or other for one, other in JS_IMPORT.findall(text)]
    scripts = [target for target in targets if not target.endswith(".json")]  # data is no room
    found = {PurePosixPath((path.parent / target).resolve().relative_to(ROOT / "static/js")) for target in scripts}
    others = {target.parts[0] for target in found}
    assert upwards(room_of(path, "static/js"), others, "static/js") == []


def test_sql_is_found_where_it_stands():
    assert {"operation", "settlement"} <= tables(ROOT / "models/derived/replay.py")


@pytest.mark.parametrize("path", ROUTES, ids=ids)
def test_routes_do_not_know_the_application(path):
    assert "app" not in packages(path)


@pytest.mark.parametrize("path", MIGRATIONS, ids=ids)
def test_migrations_know_peewee_only(path):
    assert packages(path) - sys.stdlib_module_names <= {"peewee", "playhouse"}


@pytest.mark.parametrize("path", [*DOMAIN, *ROUTES], ids=ids)
def test_every_module_opens_with_its_noun(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
