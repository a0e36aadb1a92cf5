"""Callings: a booth calls somebody who waits there to their interview, by the number of their pass (叫号).

A calling is about a check-in and is made at the booth that may move it: nobody else can call somebody there. It is
over after some minutes by itself, with the interview, or when somebody says that nobody came or that it was a mistake.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, NamedTuple

from msgspec import Meta
from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.clock import from_milliseconds, milliseconds
from models.base.database import BaseModel, execute_many, fetch, fetch_in
from models.derived.batch import Batch
from models.derived.noun import Links, Noun, delete_by_key
from models.derived.person import is_pass
from models.derived.scope import Scope
from models.log.fact import Fact
from models.log.forgotten import USABLE_SQL
from models.log.kind import Kind, Uuid
from models.log.operation import Key, fetch_keys
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.vocabulary.stage import STAGES

MADE, ENDED = KINDS = ("calling.made", "calling.ended")
WAITING = STAGES[:2]  # who stands further was interviewed
LASTS = timedelta(minutes=8)
MOST_AT_A_BOOTH = 3  # at once on a board, the latest: no booth can fill it
PASS_DIGITS = 10  # a number of another day or county is written otherwise, and names nobody
_HERE = "tablet_id = ? AND seq IN (??)"


class Calling(BaseModel):
    """One fact about a calling: ``step`` is ``made``, or how it ended. ``scan`` is the check-in's sending."""

    log = ForeignKeyField(Log, column_name="tablet_id", on_delete="CASCADE", index=False)
    seq = IntegerField()
    market_day = ForeignKeyField(MarketDay, on_delete="CASCADE", index=False)
    booth = IntegerField()
    scan = CharField(max_length=36, index=True)
    step = CharField(max_length=16)
    effective_ms = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("log", "seq")
        indexes = ((("market_day", "effective_ms"), False),)


class Made(Kind, kw_only=True):
    """``calling.made``: whoever this check-in is of is called to the booth, for the first time or again."""

    check_in: Uuid


class Ended(Kind, kw_only=True):
    """``calling.ended``: nobody came (``no_show``), or the calling was a mistake."""

    check_in: Uuid
    how: Annotated[str, Meta(pattern=r"\A(no_show|mistake)\Z")]


class Called(NamedTuple):
    """Somebody who is called just now: to which booth, by which number (10 digits), since when. No name."""

    booth: int
    number: str
    at: datetime

    @property
    def short(self) -> tuple[str, str]:
        """The number as it is shown and called out: three digits small, the last four large; on a pass they are so
        too. Four digits alone are another's as well once in five times when two thousand phones are there."""
        return self.number[3:6], self.number[6:]


def called(day: int, now: datetime) -> list[Called]:
    """Return who is called at the booths of a market day (its id) just now, the latest first. Four statements.

    Only what tablets have sent: who was called without network is called at the booth alone.
    """
    steps = _steps(day, now)
    live = {key: at_ms for key, (step, at_ms) in steps.items() if step == "made"}
    numbers = _numbers(day, {scan for _, scan in live})
    found: list[Called] = []
    for (booth, scan), at_ms in sorted(live.items(), key=lambda one: -one[1]):
        is_room = sum(one.booth == booth for one in found) < MOST_AT_A_BOOTH
        if is_room and scan in numbers:
            found.append(Called(booth, numbers[scan], from_milliseconds(at_ms)))
    return found


def called_scans(day: int, now: datetime) -> dict[str, int]:
    """Return ``{check-in's sending: booth's number}`` of who is called just now, with or without a pass."""
    return {scan: booth for (booth, scan), (step, _) in _steps(day, now).items() if step == "made"}


def _steps(day: int, now: datetime) -> dict[tuple[int, str], tuple[str, int]]:
    """Return the latest step of each (booth, scan) of the last minutes; of what is dated ahead nothing."""
    rows = fetch(
        "SELECT effective_ms, tablet_id, seq, booth, scan, step FROM calling"
        " WHERE market_day_id = ? AND effective_ms > ? AND effective_ms <= ?",
        (day, milliseconds(now - LASTS), milliseconds(now)),
    )
    return {(booth, scan): (step, at_ms) for at_ms, _, _, booth, scan, step in sorted(rows)}


