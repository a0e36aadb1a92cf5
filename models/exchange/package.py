"""Packages: vacancies of one region on their way to another, signed, with an end; as a file or as lines for QR codes.

What is in one is public already: what vacancies and employers say. No contact of an employer and nobody's data.
"""

import gzip
import json
import re
from base64 import b32decode, b32encode, b64decode, b64encode
from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any

from msgspec import Meta, Struct

from models.base.json_body import decode, fields_in
from models.base.packing import unpack
from models.base.typed import text_of
from models.keys.region_key import RegionKey, is_signed

HEAD = b"ganchang vacancy package 1\n"  # signed before the content, so that no other signature fits
LARGEST_FILE, LARGEST, MOST = 2 * 1024 * 1024, 8 * 1024 * 1024, 2_000  # bytes packed, bytes unpacked, vacancies
LINE_LETTERS, MOST_LINES = 700, 60
_LINE = re.compile(r"GCX1:([0-9A-F]{8}):(\d{1,2}):(\d{1,2}):([A-Z2-7]{1,1000})")
# What a vacancy says in public; the fields and their lengths are those of its form.
PUBLIC = (
    "title", "trade", "openings", "duties", "place", "pay_min_fen", "pay_max_fen", "pay_unit", "work_kind", "hours",
    "benefits", "requirements", "bring", "adults_only", "valid_until", "industry", "work_date", "pay_includes",
    "pay_day", "shift", "insurance", "contract", "probation", "hazard", "starts", "transport", "true_employer",
)  # fmt: skip


class Unreadable(ValueError):
    """It is no package, or more than one can be."""


class Tampered(ValueError):
    """It is not as its region signed it."""


class Vague(ValueError):
    """Lines of codes are missing, or belong to several packages; ``missing`` says which."""

    def __init__(self, missing: list[int]) -> None:
        super().__init__("lines are missing")
        self.missing = missing


Text = Annotated[str, Meta(max_length=600)]
Short = Annotated[str, Meta(max_length=120)]
Fen = Annotated[int, Meta(ge=1, le=100_000_000)] | None


class SentEmployer(Struct):
    """An employer as its licence says."""

    name: Short
    kind: Short
    credit_code: Short = ""
    licence: Short = ""


class SentVacancy(Struct):
    """A vacancy under the number of its region, and which of the package's employers wants the people."""

    number: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z-]{1,20}\Z")]
    employer: Annotated[int, Meta(ge=0, le=MOST)]
    title: Short
    trade: Short
    openings: Annotated[int, Meta(ge=1, le=10_000)]
    duties: Text
    place: Short
    pay_unit: Short
    work_kind: Short
    valid_until: date
    pay_min_fen: Fen = None
    pay_max_fen: Fen = None
    work_date: date | None = None
    adults_only: bool = False
    hours: Text = ""
    benefits: Text = ""
    requirements: Text = ""
    bring: Text = ""
    industry: Short = ""
    pay_includes: Text = ""
    pay_day: Text = ""
    shift: Short = ""
    insurance: Text = ""
    contract: Text = ""
    probation: Text = ""
    hazard: Text = ""
    starts: Text = ""
    transport: Text = ""
    true_employer: Text = ""


class Content(Struct):
    """What a package says. ``to`` is the key of the region that it is for, or empty: for every partner."""

    id: Annotated[str, Meta(pattern=r"\A[0-9a-f-]{36}\Z")]
    service: Short
    county: Short
    to: Short
    issued_at: datetime
    expires_on: date
    employers: Annotated[list[SentEmployer], Meta(max_length=MOST)]
    vacancies: Annotated[list[SentVacancy], Meta(max_length=MOST)]


class _Envelope(Struct):
    key: str
    content: str
    signature: str


class Package(Struct):
    """A package whose signature is right: by whose key, and what it says."""

    key: str
    content: Content


def pack(content: dict[str, Any], key: RegionKey) -> str:
    """Return a package as the text of its file."""
    packed = gzip.compress(json.dumps(content, ensure_ascii=False, sort_keys=True).encode(), mtime=0)
    signature = key.sign(HEAD + packed)
    return json.dumps({"ganchang": "vacancy package 1", "key": key.public, "content": b64encode(packed).decode(),
                       "signature": b64encode(signature).decode()})  # fmt: skip


def read(text: str) -> Package:
    """Return what a file or the lines of codes hold. Raises Unreadable, Tampered, Vague."""
    if len(text) > LARGEST_FILE:
        raise Unreadable
    if "GCX1:" in text and not text.lstrip().startswith("{"):
        text = together(text)
    try:
        envelope = fields_in(decode(text.encode()), _Envelope)
        packed, signature = b64decode(envelope.content, validate=True), b64decode(envelope.signature, validate=True)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not is_signed(envelope.key, HEAD + packed, signature):
        raise Tampered
    try:
        content = _content(unpack(packed, LARGEST))
    except (ValueError, RecursionError):
        raise Unreadable from None
    return Package(envelope.key, content)


def lines_of(text: str) -> list[str]:
    """Return a package as lines for QR codes, in letters that codes hold densely; none where they would be too many."""
    data = b32encode(gzip.compress(text.encode(), mtime=0)).decode().rstrip("=")
    pieces = [data[at : at + LINE_LETTERS] for at in range(0, len(data), LINE_LETTERS)]
    if len(pieces) > MOST_LINES:
        return []
    mark = sha256(text.encode()).hexdigest()[:8].upper()
    return [f"GCX1:{mark}:{place}:{len(pieces)}:{piece}" for place, piece in enumerate(pieces, start=1)]


def together(text: str) -> str:
    """Return the package of which these are the lines, in any order. Raises Vague, Unreadable, Tampered."""
    found: dict[tuple[str, int], dict[int, str]] = {}
    for mark, place, count, piece in _LINE.findall(re.sub(r"[^\S\n]", "", text.upper())):
        found.setdefault((mark, int(count)), {})[int(place)] = piece
    if len(found) != 1:
        raise Unreadable if not found else Vague([])
    (((mark, count), pieces),) = found.items()
    missing = [place for place in range(1, count + 1) if place not in pieces]
    if missing or not 1 <= count <= MOST_LINES:
        raise Vague(missing)
    data = "".join(pieces[place] for place in range(1, count + 1))
    try:
        whole = unpack(b32decode(data + "=" * (-len(data) % 8)), LARGEST_FILE).decode()
    except ValueError:
        raise Unreadable from None
    if sha256(whole.encode()).hexdigest()[:8].upper() != mark:
        raise Tampered
    return whole


def _content(plain: bytes) -> Content:
    content = fields_in(decode(plain), Content)
    numbers = [vacancy.number for vacancy in content.vacancies]
    if len(set(numbers)) != len(numbers) or content.issued_at.tzinfo is None:
        raise ValueError("a number comes twice")
    if any(vacancy.employer >= len(content.employers) for vacancy in content.vacancies):
        raise ValueError("an employer is missing")
    for row in (content, *content.employers, *content.vacancies):
        _clean(row)
    return content


def _clean(row: Struct) -> None:
    """Keep what can be seen of each text, as of what is typed here."""
    for name in row.__struct_fields__:
        if isinstance(value := getattr(row, name), str):
            setattr(row, name, text_of(value))


def said_of(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return what vacancies say in public, as a package holds it, each under its number and without its employer."""
    return [{"number": row.number} | {name: _plain(getattr(row, name)) for name in PUBLIC} for row in rows]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
