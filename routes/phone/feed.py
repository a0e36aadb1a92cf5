"""Feeds: market days as iCalendar (RFC 5545), by the package icalendar.

A day keeps its UID for ever; a change of what calendars show has a higher SEQUENCE, and a cancelled day says so. Times
are local with the county's time zone beside them, so they are right on a phone that is set to another.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Response, current_app, request
from icalendar import Calendar, Event, vDuration

from models.market.county import County
from models.market.market_hours import closing_time
from models.phone.coming_days import ComingDay
from routes.web.compression import accepts_gzip, compress

EVERY = timedelta(hours=6)  # how often a calendar is to look again
MOST = 500  # feeds that are kept; a county's with a season is 400 kB, 30 as gzip


def calendar(
    county: County, title: str, days: list[ComingDay], words: Callable[[ComingDay], tuple[str, str]], origin: str
) -> bytes:
    """Return an iCalendar of market days. ``words`` gives the title and the text of each."""
    host = urlsplit(origin).hostname
    found = Calendar()
    found.add("prodid", "-//Ganchang//Market days//ZH")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", title)
    found.add("x-wr-timezone", county.timezone)
    found.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(EVERY))
    zone = county.zone()
    for day in days:
        summary, text = words(day)
        event = Event()
        event.add("uid", f"market-day-{day.id}@{host}")
        event.add("dtstamp", day.changed_at.astimezone(UTC).replace(microsecond=0))
        event.add("last-modified", day.changed_at.astimezone(UTC).replace(microsecond=0))
        event.add("sequence", day.revision)
        event.add("status", "CANCELLED" if day.is_cancelled else "CONFIRMED")
        event.add("dtstart", datetime.combine(day.date, time.fromisoformat(day.opens_at), zone))
        event.add("dtend", closing_time(day.date, day.opens_at, day.closes_at).replace(tzinfo=zone))
        event.add("summary", summary)
        event.add("location", f"{day.town} {day.place}".strip())
        event.add("description", text)
        event.add("url", f"{origin}/m/{day.id}")
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    found.add_missing_timezones()
    return bytes(found.to_ical())


def answer(name: tuple[Hashable, ...], shown: Hashable, write: Callable[[], bytes]) -> Response:
    """Answer a feed, written anew only when what it shows changed. 304 if the calendar has it."""
    kept: OrderedDict = current_app.extensions.setdefault("page_cache", OrderedDict())
    key = ("ics", *name)
    found = kept.get(key)
    if found is None or found[0] != shown:
        plain = write()
        found = (shown, plain, compress(plain, 9), f'W/"{sha256(plain).hexdigest()[:20]}"')
        kept[key] = found
        while len(kept) > MOST:
            kept.popitem(last=False)
    headers = {"Cache-Control": "private, no-cache", "ETag": found[3], "Vary": "Accept-Encoding, Accept-Language"}
    if found[3] in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    headers["Content-Type"] = "text/calendar; charset=utf-8"
    if not accepts_gzip():
        return Response(found[1], headers=headers)
    return Response(found[2], headers=headers | {"Content-Encoding": "gzip"})
