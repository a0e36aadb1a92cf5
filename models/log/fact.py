"""Facts: operations on their way in, read and judged by themselves before they meet the others."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

from models.base.clock import clamped
from models.log.kind import Kind, Kinds, fields_of, is_kind_name, is_uuid, pass_in, read_data
from models.log.settlement import CORRECTED, SET_ASIDE
from models.vocabulary.reason import WAITING, outcome_of, shown

CLOCK_TOLERANCE_MS = 10 * 60_000
FIRST_PLAUSIBLE_MS = 1_577_836_800_000  # 2020-01-01: a tablet without battery wakes up before it
_LEAP_SECOND = re.compile(r"(?<=[Tt ])(\d\d:\d\d):60")
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


class BatchError(ValueError):
    """A batch that cannot even be read as operations; nothing of it is stored."""


@dataclass(slots=True)
class Fact:
    """One operation, read. ``subject`` is the node or vacancy it is about. ``said`` are its data as they came, typed;
    None of what nobody can read, and of unknown kinds.

    ``remarks`` are the reasons for which it waits or needs attention. ``settled`` is how a person settled it so that it
    counts: ``accepted`` or ``corrected``.
    """

    seq: int
    body: str
    kind: str = ""
    uuid: str | None = None
    data: dict = field(default_factory=dict)
    said: Kind | None = None
    at_ms: int = 0
    effective_ms: int = 0
    subject: str | None = None
    pass_number: str | None = None
    signed: bytes | None = None
    recorded_ms: int | None = None  # the tablet's own time, where a person corrected it
    is_shown: bool = False  # a pass that we signed was scanned for it
    is_bound: bool = True  # the pass that it names can be given to whom it is about
    refusal: str | None = None
    remarks: set[str] = field(default_factory=set)
    settled: str | None = None
    forgotten: str | None = None  # the keyed hash of what it was before it was shortened

    @property
    def own_ms(self) -> int:
        """The tablet's own time of it, whatever a person made of that."""
        return self.at_ms if self.recorded_ms is None else self.recorded_ms

    @property
    def outcome(self) -> str:
        """applied, attention, waiting or refused, as far as the fact alone says."""
        return outcome_of(self.reason)

    @property
    def reason(self) -> str | None:
        """Why it was refused or needs attention; how it was settled, if it was."""
        return shown(self.reasons)

    @property
    def reasons(self) -> set[str]:
        """Every reason it has. Of a refused fact nothing else matters."""
        if self.refusal:
            return {self.refusal}
        return self.remarks | {self.settled} if self.settled else self.remarks

    @property
    def waits(self) -> bool:
        """Say whether it is out of reach, and nobody accepted it: then it has no effect."""
        return not self.settled and not self.remarks.isdisjoint(WAITING)

    @property
    def has_effect(self) -> bool:
        """Say whether it is neither refused nor waits."""
        return not self.refusal and not self.waits

    @property
    def node(self) -> str:
        """The subject, of a fact of a kind that has one whenever it is not refused."""
        assert self.subject is not None
        return self.subject

    @property
    def names_a_vacancy(self) -> bool:
        """Say whether its kind names a vacancy."""
        return hasattr(self.said, "vacancy")

    def refuse(self, reason: str) -> None:
        """Refuse it, unless it is refused already."""
        self.refusal = self.refusal or reason


class Stored(NamedTuple):
    """An operation as it is stored, and what a person decided about it.

    ``at_ms`` is the tablet's own time. ``data`` is the corrected data's JSON, ``happened_ms`` the corrected time.
    ``forgotten`` is the keyed hash of one that was shortened.
    """

    tablet: int
    seq: int
    body: str
    at_ms: int
    effective_ms: int
    received_ms: int
    act: str | None = None
    data: str | None = None
    happened_ms: int | None = None
    forgotten: str | None = None


def body_of(raw: dict) -> str:
    """Return an operation as canonical JSON without its seq: what sameness is judged by."""
    return _encode({name: value for name, value in raw.items() if name != "seq"})


def read_fact(raw: dict, offset_ms: int, market_date: date, kinds: Kinds) -> Fact:
    """Read one raw operation; whatever is wrong with it is noted, never raised."""
    at_ms = _milliseconds(raw.get("at"))
    fact = Fact(seq=raw["seq"], body=body_of(raw))
    _read(fact, raw, None if at_ms is None else at_ms + offset_ms, kinds, market_date)
    return fact


