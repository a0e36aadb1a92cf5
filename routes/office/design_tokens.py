"""Tokens: the names of the visual language as base.css gives them, what each means, and how well it reads."""

import re
from typing import NamedTuple

from models.vocabulary.code_list import N_
from routes.web.static import STATIC

GROUNDS = ("paper", "surface", "sunken")
STATES = ("new", "again", "attention", "unsent", "sent", "confirmed")
THEMES = ("light", "dark")

# What each colour is for, in the order in which a page is built from them.
COLOURS = {
    "paper": N_("The page"),
    "surface": N_("What lies on the page"),
    "sunken": N_("Heads of tables"),
    "ink": N_("Text"),
    "ink-soft": N_("Text that may be passed over"),
    "line": N_("Decorates, bounds nothing"),
    "line-strong": N_("Bounds what can be touched"),
    "accent": N_("The one accent: buttons, links, chosen, wrong"),
    "accent-deep": N_("The accent, pressed"),
    "accent-soft": N_("Ground of what is chosen or wrong"),
    "on-accent": N_("Text on the accent"),
    "cinnabar": N_("The painted board: large areas, never small text"),
    "new": N_("First time here"),
    "new-soft": N_("Its ground"),
    "again": N_("Known already, nothing doubled"),
    "again-soft": N_("Its ground"),
    "attention": N_("Recorded; a person must look"),
    "attention-soft": N_("Its ground"),
    "unsent": N_("Not yet at the server"),
    "unsent-soft": N_("Its ground"),
    "sent": N_("On its way, no answer yet"),
    "sent-soft": N_("Its ground"),
    "confirmed": N_("Stored by the server"),
    "confirmed-soft": N_("Its ground"),
}


class Colour(NamedTuple):
    """A colour of a theme: its meaning, and its least contrast to what it has to be told from (None: nothing)."""

    name: str
    value: str
    meaning: str
    contrast: float | None


def stylesheet() -> str:
    """Return the file in which the tokens stand."""
    return (STATIC / "css" / "base.css").read_text(encoding="utf-8")


def values(theme: str) -> dict[str, str]:
    """Return the colours of a theme; the dark one names only what differs."""
    light, dark = stylesheet().split('[data-theme="dark"] {')
    pattern = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return dict(pattern.findall(light)) | (dict(pattern.findall(dark.split("}")[0])) if theme == "dark" else {})


def measures(name: str) -> list[tuple[str, str]]:
    """Return the steps of a scale such as ``text`` or ``space``, each with its value."""
    return re.findall(rf"--({name}(?:-[a-z0-9]+)?): ([\d.]+(?:rem|px|ms))", stylesheet())


def colours(theme: str) -> list[Colour]:
    """Return a theme's colours with their meanings and how well they read."""
    found = values(theme)
    return [Colour(name, found[name], meaning, _least(name, found)) for name, meaning in COLOURS.items()]


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def grounds_of(name: str) -> tuple[str, ...]:
    """Return the grounds on which a colour stands as text or as a border."""
    if name == "on-accent":
        return ("accent", "accent-deep")
    if name in (*STATES, "accent"):
        return (*GROUNDS, f"{name}-soft")
    return GROUNDS if name in ("ink", "ink-soft", "accent-deep", "line-strong", "cinnabar") else ()


def _least(name: str, found: dict[str, str]) -> float | None:
    ratios = [contrast(found[name], found[ground]) for ground in grounds_of(name)]
    return min(ratios) if ratios else None
