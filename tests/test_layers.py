"""Imports run one way: app → routes → models → peewee and small libraries."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WEB = {"flask", "flask_babel", "flask_login", "htmx_flask", "werkzeug", "jinja2", "routes", "app"}
MODELS = sorted((ROOT / "models").rglob("*.py"))
ROUTES = sorted((ROOT / "routes").rglob("*.py"))
MIGRATIONS = sorted((ROOT / "migrations").glob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the top-level packages that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODELS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_domain_does_not_know_the_web(path):
    assert not imports(path) & WEB


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: path.name)
def test_routes_do_not_know_the_application(path):
    assert "app" not in imports(path)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.name)
def test_migrations_know_peewee_only(path):
    assert imports(path) <= {"peewee", "playhouse"}


@pytest.mark.parametrize("path", [*MODELS, *ROUTES], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_opens_with_its_noun(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
