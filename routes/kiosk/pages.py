"""The kiosk: its page, its service worker and its manifest. None of them holds any data."""

import json
import re
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask_babel import gettext as _
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from models.vocabulary import code_list
from models.vocabulary.programme import SIGN_UP_OUTCOMES
from models.vocabulary.survey import AT_A_DOOR, INTENTIONS
from models.vocabulary.trade import TRADES
from routes.kiosk.built import needed, script
from routes.kiosk.files import (
    DECODER,
    FORM_SHEET,
    LARGE_DECODER,
    PAGE,
    PARTS,
    PRACTICE,
    PRACTICE_SHEET,
    SCREENS,
    SHEET,
    STAGE_SHEET,
    THEME,
    WEB_ASSEMBLY,
    WORKER,
    built_url,
    edition,
    later,
    marks,
    shell,
)
from routes.kiosk.floor import floor_scripts, floor_sentences
from routes.kiosk.screen_words import PRACTICE_WORDS, sentences_of
from routes.kiosk.words import PHONE_OWNERS, sentences
from routes.web.compression import compress_once
from routes.web.language import LANGUAGES, language
from routes.web.pages import render_page
from routes.web.security import content_security_policy
from routes.web.static import release, static_url

bp = Blueprint("kiosk", __name__)

BREAK = re.compile(r">\n\s*<")  # between two tags; a space that is to be seen stands in one line with both


@bp.get("/kiosk")
def show() -> Response:
    """Send the shell in the tablet's language. Public: the tablet's own store holds the data."""
    screens = url_for("kiosk.screen", version=release(), name="")
    files = _files(PAGE, SHEET) | {"floor_scripts": floor_scripts(), "floor": floor_sentences()}
    page = render_page("kiosk/shell.html", screens=screens, **files, **_shared({}))
    return compress_once(_tight(page))


@bp.get("/kiosk/practice")
def practice() -> Response:
    """Send the page to practise on, in the tablet's language. Public: its people are made up, and it may ask no server.

    Query: ``lang``; ``until`` (HH:MM), when it ends by itself, is for its script.
    """
    files = _files(PRACTICE, SHEET, FORM_SHEET, STAGE_SHEET, PRACTICE_SHEET)
    more = PRACTICE_WORDS | sentences_of("registration") | sentences_of("stage")
    page = render_page("kiosk/practice.html", **files, **_shared(more))
    page.headers["Content-Security-Policy"] = f"{content_security_policy()}; connect-src 'none'"
    return compress_once(_tight(page))


def _tight(page: Response) -> Response:
    """Take the line breaks between tags out of a page: a browser makes a node of each, more than a thousand of them."""
    page.set_data(BREAK.sub("><", page.get_data(as_text=True)))
    return page


def _files(entry: str, *sheets: str) -> dict:
    """Return the addresses of what a page loads: its entry and that one's modules, stylesheets, the classic script."""
    modules = [built_url(name) for name in needed(entry)]
    addresses = {"sheets": [built_url(name) for name in sheets], "built": built_url("")}
    addresses |= {"entry": modules[0], "modules": modules, "theme": built_url(THEME)}
    return addresses | {"release": edition(_origins())}


def _shared(more: dict[str, str]) -> dict:
    """Return what the kiosk's page and the one to practise on both need; ``more`` are sentences of one alone."""
    decoding = url_for("kiosk.decoder", version=release())
    return {"decoder": decoding, "origins": _origins(), "sentences": _worded(sentences() | more), **_lists()}


def _worded(sentences: dict[str, str]) -> Markup:
    """Return sentences by code in the reader's language, as JSON that is safe as an element's text.

    One text instead of three hundred elements, which would cost a cheap tablet's start.
    """
    dumps = partial(json.dumps, ensure_ascii=False)
    return htmlsafe_json_dumps({code: _(text) for code, text in sentences.items()}, dumps=dumps)


def _lists() -> dict[str, Any]:
    """Return the code lists that forms offer."""
    return {"words": code_list, "trades": TRADES, "owners": PHONE_OWNERS}


def _origins() -> str:
    """Return the origins whose codes are ours, divided by blanks: a page may be opened by another than is printed."""
    return " ".join([current_app.config["ORIGIN"], *current_app.config["FORMER_ORIGINS"]])


@bp.get("/kiosk/screens/<version>/", defaults={"name": ""})
@bp.get("/kiosk/screens/<version>/<name>")
def screen(version: str, name: str) -> Response:
    """Send the markup of one of the kiosk's other screens, with its sentences. Public: it holds no data.

    Query: ``lang``. 404 for a name that is none, or another release: its files are gone.
    """
    if version != release() or name not in (*SCREENS, PARTS):
        abort(404)
    own: dict[str, Any] = {"name": name, "sentences": _worded(sentences_of(name)), "release": edition(_origins())}
    listed = name in (PARTS, "registration", "find", "stage")
    if name == "signing":
        own["outcomes"] = SIGN_UP_OUTCOMES
    if name == "door":
        own |= {"intentions": INTENTIONS, "at_a_door": AT_A_DOOR, "places": code_list.PLACES, "trades": TRADES}
    page = render_page("kiosk/screen.html", **own | (_lists() if listed else {}))
    return compress_once(_tight(page))


@bp.get("/kiosk/worker.js")
def worker() -> Response:
    """Send the service worker: the built script, and after it the release and what it keeps.

    The worker keeps a file only if it has its mark: a maintenance page that answers 200 never becomes the kiosk.
    It is a classic script: a service worker that is a module needs Chromium 91. Tablets that were set up by an older
    release have registered a module, and ask for it as one; the script is the same as either.

    Query: ``language``, that of the page that asked first. A worker's own requests do not always carry
    the reader's; it is not ``lang``, which would make a worker's look for news choose for its reader.
    """
    asked = request.args.get("language")
    kept = asked if asked in LANGUAGES else language()
    lists = {"shell": shell(kept), "later": later(kept)}
    known = marks([address for addresses in lists.values() for address in addresses], edition(_origins()))
    settings = {"release": edition(_origins()), "language": kept, **lists, "marks": known}
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/kiosk", "Vary": "Cookie"}
    return compress_once(Response(_started_worker(settings), mimetype="text/javascript", headers=headers))


def _started_worker(settings: dict) -> str:
    """Return the script with its start, and its source map's address, which would else be sought beside the kiosk."""
    text, _here, _map = script(WORKER).rpartition("//# sourceMappingURL=")
    start = f"kioskWorker.start(self, {json.dumps(settings, indent=1)})"
    return f"{text}{start}\n//# sourceMappingURL={built_url(WORKER)}.map\n"


@bp.get("/kiosk/decoder/<version>.js")
def decoder(version: str) -> Response:
    """Send the decoding worker's first lines. A service worker serves only what begins in its scope.

    404 for another release: its files are gone.
    """
    if version != release():
        abort(404)
    files = {"large": built_url(LARGE_DECODER), "wasm": static_url(WEB_ASSEMBLY)}
    lines = f"importScripts({json.dumps(built_url(DECODER))})\ndecodingWorker.start(self, {json.dumps(files)})\n"
    return Response(lines, mimetype="text/javascript")


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
