"""Check-ins by phone among those of tablets: before, during and after the market, withdrawn and taken back."""

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.figures.summary import figures
from models.intake.ingest import ingest, record
from tests.effort import examples
from tests.oracle import Oracle
from tests.properties.state import assert_alike, state
from tests.properties.test_convergence import comparable

TIMES = (
    "2026-02-23T20:00:00+08:00", "2026-02-24T07:29:59+08:00", "2026-02-24T07:30:00+08:00", "2026-02-24T09:10:00+08:00",
    "2026-02-24T10:20:00+08:00", "2026-02-24T12:30:00+08:00", "2026-02-24T12:30:01+08:00", "2026-02-24T21:00:00+08:00",
)  # fmt: skip
PEOPLE = tuple(str(UUID(int=number, version=4)) for number in (901, 902))


@st.composite
def mornings(draw: st.DrawFn, fair: object) -> tuple[list[dict], list[dict]]:
    """Draw what phones send, in their log's order, and what a tablet records; both know few people."""
    scans: list[str] = []
    phones = [_registered(person) for person in draw(st.lists(st.sampled_from(PEOPLE), unique=True))]
    phones += [_fact(draw, fair, scans, number) for number in range(draw(st.integers(1, 8)))]
    tablet = [_fact(draw, fair, scans, 100 + number) for number in range(draw(st.integers(0, 6)))]
    return phones, [{"seq": seq} | fact for seq, fact in enumerate(tablet, start=1)]


def _registered(person: str) -> dict:
    """Return the registration of somebody by phone: both differ by what corrections may make the same."""
    year = 1975 + PEOPLE.index(person)
    data = {"name": "王桂芳", "birth_year": year, "phone": "13800000001", "trades": ["sewing"], "registered_by": "self"}
    return {"id": person, "kind": "candidate.registered", "at": TIMES[0], "operator": None, "data": data}


def _fact(draw: st.DrawFn, fair: object, scans: list[str], number: int) -> dict:
    id, at = str(UUID(int=number + 1, version=4)), draw(st.sampled_from(TIMES))
    kinds = ("check_in.recorded", "check_in.recorded", "candidate.amended", "check_in.progressed", "check_in.withdrawn",
             "pass.bound")  # fmt: skip
    kind = draw(st.sampled_from(kinds if scans else kinds[:3]))
    data: dict = {"check_in": draw(st.sampled_from(scans))} if scans else {}
    if kind == "check_in.recorded":
        vacancy = draw(st.sampled_from((fair.sewing, fair.cook))).number
        somebody = {"pass": draw(st.sampled_from(fair.passes[:3]))}
        if draw(st.booleans()):
            somebody = {"candidate": draw(st.sampled_from(PEOPLE))}
        data = {**somebody, "vacancy": vacancy, "channel": "phone"}
        scans.append(id)
    elif kind == "candidate.amended":
        id = draw(st.sampled_from(PEOPLE))
        fields = {"name": "王桂芳", "birth_year": 1976, "phone": "13800000002"}
        changed = draw(st.sets(st.sampled_from(sorted(fields)), min_size=1))
        data = {"based_on": draw(st.integers(1, 2))} | {field: fields[field] for field in sorted(changed)}
    elif kind == "check_in.progressed":
        data |= {"stage": draw(st.sampled_from(("interviewed", "hired"))), "place": "town"}
    elif kind == "check_in.withdrawn":
        data["by"] = draw(st.sampled_from(("candidate", "mistake")))
    else:
        data = {"pass": draw(st.sampled_from(fair.passes[:3])), "candidate": str(UUID(int=999, version=4))}
    return {"id": id, "kind": kind, "at": at, "operator": None, "data": data}


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_phones_and_tablets_in_any_order_give_the_same_state_and_the_right_figures(data, fair, tablets):
    phones, log = data.draw(mornings(fair))
    states = []
    for _ in range(2):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(log)), min_size=len(phones), max_size=len(phones))))
        with db.atomic() as transaction:
            for cut, fact in zip(cuts, phones, strict=True):
                ingest(tablets[0].log, log[:cut])
                record(fair.day, [fact])
            ingest(tablets[0].log, log)
            states.append(state())
            counted = figures(fair.day)
            transaction.rollback()

    assert_alike(states[1], states[0])
    oracle = Oracle({fair.sewing.number: 1, fair.ironing.number: 1, fair.cook.number: 2}, fair.contacts)
    oracle.add("web", None, [{"seq": seq} | fact for seq, fact in enumerate(phones)])
    oracle.add("A", 1, log)
    assert comparable(counted) == oracle.figures()
