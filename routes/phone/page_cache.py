"""Kept pages: public pages, rendered and compressed once a language and text size until what they show changes.

A form's number is minted for each visitor, so the kept bytes are two halves and the number goes
between them: deflate allows a stored block where the first half was flushed, and the check sum of
the whole goes on from the first half's. So a kept page costs no rendering and no compressing.
"""

import struct
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256
from threading import Lock
from uuid import uuid4

from flask import Response, request

from routes.web.compression import accepts_gzip
from routes.web.language import language
from routes.web.text_size import text_size

MINTED = "00000000-minted-for-each-00000000000"  # stands where the form's number goes; 36 letters
MOST = 1_000  # pages; one is some 20 kB
GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
STORED = b"\0" + struct.pack("<HH", len(MINTED), len(MINTED) ^ 0xFFFF)

_pages: OrderedDict[tuple, "Page"] = OrderedDict()
_lock = Lock()


class Page:
    """One rendered page, plain and compressed, in the halves before and after the form's number."""

    def __init__(self, shown: Hashable, html: str) -> None:
        self.shown = shown
        head, self.mark, tail = (part.encode() for part in html.partition(MINTED))
        self.head, self.tail = head, tail
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        self.packed_head = GZIP_HEAD + deflate.compress(head) + deflate.flush(zlib.Z_FULL_FLUSH)
        self.packed_tail = deflate.compress(tail) + deflate.flush()
        self.head_sum = zlib.crc32(head)
        self.etag = f'W/"{sha256(html.encode()).hexdigest()[:20]}"'

    def plain(self, number: bytes) -> bytes:
        """Return the page with a form's number in it, if it has a form."""
        return b"".join((self.head, number, self.tail)) if self.mark else self.head

    def packed(self, number: bytes) -> bytes:
        """Return the same as gzip."""
        size, check = len(self.head), self.head_sum
        middle = b""
        if self.mark:
            size += len(number) + len(self.tail)
            check = zlib.crc32(self.tail, zlib.crc32(number, check))
            middle = STORED + number
        return b"".join((self.packed_head, middle, self.packed_tail, struct.pack("<II", check, size)))


def answer(name: tuple, shown: Hashable, render: Callable[[], str]) -> Response:
    """Answer a public page, rendered only when ``shown`` is not what the kept one showed.

    304 when the browser has it: with it, its form keeps the number it was minted with.
    The ETag is weak, for two visitors' pages differ in that number.
    """
    page = _page((*name, language(), text_size()), shown, render)
    headers = {
        "Cache-Control": "private, no-cache",
        "ETag": page.etag,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if page.etag in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    number = str(uuid4()).encode()
    headers["Content-Type"] = "text/html; charset=utf-8"
    if not accepts_gzip():
        return Response(page.plain(number), headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(page.packed(number), headers=headers)


def _page(name: tuple, shown: Hashable, render: Callable[[], str]) -> Page:
    page = _pages.get(name)
    if page is None or page.shown != shown:
        page = Page(shown, render())
        with _lock:
            _pages[name] = page
            while len(_pages) > MOST:
                _pages.popitem(last=False)
    return page


def forget() -> None:
    """Drop every kept page, for tests."""
    _pages.clear()
