"""The kiosk's files: what its page loads at once, what the worker keeps with it, and what can come later."""

import re
from functools import cache
from pathlib import PurePosixPath

from flask import url_for

from routes._language import LANGUAGES
from routes._static import STATIC, release, static_url

SHEETS = ("base", "buttons", "forms", "badges", "notices", "trades", "cards")
PAGE = "js/kiosk.js"
DECODER = "js/scan/worker.js"  # a worker's imports are not the page's
LARGE_DECODER = ("js/vendor/zxing/reader/index.js", "js/vendor/zxing/share.js", "js/vendor/zxing/zxing_reader.wasm")
# What most starts do not show (static/js/kiosk/screens.js): markup, a panel and a stylesheet each, kept by the
# worker as soon as the tablet is idle, and loaded by the page when it is wanted.
SCREENS = ("gate", "lock", "closing", "rescue", "receiving")
# A static import: one inside a function has a bracket before its quote and is loaded later, if at all.
IMPORT = re.compile(r"""^(?:import|export)\b[^"'();]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@cache
def sheets() -> tuple[str, ...]:
    """Return the stylesheets of the page, in the order they are loaded."""
    own = {f"css/{path.name}" for path in (STATIC / "css").glob("kiosk*.css")}
    wanted_later = {_sheet(name) for name in SCREENS}
    return (*(f"css/{name}.css" for name in SHEETS), *sorted(own - wanted_later))


def shell(kept: str) -> list[str]:
    """Return the addresses without which the kiosk does not open: exactly what the page loads."""
    files = dict.fromkeys((*sheets(), *modules(PAGE), *modules(DECODER), "icons/sprite.svg", "icons/favicon.svg"))
    decoding = url_for("kiosk.decoder", version=release())
    return [url_for("kiosk.show", lang=kept), decoding, *(static_url(file) for file in files)]


def later(kept: str) -> list[str]:
    """Return what is fetched once the tablet is idle: the screens, the large decoder, the other language, the icons."""
    others = [other for other in LANGUAGES if other != kept]
    files = (*(file for name in SCREENS for file in (_sheet(name), *modules(f"js/kiosk/{name}-panel.js"))),
             *LARGE_DECODER, "icons/icon-192.png", "icons/maskable-192.png")  # fmt: skip
    found = [*_markup(kept), *(static_url(file) for file in files)]
    for other in others:
        found += [url_for("kiosk.show", lang=other), *_markup(other)]
    known = set(shell(kept))
    return [address for address in dict.fromkeys((*found, url_for("kiosk.manifest"))) if address not in known]


def _markup(lang: str) -> list[str]:
    return [url_for("kiosk.screen", version=release(), name=name, lang=lang) for name in SCREENS]


def _sheet(name: str) -> str:
    return f"css/kiosk-{name}.css"


@cache
def modules(entry: str) -> tuple[str, ...]:
    """Return the JavaScript modules that ``entry`` imports, itself first, each once."""
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found[module] = None
            waiting.extend(_imports_of(module))
    return tuple(found)


def _imports_of(module: str) -> list[str]:
    """Return the modules that one imports statically, as paths below static/."""
    source = (STATIC / module).read_text(encoding="utf-8")
    return [_resolve(PurePosixPath(module).parent / target) for target in IMPORT.findall(source)]


def _resolve(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
