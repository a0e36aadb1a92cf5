"""A tablet's list of today and the server's check-ins after the same facts: the tablet's own code over real answers."""

import json
import random
import shutil
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from models.base.database import fetch
from models.vocabulary.stage import STAGES

DAY_OF = Path(__file__).parents[2] / "js" / "day-of.mjs"
NODE = shutil.which("node", path=Path(sys.executable).parent) or "node"
MOVES = ("introduced", "interviewed", "agreed", "hired", "started", "declined")
EIGHT = datetime(2026, 2, 24, 8, tzinfo=timezone(timedelta(hours=8)))


class Kiosk:
    """What a tablet keeps of its own log and of the server's answers, as static/js/sync/sync.js does."""

    def __init__(self, enrolled: SimpleNamespace) -> None:
        self.tablet, self._sync = enrolled.tablet, enrolled.sync
        start = enrolled.browser.get("/kiosk/snapshot").json
        self.cursor, self.log, self.acknowledged, self.told = start["cursor"], [], 0, 0
        self.records: dict[tuple[str, str], dict] = {}
        self.hear(start["changes"])

    @property
    def check_ins(self) -> list[str]:
        """The check-ins that somebody at this tablet can open."""
        own = [op["id"] for op in self.log if op["kind"] == "check_in.recorded"]
        return own + [id for kind, id in self.records if kind == "check_in" and id not in own]

    @property
    def people(self) -> list[str]:
        """The candidates whom this tablet knows."""
        own = [op["id"] for op in self.log if op["kind"] == "candidate.registered"]
        return own + [id for kind, id in self.records if kind == "candidate" and id not in own]

    def hear(self, changes: list[dict]) -> None:
        for change in changes:
            self.records[change["kind"], change["id"]] = change
        self.records = {key: change for key, change in self.records.items() if change["data"] is not None}

    def sync(self, most: int = 500) -> None:
        batch = self.log[self.acknowledged : self.acknowledged + most]
        answer = self._sync(*batch, cursor=self.cursor)
        assert answer.status_code == 200
        self.hear(answer.json["changes"])
        self.cursor, self.acknowledged = answer.json["cursor"], answer.json["acknowledged"]
        assert not answer.json["more"]
        self.told = self.acknowledged

    def view(self) -> dict:
        return {"records": list(self.records.values()), "log": self.log, "told": self.told}


def shown(views: list[dict]) -> list[list[dict]]:
    """Return the rows that tablets show."""
    ran = subprocess.run([NODE, DAY_OF], input=json.dumps(views), capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def standing() -> dict[str, tuple[str, str]]:
    """Return where the server has each sending's check-in: ``{id: (stage, reached)}``; it may stand by another's."""
    rows = fetch(
        "SELECT s.id, c.stage, c.reached FROM scan AS s LEFT JOIN check_in AS c ON c.person = s.person"
        " AND c.vacancy = s.vacancy AND c.market_day_id = s.market_day_id"
    )
    withdrawn = {scan for (scan,) in fetch("SELECT scan FROM progress WHERE stage = 'withdrawn'")}
    return {
        id: ("withdrawn", STAGES[0]) if id in withdrawn else (stage, STAGES[reached]) for id, stage, reached in rows
    }


class Morning:
    """Facts that operators make, in the order of their clocks."""

    def __init__(self, fair: SimpleNamespace, operation: object, seed: int) -> None:
        self.fair, self.operation, self.chance = fair, operation, random.Random(seed)
        self.seconds, self.unbound = count(), list(fair.passes[:6])

    def act(self, kiosk: Kiosk) -> None:
        """Let somebody do something at a tablet."""
        kind, data = self._fact(kiosk)
        at = (EIGHT + timedelta(seconds=next(self.seconds))).isoformat()
        id = str(UUID(int=self.chance.getrandbits(128), version=4))  # a person is named by the smallest
        kiosk.log.append(self.operation(len(kiosk.log) + 1, kind, id, at, **data))

    def _fact(self, kiosk: Kiosk) -> tuple[str, dict]:
        draw, known = self.chance.random(), kiosk.check_ins
        if draw < 0.1 and self.unbound:
            number = self.chance.choice(self.unbound)
            self.unbound.remove(number)
            return "candidate.registered", {"name": "王师傅", "birth_year": 1970, "pass_": number}
        if draw < 0.4 or not known:
            who = {"pass_": self.chance.choice(self.fair.passes[:6])}
            if kiosk.people and draw < 0.2:
                who = {"candidate": self.chance.choice(kiosk.people)}
            vacancy = self.chance.choice((self.fair.sewing, self.fair.ironing)).number
            return "check_in.recorded", who | {"vacancy": vacancy, "channel": "card"}
        check_in = self.chance.choice(known)
        if draw < 0.47:
            return "check_in.withdrawn", {"check_in": check_in}
        move = {"check_in": check_in, "stage": self.chance.choice(MOVES)}
        return "check_in.progressed", move | ({"correction": True} if self.chance.random() < 0.35 else {})


@pytest.mark.parametrize("seed", range(8))
def test_the_list_of_today_is_what_the_server_has_whenever_nothing_is_under_way(enrol, fair, operation, seed):
    morning = Morning(fair, operation, seed)
    kiosks = [Kiosk(enrol(booth)) for booth in (fair.clothing, fair.clothing, fair.desk)]
    views, expected = [], []
    for _ in range(60):
        kiosk = morning.chance.choice(kiosks)
        morning.act(kiosk)
        if morning.chance.random() < 0.4:
            kiosk.sync(morning.chance.choice((1, 2, 500)))
        if kiosk.acknowledged == len(kiosk.log):
            views.append(kiosk.view() | {"log": list(kiosk.log)})
            expected.append(standing())
    for kiosk in [*kiosks, *kiosks]:
        kiosk.sync()
        views.append(kiosk.view())
        expected.append(standing())

    for rows, server in zip(shown(views), expected, strict=True):
        ties = {row["id"]: (row["stage"], row["reached"]) for row in rows if row["kind"] == "tie"}
        assert ties == {id: server[id] for id in ties}
    assert ties


def test_what_another_tablet_put_right_is_shown_by_the_one_that_had_it_wrong(enrol, fair, operation):
    one, other = Kiosk(enrol(fair.clothing)), Kiosk(enrol(fair.clothing))
    one.log = [operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)]
    check_in = one.log[0]["id"]
    one.log.append(operation(2, "check_in.progressed", check_in=check_in, stage="hired"))
    one.sync()
    other.log = [operation(1, "check_in.progressed", check_in=check_in, stage="interviewed", correction=True)]
    other.sync()
    one.sync()

    ((row,),) = shown([one.view()])
    assert (row["stage"], row["reached"]) == ("interviewed", "interviewed")
