"""Facts: a tablet's morning in the mix that a booth sees, as its kiosk would send it."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from bench.world import Stand
from models.keys.seal import Lid, text_of

NAMES = "王李张刘陈杨黄赵周吴"
STAGES = ("introduced", "interviewed", "agreed")
MIX = {
    "check_in.recorded": 50, "visit.recorded": 15, "candidate.registered": 15,
    "check_in.progressed": 15, "tally.counted": 5,
}  # fmt: skip


def uuid7(draw: random.Random, at: datetime) -> str:
    """Return a time-ordered UUID, as a tablet mints it."""
    stamp = int(at.timestamp() * 1000) << 80
    return str(UUID(int=stamp | 7 << 76 | draw.getrandbits(12) << 64 | 2 << 62 | draw.getrandbits(62)))


def morning(
    stand: Stand, passes: list[str], count: int, seed: int = 24, mix: dict[str, int] = MIX
) -> list[dict]:
    """Return ``count`` operations of one tablet, from seq 1, of kinds in the proportions of ``mix``."""
    draw = random.Random(seed)
    kinds = draw.choices(list(mix), list(mix.values()), k=count)
    cards = iter(draw.sample(passes, len(passes)))
    scans: list[str] = []
    lid = stand.key.lid()
    at = datetime.now(UTC) - timedelta(hours=3)
    facts = []
    for seq, kind in enumerate(kinds, start=1):
        at += timedelta(milliseconds=draw.randrange(100, 900))
        if kind == "check_in.progressed" and not scans:
            kind = "visit.recorded"
        fact = {"seq": seq, "id": uuid7(draw, at), "kind": kind, "operator": 1}
        fact["at"] = at.astimezone().isoformat(timespec="seconds")
        fact["data"] = _data(kind, stand, cards, scans, draw, lid, fact["at"])
        if kind == "check_in.recorded":
            scans.append(fact["id"])
        facts.append(fact)
    return facts


def _data(
    kind: str, stand: Stand, cards: Iterator[str], scans: list[str], draw: random.Random, lid: Lid, at: str
) -> dict:
    if kind == "tally.counted":
        return {"topic": "leaflet", "count": 1}
    if kind in ("vacancy.filled", "vacancy.reopened"):
        return {"vacancy": draw.choice(stand.vacancies)}
    if kind == "check_in.progressed":
        return {"check_in": draw.choice(scans), "stage": draw.choice(STAGES)}
    if kind == "visit.recorded":
        return {"pass": next(cards), "channel": "card"}
    if kind == "check_in.recorded":
        return {"pass": next(cards), "vacancy": draw.choice(stand.vacancies), "channel": "card"}
    phone = {"phone": f"138{draw.randrange(10**8):08d}", "phone_owner": "self"}
    return {
        "name": "".join(draw.choices(NAMES, k=3)), "birth_year": draw.randrange(1960, 2005),
        "contact": text_of(lid.seal(json.dumps(phone).encode())), "trades": ["sewing", "cook"],
        "wanted_place": "county", "work_kinds": ["full_time"], "groups": [], "pass": next(cards),
        "registered_by": "operator", "notice_at": at,
    }  # fmt: skip


def body(operations: list[dict], cursor: int = 0) -> bytes:
    """Return a batch as the tablet would post it."""
    batch = {"protocol": 1, "batch": str(uuid4()), "cursor": cursor, "operations": operations}
    return json.dumps(batch, ensure_ascii=False, separators=(",", ":")).encode()


def at_cursor(body: bytes, cursor: int) -> bytes:
    """Return a batch made at cursor 0 as it is sent after an answer that brought ``cursor``."""
    return body.replace(b'"cursor":0', b'"cursor":%d' % cursor, 1)


def batches(operations: list[dict], size: int) -> list[list[dict]]:
    """Cut a log into batches."""
    return [operations[start : start + size] for start in range(0, len(operations), size)]
