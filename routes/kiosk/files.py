"""The kiosk's files: what its page loads at once, what the worker keeps with it, and what can come later."""

import re
from functools import cache
from pathlib import PurePosixPath

from flask import url_for

from routes.web.language import LANGUAGES
from routes.web.static import STATIC, release, static_url

SHEETS = ("base", "buttons", "forms", "badges", "notices", "trades", "cards")
PAGE = "js/kiosk.js"
PRACTICE = "js/practice.js"
PRACTICE_SHEET = "css/practice.css"
THEME = "js/theme.js"  # before the first paint, so it is no module
DECODER = "js/scan/worker.js"  # a worker's imports are not the page's
LARGE_DECODER = "js/vendor/zxing/zxing_reader.wasm"  # its modules are imported, this is fetched
# What most starts do not show (static/js/kiosk/screens.js): markup, a panel and a stylesheet each, kept by the
# worker as soon as the tablet is idle, and loaded by the page when it is wanted.
SCREENS = ("gate", "lock", "closing", "rescue", "receiving")
# A static import: one inside a function has a bracket before its quote and is loaded later, if at all.
IMPORT = re.compile(r"""^(?:import|export)\b[^"'();]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
LAZY_IMPORT = re.compile(r"""\bimport\(["'](\.{1,2}/[^"']+)["']\)""")


@cache
def sheets() -> tuple[str, ...]:
    """Return the stylesheets of the page, in the order they are loaded."""
    own = {f"css/{path.name}" for path in (STATIC / "css").glob("kiosk*.css")}
    wanted_later = {_sheet(name) for name in SCREENS}
    return (*(f"css/{name}.css" for name in SHEETS), *sorted(own - wanted_later))


def shell(kept: str) -> list[str]:
    """Return the addresses without which the kiosk does not open: exactly what the page loads."""
    icons = ("icons/sprite.svg", "icons/favicon.svg")
    files = dict.fromkeys((*sheets(), THEME, *modules(PAGE), *modules(DECODER), *icons))
    decoding = url_for("kiosk.decoder", version=release())
    return [url_for("kiosk.show", lang=kept), decoding, *(static_url(file) for file in files)]


def later(kept: str) -> list[str]:
    """Return what is fetched once the tablet is idle, in this order: the other screens, the other language, what is
    imported only when needed (what rescues facts, then the large decoder), practice, and the home screen's icons."""
    ours, theirs = _markup(kept), [address for other in LANGUAGES if other != kept for address in _pages(other)]
    styles = [*(_sheet(name) for name in SCREENS), PRACTICE_SHEET]
    icons = ("icons/icon-192.png", "icons/maskable-192.png")
    practice = [module for module in modules(PRACTICE) if module not in modules(PAGE)]
    files = (*lazy_modules(PAGE), *styles, *practice, *lazy_modules(DECODER), LARGE_DECODER, *icons)
    return [*ours, *theirs, *(static_url(file) for file in files), url_for("kiosk.manifest")]


def _pages(lang: str) -> list[str]:
    return [url_for("kiosk.show", lang=lang), *_markup(lang)]


def _markup(lang: str) -> list[str]:
    practice = url_for("kiosk.practice", lang=lang)
    return [practice, *(url_for("kiosk.screen", version=release(), name=name, lang=lang) for name in SCREENS)]


def _sheet(name: str) -> str:
    return f"css/kiosk-{name}.css"


@cache
def modules(entry: str) -> tuple[str, ...]:
    """Return the JavaScript modules that ``entry`` imports statically, itself first, each once."""
    return _reached([entry], IMPORT)


@cache
def lazy_modules(entry: str) -> tuple[str, ...]:
    """Return the modules that ``entry`` imports only when it needs them, and theirs."""
    needed = modules(entry)
    found = [target for module in needed for target in _imports_of(module, LAZY_IMPORT)]
    return tuple(module for module in _reached(found, IMPORT, LAZY_IMPORT) if module not in needed)


def _reached(waiting: list[str], *patterns: re.Pattern) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while waiting:
        module = waiting.pop()
        if module not in found:
            found[module] = None
            waiting.extend(target for pattern in patterns for target in _imports_of(module, pattern))
    return tuple(found)


def _imports_of(module: str, pattern: re.Pattern) -> list[str]:
    """Return the modules that one imports, as paths below static/."""
    source = (STATIC / module).read_text(encoding="utf-8")
    return [_resolve(PurePosixPath(module).parent / target) for target in pattern.findall(source)]


def _resolve(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
