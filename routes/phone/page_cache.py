"""Page cache: public pages, rendered and compressed once a language and text size until what they show changes.

The bytes are the same for every phone that nobody registered on. What differs between those, the number of a
registration form, travels in a cookie (routes/phone/form_number.py). Where somebody did, their pass stands on top, and
the page is theirs alone.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

from flask import Response, current_app, request

from routes.phone.holders import holders
from routes.phone.page import private
from routes.web.compression import accepts_gzip, compress
from routes.web.language import language
from routes.web.text_size import text_size

MOST = 1_000  # pages; one is some 20 kB
_lock = Lock()


class Page(NamedTuple):
    """A rendered page, plain and as gzip; ``shown`` is what it shows, compared by value."""

    shown: Hashable
    plain: bytes
    packed: bytes
    etag: str


def answer(name: tuple[Hashable, ...], shown: Hashable, render: Callable[[], str]) -> Response:
    """Answer a public page, rendered only when ``shown`` differs from what is cached. 304 if the browser has it.

    A phone with people of its own gets their pass on top, never cached.
    """
    page = _page((*name, language(), text_size()), shown, render)
    if holders():
        return private(page.plain.decode())
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": page.etag,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if page.etag in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    headers["Content-Type"] = "text/html; charset=utf-8"
    if not accepts_gzip():
        return Response(page.plain, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(page.packed, headers=headers)


def _page(name: tuple[Hashable, ...], shown: Hashable, render: Callable[[], str]) -> Page:
    pages: OrderedDict[tuple[Hashable, ...], Page] = current_app.extensions.setdefault("page_cache", OrderedDict())
    page = pages.get(name)
    if page is None or page.shown != shown:
        plain = render().encode()
        page = Page(shown, plain, compress(plain, 9), f'W/"{sha256(plain).hexdigest()[:20]}"')
        with _lock:
            pages[name] = page
            while len(pages) > MOST:
                pages.popitem(last=False)
    return page
