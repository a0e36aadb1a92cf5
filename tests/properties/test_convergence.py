"""Whatever the order, the batches and the repeats: every state is the same, and the figures are right."""

import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import CheckIn, Operation, Progress, Scan, Tablet, Tally, Visit
from models.database import db, fetch
from models.summary import figures
from models.sync.ingest import ingest
from tests.oracle import Oracle

PROJECTIONS = (Operation, Scan, Progress, CheckIn, Visit, Tally)
NAMES = ("王芳", "李强", "陈秀英")


def _uuid(draw_from: st.DrawFn) -> str:
    return str(uuid.UUID(int=draw_from(st.integers(0, 2**128 - 1)), version=4))


@st.composite
def market_mornings(draw: st.DrawFn, fair: object) -> list[list[dict]]:
    """Draw the logs of three tablets: people, passes and vacancies that overlap a great deal."""
    passes = fair.passes[:4]
    vacancies = [fair.sewing.number, fair.ironing.number, fair.cook.number]
    candidates = [_uuid(draw) for _ in range(4)]
    logs, scans = [], []
    for _ in range(3):
        log = []
        for seq in range(1, draw(st.integers(0, 9)) + 1):
            kind = draw(st.sampled_from(KINDS))
            minute = draw(st.integers(0, 239))
            op = {
                "seq": seq,
                "id": _uuid(draw),
                "kind": kind,
                "at": f"2026-02-24T{8 + minute // 60:02d}:{minute % 60:02d}:00+08:00",
                "operator": None,
            }
            who = draw(
                st.one_of(
                    st.sampled_from(passes).map(lambda p: {"pass": p}),
                    st.sampled_from(candidates).map(lambda c: {"candidate": c}),
                )
            )
            if kind == "candidate.registered":
                taken = {o["id"] for other in [*logs, log] for o in other}
                free = [c for c in candidates if c not in taken]
                if not free:
                    continue_with = "visit.recorded"
                    op |= {"kind": continue_with, "data": who | {"channel": "card"}}
                else:
                    op["id"] = draw(st.sampled_from(free))
                    op["data"] = {
                        "name": draw(st.sampled_from(NAMES)), "birth_year": 1980, "trades": ["cook"],
                        "wanted_place": "town", "work_kinds": ["full_time"], "groups": [],
                        "registered_by": "operator", "notice_at": op["at"],
                    }  # fmt: skip
                    if draw(st.booleans()):
                        op["data"]["phone"] = "13800000000"
                    if draw(st.booleans()):
                        op["data"]["pass"] = draw(st.sampled_from(passes))
            elif kind == "pass.bound":
                op["data"] = {
                    "pass": draw(st.sampled_from(passes)),
                    "candidate": draw(st.sampled_from(candidates)),
                }
            elif kind == "visit.recorded":
                op["data"] = who | {"channel": "card"}
            elif kind == "check_in.recorded":
                op["data"] = who | {"vacancy": draw(st.sampled_from(vacancies)), "channel": "card"}
                scans.append(op["id"])
            elif kind in ("check_in.progressed", "check_in.withdrawn"):
                op["data"] = {"check_in": draw(st.sampled_from(scans)) if scans else _uuid(draw)}
                if kind == "check_in.progressed":
                    op["data"]["stage"] = draw(
                        st.sampled_from(["introduced", "interviewed", "agreed", "hired", "declined"])
                    )
                    op["data"]["correction"] = draw(st.booleans())
            elif kind == "tally.counted":
                op["data"] = {"topic": "leaflet", "count": draw(st.integers(-3, 9))}
            else:
                op["data"] = {"vacancy": draw(st.sampled_from(vacancies))}
            log.append(op)
        for seq, op in enumerate(log, start=1):
            op["seq"] = seq
        logs.append(log)
    return logs


KINDS = (
    "candidate.registered", "pass.bound", "visit.recorded", "check_in.recorded", "check_in.recorded",
    "check_in.recorded", "check_in.progressed", "check_in.withdrawn", "tally.counted",
    "vacancy.filled", "vacancy.reopened",
)  # fmt: skip


@pytest.fixture
def tablets(fair):
    booths = (fair.clothing, fair.kitchen, fair.desk)
    return [
        Tablet.create(market_day=fair.day, booth=booth, letter=letter)
        for booth, letter in zip(booths, "ABC", strict=True)
    ]


def send(tablets: list[Tablet], logs: list[list[dict]], order: list[tuple[int, int, bool]]) -> None:
    """Send the logs in the order drawn: (tablet, how many operations, whether twice)."""
    sent = [0, 0, 0]
    for who, size, twice in [*order, *((who, 500, False) for who in range(3))]:
        batch = logs[who][sent[who] : sent[who] + size]
        for _ in range(1 + twice):
            ingest(tablets[who], batch)
        sent[who] += len(batch)


def state() -> dict[str, list]:
    """Return everything derived, without the times of arrival and the change log's positions."""
    rows = {model.__name__: sorted(map(repr, model.select().tuples())) for model in PROJECTIONS}
    rows["Operation"] = sorted(
        map(repr, fetch("SELECT tablet_id, seq, body, outcome, reason FROM operation"))
    )
    rows["Person"] = sorted(fetch("SELECT id, person FROM candidate"))
    rows["Alias"] = sorted(fetch("SELECT node, person FROM alias"))
    rows["Closed"] = sorted(fetch("SELECT number, closed FROM vacancy"))
    return rows


def orders() -> st.SearchStrategy:
    step = st.tuples(st.integers(0, 2), st.integers(1, 4), st.booleans())
    return st.lists(step, max_size=12)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_of_batches_gives_the_same_state_and_the_right_figures(data, fair, tablets):
    logs = data.draw(market_mornings(fair))
    states = []
    for _ in range(2):
        order = data.draw(orders())
        with db.atomic() as transaction:
            send(tablets, logs, order)
            states.append(state())
            counted = figures(fair.day)
            refused = {
                (tablet, seq)
                for tablet, seq in fetch("SELECT tablet_id, seq FROM operation WHERE outcome = 'refused'")
            }
            transaction.rollback()

    assert states[0] == states[1]
    oracle = Oracle({fair.sewing.number: 1, fair.ironing.number: 1, fair.cook.number: 2})
    for tablet, booth, log in zip(tablets, (1, 2, 3), logs, strict=True):
        kept = [op for op in log if (tablet.id, op["seq"]) not in refused]
        oracle.add(tablet.letter, booth, kept)
    assert _comparable(counted) == oracle.figures(), json.dumps(logs, ensure_ascii=False)


def _comparable(counted: dict) -> dict:
    """Return the figures in the oracle's shape."""
    return {
        **{
            name: counted[name]
            for name in (
                "persons", "visits", "registered", "check_ins", "persons_checked_in", "reached", "tallies",
            )
        },
        "booths": {row["booth"]: row["visits"] for row in counted["booths"] if row["visits"]},
        "vacancies": {row["number"]: row["check_ins"] for row in counted["vacancies"]},
        "hours": {row["hour"]: (row["visits"], row["check_ins"]) for row in counted["hours"]},
    }  # fmt: skip


