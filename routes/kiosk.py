"""The kiosk: its page, its service worker and its manifest. None of them holds any data."""

import json
import re
from functools import cache
from pathlib import PurePosixPath

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _

from models import words
from models.trade import TRADES
from routes._compression import compress_once
from routes._kiosk_words import PHONE_OWNERS, sentences
from routes._language import LANGUAGES, language
from routes._pages import render_page
from routes._static import STATIC, release, static_url

bp = Blueprint("kiosk", __name__)

SHEETS = ("base", "buttons", "forms", "badges", "notices", "trades", "cards")
PAGE = "js/kiosk.js"
DECODER = "js/scan/worker.js"  # a worker's imports are not the page's
LARGE_DECODER = "js/vendor/zxing/zxing_reader.wasm"  # its modules are imported, this is fetched
# A static import: one inside a function has a bracket before its quote and is loaded later, if at all.
IMPORT = re.compile(r"""^(?:import|export)\b[^"'();]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
LAZY_IMPORT = re.compile(r"""\bimport\(["'](\.{1,2}/[^"']+)["']\)""")


@bp.get("/kiosk")
def show() -> Response:
    """Send the shell in the tablet's language. Public: the tablet's own store holds the data."""
    lists = {"words": words, "trades": TRADES, "owners": PHONE_OWNERS, "sentences": sentences()}
    decoding = url_for("kiosk.decoder", version=release())
    page = render_page("kiosk/shell.html", sheets=sheets(), modules=modules(PAGE), decoder=decoding, **lists)
    return compress_once(page)


@bp.get("/kiosk/worker.js")
def worker() -> Response:
    """Send the service worker: the release and what it keeps, before the static file that does it.

    Query: ``language``, that of the page that asked first. A worker's own requests do not always carry
    the reader's; it is not ``lang``, which would make a worker's look for news choose for its reader.
    """
    asked = request.args.get("language")
    kept = asked if asked in LANGUAGES else language()
    settings = {"release": release(), "language": kept, "shell": shell(kept), "later": later(kept)}
    script = (
        f'import {{ start }} from "{static_url("js/sw/worker.js")}"\nstart(self, {json.dumps(settings, indent=1)})\n'
    )
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/kiosk", "Vary": "Cookie"}
    return Response(script, mimetype="text/javascript", headers=headers)


@bp.get("/kiosk/decoder/<version>.js")
def decoder(version: str) -> Response:
    """Send the decoding worker's first line. A service worker serves only what begins in its scope.

    404 for another release: its files are gone.
    """
    if version != release():
        abort(404)
    return Response(f'import "{static_url("js/scan/worker.js")}"\n', mimetype="text/javascript")


@bp.get("/kiosk/manifest.webmanifest")
def manifest() -> Response:
    """Send what the tablet needs to put the kiosk on its home screen."""
    icons = [
        {
            "src": static_url(f"icons/{name}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for name, purpose in (("icon", "any"), ("maskable", "maskable"))
    ]
    content = {
        "id": "/kiosk", "name": _("Ganchang booth tablet"), "short_name": "赶场", "lang": language(),
        "start_url": url_for("kiosk.show"), "scope": "/kiosk", "display": "standalone", "orientation": "any",
        "background_color": "#fbf5e9", "theme_color": "#961400", "icons": icons,
    }  # fmt: skip
    return Response(json.dumps(content, ensure_ascii=False), mimetype="application/manifest+json")


@cache
def sheets() -> tuple[str, ...]:
    """Return the stylesheets of the page, in the order they are loaded."""
    own = sorted(path.name for path in (STATIC / "css").glob("kiosk*.css"))
    return (*(f"css/{name}.css" for name in SHEETS), *(f"css/{name}" for name in own))


def shell(kept: str) -> list[str]:
    """Return the addresses without which the kiosk does not open: exactly what the page loads."""
    files = [*sheets(), *modules(PAGE), *modules(DECODER), "icons/sprite.svg", "icons/favicon.svg"]
    decoding = url_for("kiosk.decoder", version=release())
    return [url_for("kiosk.show", lang=kept), decoding, *(static_url(file) for file in files)]


def later(kept: str) -> list[str]:
    """Return what is fetched once the tablet is idle, in this order: the other language, what is imported only when
    needed (what rescues facts, then the large decoder), and the home screen's icons."""
    pages = [url_for("kiosk.show", lang=other) for other in LANGUAGES if other != kept]
    files = (*lazy_modules(PAGE), *lazy_modules(DECODER), LARGE_DECODER, "icons/icon-192.png", "icons/maskable-192.png")
    return [*pages, *(static_url(file) for file in files), url_for("kiosk.manifest")]


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
