"""The look keeps its promises: contrast, weight, and a drawing for every icon that is named."""

import re
from pathlib import Path

import pytest

from models.vocabulary.trade import TRADES
from routes.office.design_tokens import COLOURS, GROUNDS, STATES, contrast, values

ROOT = Path(__file__).parent.parent
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
SYMBOLS = re.findall(r'<symbol id="([a-z_-]+)"', SPRITE)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_reads_at_seven_to_one(theme):
    colours = values(theme)
    pairs = [
        (text, ground) for text in ("ink", "ink-soft", "accent", *STATES) for ground in GROUNDS
    ]
    pairs += [(state, f"{state}-soft") for state in ("accent", *STATES)]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-deep")]
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 7]
    assert not weak


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_controls_can_be_seen(theme):
    colours = values(theme)
    assert all(contrast(colours["line-strong"], colours[ground]) >= 3 for ground in GROUNDS)


def test_every_trade_has_its_drawing_in_the_order_of_the_list():
    drawn = [name for name in SYMBOLS if name.startswith("trade-")]
    assert drawn == [f"trade-{code}" for code in TRADES]


def test_no_symbol_is_drawn_twice():
    assert len(SYMBOLS) == len(set(SYMBOLS))


def test_every_icon_that_a_page_names_is_drawn():
    named = {}
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text()
        found = re.findall(r'(?:\.icon|mark|empty_state)\("([a-z-]+)"', text)
        found += re.findall(r'\bicon="([a-z-]+)"', text)
        named |= dict.fromkeys(found, template.name)
    assert not {
        name: page for name, page in named.items() if name not in SYMBOLS and name[-1] != "-"
    }


def test_the_phones_style_stays_small_and_old():
    style = (ROOT / "static/css/phone.css").read_text()
    assert len(style.encode()) <= 11.5 * 1024
    assert not re.search(r"@layer|:has\(|-inline-|-block-|\binset\b|&", style)


def test_every_colour_token_that_is_used_is_defined():
    sheets = [path.read_text() for path in (ROOT / "static/css").glob("*.css")]
    used = {name for sheet in sheets for name in re.findall(r"var\((--[a-z0-9-]+)\)", sheet)}
    defined = {name for sheet in sheets for name in re.findall(r"(--[a-z0-9-]+):", sheet)}
    assert used <= defined


def components() -> set[str]:
    """Return the names under which pages reach the components."""
    return set(re.findall(r"{% set (\w+) = ", (ROOT / "templates/shared/ui.html").read_text()))


def test_every_component_is_written_down():
    written = set(re.findall(r"\bui\.(\w+)\(", (ROOT / "docs/design.md").read_text()))
    assert components() == written


def test_every_colour_has_a_meaning():
    assert set(values("light")) == set(values("dark")) == set(COLOURS)
