"""The living page of the visual language: complete, in both themes and languages, and nobody's in production."""

import re
from pathlib import Path

import pytest

from models.vocabulary.trade import TRADES
from routes.office.design_tokens import COLOURS

ROOT = Path(__file__).parents[3]
UI = (ROOT / "templates/shared/ui.html").read_text()
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
ELSEWHERE = {
    "opened_with", "who", "find_list",
    "wordmark", "awning", "flashes", "error_summary", "notice",  # the frame's, paper's, and what speaks up
    "finder", "listing", "cell", "row_tick", "renewed",  # parts of a list, which is a page of its own
}  # fmt: skip


@pytest.fixture
def design(app, client):
    app.config["DESIGN"] = True
    return lambda **query: client.get("/design", query_string=query).text


def test_it_is_not_there_in_production(client):
    assert client.get("/design").status_code == 404


def test_debug_mode_shows_it(app, client):
    app.debug = True

    assert client.get("/design").status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_token_icon_and_trade_is_there_in_both_themes(design, lang):
    page = design(lang=lang)

    assert [name for name in COLOURS if page.count(f"<code>{name}</code>") < 2] == []
    symbols = re.findall(r'<symbol id="([a-z_-]+)"', SPRITE)
    assert [name for name in symbols if f"<code>{name}</code>" not in page] == []
    assert page.count('data-theme="light"') == 4 and len(TRADES) == 36
    assert re.search(r">7\.\d:1<", page)


def test_every_component_is_shown():
    shown = "".join(path.read_text() for path in (ROOT / "templates/office/design").iterdir())
    used = set(re.findall(r"\bui\.(\w+)\(", shown))

    assert set(re.findall(r"{% set (\w+) = ", UI)) - used == ELSEWHERE


def test_nothing_is_styled_inline_and_no_id_stands_twice(design):
    page = design()
    ids = re.findall(r'\bid="([^"]+)"', page)

    assert " style=" not in page and "<style" not in page
    assert [id for id in ids if ids.count(id) > 1] == []
