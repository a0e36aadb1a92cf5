"""Routes parse, ask and render: every query is a function of a model with a name and a docstring."""

import ast
from pathlib import Path

import pytest

ROUTES = Path(__file__).parents[2] / "routes"
FILES = sorted(ROUTES.rglob("*.py"))
# Methods of peewee that write a statement, and our own functions that run one.
QUERIES = {
    "select", "where", "group_by", "raw", "execute", "execute_sql", "insert", "insert_many", "tuples", "dicts",
    "fetch", "fetch_in", "execute_many",
}  # fmt: skip


def called(tree: ast.AST) -> set[str]:
    """Return the names of everything that is called: ``f()`` and ``thing.f()``."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in functions}


def imported(tree: ast.AST) -> set[str]:
    """Return the modules that are imported, anywhere in a file."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROUTES)))
def test_no_route_writes_a_query(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert not {module.partition(".")[0] for module in imported(tree)} & {"peewee", "playhouse", "sqlite3"}
    assert not called(tree) & QUERIES
