"""The log: each request has a number, and what is written of it names nobody.

With ``GANCHANG_LOG=json`` a line of JSON is written for each request and each mistake; else mistakes alone, as text. An
address may hold a person's token and a database's message may hold a name or a telephone number, so neither is written
as it stands: the endpoint stands for the address, and messages of mistakes lose figures and Chinese.
"""

import json
import logging
import re
import time
import traceback
from secrets import token_hex
from types import TracebackType
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request

from models.base.clock import utcnow

HEADER = "X-Request-ID"
LOG = logging.getLogger("ganchang.requests")
_NUMBER = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII).fullmatch  # what a proxy may have given a request
_PERSONAL = re.compile(r"\d{5,}|[^\x00-\x7f]+|[A-Za-z0-9_-]{20,}")  # numbers, names, tokens


def number_of_request() -> str:
    """Return the number of the request at hand, as its answer and its lines in the log have it."""
    if "request_number" not in g:
        given = request.headers.get(HEADER, "") if current_app.config["PROXIES"] else ""
        g.request_number = given if _NUMBER(given) else token_hex(8)
    number: str = g.request_number
    return number


def scrubbed(text: str) -> str:
    """Return a message without what could be somebody's: long figures, letters beyond ASCII, tokens."""
    return _PERSONAL.sub("…", text)


class Lines(logging.Formatter):
    """Writes a record as one line of JSON: when, how grave, by which logger, what; of a request also its number."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": utcnow().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name == LOG.name else scrubbed(record.getMessage()),
        }
        if has_request_context():
            line["request"] = number_of_request()
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["mistake"] = _mistake(*record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Text(logging.Formatter):
    """Writes a record as text, a mistake with where it happened and without what it said of people."""

    def formatException(self, ei: Any) -> str:
        """Return where a mistake happened."""
        return _mistake(*ei)


def _mistake(kind: type, error: BaseException, where: TracebackType | None) -> str:
    frames = "".join(traceback.format_tb(where))
    return f"{frames}{kind.__name__}: {scrubbed(str(error))}"


def seconds_taken() -> float:
    """Return how long the request at hand has taken; 0 of one that failed before it began."""
    now = time.perf_counter()
    return now - float(g.get("began", now))


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    """Give an answer its request's number, and write the line."""
    response.headers[HEADER] = number_of_request()
    if LOG.isEnabledFor(logging.INFO):
        LOG.info("answered", extra={"fields": _fields(response)})
    return response


def _fields(response: Response) -> dict[str, Any]:
    """Return what is written of an answered request."""
    tablet = g.get("tablet")
    of_tablet = {"market_day": tablet.market_day_id, "tablet": tablet.letter} if tablet else {}
    return {
        "method": request.method,
        "endpoint": request.endpoint or "none",
        "status": response.status_code,
        "ms": round(seconds_taken() * 1000, 1),
        "bytes": response.content_length,
    } | of_tablet


def _log_exception(error: Any) -> None:
    """Write a mistake as Flask does, but by the endpoint instead of the address, which may hold a token."""
    current_app.logger.error("mistake in %s %s", request.method, request.endpoint, exc_info=error)


def init_app(app: Flask) -> None:
    """Number the requests to ``app``, and write its log as its setting says."""
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _log_exception  # type: ignore[method-assign, assignment]
    handler = logging.StreamHandler()
    in_json = app.config["LOG"] == "json"
    handler.setFormatter(Lines() if in_json else Text("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    LOG.setLevel(logging.INFO if in_json else logging.WARNING)
    for logger in (app.logger, LOG):
        logger.handlers[:] = [handler]
        logger.propagate = False
