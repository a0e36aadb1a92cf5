"""Templates as they are read: short lines, and a head that says what the template shows and expects."""

import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from app import create_app

ROOT = Path(__file__).parent.parent / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
LONGEST = 150  # letters of a line: one element, one diff
# What every template is given by Flask, its extensions and our context processors.
GIVEN = {
    "_", "gettext", "ngettext", "url_for", "request", "session", "g", "config", "get_flashed_messages", "current_user",
    "ui", "static_url", "phone_stylesheet", "locale", "other_languages", "text_size", "county_name", "may_write", "may",
    "sees", "role_words", "help_section", "now", "caller", "kwargs", "range", "namespace", "dict",
}  # fmt: skip
# By routes/phone/page.py.
GIVEN_TO_PHONES = {"words", "day_words", "pay_range", "trade_words", "office", "notice_lines"}
NAME = re.compile(r"(?:perhaps )?([a-z_]+)")


def source(template: str) -> str:
    """Return a template's text."""
    return (ROOT / template).read_text(encoding="utf-8")


def head(template: str) -> str:
    """Return the comment that a template opens with, on one line; nothing when there is none."""
    opening = re.match(r"\{#(.*?)#\}", source(template), re.DOTALL)
    return " ".join(opening[1].split()) if opening else ""


def expected(template: str) -> set[str]:
    """Return the names in a head: ``Expects: day (MarketDay), perhaps waiting (int).``"""
    said = head(template).partition("Expects:")[2].partition(". ")[0].rstrip(".").strip()
    while said != (plain := re.sub(r"\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]", "", said)):
        said = plain
    if said.startswith("nothing"):
        return set()
    pieces = [" ".join(piece.split()) for piece in said.split(",") if piece.strip()]
    assert [piece for piece in pieces if not NAME.fullmatch(piece)] == [], f"{template}: not a list of names"
    return {NAME.fullmatch(piece)[1] for piece in pieces}


@cache
def needs(template: str) -> frozenset[str]:
    """Return the names that a template, what it extends and what it includes by name use and do not set themselves."""
    tree = _environment().parse(source(template))
    used = find_undeclared_variables(tree).union(*(needs(other) for other in _joined(tree)))
    return frozenset(used - _set_in(tree))


@cache
def may_need(template: str) -> frozenset[str]:
    """Return what it may use besides: of macros imported with the context, and of includes chosen by a value."""
    tree = _environment().parse(source(template))
    others = {node.template for node in tree.find_all((nodes.Import, nodes.FromImport)) if node.with_context}
    others |= {node.template for node in tree.find_all(nodes.Include) if not isinstance(node.template, nodes.Const)}
    named = {name for other in others for name in TEMPLATES if _pattern(other).fullmatch(name)}
    inner = {name for other in named for name in needs(other) | may_need(other)}
    return frozenset(inner.union(*(may_need(other) for other in _joined(tree))) - _set_in(tree))


def _joined(tree: nodes.Template) -> set[str]:
    found = [node.template for node in tree.find_all((nodes.Include, nodes.Extends))]
    return {template.value for template in found if isinstance(template, nodes.Const)}


def _set_in(tree: nodes.Template) -> set[str]:
    names = {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    names |= {node.target for node in tree.find_all(nodes.Import)}
    return names | {name for node in tree.find_all(nodes.FromImport) for name in node.names}


def _pattern(name: nodes.Expr) -> re.Pattern:
    """Return what a template's name looks like: itself, or anything where an expression stands."""
    parts = name.nodes if isinstance(name, nodes.Concat) else [name]
    return re.compile("".join(re.escape(p.value) if isinstance(p, nodes.Const) else "[a-z_]+" for p in parts))


@cache
def _environment():
    return create_app(DATABASE="sqlite:///:memory:", TESTING=True, SECRET_KEY="test").jinja_env


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_head_names_exactly_what_the_template_uses(template):
    given = GIVEN | (GIVEN_TO_PHONES if template.startswith("phone/") else set())

    assert "Expects:" in head(template)
    assert sorted(needs(template) - expected(template) - given) == []
    assert sorted(expected(template) - needs(template) - may_need(template) - GIVEN) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_line_is_long(template):
    assert [line for line in source(template).splitlines() if len(line) > LONGEST] == []
