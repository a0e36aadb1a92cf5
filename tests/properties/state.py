"""The whole of what is derived, told without row ids, so that it can be compared across databases."""

from models.base.database import fetch
from models.kiosk.record import changes_for, ground_for
from models.schema import Log, Tablet

LETTER = (
    "(SELECT market_day_id FROM log WHERE log.id = {0}.tablet_id),"
    " (SELECT letter FROM log WHERE log.id = {0}.tablet_id)"
)
DERIVED = {
    "operation": "seq, uuid, kind, subject, booth, at_ms, effective_ms, body, outcome, reason, recorded_ms",
    "scan": "seq, id, market_day_id, vacancy, person, node, booth, at_ms, effective_ms",
    "progress": "seq, scan, stage, place, correction, effective_ms",
    "pass_binding": "seq, pass_number, candidate, effective_ms, stands",
    "pass_void": "seq, pass_number, candidate, effective_ms, is_mistake, stands, lasts",
    "withdrawal": "seq, what, effective_ms, restores",
    "candidate": "id, person, market_day_id, name, birth_year, phone, trades, registered_at, identity, version,"
    " groups, groups_consent_at, wishes, last_province",
    "settlement": "seq, uuid, act, data",
    "showing": "seq, pass_number, at_ms",
    "remark": "seq, reason",
    "check_in_count": "market_day_id, vacancy, booth, reached, place, count",
    "check_in": "market_day_id, vacancy, person, booth, at_ms, stage, reached, place",
    "visit": "market_day_id, booth, person, at_ms",
    "calling": "seq, market_day_id, booth, scan, step, effective_ms",
    "sign_up": "seq, id, market_day_id, person, node, programme, step, undoes, effective_ms",
    "referral": "seq, id, market_day_id, booth, person, node, topic, step, about, undoes, effective_ms",
    "tally": "market_day_id, topic, booth, hour, count",
    "consent": "id, market_day_id, candidate, vacancy, spoken, given_at, withdrawn_at",
    "alias": "node, person",
    "group_evidence": "seq, candidate, code, level, effective_ms",
    "same_person": "seq, one, other, is_one, effective_ms",
    "person_key": "county_id, key, candidate",
    "contact_attempt": "node, id, person, market_day_id, at_ms, channel, result, next_on, outcome, place, note",
    "assistance": "node, id, person, market_day_id, at_ms, what, about",
    "door_call": "seq, id, person, step, intention, trade, place, month, result, undoes, effective_ms",
    "vacancy": "number, closed",
}
RECOUNT = (
    "SELECT market_day_id, vacancy, COALESCE(booth, 0), reached, COALESCE(place, ''), COUNT(*) FROM check_in"
    " GROUP BY 1, 2, 3, 4, 5"
)
OF_A_LOG = (
    "operation", "scan", "progress", "pass_binding", "pass_void", "withdrawal", "candidate", "settlement", "showing",
    "remark", "referral", "same_person", "group_evidence", "door_call",
    "calling", "sign_up",
)  # fmt: skip


def state() -> dict[str, list]:
    """Return everything derived, by table, and what a tablet with each log would be told from the start."""
    rows = {table: _rows(table, columns) for table, columns in DERIVED.items()}
    assert rows["check_in_count"] == sorted(map(repr, fetch(RECOUNT)))
    logs = {f"news of {log.market_day_id} {log.letter}": log for log in Log.select() if log.booth_id}
    return rows | {name: sorted(map(repr, heard(log).items())) for name, log in logs.items()}


def heard(tablet: Tablet | Log, own: bool = True) -> dict[tuple[str, str], object]:
    """Return what a device enrolled now at the tablet's booth would be told: ``{(kind, id): data}``."""
    records, cursor, more = ground_for(tablet), 0, True
    while more:
        changes, cursor, more = changes_for(tablet, cursor, own)
        records += changes
    return kept({}, records)


def kept(known: dict[tuple[str, str], object], records: list[dict]) -> dict[tuple[str, str], object]:
    """Return a tablet's store after it took these records: null is gone."""
    known = known | {(record["kind"], record["id"]): record["data"] for record in records}
    return {key: data for key, data in known.items() if data is not None}


def assert_alike(found: dict, wanted: dict) -> None:
    """Fail with what only one of two states has."""
    unlike = [name for name in wanted if found[name] != wanted[name]]
    assert {name: sorted(set(found[name]) ^ set(wanted[name])) for name in unlike} == {}
    assert found == wanted


def _rows(table: str, columns: str) -> list[str]:
    letter = LETTER.format(table) + ", " if table in OF_A_LOG else ""
    return sorted(map(repr, fetch(f"SELECT {letter}{columns} FROM {table}")))
