"""Candidates' forms: what is asked when somebody is registered, and what an amendment may change."""

from datetime import date
from typing import Annotated

from msgspec import Meta, field

from models.base.typed import name_of
from models.log.kind import MOST, TEXT, Kind, PassText, ShortText, Word
from models.market.market_day import is_under_age

BirthYear = Annotated[int, Meta(ge=1900, le=2200)]
Name = Annotated[str, Meta(max_length=100, pattern=TEXT)]


class CandidateForm(Kind):
    """What is asked of a candidate."""

    stays = frozenset({"groups_consent_at", "cleared"})  # without the first a sensitive group would not count any more

    name: Name | None = None
    birth_year: BirthYear | None = None
    phone: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    phone_owner: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    sex: Annotated[str, Meta(max_length=8, pattern=TEXT)] | None = None
    home_division: Annotated[str, Meta(max_length=64, pattern=TEXT)] | None = None
    education: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    trades: Annotated[list[Word], Meta(max_length=36)] | None = None
    wanted_place: ShortText | None = None
    wanted_pay_min_fen: Annotated[int, Meta(ge=0, le=100_000_000)] | None = None
    work_kinds: Annotated[list[Word], Meta(max_length=8)] | None = None
    groups: Annotated[list[Word], Meta(max_length=20)] | None = None
    phone_end: Annotated[str, Meta(max_length=4, pattern=TEXT)] | None = None  # for the tablet's own search
    groups_consent_at: Annotated[str, Meta(max_length=40, pattern=TEXT)] | None = None
    wishes: Annotated[list[Word], Meta(max_length=8)] | None = None
    last_province: ShortText | None = None
    registered_by: ShortText | None = None
    notice_at: Annotated[str, Meta(max_length=40, pattern=TEXT)] | None = None

    def subject(self, uuid: str) -> str | None:
        """Return the candidate, whose id is that of its registration."""
        return uuid

    def refusal(self, market_date: date) -> str | None:
        """Refuse a name of which nothing can be seen, and children: nobody under 16 may be introduced to work."""
        if self.name is not None and not name_of(self.name):
            return "malformed: name"
        if self.birth_year is None:
            return None
        if self.birth_year > market_date.year:
            return "malformed: birth_year"
        return "under_16" if is_under_age(self.birth_year, market_date) else None


COLUMNS = tuple(name for name in CandidateForm.__struct_fields__ if name != "phone_end")


CLEARABLE = frozenset(COLUMNS) - {"name", "birth_year", "registered_by", "notice_at"}  # what need not be said


class Registered(CandidateForm, kw_only=True):
    """``candidate.registered``: somebody new, with a pass or without."""

    name: Name
    birth_year: BirthYear
    contact: Annotated[str, Meta(max_length=2_000, pattern=TEXT)] | None = None
    pass_: PassText | None = field(default=None, name="pass")


class Amended(CandidateForm, kw_only=True):
    """``candidate.amended``: what is otherwise than in the version it was made from."""

    contact: Annotated[str, Meta(max_length=2_000, pattern=TEXT)] | None = None
    why: Annotated[str, Meta(max_length=200, pattern=TEXT)] | None = None
    based_on: Annotated[int, Meta(ge=0, le=MOST)]
    cleared: Annotated[list[Word], Meta(max_length=20)] | None = None  # fields that say nothing any more
