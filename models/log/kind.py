"""Kinds: what the data of an operation may hold. Each noun of models/derived declares its own kinds as structs.

Strict where a wrong value would lose or misplace a fact (ids, numbers, stages), tolerant where a newer tablet may
know more codes than we do. A field that is null is not there.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Annotated, ClassVar

from msgspec import Meta, Struct, ValidationError, convert, field
from msgspec.structs import FieldInfo, fields

from models.base import check_digit
from models.people.candidate_pass import read_pass
from models.vocabulary.stage import EXITS, PLACES, STAGES

# A pass is read to check it and again to name whom it stands for; a booth has few vacancies.
_read_pass = lru_cache(maxsize=2_000)(read_pass)
_is_code = lru_cache(maxsize=2_000)(check_digit.is_valid)
_UUID = r"\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z"
_is_uuid = re.compile(_UUID).match
_UNREADABLE = (ValidationError, UnicodeEncodeError)  # msgspec raises the latter for half an emoji

LONGEST_PASS = 300  # letters of the whole text of a pass's QR; what is longer is none, and not worth remembering
MOST = 1_000_000  # no number in the data is larger
# Not blank, and of letters that every database can keep.
TEXT = r"\A[^\0\ud800-\udfff]*[^\s\0\ud800-\udfff][^\0\ud800-\udfff]*\Z"
_is_text = lru_cache(maxsize=200)(re.compile(TEXT).match)
_WORD = r"\A[^\0,\ud800-\udfff]*[^\s\0,\ud800-\udfff][^\0,\ud800-\udfff]*\Z"

Uuid = Annotated[str, Meta(pattern=_UUID)]
Word = Annotated[str, Meta(max_length=32, pattern=_WORD)]
ShortText = Annotated[str, Meta(max_length=16, pattern=TEXT)]
Stage = Annotated[str, Meta(pattern=rf"\A({'|'.join((*STAGES, *EXITS))})\Z")]
Place = Annotated[str, Meta(pattern=rf"\A({'|'.join(PLACES)})\Z")]


class PassText(str):
    """A pass number, or the whole text of a pass's QR."""


class VacancyNumber(str):
    """7 digits that end in their check digit."""


class Kind(Struct, kw_only=True):
    """The data of one kind of operation. A subclass declares the fields."""

    is_open: ClassVar[bool] = False  # takes any fields, so none is unknown
    # Optional fields that stay when the person is forgotten, besides those that always do (models/log/shortened.py).
    stays: ClassVar[frozenset[str]] = frozenset()

    def subject(self, uuid: str) -> str | None:
        """Return what the operation is about; None for the candidate or the pass that its data name."""
        return None

    def refusal(self, market_date: date) -> str | None:
        """Return why well-formed data are refused all the same, if they are."""
        return None


class KeptAsItIs(Kind):
    """Data of a kind that is known and has no figures yet: any fields, unread."""

    is_open = True


class Somebody(Kind):
    """Data that name a person by candidate or pass."""

    candidate: Uuid | None = None
    pass_: PassText | None = field(default=None, name="pass")

    def refusal(self, market_date: date) -> str | None:
        """Refuse what names nobody."""
        return "malformed: candidate" if self.candidate is None and self.pass_ is None else None


Kinds = Mapping[str, type[Kind]]


def read_data(kind: type[Kind], data: dict[str, object]) -> tuple[Kind | None, str | None]:
    """Return ``(the data as kind, None)``, or ``(None, the field that cannot be read)``."""
    names = fields_of(kind)
    known = data
    if not data.keys() <= names or None in data.values():
        known = {name: value for name, value in data.items() if name in names and value is not None}
    try:
        return convert(known, kind, dec_hook=_special), None
    except _UNREADABLE:
        return None, _first_wrong(kind, known)


@lru_cache
def fields_of(kind: type[Kind]) -> frozenset[str]:
    """Return the names of a kind's fields in the data: ``pass`` is a keyword, so its attribute is ``pass_``."""
    return frozenset(kind.__struct_encode_fields__)


@lru_cache
def required_of(kind: type[Kind]) -> frozenset[str]:
    """Return the names of the fields without which data of a kind cannot be read."""
    return frozenset(name for name, info in _types_of(kind).items() if info.required)


def can_hold(kind: type[Kind], name: str, value: object) -> bool:
    """Say whether a value can stand in a field of a kind; in one that the kind does not have, anything can."""
    known = _types_of(kind).get(name)
    if known is None:
        return True
    try:
        convert(value, known.type, dec_hook=_special)
    except _UNREADABLE:
        return False
    return value is not None


def _first_wrong(kind: type[Kind], known: dict[str, object]) -> str:
    """Return the first field with a wrong value, in the order of the data, else the first that is missing."""
    wrong = (name for name, value in known.items() if not can_hold(kind, name, value))
    missing = (name for name, info in _types_of(kind).items() if info.required and name not in known)
    return next(chain(wrong, missing))


@lru_cache
def _types_of(kind: type[Kind]) -> dict[str, FieldInfo]:
    return {info.encode_name: info for info in fields(kind)}


def pass_in(text: str) -> tuple[str, bytes | None] | None:
    """Read what a scanner saw, as ``read_pass``, remembering what it read last."""
    return _read_pass(text) if len(text) <= LONGEST_PASS else None


def is_uuid(value: object) -> bool:
    """Check for a UUID of any version in its usual 36 letters."""
    return isinstance(value, str) and _is_uuid(value) is not None


def is_vacancy_number(value: object) -> bool:
    """Check for 7 digits that end in their check digit."""
    return isinstance(value, str) and len(value) == 7 and _is_code(value)


def is_kind_name(value: object) -> bool:
    """Check for what may name a kind, ours or one to come: text of at most 64 letters."""
    return isinstance(value, str) and len(value) <= 64 and _is_text(value) is not None


def _special(wanted: type, value: object) -> object:
    """Read what msgspec does not know. Raises ValueError, which msgspec turns into its own."""
    if wanted is PassText and isinstance(value, str) and pass_in(value):
        return PassText(value)
    if wanted is VacancyNumber and is_vacancy_number(value):
        return VacancyNumber(value)
    raise ValueError(f"not a {wanted.__name__}")
