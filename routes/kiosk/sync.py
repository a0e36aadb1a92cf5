"""Sync: a tablet sends its operations and gets what became of each, and what changed (docs/protocol.md)."""

import json
from collections import Counter
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from msgspec import Meta, Struct
from msgspec.structs import asdict

from models.base.clock import utcnow
from models.base.json_body import decode, fields_in
from models.base.legible import legible
from models.base.packing import TooLarge, unpack
from models.intake.ingest import MOST_OPERATIONS, Receipt, SharedIdentity, ingest
from models.kiosk.assignment_record import assignment_record, log_name
from models.kiosk.record import changes_for, ground_for, own_tallies
from models.log.change import FIRST_PAGE
from models.log.fact import BatchError
from models.log.operation import REFUSED
from models.market.audit import AuditEntry
from models.market.device import LONGEST, About, browser_of
from models.market.tablet import MOST_LOST
from models.vocabulary import reason
from routes.kiosk.fitting_people import fitting_at
from routes.web.answers import refusal
from routes.web.language import language
from routes.web.tablet_access import of_tablet, of_tablet_or_its_own

bp = Blueprint("sync", __name__)

PROTOCOL = 1
OLDEST_PROTOCOL = 1  # nothing spoke an earlier one
LARGEST_BODY = 2 * 1024 * 1024  # bytes, unpacked; 500 operations are some 200 kB
ACCEPTS = ["gzip"]  # how a body may be packed; a tablet packs only when it read this


@bp.post("/sync")
@of_tablet
def create() -> ResponseReturnValue:
    """Take a batch of operations and answer what became of each, and what changed.

    JSON: ``protocol`` (1), ``batch`` (UUID), ``cursor`` (int), ``operations`` (at most 500, ascending
    ``seq``), and optionally ``sent_at`` (the tablet's clock now), ``unsent`` (how many it holds) and
    ``lost`` (how many facts of its log are gone with a store that vanished), ``release`` and ``battery`` (per cent).
    ``?log=`` names the log (market day and letter, ``12.A``); without it, it is the one last named or enrolled for.
    The body may be packed (``Content-Encoding: gzip``).
    200 with per-operation results, the ``log`` it was taken for, the ``assignment`` and how many would fit
    (``fitting``: numbers by vacancy); 400 what cannot be read; 401
    not enrolled or revoked; 409 the same seq with other content; 413 too large; 421 another device's log; 426 a
    protocol we do not speak.
    """
    if (request.content_length or 0) > LARGEST_BODY:
        return refusal(413, "too_large")
    request.max_content_length = LARGEST_BODY
    try:
        batch = _read(_body())
    except TooLarge:
        return refusal(413, "too_large")
    except (ValueError, RecursionError) as error:
        return refusal(400, "malformed", detail=str(error))
    if batch["protocol"] not in _spoken():
        return refusal(426, "protocol", supported=list(_spoken()))
    if len(batch["operations"]) > MOST_OPERATIONS:
        return refusal(413, "too_large")
    try:
        receipt = ingest(g.tablet.log, batch["operations"], batch["sent_at"], batch["unsent"], batch["about"])
    except BatchError as error:
        return refusal(400, "malformed", detail=str(error))
    except SharedIdentity as error:
        _raise_alarm(error)
        return refusal(409, "shared_identity", seq=error.seq)
    g.outcomes = Counter(outcome for _seq, outcome, _reason in receipt.results)
    _note_refusals(receipt)
    if g.tablet.note_lost(batch["lost"]):
        _note("facts_lost", f"{batch['lost']} facts are gone", rows=batch["lost"])
    return _answer_to(batch, receipt)


def _answer_to(batch: dict[str, Any], receipt: Receipt) -> Response:
    """Answer a batch that is stored: what became of each operation, and what changed."""
    changes, cursor, more = changes_for(g.tablet, batch["cursor"])
    return _answer(
        protocol=batch["protocol"],
        batch=batch["batch"],
        acknowledged=receipt.acknowledged,
        results=[_result(*result) for result in receipt.results],
        cursor=cursor,
        changes=changes,
        more=more,
        server_time=_server_time(),
        accepts=ACCEPTS,
        log=log_name(g.tablet),
        assignment=assignment_record(g.tablet),
        fitting=fitting_at(g.tablet),
    )


@bp.get("/kiosk/identity")
@of_tablet_or_its_own
def identity() -> Response:
    """Say who the tablet is and how far the server has its log, for one that lost its store.

    JSON ``{tablet, booth, market_day, log, acknowledged, unsent, name, assignment}``; ``log`` is the SHA-256 of the
    secret that takes its logs up again, ``unsent`` is null until it said so. It is the log that ``?log=`` names, or if
    that is not this device's, the one that the device was last heard to write.
    """
    tablet = g.tablet
    return _answer(
        tablet=tablet.letter,
        booth=tablet.booth.number,
        market_day=tablet.market_day_id,
        log=tablet.device.resume_hash,
        acknowledged=tablet.acknowledged,
        unsent=tablet.unsent,
        name=tablet.name,
        assignment=assignment_record(tablet),
    )


