"""The look keeps its promises: contrast, weight, and a drawing for every icon that is named."""

import re
from pathlib import Path

import pytest

from models.trade import TRADES

ROOT = Path(__file__).parent.parent
BASE = (ROOT / "static/css/base.css").read_text()
SPRITE = (ROOT / "static/icons/sprite.svg").read_text()
SYMBOLS = re.findall(r'<symbol id="([a-z_-]+)"', SPRITE)

GROUNDS = ("paper", "surface", "sunken")
STATES = ("new", "again", "attention", "unsent", "sent", "confirmed")


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme; the dark one names only what differs."""
    light, dark = BASE.split(':root[data-theme="dark"]')
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark.split("}")[0]))
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_reads_at_seven_to_one(theme):
    colours = tokens(theme)
    pairs = [
        (text, ground) for text in ("ink", "ink-soft", "accent", *STATES) for ground in GROUNDS
    ]
    pairs += [(state, f"{state}-soft") for state in ("accent", *STATES)]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-deep")]
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 7]
    assert not weak


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_of_controls_can_be_seen(theme):
    colours = tokens(theme)
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
    assert len(style.encode()) <= 7 * 1024
    assert not re.search(r"@layer|:has\(|-inline-|-block-|\binset\b|&", style)


def test_every_colour_token_that_is_used_is_defined():
    sheets = [path.read_text() for path in (ROOT / "static/css").glob("*.css")]
    used = {name for sheet in sheets for name in re.findall(r"var\((--[a-z0-9-]+)\)", sheet)}
    defined = {name for sheet in sheets for name in re.findall(r"(--[a-z0-9-]+):", sheet)}
    assert used <= defined
