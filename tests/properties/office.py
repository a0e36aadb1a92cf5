"""What an organiser does in a random season: rules of the machine in test_tablets.py."""

import json
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from peewee import IntegrityError

from models.base.database import db, fetch
from models.figures.version import NotBegun, close, sheet, sheet_of
from models.intake.ingest import record
from models.kiosk.in_use import InUse
from models.kiosk.set_up import drop_offer, offer_vacancies
from models.market.assignment import Clash, assign, withdraw
from models.market.log import OFFICE
from models.quarantine.decide import put_back, settle
from models.schema import Booth, MarketDay, Offer, Tablet, Vacancy
from tests.properties.end import End
from tests.properties.test_convergence import comparable

DEVICES = st.integers(0, 3)
SECOND = timedelta(seconds=1)


class Office(RuleBasedStateMachine):
    """Assigns devices, offers and closes vacancies, closes days, and decides about facts. ``now`` is the time."""

    @rule(who=DEVICES, which=st.integers(0, 7), gone=st.booleans())
    def change_a_plan(self, who: int, which: int, gone: bool) -> None:
        """Send a device to another booth, or expect it no more where it is."""
        withdraw(self.devices[who].tablet) if gone else self.assign(who, which)

    def assign(self, who: int, which: int) -> None:
        """Send a device to a booth; where it was to be on that date gives it up."""
        device, booth = self.devices[who], Booth.get_by_id(self.season.booths[which].id)
        if device.is_revoked:
            return
        try:
            tablet = assign(device.tablet.device, booth)
        except Clash as clash:
            withdraw(clash.tablet)
            tablet = assign(device.tablet.device, booth)
        Tablet.update(assigned_at=self.now - SECOND).where(Tablet.log == tablet.id).execute()

    @rule(which=st.integers(0, 8), kind=st.sampled_from(("vacancy.filled", "vacancy.reopened")))
    def close_or_open_a_vacancy(self, which: int, kind: str) -> None:
        """As the page of a day's booth does."""
        offer = self.an_offer(which)
        market, number = offer.market_day, offer.vacancy.number
        fact = {"id": str(UUID(int=9_000 + len(self.made), version=4)), "kind": kind, "operator": "organiser:chen"}
        fact |= {"at": f"{market.date}T10:00:00+08:00", "data": {"vacancy": number}}
        record(market, [fact], OFFICE)
        self.note(fact)

    @rule(vacancy=st.integers(0, 2), which=st.sampled_from((0, 1, 3, 4, 6)))
    def offer(self, vacancy: int, which: int) -> None:
        """Offer a vacancy at a booth; a day that has it already keeps it where it is."""
        row, booth = Vacancy.get(number=self.vacancies[vacancy]), Booth.get_by_id(self.season.booths[which].id)
        with suppress(IntegrityError), db.atomic():
            offer_vacancies([row], booth)

    @rule(which=st.integers(0, 8))
    def take_an_offer_away(self, which: int) -> None:
        """Take a vacancy off a day; what a fact names stays."""
        offer = self.an_offer(which)
        if offer.vacancy.offers.count() > 1:  # or the vacancy itself were gone
            with suppress(InUse):
                drop_offer(offer)

    def an_offer(self, which: int) -> Offer:
        """Return one of the season's offers."""
        found = Offer.select().where(Offer.market_day.in_(self.season.days))
        offers = list(found.order_by(Offer.market_day, Offer.vacancy))
        return offers[which % len(offers)]

    @rule(which=st.integers(0, 2))
    def close_a_day(self, which: int) -> None:
        """Freeze a day's figures: they are those of an independent count of what has come, and stay so."""
        day = MarketDay.get_by_id(self.season.days[which].id)
        try:
            closing = close(day, "chen", "once more", now=self.now)
        except NotBegun:
            assert day.hours_ms()[0] > self.now.timestamp() * 1000
            return
        frozen = sheet_of(closing)
        self.versions.append((day, closing.version, frozen))
        assert comparable(frozen) == End.now(self.season).counted_independently().figures(day.id)

    @precondition(lambda self: fetch("SELECT 1 FROM operation LIMIT 1"))
    @rule(data=st.data(), chosen=st.lists(st.integers(0, 999), min_size=1, max_size=5))
    def decide(self, data: st.DataObject, chosen: list[int]) -> None:
        self.morning.draw = data.draw
        rows = fetch("SELECT tablet_id, seq, body FROM operation ORDER BY tablet_id, seq")
        for which in chosen:
            tablet, seq, body = rows[which % len(rows)]
            act, corrected = self.morning.decision(json.loads(body))
            settle((tablet, seq), act, "chen", corrected) if act else put_back((tablet, seq), "chen")

    def look_at_the_versions(self) -> None:
        """Look whether what was closed is what it was, whatever came since; the latest version holds."""
        for day, version, frozen in self.versions:
            assert sheet(day, version) == frozen
        for day, _, frozen in {day.id: kept for kept in self.versions for day in kept[:1]}.values():
            assert sheet(day) == frozen
