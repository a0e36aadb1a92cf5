"""The end of a season: every log and every standing decision, to be counted and reached again in another order."""

import json
import random
from dataclasses import dataclass
from types import SimpleNamespace
from typing import NamedTuple

from peewee import JOIN

from models.base.database import fetch
from models.intake.ingest import ingest, record
from models.kiosk.set_up import drop_offer, offer_vacancies
from models.market.log import OFFICE
from models.quarantine.decide import settle
from models.schema import Booth, Log, Offer, Settlement, Tablet, Vacancy
from tests.oracle import Oracle
from tests.properties.season import offered, oracle_of

Decided = tuple[int, int, str, dict | None]  # (place of its log, seq, act, corrected data)


class Kept(NamedTuple):
    """A log as the server has it; without a booth it is the office's."""

    day: int
    letter: str
    booth: Booth | None
    operations: list[dict]


@dataclass
class End:
    """What the server has: the logs in the order in which they were begun, the decisions, and what is offered."""

    season: SimpleNamespace
    logs: list[Kept]
    decided: list[Decided]
    offers: set[tuple[str, int]]

    @classmethod
    def now(cls, season: SimpleNamespace) -> "End":
        """Read it from the database."""
        of_log = "SELECT seq, body FROM operation WHERE tablet_id = ? ORDER BY seq"
        logs = list(Log.select(Log, Booth).join(Booth, JOIN.LEFT_OUTER).order_by(Log.id))
        kept = [
            Kept(log.market_day_id, log.letter, log.booth_id and log.booth,
                 [{"seq": seq} | json.loads(body) for seq, body in fetch(of_log, (log.id,))])
            for log in logs
        ]  # fmt: skip
        place = {log.id: number for number, log in enumerate(logs)}
        decided = [(place[s.tablet_id], s.seq, s.act, s.data and json.loads(s.data)) for s in Settlement.select()]
        return cls(season, kept, sorted(decided, key=lambda entry: entry[:2]), offered())

    def counted_independently(self) -> Oracle:
        """Return an oracle that has heard all of it."""
        oracle = oracle_of(self.season)
        for place, log in enumerate(self.logs):
            oracle.add(f"{place:04}", log.booth and log.booth.number, log.operations, log.day)
        for place, seq, act, data in self.decided:
            oracle.settle(self.logs[place].operations[seq - 1], act, data)
        return oracle

    def reach_in_another_order(self, chance: random.Random) -> None:
        """Let a database with the bare set-up get the same: each log in its own order, and nothing else in any."""
        logs = [self._begin(log) for log in self.logs]
        waiting = {place: log.operations for place, log in enumerate(self.logs) if log.operations}
        undecided, come, gone = list(self.decided), self.offers - offered(), offered() - self.offers
        for number, booth in gone:  # before anything names them
            drop_offer(Offer.get(Offer.vacancy == Vacancy.get(number=number), Offer.booth == booth))
        come = sorted(come)
        while waiting or undecided or come:
            ready = [entry for entry in undecided if all(op["seq"] > entry[1] for op in waiting.get(entry[0], ()))]
            if come and (not waiting or chance.random() < 0.2):
                number, booth = come.pop()
                offer_vacancies([Vacancy.get(number=number)], Booth.get_by_id(booth))
            elif ready and (not waiting or chance.random() < 0.3):
                place, seq, act, data = entry = chance.choice(ready)
                settle((logs[place].id, seq), act, "chen", data)
                undecided.remove(entry)
            elif waiting:
                place = chance.choice(list(waiting))
                size = chance.randint(1, 5)
                self._take(logs[place], waiting[place][:size])
                if not (left := waiting[place][size:]):
                    del waiting[place]
                else:
                    waiting[place] = left

    @staticmethod
    def _begin(log: Kept) -> Log:
        if log.booth is None:
            return Log.get(market_day=log.day, letter=log.letter)
        return Tablet.enlist(Booth.get_by_id(log.booth.id), letter=log.letter).log

    @staticmethod
    def _take(log: Log, operations: list[dict]) -> None:
        if log.kind == OFFICE:
            record(log.market_day, operations, OFFICE)
        else:
            ingest(log, operations)
