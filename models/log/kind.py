"""Kinds: which fields each kind of operation has, and what each may hold (ARCHITECTURE 6).

Strict where a wrong value would lose or misplace a fact (ids, numbers, stages), tolerant where a
newer tablet may know more codes than we do.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from models.base import check_digit
from models.people.candidate_pass import read_pass
from models.vocabulary.stage import EXITS, PLACES, STAGES

Check = Callable[[object], bool]
# A pass is read to check it and again to name whom it stands for; a booth has few vacancies.
pass_in = lru_cache(maxsize=2_000)(read_pass)
_is_code = lru_cache(maxsize=2_000)(check_digit.is_valid)
MOST = 1_000_000  # no booth counts more at one tap
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", re.ASCII)


def text(limit: int) -> Check:
    """Check for non-blank text of at most ``limit`` letters that every database can keep."""

    def check(value: object) -> bool:
        if not isinstance(value, str) or not value.strip() or len(value) > limit or "\0" in value:
            return False
        return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)

    return check


def words(limit: int) -> Check:
    """Check for a list of at most ``limit`` short words."""
    word = text(32)
    return lambda value: (
        isinstance(value, list)
        and len(value) <= limit
        and all(word(item) and "," not in item for item in value)
    )


def whole(low: int, high: int) -> Check:
    """Check for an integer (not a truth value) between two bounds."""
    return lambda value: type(value) is int and low <= value <= high


def one_of(*codes: str) -> Check:
    """Check for one of these codes."""
    return lambda value: isinstance(value, str) and value in codes


def is_uuid(value: object) -> bool:
    """Check for a UUID of any version in its usual 36 letters."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_vacancy_number(value: object) -> bool:
    """Check for 7 digits that end in their check digit."""
    return isinstance(value, str) and len(value) == 7 and _is_code(value)


def is_pass(value: object) -> bool:
    """Check for a pass number, or the whole text of a pass's QR."""
    return isinstance(value, str) and pass_in(value) is not None


def is_truth(value: object) -> bool:
    """Check for true or false."""
    return isinstance(value, bool)


PERSON = {"candidate": is_uuid, "pass": is_pass}
CANDIDATE = {
    "name": text(100),
    "birth_year": whole(1900, 2200),
    "phone": text(32),
    "phone_owner": text(32),
    "sex": text(8),
    "home_division": text(64),
    "education": text(32),
    "trades": words(36),
    "wanted_place": text(16),
    "wanted_pay_min_fen": whole(0, 100_000_000),
    "work_kinds": words(8),
    "groups": words(20),
    "registered_by": text(16),
    "notice_at": text(40),
}

FIELDS: dict[str, dict[str, Check]] = {
    "candidate.registered": {**CANDIDATE, "contact": text(2_000), "pass": is_pass},
    "candidate.amended": {**CANDIDATE, "contact": text(2_000), "based_on": whole(0, MOST)},
    "pass.bound": PERSON,
    "visit.recorded": {**PERSON, "channel": text(16)},
    "check_in.recorded": {**PERSON, "vacancy": is_vacancy_number, "channel": text(16)},
    "check_in.progressed": {
        "check_in": is_uuid,
        "stage": one_of(*STAGES, *EXITS),
        "place": one_of(*PLACES),
        "correction": is_truth,
    },
    "check_in.withdrawn": {"check_in": is_uuid, "reason": text(200)},
    "consent.given": {"candidate": is_uuid, "vacancy": is_vacancy_number, "spoken": is_truth},
    "consent.withdrawn": {"candidate": is_uuid, "vacancy": is_vacancy_number, "spoken": is_truth},
    "tally.counted": {"topic": text(32), "count": whole(-MOST, MOST)},
    "vacancy.filled": {"vacancy": is_vacancy_number},
    "vacancy.reopened": {"vacancy": is_vacancy_number},
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "candidate.registered": ("name", "birth_year"),
    "candidate.amended": ("based_on",),
    "pass.bound": ("pass", "candidate"),
    "check_in.recorded": ("vacancy",),
    "check_in.progressed": ("check_in", "stage"),
    "check_in.withdrawn": ("check_in",),
    "consent.given": ("candidate", "vacancy"),
    "consent.withdrawn": ("candidate", "vacancy"),
    "tally.counted": ("topic", "count"),
    "vacancy.filled": ("vacancy",),
    "vacancy.reopened": ("vacancy",),
}
NAMES_A_PERSON = ("visit.recorded", "check_in.recorded")
KEPT_AS_THEY_ARE = ("referral.made", "survey.answered")  # known, with no figures of their own yet


def look_over(kind: str, data: dict) -> tuple[str | None, set[str]]:
    """Check one operation's data and return ``(refusal, remarks)``: a reason or None, and reasons to look at it."""
    fields = FIELDS.get(kind)
    if fields is None:
        return None, set() if kind in KEPT_AS_THEY_ARE else {"unknown_kind"}
    remarks: set[str] = set()
    for name, value in data.items():
        check = fields.get(name)
        if check is None:
            remarks.add("unknown_field")
        elif value is not None and not check(value):
            return f"malformed: {name}", set()
    for name in REQUIRED.get(kind, ()):
        if data.get(name) is None:
            return f"malformed: {name}", set()
    if kind in NAMES_A_PERSON and data.get("candidate") is None and data.get("pass") is None:
        return "malformed: candidate", set()
    return None, remarks
