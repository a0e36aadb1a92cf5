"""The demo: a county, a market day that was and the next one, the same for the same date.

Everything is invented but the town, its market cycle and the kinds of work. Only keys differ
from one load to the next: a key that stands in source code protects nobody.
"""

import gzip
import json
import random
import secrets
from datetime import date, datetime, time, timedelta
from string import ascii_uppercase

from models.base.clock import milliseconds
from models.base.database import writing
from models.base.secret import digest
from models.demo.cast import Stand
from models.demo.counting import count
from models.demo.crowd import gather
from models.demo.ground import lay_ground
from models.demo.log import Log
from models.demo.mishaps import go_wrong
from models.demo.morning import Morning
from models.figures.version import close
from models.intake.hand_over import HandOver, receive
from models.intake.ingest import MOST_OPERATIONS, ingest, record
from models.keys.hand_over_mac import sign
from models.keys.pass_key import PassKey
from models.keys.seal import SealKey
from models.log.operation import Operation
from models.market.audit import AuditEntry
from models.market.booth import Booth
from models.market.device import Device
from models.market.duty import on_duty
from models.market.market_day import MarketDay
from models.market.tablet import Tablet
from models.market.vacancy import Vacancy
from models.people.candidate_pass import FIRST_PHONE, PassRange, PhonePass, numbered

WITHOUT_NETWORK, HANDED_OVER = 9, 23  # a booth out of reach, and its facts that went to the office as a file
SECOND_TABLETS = (2, 11)  # booths busy enough for two
PHONES = 60  # numbers for phone passes, more than will be needed


def load(today: date) -> None:
    """Fill an empty database. Takes a second or two.

    The town's last market day before ``today`` is complete, its facts having come through
    the tablets' logs, and closed; the next one, today or later, has its booths and vacancies and no facts.
    """
    draw = random.Random(f"ganchang {today}")
    with writing():
        was, comes = lay_ground(today, draw)
        tablets = _hand_out(was)
    morning = _morning(was, tablets, draw)
    morning.play(gather(was.date.year, draw))
    count(morning)
    go_wrong(morning, other_day_card=comes.pass_ranges.order_by(PassRange.id).first().first)
    _send(was, tablets, morning)
    _move_to_noon(was)
    close(was, "demo", now=_local(was, was.closes_at) + timedelta(minutes=52))


def _hand_out(day: MarketDay) -> dict[int, list[Tablet]]:
    """Enrol the tablets in the hour before the market opened; return them by booth number."""
    booths = list(Booth.select().where(Booth.market_day == day).order_by(Booth.number))
    booths += [booth for booth in booths if booth.number in SECOND_TABLETS]
    tablets: dict[int, list[Tablet]] = {}
    for place, booth in enumerate(booths):
        tablet = Tablet.enlist(
            booth,
            letter=ascii_uppercase[place],
            name=f"{booth.number}号展位",
            enrolled_at=(at := _local(day, day.opens_at) - timedelta(minutes=50 - 3 * place)),
            assigned_at=at,
        )
        tablets.setdefault(booth.number, []).append(tablet)
    return tablets


def _morning(day: MarketDay, tablets: dict[int, list[Tablet]], draw: random.Random) -> Morning:
    opens_at = _local(day, day.opens_at)
    stands: dict[int, Stand] = {}
    for number, handed_out in tablets.items():
        booth = handed_out[0].booth
        operators = [duty.known_as for duty in on_duty(booth)]
        logs = [Log(opens_at, draw, operators) for _ in handed_out]
        offers = booth.offers.join(Vacancy).order_by(Vacancy.id)
        stands[number] = Stand(number, logs, [offer.vacancy for offer in offers])
    ranges = day.pass_ranges.order_by(PassRange.id)
    return Morning(
        stands=stands,
        phones=Log(opens_at, draw),
        cards=[number for span in ranges for number in span.numbers()],
        phone_numbers=[numbered(FIRST_PHONE + n) for n in draw.sample(range(10**8), PHONES)],
        draw=draw,
    )


def _send(day: MarketDay, tablets: dict[int, list[Tablet]], morning: Morning) -> None:
    """Send every log as tablets would, in batches, and as phones would."""
    with writing():
        for guest in morning.guests:
            if guest.on_phone:
                _issue(day, guest.number, guest.candidate)
    record(day, morning.phones.operations())
    for number, handed_out in tablets.items():
        for tablet, log in zip(handed_out, morning.stands[number].logs, strict=True):
            facts = log.operations()
            sent = len(facts) - (HANDED_OVER if number == WITHOUT_NETWORK else 0)
            for start in range(0, sent, MOST_OPERATIONS):
                left = len(facts) - start
                ingest(tablet.log, facts[start : min(start + MOST_OPERATIONS, sent)], unsent=left)
            if sent < len(facts):
                _hand_over(day, tablet, facts[sent:])


def _hand_over(day: MarketDay, tablet: Tablet, facts: list[dict]) -> None:
    """Bring the last facts of a tablet to the office as a sealed file."""
    content = {"version": 1, "tablet": tablet.letter, "market_day": day.id, "operations": facts}
    with writing():
        key = SealKey.current(day.county)
    packed = gzip.compress(json.dumps(content).encode())
    resume_hash = digest(secrets.token_urlsafe(32))
    own = Device.id == tablet.device_id
    Device.update(resume_hash=resume_hash).where(own).execute()
    receive(day, key.seal(sign(packed, resume_hash)), "file", "demo")
    Device.update(resume_hash=None).where(own).execute()  # nobody has that secret


def _issue(day: MarketDay, number: str, candidate: str) -> None:
    """Make the pass that stood on a phone, valid until the end of its market day."""
    ends_at = _local(day, "23:59")
    digits = PassKey.current(day.county).sign(day, number, ends_at)
    PhonePass.create(
        number=number, market_day=day, candidate=candidate, digits=digits, expires_at=ends_at
    )


def _move_to_noon(day: MarketDay) -> None:
    """Move what the server noted as now to the noon when the tablets found a network."""
    noon = _local(day, day.closes_at) + timedelta(minutes=6)
    Operation.update(received_ms=milliseconds(noon)).where(Operation.market_day == day).execute()
    for place, tablet in enumerate(Tablet.enrolled(day)):
        contact = noon + timedelta(seconds=41 * place)
        Tablet.update(last_contact_at=contact).where(Tablet.id == tablet.id).execute()
        Device.update(last_contact_at=contact).where(Device.id == tablet.device_id).execute()
    HandOver.update(received_at=noon + timedelta(minutes=25)).execute()
    AuditEntry.update(at=noon + timedelta(minutes=25)).execute()


def _local(day: MarketDay, clock: str) -> datetime:
    return datetime.combine(day.date, time.fromisoformat(clock), day.county.zone())
