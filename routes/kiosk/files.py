"""The kiosk's files: what its page loads at once, what the worker keeps with it, and what can come later."""

import hashlib
from functools import cache

from flask import url_for

from routes.kiosk.built import needed, needed_later, needed_with
from routes.kiosk.floor import floor_scripts
from routes.web.language import LANGUAGES
from routes.web.static import STATIC, digest, release, static_url

# Built scripts (bundle/scripts.js) and stylesheets (bundle/sheets.js).
PAGE, PRACTICE, ENROLMENT = "kiosk.js", "practice.js", "enrol.js"
THEME = "theme.js"  # before the first paint, so it is no module
WORKER, DECODER, LARGE_DECODER = "sw/worker.js", "scan/worker.js", "scan/large-decoder.js"
SHEET, PRACTICE_SHEET, ENROLMENT_SHEET = "kiosk.css", "practice.css", "enrol.css"
FORM_SHEET, STAGE_SHEET = "kiosk-registration.css", "kiosk-stage.css"  # of further screens, and of practice
WEB_ASSEMBLY = "js/vendor/zxing/zxing_reader.wasm"  # of the large decoder
DIGITS = 16  # of a file's SHA-256 as hex: it is compared against accidents, TLS is there against forgers
# What most starts do not show (static/js/kiosk/screens.js): markup, a panel and a stylesheet each, kept by the
# worker as soon as the tablet is idle, and loaded by the page when it is wanted.
SCREENS = (
    "gate", "lock", "closing", "rescue", "receiving", "registration", "find", "stage", "agreed", "door", "signing",
)  # fmt: skip
PARTS = "parts"  # markup alone, of the sheets and forms of the booth's own screen


def built_url(name: str) -> str:
    """Return the address of a built file; "" for that of their folder."""
    return static_url(f"built/{name}")


def shell(kept: str) -> list[str]:
    """Return the addresses without which the kiosk does not open: exactly what the page loads."""
    files = [*floor_scripts(), *(built_url(name) for name in (SHEET, THEME, *needed(PAGE), DECODER))]
    icons = [static_url(f"icons/{name}.svg") for name in ("sprite", "favicon")]
    pages = [url_for("kiosk.show", lang=kept), _markup(PARTS, kept), url_for("kiosk.decoder", version=release())]
    return [*pages, *files, *icons]


def later(kept: str) -> list[str]:
    """Return what is fetched once the tablet is idle, in this order: the other screens, the other language, what is
    imported only when needed (what rescues facts, then the large decoder), practice, and the home screen's icons."""
    ours, theirs = _screens(kept), [address for other in LANGUAGES if other != kept for address in _pages(other)]
    styles = [*(_sheet(name) for name in SCREENS), PRACTICE_SHEET]
    practice = [script for script in needed(PRACTICE) if script not in needed(PAGE)]
    files = [built_url(name) for name in (*needed_later(PAGE), *styles, *practice, LARGE_DECODER)]
    icons = [static_url(f"icons/{name}-192.png") for name in ("icon", "maskable")]
    return [*ours, *theirs, *files, static_url(WEB_ASSEMBLY), *icons, url_for("kiosk.manifest")]


def edition(settings: str) -> str:
    """Return the name of all that a worker keeps: the release, and a digest of what its pages are made of.

    A page may change while no static file does, by a template, a sentence or a setting: tablets then fetch it anew.
    """
    return release() + hashlib.sha256(f"{_pages_digest()} {settings}".encode()).hexdigest()[:6]


@cache
def _pages_digest() -> str:
    """Reckon once a process what the kiosk's templates and all sentences come to."""
    root = STATIC.parent
    templates = (path for room in ("kiosk", "shared") for path in (root / "templates" / room).rglob("*.html"))
    found = hashlib.sha256()
    for path in sorted([*templates, *(root / "translations").rglob("*.mo")]):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def marks(addresses: list[str], edition: str) -> dict[str, str]:
    """Return what tells each of these files from whatever else may be answered with 200 (static/js/sw/ours.js).

    Of a static file "sha256-" and the first digits of its digest. Of what is made for each request a text in it: a page
    and a part of one name their edition, the others the addresses of the release's static files.
    """
    return {address: _mark(address, edition) for address in addresses}


def _mark(address: str, edition: str) -> str:
    static = static_url("")
    if address.startswith(static):
        return f"sha256-{digest(address.removeprefix(static))[:DIGITS]}"
    return static if address.endswith((".js", ".webmanifest")) else f'data-release="{edition}"'


def screen_files(name: str, lang: str) -> list[str]:
    """Return the addresses of what one of the other screens consists of."""
    panel = needed_with(f"static/js/kiosk/{name}-panel.js", PAGE)
    return [_markup(name, lang), *(built_url(file) for file in (_sheet(name), *panel))]


def _pages(lang: str) -> list[str]:
    return [url_for("kiosk.show", lang=lang), _markup(PARTS, lang), *_screens(lang)]


def _screens(lang: str) -> list[str]:
    return [url_for("kiosk.practice", lang=lang), *(_markup(name, lang) for name in SCREENS)]


def _markup(name: str, lang: str) -> str:
    return url_for("kiosk.screen", version=release(), name=name, lang=lang)


def _sheet(name: str) -> str:
    return f"kiosk-{name}.css"
