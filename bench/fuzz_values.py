"""Values for fuzzed requests: texts that break parsers, and operations in which something is wrong."""

import json
import re
from random import Random
from typing import Any
from uuid import UUID

from models.derived import nouns
from models.log.kind import fields_of

NASTY = (
    "", " ", "0", "-1", "1", "--5", "+5", "1e9", "NaN", "9" * 12, "9" * 19, "9" * 25, str(2**63), str(2**31),
    "１２", "٣", "1.5", "\0", "a\0b", "\ud800", "\udc00x", "李\ud842", "\u200b", "\u202e", "\ufeff", "𱖎", "é",
    "É" * 300, "x" * 70_000, "<b hx-get=/>", "<!--", "{{7*7}}", "%(name)s", "%s", "%", "%00", "%ff", "'", '"',
    "\\", "'; DROP TABLE booth;--", "=HYPERLINK(1)", "../../etc/passwd", "//evil.example", "/\\evil", "/\t//x",
    "/%09/[", "/\n//x", "http://[", "http://℀", "http://[::1", "javascript:1", "2026-02-30", "2026-02-24",
    "0001-01-01", "9999-12-31", "24:00", "25:61", "09:30+14:00", "2026-02-24T09:00:00+08:00",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "{}", "[]", "[" * 2_000, '{"a":',
    '{"title":["\\ud800"]}', "null", "true", "on", "yes", "log-1", "log-9999999999", "operator-1", "zh", "en",
    "de", "gzip, br;q=x", "q=1e999", ";;;=,", "text/html", "application/json", "*/*;q=", "bytes=0-",
    "bytes=9-1,x", "Bearer x", "Basic x", "W/\"x\"", "Thu, 99 Foo", "1000000005", "1" * 190, "9" * 190,
    "9" * 4_999, "http://x/p/1000000005",
)  # fmt: skip
TIMES = ("2026-02-24T09:00:00+08:00", "2026-02-24T11:59:59.5+08:00", "2031-01-01T00:00:00Z")


def nasty(random: Random) -> str:
    """Return a text that something may trip over."""
    text = random.choice(NASTY)
    return text if random.random() < 0.9 else text + random.choice(NASTY)


def json_value(random: Random, levels: int = 2) -> Any:
    """Return a JSON value of any type."""
    kind = random.randrange(9 if levels else 7)
    if kind == 7:
        return [json_value(random, levels - 1) for _ in range(random.randrange(4))]
    if kind == 8:
        return {nasty(random)[:40]: json_value(random, levels - 1) for _ in range(random.randrange(4))}
    simple = (None, True, random.choice((0, 1, -1, 2**31, 2**53, 2**63, 2**70, -(2**63), 10**300)), 1.5, 1e308)
    return simple[kind] if kind < 5 else nasty(random)


def deep(random: Random) -> str:
    """Return what ``body`` puts lists within lists for, about as deep as Python's own readers go."""
    return f"<{random.choice((5, 12, 60, 300, 700, 900, 940, 960, 980, 990, 1_010, 1_050, 5_000))} deep>"


def operation(random: Random, seq: int, known: dict[str, list]) -> dict[str, Any]:
    """Return an operation of any kind; a field in four is wrong. ``known`` are values that fit, by field."""
    kinds = nouns.kinds()
    kind = random.choice(sorted(kinds))
    raw = {
        "seq": seq, "id": str(UUID(int=random.getrandbits(128))), "kind": kind, "at": random.choice(TIMES),
        "operator": random.choice((None, 1, "organiser:demo")),
        "data": {name: _field(random, name, known) for name in sorted(fields_of(kinds[kind])) if random.random() < 0.8},
    }  # fmt: skip
    if random.random() < 0.25:
        raw[random.choice(("id", "kind", "at", "operator", "data", "more"))] = json_value(random)
    if random.random() < 0.02:
        raw[random.choice(("data", "more"))] = deep(random)
    return raw


def _field(random: Random, name: str, known: dict[str, list]) -> Any:
    return random.choice(known[name]) if name in known and random.random() < 0.8 else json_value(random)


def body(random: Random, acknowledged: int, known: dict[str, list]) -> bytes:
    """Return the body of a sync, as JSON that may be spoiled."""
    if random.random() < 0.05:
        return nasty(random).encode("utf-8", "surrogatepass")
    start = acknowledged + (1 if random.random() < 0.9 else random.randrange(-3, 4))
    operations = [operation(random, start + place, known) for place in range(random.choice((0, 1, 1, 2, 5)))]
    content: dict[str, Any] = {"protocol": 1, "batch": str(UUID(int=random.getrandbits(128))), "cursor": 0}
    content |= {"operations": operations, "sent_at": random.choice(TIMES), "unsent": 0}
    if random.random() < 0.1:
        names = ("protocol", "batch", "cursor", "operations", "sent_at", "unsent", "lost")
        content[random.choice(names)] = json_value(random)
    text = json.dumps(content, ensure_ascii=random.random() < 0.9)
    text = re.sub(r'"<(\d+) deep>"', lambda found: "[" * int(found[1]) + "]" * int(found[1]), text)
    return text.encode("utf-8", "surrogatepass")