def read_again(stored: Stored, market_date: date, kinds: Kinds) -> Fact:
    """Read a stored operation as a person settled it: its place in its log stays what it was, and its time but for
    one that was corrected.
    """
    raw = json.loads(stored.body)
    at_ms = None if _milliseconds(raw.get("at")) is None else stored.at_ms
    if stored.act == CORRECTED:
        at_ms = at_ms if stored.happened_ms is None else stored.happened_ms
        raw["data"] = json.loads(stored.data or "{}")
        if not is_uuid(raw.get("id")):
            raw["id"] = str(uuid5(NAMESPACE_OID, stored.body))
        if at_ms is None:  # all that is known is where its log stood
            at_ms = stored.effective_ms or stored.received_ms
    fact = Fact(stored.seq, stored.body, effective_ms=stored.effective_ms, forgotten=stored.forgotten)
    _read(fact, raw, at_ms, kinds, market_date)
    if fact.forgotten and "refused" in raw and stored.act != CORRECTED:  # of what it said nothing is left to be read
        fact.refusal, fact.subject = raw["refused"], raw["subject"]
    if stored.act == CORRECTED and stored.happened_ms is not None:
        fact.recorded_ms = stored.at_ms
    if not fact.refusal:
        judge_clock(fact, stored.received_ms)
    if stored.act == SET_ASIDE:
        fact.refuse(SET_ASIDE)
    else:
        fact.settled = stored.act
    return fact


def data_of(body: str, corrected: str | None) -> dict:
    """Return the data of a stored operation, or what a person put in its place."""
    return json.loads(corrected) if corrected else json.loads(body)["data"]


def _read(fact: Fact, raw: dict, at_ms: int | None, kinds: Kinds, market_date: date) -> None:
    fact.at_ms = clamped(at_ms or 0)
    if not is_kind_name(raw.get("kind")):
        fact.refusal = "malformed: kind"
        return
    fact.kind = raw["kind"]
    if is_uuid(raw.get("id")):
        fact.uuid = raw["id"].lower()
    if fact.uuid is None:
        fact.refusal = "malformed: id"
    elif at_ms is None:
        fact.refusal = "malformed: at"
    elif not isinstance(raw.get("data"), dict):
        fact.refusal = "malformed: data"
    else:
        fact.data = raw["data"]
        _read_data(fact, kinds.get(fact.kind), market_date)


def _read_data(fact: Fact, kind: type[Kind] | None, market_date: date) -> None:
    if kind is None:
        fact.remarks.add("unknown_kind")
    else:
        fact.said, wrong = read_data(kind, fact.data)
        if wrong:
            fact.refusal = f"malformed: {wrong}"
            return
        if not (kind.is_open or fact.data.keys() <= fields_of(kind)):
            fact.remarks.add("unknown_field")
    _name_subject(fact)
    if fact.said:
        fact.refusal = fact.said.refusal(market_date)


def _name_subject(fact: Fact) -> None:
    data = fact.data
    if known := pass_in(data["pass"]) if isinstance(data.get("pass"), str) else None:
        fact.pass_number, fact.signed = known
    if fact.said and fact.uuid and (own := fact.said.subject(fact.uuid)):
        fact.subject = own
    elif isinstance(candidate := data.get("candidate"), str) and is_uuid(candidate):
        fact.subject = candidate.lower()
    else:
        fact.subject = fact.pass_number


def _milliseconds(at: object) -> int | None:
    """Return an RFC 3339 time with offset in ms, or None when it is none. A leap second is the one before it."""
    if not isinstance(at, str) or len(at) > 40:
        return None
    try:
        moment = datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", at))
        return int(moment.timestamp() * 1000) if moment.tzinfo and len(at) > 16 else None
    except (ValueError, OverflowError):
        return None


def judge_clock(fact: Fact, now_ms: int) -> None:
    """Mark a fact from the future or from before there was this software."""
    late = fact.at_ms > now_ms + CLOCK_TOLERANCE_MS
    if late or fact.at_ms < FIRST_PLAUSIBLE_MS:
        fact.remarks.add("clock_wrong")