@bp.get("/kiosk/snapshot")
@of_tablet
def snapshot() -> Response:
    """Send all that a tablet needs for the day, from ``?cursor=`` on while ``more`` is true.

    With ``?own=1`` also what it made itself, for a tablet that lost its store.
    """
    cursor = request.args.get("cursor", 0, type=int)
    own = request.args.get("own") == "1"
    ground = [] if cursor else [*ground_for(g.tablet), _phrases()]
    if own and not cursor:
        ground.append(own_tallies(g.tablet))
    changes, position, more = changes_for(g.tablet, max(0, min(cursor, 2**62)), own, FIRST_PAGE)
    return _answer(
        cursor=position,
        changes=ground + changes,
        more=more,
        server_time=_server_time(),
        accepts=ACCEPTS,
        assignment=assignment_record(g.tablet),
    )


def _spoken() -> range:
    """Return the protocols we answer, each in itself: ours and the one before, if there was one."""
    return range(max(OLDEST_PROTOCOL, PROTOCOL - 1), PROTOCOL + 1)


def _body() -> bytes:
    """Return the body, unpacked. Raises TooLarge, and ValueError for what cannot be unpacked."""
    packing = request.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", *ACCEPTS):
        raise ValueError(f"Content-Encoding {packing[:20]} is not spoken")
    body = request.get_data()
    return unpack(body, LARGEST_BODY) if packing in ACCEPTS else body


class _Spoken(Struct):
    """What says in which protocol the rest is."""

    protocol: int


class _Batch(Struct):
    """A batch in a protocol that we speak, but for what nobody may trip over: the tablet's clock and its counts."""

    batch: Annotated[str, Meta(max_length=36)]
    operations: list
    cursor: Annotated[int, Meta(ge=0, lt=2**62)] = 0


def _read(body: bytes) -> dict:
    """Return the batch as a dict with every field present. Raises ValueError."""
    content: Any = decode(body)
    protocol = fields_in(content, _Spoken).protocol  # raises for what is no object
    batch: dict = {"protocol": protocol, "operations": []}
    if protocol in _spoken():
        read = fields_in(content, _Batch)
        UUID(read.batch)
        batch |= asdict(read)
    return batch | {
        "sent_at": _moment(content.get("sent_at")),
        "unsent": _count(content.get("unsent")),
        "lost": _count(content.get("lost")) or 0,
        "about": _about(content),
    }


def _about(content: dict) -> About:
    """Return what the device says of itself; what nobody can read says nothing."""
    release, battery = content.get("release"), content.get("battery")
    return About(
        browser=browser_of(request.headers.get("User-Agent", "")),
        release=legible(release)[:LONGEST] if isinstance(release, str) else "",
        battery=battery if type(battery) is int and 0 <= battery <= 100 else None,
    )


def _count(value: object) -> int | None:
    """Return a number of facts, no more than a tablet can hold; None when it did not say or nobody can read it."""
    return min(value, MOST_LOST) if type(value) is int and 0 <= value < 2**31 else None


def _moment(text: Any) -> datetime | None:
    """Return the tablet's clock, or None when it did not say or nobody can read it."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo and moment.timestamp() else None
    except (TypeError, ValueError, OverflowError):
        return None


def _result(seq: int, outcome: str, why: str | None) -> dict[str, object]:
    return {"seq": seq, "outcome": outcome} | ({"reason": why} if why else {})


def _phrases() -> dict[str, object]:
    """The sentences for reasons, in the tablet's language; a newer server knows more of them."""
    sentences = {code: _(text) for code, text in reason.SENTENCES.items()}
    return {"kind": "phrases", "id": language(), "data": sentences}


def _raise_alarm(error: SharedIdentity) -> None:
    _note("shared_identity", f"operation {error.seq}")
    current_app.logger.warning("tablet %s: %s", g.tablet.id, error)


def _note_refusals(receipt: Receipt) -> None:
    refused = [f"{seq}: {why}" for seq, outcome, why in receipt.results if outcome == REFUSED]
    if refused:
        _note("operations_refused", ", ".join(refused), rows=len(refused))


def _note(action: str, what: str, rows: int | None = None) -> None:
    day = g.tablet.market_day
    what = f"market day {day.id}, {what}"
    AuditEntry.create(county=day.county_id, who=f"tablet:{g.tablet.letter}", action=action, what=what, rows=rows)


def _server_time() -> str:
    zone = g.tablet.market_day.county.zone()
    return utcnow().astimezone(zone).isoformat(timespec="seconds")


def _answer(**content: object) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})
