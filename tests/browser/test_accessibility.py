"""WCAG 2.2 AA on every page, by axe-core, in Chinese and English; what axe cannot see is in test_keyboard.py."""

import json
from pathlib import Path

import pytest

from tests.browser.pages import office_pages, phone_pages, signed_in, visit

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """(levels) => axe.run(document, { runOnly: levels, resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join("  ~  ")}`))"""
LANGUAGES = ["zh-CN", "en-GB"]


def faults_of(page) -> list[str]:
    """Return what axe finds wrong on the page as it stands."""
    page.evaluate(AXE.read_text())  # by the debugger, past the page's own rules for scripts
    return page.evaluate(RUN, LEVELS)


def contrast_faults_of(page) -> list[str]:
    """Return what axe finds of colours too much alike, which is all that another theme can change."""
    page.evaluate(AXE.read_text())
    return page.evaluate(RUN, ["color-contrast"])


def faults_on(page, addresses: dict[str, str]) -> dict[str, list[str]]:
    """Return the faults of each kind of page that has any."""
    found = {}
    for kind, path in addresses.items():
        visit(page, kind, path)
        if faults := faults_of(page):
            found[kind] = faults
    return found


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_pages_of_a_phone(chromium, live_server, locale):
    context = chromium.new_context(base_url=live_server.url, locale=locale, viewport={"width": 360, "height": 740})
    pages = phone_pages(context.request)
    assert len(pages) > 8
    found = faults_on(context.new_page(), pages)
    context.close()
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_pages_of_the_office(chromium, live_server, locale):
    context = chromium.new_context(base_url=live_server.url, locale=locale, viewport={"width": 1440, "height": 900})
    page = signed_in(context, live_server.login, live_server.password)
    pages = office_pages(context.request)
    assert len(pages) > 15
    found = faults_on(page, pages | {"/design": "/design"})
    context.close()
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)
