"""The kiosk: its page, its service worker and its manifest. None of them holds any data."""

import json

from flask import Blueprint, Response, abort, request, url_for
from flask_babel import gettext as _

from models.vocabulary import code_list
from models.vocabulary.trade import TRADES
from routes.kiosk.files import PAGE, PRACTICE, PRACTICE_SHEET, SCREENS, THEME, later, modules, sheets, shell
from routes.kiosk.screen_words import PRACTICE_WORDS, sentences_of
from routes.kiosk.words import PHONE_OWNERS, sentences
from routes.web.compression import compress_once
from routes.web.language import LANGUAGES, language
from routes.web.pages import render_page
from routes.web.security import content_security_policy
from routes.web.static import release, static_url

bp = Blueprint("kiosk", __name__)


@bp.get("/kiosk")
def show() -> Response:
    """Send the shell in the tablet's language. Public: the tablet's own store holds the data."""
    screens = url_for("kiosk.screen", version=release(), name="")
    page = render_page("kiosk/shell.html", sheets=sheets(), modules=modules(PAGE), screens=screens, **_shared({}))
    return compress_once(page)


@bp.get("/kiosk/practice")
def practice() -> Response:
    """Send the page to practise on, in the tablet's language. Public: its people are made up, and it may ask no server.

    Query: ``lang``; ``until`` (HH:MM), when it ends by itself, is for its script.
    """
    styles = (*sheets(), PRACTICE_SHEET)
    page = render_page("kiosk/practice.html", sheets=styles, modules=modules(PRACTICE), **_shared(PRACTICE_WORDS))
    page.headers["Content-Security-Policy"] = f"{content_security_policy()}; connect-src 'none'"
    return compress_once(page)


def _shared(more: dict[str, str]) -> dict:
    """Return what the kiosk's page and the one to practise on both need; ``more`` are sentences of one alone."""
    decoding = url_for("kiosk.decoder", version=release())
    lists = {"words": code_list, "trades": TRADES, "owners": PHONE_OWNERS, "sentences": sentences() | more}
    return {"theme": THEME, "decoder": decoding, **lists}


@bp.get("/kiosk/screens/<version>/", defaults={"name": ""})
@bp.get("/kiosk/screens/<version>/<name>")
def screen(version: str, name: str) -> Response:
    """Send the markup of one of the kiosk's other screens, with its sentences. Public: it holds no data.

    Query: ``lang``. 404 for a name that is none, or another release: its files are gone.
    """
    if version != release() or name not in SCREENS:
        abort(404)
    page = render_page("kiosk/screen.html", name=name, sentences=sentences_of(name))
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
