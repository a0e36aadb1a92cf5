"""People who agreed to be called at the cast's market day, a clock that can be put on, and a bad gateway."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from models import schema as models
from models.market.tablet import Tablet
from models.messages import mailing as mailing_module
from models.messages import sending
from models.messages.audience import OF_DAY
from models.messages.mailing import Mailing, begin, plan
from models.messages.quiet_hours import QuietHours
from models.messages.sending import Sender
from tests.models.messages.gateway import BadGateway

TEN = datetime(2026, 2, 23, 2, tzinfo=UTC)  # ten in the morning in Chongqing
TEXT = "{name}, {office}: {date} {town}"


@pytest.fixture
def crowd(fair):
    """Return a function that registers people of numbers from 13800000000 on; all agreed but every tenth."""

    def register(count: int) -> list[str]:
        log = Tablet.enlist(fair.clothing, letter="A").log
        ids = [str(UUID(int=2**100 + place, version=4)) for place in range(count)]
        with models.Candidate._meta.database.atomic():
            for start in range(0, count, 100):
                some = range(start, min(start + 100, count))
                models.Candidate.insert_many([
                    {"id": ids[n], "person": ids[n], "county": fair.county, "market_day": fair.day, "log": log,
                     "name": f"王{n}", "birth_year": 1980, "phone": number_of(n), "registered_at": TEN}
                    for n in some
                ]).execute()  # fmt: skip
                models.Consent.insert_many([
                    {"id": ids[n], "market_day": fair.day, "candidate": ids[n], "vacancy": fair.sewing.number,
                     "given_at": TEN, "withdrawn_at": TEN if n % 10 == 9 else None}
                    for n in some
                ]).execute()  # fmt: skip
        return ids

    return register


def number_of(place: int) -> str:
    return str(13_800_000_000 + place)


@pytest.fixture
def clock(monkeypatch):
    """Return a function that puts the clock of sending on by minutes; it begins at ten in the morning."""
    now = [TEN]
    for module in (sending, mailing_module):
        monkeypatch.setattr(module, "utcnow", lambda: now[0])

    def put_on(minutes: float) -> None:
        now[0] += timedelta(minutes=minutes)

    return put_on


@pytest.fixture
def begun(fair, clock):
    """Return a function that plans a mailing to the people of the cast's day and begins it."""

    def make(**changes: object) -> Mailing:
        given = {"audience": "day", "about": fair.day.id, "purpose": "提醒", "language": "zh", "text": TEXT}
        mailing = Mailing(county=fair.county, made_by="chen", **given | changes)
        plan(mailing, OF_DAY)
        begin(mailing, "chen")
        return Mailing.get_by_id(mailing.id)

    return make


@pytest.fixture
def bad_gateway():
    """A gateway that times out, answers 500, loses answers and doubles."""
    server = BadGateway()
    yield server
    server.shutdown()
    server.server_close()


def sender(driver, quiet: str = "21:00-08:00") -> Sender:
    return Sender(driver, {"day": OF_DAY}, QuietHours.read(quiet))
