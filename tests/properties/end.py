"""The end of a morning: every log and every standing decision, to be counted and reached again in another order."""

import json
import random
from dataclasses import dataclass

from models.base.database import fetch
from models.intake.ingest import ingest
from models.quarantine.decide import settle
from models.schema import Booth, Log, Settlement, Tablet
from tests.oracle import Oracle

Decided = tuple[str, int, str, dict | None]  # (letter, seq, act, corrected data)


@dataclass
class End:
    """What the server has. ``logs`` are ``(letter, booth, operations)`` in the order in which they were begun."""

    logs: list[tuple[str, int, list[dict]]]
    decided: list[Decided]

    @classmethod
    def now(cls) -> "End":
        """Read it from the database."""
        of_log = "SELECT seq, body FROM operation WHERE tablet_id = ? ORDER BY seq"
        logs = [
            (log.letter, log.booth.number, [{"seq": seq} | json.loads(body) for seq, body in fetch(of_log, (log.id,))])
            for log in Log.select(Log, Booth).join(Booth).order_by(Log.id)
        ]
        letters = dict(fetch("SELECT id, letter FROM log"))
        decided = [(letters[s.tablet_id], s.seq, s.act, s.data and json.loads(s.data)) for s in Settlement.select()]
        return cls(logs, sorted(decided, key=lambda entry: entry[:2]))

    def counted_independently(self, fair: object) -> dict:
        """Return the figures as the oracle works them out."""
        oracle = Oracle.of(fair)
        operations = {(letter, op["seq"]): op for letter, _, log in self.logs for op in log}
        for letter, booth, log in self.logs:
            oracle.add(letter, booth, log)
        for letter, seq, act, data in self.decided:
            oracle.settle(operations[letter, seq], act, data)
        return oracle.figures()

    def reach_in_another_order(self, fair: object, chance: random.Random) -> None:
        """Let an empty database get the same: each log in its own order, and nothing else in any."""
        booths = {booth.number: booth for booth in fair.day.booths}
        tablets = {letter: Tablet.enlist(booths[booth], letter=letter) for letter, booth, _ in self.logs}
        waiting = {letter: log for letter, _, log in self.logs if log}
        undecided = list(self.decided)
        while waiting or undecided:
            ready = [entry for entry in undecided if all(op["seq"] > entry[1] for op in waiting.get(entry[0], ()))]
            if ready and (not waiting or chance.random() < 0.3):
                letter, seq, act, data = entry = chance.choice(ready)
                settle((tablets[letter].id, seq), act, "chen", data)
                undecided.remove(entry)
            else:
                letter, size = chance.choice(list(waiting)), chance.randint(1, 5)
                ingest(tablets[letter].log, waiting[letter][:size])
                if not (left := waiting[letter][size:]):
                    del waiting[letter]
                else:
                    waiting[letter] = left