def _numbers(day: int, scans: Iterable[str]) -> dict[str, str]:
    """Return the pass number of each of these sendings whose person still waits and may be named by it."""
    waiting = ", ".join(f"'{stage}'" for stage in WAITING)
    rows = fetch_in(
        "SELECT s.id, s.node FROM scan AS s JOIN check_in AS c ON c.market_day_id = s.market_day_id"
        f" AND c.vacancy = s.vacancy AND c.person = s.person WHERE s.market_day_id = ? AND c.stage IN ({waiting})"
        " AND s.id IN (??)",
        set(scans),
        day,
    )
    nodes = dict(rows)
    found = {scan: node for scan, node in nodes.items() if is_pass(node) and len(node) == PASS_DIGITS}
    carried = _carried({node for node in nodes.values() if not is_pass(node)})
    return found | {scan: carried[node] for scan, node in nodes.items() if node in carried}


def _carried(candidates: set[str]) -> dict[str, str]:
    """Return a pass of each of these candidates: a card before a phone's, whose page says it anyway."""
    rows = fetch_in(
        "SELECT b.candidate, MIN(b.pass_number) FROM pass_binding AS b JOIN candidate AS c ON c.id = b.candidate"
        f" WHERE b.stands AND {USABLE_SQL} AND NOT EXISTS (SELECT 1 FROM pass_void AS v WHERE v.lasts"
        " AND v.pass_number = b.pass_number) AND b.candidate IN (??) GROUP BY b.candidate",
        candidates,
    )
    return dict(rows)


def scan_of(fact: Fact) -> str:
    """Return the check-in that a fact about a calling names."""
    return str(fact.data["check_in"]).lower()


def store(batch: Batch) -> None:
    """Store who was called, and how it ended."""
    execute_many(
        "INSERT INTO calling (tablet_id, seq, market_day_id, booth, scan, step, effective_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (batch.log.id, fact.seq, batch.day, batch.booth or 0, scan_of(fact), fact.data.get("how", "made"),
             fact.effective_ms)
            for fact in batch.of(*KINDS)
        ],  # fmt: skip
    )


def announce(batch: Batch) -> None:
    """Tell the booth's other tablets, so that two do not call the same person."""
    if batch.booth is not None:
        batch.own |= {(batch.booth, "calling", scan_of(fact)) for fact in batch.of(*KINDS)}


def draw(tablet: Tablet, scans: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the latest step of each calling of a tablet's booth, by its check-in."""
    rows = fetch_in(
        "SELECT scan, effective_ms, tablet_id, seq, step FROM calling WHERE market_day_id = ? AND booth = ?"
        " AND scan IN (??)",
        scans,
        tablet.market_day_id,
        tablet.booth.number,
    )
    return {
        scan: {"check_in": scan, "step": step, "at": from_milliseconds(at_ms).isoformat()}
        for scan, at_ms, _, _, step in sorted(rows, key=lambda row: row[1:4])
    }


def links(keys: set[Key]) -> Links:
    """Return the callings of these check-ins, and the check-ins of these callings."""
    scans = set(fetch_keys(f"SELECT id FROM scan WHERE {_HERE}", keys))
    called_here = set(fetch_keys(f"SELECT scan FROM calling WHERE {_HERE}", keys))
    rows = fetch_in("SELECT tablet_id, seq FROM calling WHERE scan IN (??)", {scan for (scan,) in scans})
    rows += fetch_in("SELECT tablet_id, seq FROM scan WHERE id IN (??)", {scan for (scan,) in called_here})
    return set(), set(rows)


def note(scope: Scope) -> None:
    """Note which booths heard of the callings."""
    sql = f"SELECT market_day_id, booth, scan FROM calling WHERE {_HERE}"
    for day, booth, scan in fetch_keys(sql, scope.keys):
        scope.told[day].add((booth, "calling", scan))


def take_back(scope: Scope) -> None:
    """Delete what the operations said of callings."""
    delete_by_key("calling", scope.keys)


CALLING = Noun(
    "calling",
    kinds={MADE: Made, ENDED: Ended},
    tables=(Calling,),
    records={"calling": draw},
    store=store,
    announce=announce,
    links=links,
    note=note,
    take_back=take_back,
)
