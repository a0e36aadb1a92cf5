"""Requests: what may come in from outside at all, asked once for every route.

No text that a page is asked for with holds a NUL, which PostgreSQL keeps in no column and compares with none; a number
in an address is one that every database can count to; and an address that somebody sent may be none at all.
"""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Flask, abort, request
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, Map, ValidationError

from models.base.legible import legible

LARGEST_ID = 2**31 - 1  # PostgreSQL's integer; SQLite itself ends at 2**63
LONGEST_HEADER = 200  # letters of a header that is remembered once it was read; browsers send fewer


class Parameters(ImmutableMultiDict[str, Any]):
    """What came in a query, a form or cookies, legible."""

    def __init__(self, pairs: Any = None) -> None:
        given = MultiDict(pairs)
        super().__init__((legible(name), _legible(value)) for name, value in given.items(multi=True))


def _legible(value: Any) -> Any:
    return legible(value) if isinstance(value, str) else value  # a file, which is read where it is taken


class Request(HtmxAwareRequest):
    """A request, of which every parameter can be drawn and stored."""

    parameter_storage_class = Parameters
    dict_storage_class = Parameters


class RowNumber(IntegerConverter):
    """A number in an address that may be a row's; a larger one is nobody's, so there is nothing at that address."""

    def __init__(self, map: Map, *args: Any, **more: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID} | more)

    def to_python(self, value: str) -> int:
        """Return the number. Raises ValidationError for more digits than any has: Python counts no 5,000 of them."""
        if len(value) > 10:
            raise ValidationError
        found: int = super().to_python(value)
        return found


def split_address(text: str) -> SplitResult | None:
    """Return the parts of an address that somebody sent, or None when it is none."""
    try:
        return urlsplit(text)
    except ValueError:
        return None


def refuse_illegible_paths() -> None:
    """Answer 404 to a path with a NUL in it: no row has such a name."""
    if "\0" in request.path:
        abort(404)


def init_app(app: Flask) -> None:
    """Read every request to ``app`` so. Call it after htmx's own part, and before there are routes."""
    app.request_class = Request
    app.url_map.converters["int"] = RowNumber
    app.before_request(refuse_illegible_paths)
