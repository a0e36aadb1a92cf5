"""Each person gets at most one message, whatever a gateway does, and whenever the server dies."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import schema as models
from models.base.database import is_sqlite, writing
from models.messages.driver import FAILED, SENT, NotTaken, Outcome, Unclear
from models.messages.file_driver import FileDriver
from models.messages.gateway import Gateway
from models.messages.mailing import Mailing, begin, discard, plan_failed_again, settle, stop, unknown_of
from models.messages.opt_out import BY_OFFICE, opt_in, opt_out
from models.messages.sending import send_all
from tests.effort import DEEP
from tests.models.messages.conftest import number_of, sender
from tests.models.messages.gateway import KEY, SECRET, fate

ROOT = Path(__file__).parents[3]


class Killed(BaseException):
    """The process is killed at this place."""


class Mortal:
    """A driver that kills its process at random, before it sends or before it tells."""

    name, patience = "mortal", 0.2

    def __init__(self, driver: Gateway, share: float) -> None:
        self._driver, self._share, self._random = driver, share, random.Random(7)

    def send(self, id: str, number: str, text: str) -> Outcome:
        """As the driver it wraps."""
        if self._random.random() < self._share / 2:
            raise Killed
        outcome = self._driver.send(id, number, text)
        if self._random.random() < self._share / 2:
            raise Killed
        return outcome

    def ask(self, id: str) -> Outcome | None:
        """As the driver it wraps."""
        return self._driver.ask(id)


class Fixed:
    """A driver that does the same to every message, and notes what it sent."""

    name, patience = "fixed", 0.1

    def __init__(self, outcome: Exception | None = None, asked: Outcome | Exception | None = None) -> None:
        self.outcome, self.asked = outcome or Outcome(SENT), asked
        self.sent: list[tuple[str, str]] = []

    def send(self, id: str, number: str, text: str) -> Outcome:
        """Note it."""
        if not isinstance(self.outcome, NotTaken):
            self.sent.append((number, text))
        return self._said(self.outcome)

    def ask(self, id: str) -> Outcome | None:
        """Say what was fixed."""
        return self._said(self.asked)

    def _said(self, said):
        if isinstance(said, Exception):
            raise said
        return said


def gateway(bad_gateway, patience: float = 0.15) -> Gateway:
    return Gateway(bad_gateway.endpoint, KEY, SECRET, patience)


def assert_each_at_most_once(bad_gateway, agreed: set[str]) -> None:
    assert max(bad_gateway.asked.values()) == 1, "a number was sent to twice"
    assert max(bad_gateway.delivered.values()) == 1
    assert bad_gateway.asked.keys() <= agreed and not bad_gateway.wrong


def test_nobody_gets_two_messages_of_a_gateway_that_fails_in_every_way(bad_gateway, crowd, begun, clock):
    count = 150
    crowd(count)
    mailing = begun()
    driver, deaths = Mortal(gateway(bad_gateway), share=0.03), 0
    for _ in range(60):
        try:
            send_all(sender(driver))
            break
        except Killed:
            deaths += 1
    assert deaths > 1
    for _ in range(3):  # what was left unclear is asked about, and never sent again
        clock(20)
        send_all(sender(gateway(bad_gateway)))
    agreed = {number_of(place) for place in range(count) if place % 10 != 9}
    assert_each_at_most_once(bad_gateway, agreed)
    counts = Mailing.get_by_id(mailing.id).counts()
    assert counts["sent"] == len(bad_gateway.delivered) and counts["planned"] == counts["sending"] == 0
    assert counts["sent"] + counts["failed"] == len(agreed) and counts["unknown"] == 0
    assert Mailing.get_by_id(mailing.id).state == "done"
    fates = {fate(message.id) for message in models.Message.select()}
    assert fates == {"late", "lost", "failed", "broken", "twice", "refused", "good"}


def test_who_surely_got_none_is_planned_again_by_a_person_and_gets_one(bad_gateway, crowd, begun, clock, monkeypatch):
    crowd(60)
    mailing = begun()
    send_all(sender(gateway(bad_gateway)))
    clock(20)
    send_all(sender(gateway(bad_gateway)))
    failed = mailing.counts()["failed"]
    assert failed == plan_failed_again(mailing, "chen")
    monkeypatch.setattr("tests.models.messages.gateway.SHARES", {})  # the gateway is mended
    begin(Mailing.get_by_id(mailing.id), "chen")
    send_all(sender(gateway(bad_gateway)))
    assert mailing.counts()["sent"] == 54 == len(bad_gateway.delivered)
    assert max(bad_gateway.delivered.values()) == 1


def test_a_gateway_that_cannot_be_asked_leaves_it_to_a_person(crowd, begun, clock):
    crowd(5)
    mailing, driver = begun(), Fixed(Unclear("500"), asked=Unclear("cannot be asked"))
    for _ in range(3):
        send_all(sender(driver))
        clock(60)
    assert mailing.counts()["unknown"] == 5 == len(driver.sent) and mailing.reasons("unknown") == {"500": 5}
    first, *others = [message.id for message in unknown_of(mailing)]
    assert settle(mailing, [first], SENT, "chen") == 1 and settle(mailing, [first], FAILED, "chen") == 0
    assert settle(mailing, others, FAILED, "chen") == 4
    assert plan_failed_again(mailing, "chen") == 4


def test_what_was_under_way_when_the_process_died_is_unknown_and_not_sent_again(crowd, begun, clock):
    crowd(3)
    mailing, driver = begun(), Fixed(asked=Unclear("not now"))
    with writing():
        models.Message.update(state="sending", claimed_at=models.Message.mailing_id * 0).execute()
    send_all(sender(driver))
    assert mailing.counts()["unknown"] == 3 and not driver.sent
    driver.asked = None  # the gateway knows it never came
    send_all(sender(driver))
    assert mailing.counts()["failed"] == 3 and mailing.reasons("failed") == {"never_came": 3}


def test_a_gateway_that_is_away_takes_none_and_all_are_sent_later(crowd, begun, clock, bad_gateway):
    crowd(30)
    mailing = begun()
    for driver in (Gateway("http://127.0.0.1:1/v1", KEY, SECRET, 1), Gateway(bad_gateway.endpoint, KEY, "wrong", 1)):
        with pytest.raises(NotTaken):
            send_all(sender(driver))
        assert mailing.counts()["planned"] == 27 and Mailing.get_by_id(mailing.id).trouble
    driver = Fixed()
    send_all(sender(driver))
    assert len(driver.sent) == 27 and not Mailing.get_by_id(mailing.id).trouble


def test_nothing_is_sent_in_the_quiet_hours(crowd, begun, clock):
    crowd(2)
    begun()
    driver = Fixed()
    clock(11 * 60)  # nine in the evening
    assert not send_all(sender(driver))
    clock(10 * 60 + 59)  # a minute to eight
    assert not send_all(sender(driver))
    clock(1)
    assert send_all(sender(driver)) == {"sent": 2}


def test_a_mailing_is_stopped_and_goes_on_where_it_was(crowd, begun, clock, monkeypatch):
    monkeypatch.setattr("models.messages.sending.CLAIMED_TOGETHER", 4)
    crowd(10)
    mailing = begun()
    stopping = Fixed()
    send = stopping.send

    def send_and_stop(*message: str) -> Outcome:
        stop(mailing)
        return send(*message)

    stopping.send = send_and_stop
    send_all(sender(stopping))
    assert len(stopping.sent) == 4 and Mailing.get_by_id(mailing.id).state == "stopped"
    assert not send_all(sender(Fixed()))
    assert not discard(mailing)
    begin(mailing, "chen")
    rest = Fixed()
    send_all(sender(rest))
    assert {number for number, _ in stopping.sent + rest.sent} == {number_of(n) for n in range(9)}
    assert len(stopping.sent + rest.sent) == 9 and Mailing.get_by_id(mailing.id).state == "done"


def test_who_withdrew_opted_out_was_deleted_or_frozen_since_gets_none(fair, crowd, begun, clock):
    ids = crowd(9)
    mailing = begun()
    with writing():
        models.Consent.update(withdrawn_at=1).where(models.Consent.candidate == ids[0]).execute()
        models.Candidate.update(phone="023-41421234").where(models.Candidate.id == ids[3]).execute()
        models.Candidate.delete().where(models.Candidate.id == ids[4]).execute()
        models.Frozen.create(candidate=ids[5], county=fair.county, at=1, who="chen", why="")
    opt_out(fair.county, [f"+86 {number_of(1)}"], [], BY_OFFICE, "chen")
    opt_out(fair.county, [], [ids[2]], "own page")
    driver = Fixed()
    send_all(sender(driver))
    assert sorted(number for number, _ in driver.sent) == [number_of(6), number_of(7), number_of(8)]
    assert mailing.reasons("held") == {"gone": 2, "opted_out": 2, "no_consent": 1, "no_number": 1}
    assert driver.sent[0][1].startswith("王, 璧山区公共就业服务中心: 2月24日 八塘镇")
    opt_in(fair.county, [number_of(1)], [ids[2]])
    assert begun().counts()["planned"] == 5


def test_an_opt_out_keeps_no_number(fair):
    for _ in range(2):
        opt_out(fair.county, ["13800001234"], ["x" * 36], BY_OFFICE, "chen")
    rows = list(models.OptOut.select().dicts())
    assert len(rows) == 2 and all(len(row["key"]) == 64 for row in rows)
    assert "13800001234" not in str(rows) and "x" * 36 not in str(rows)


def test_two_people_with_one_number_get_one_message(fair, crowd, begun, clock):
    ids = crowd(3)
    models.Candidate.update(phone=number_of(0)).where(models.Candidate.id == ids[1]).execute()
    mailing, driver = begun(), Fixed()
    send_all(sender(driver))
    assert sorted(number for number, _ in driver.sent) == [number_of(0), number_of(2)]
    assert mailing.reasons("held") == {"same_number": 1}


def test_the_file_driver_writes_a_line_a_message_and_knows_what_it_wrote(tmp_path, crowd, begun, clock):
    crowd(4)
    begun()
    driver = FileDriver(tmp_path / "messages")
    send_all(sender(driver))
    (path,) = (tmp_path / "messages").iterdir()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["to"] for line in lines] and {line["to"] for line in lines} == {number_of(n) for n in range(4)}
    assert path.stat().st_mode & 0o077 == 0
    assert driver.ask(lines[0]["id"]) == Outcome(SENT) and driver.ask("0" * 36) is None
    torn = path.read_text(encoding="utf-8")[:-20]
    path.write_text(torn, encoding="utf-8")  # the power went while the last line was written
    assert driver.ask(lines[-1]["id"]) is None
    driver.send("1" * 36, "13900000000", "再来")
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[-1])["to"] == "13900000000"


def test_a_folder_that_cannot_be_written_takes_none(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotTaken):
        FileDriver(tmp_path / "file").send("1" * 36, "13900000000", "x")


@pytest.mark.skipif(not DEEP, reason="ten thousand messages take minutes")
def test_ten_thousand_and_the_process_is_really_killed(database, bad_gateway, crowd, begun, clock):
    if not is_sqlite():
        pytest.skip("the same statements; once is enough")
    count = 10_000
    crowd(count)
    mailing = begun()
    environment = os.environ | {
        "GANCHANG_DATABASE": database, "GANCHANG_SECRET_KEY": "test", "GANCHANG_SMS_DRIVER": "http",
        "GANCHANG_SMS_ENDPOINT": bad_gateway.endpoint, "GANCHANG_SMS_KEY": KEY, "GANCHANG_SMS_SECRET": SECRET,
        "GANCHANG_SMS_SECONDS": "0.15", "GANCHANG_SMS_QUIET": "00:00-00:00",
    }  # fmt: skip
    began, kills, chance = time.monotonic(), 0, random.Random(3)
    while mailing.counts()["planned"]:
        command = [sys.executable, "-m", "flask", "--app", "app", "send-messages"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(3, 12) if kills < 20 else 600)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    took = time.monotonic() - began
    left = mailing.counts()
    for _ in range(2):
        models.Message.update(claimed_at=1).where(models.Message.state.in_(["sending", "unknown"])).execute()
        models.Mailing.update(begun_at=2**42).execute()
        send_all(sender(gateway(bad_gateway)))
    counts = mailing.counts()
    print(f"\n{count} people, {took:.0f} s, killed {kills} times; before asking {left}; in the end {counts};"
          f" asked {sum(bad_gateway.asked.values())}, delivered {sum(bad_gateway.delivered.values())}")  # fmt: skip
    assert kills > 10
    assert_each_at_most_once(bad_gateway, {number_of(place) for place in range(count) if place % 10 != 9})
    assert counts["sent"] == len(bad_gateway.delivered) and counts["sent"] + counts["failed"] == 9_000
    assert len(bad_gateway.asked) >= 9_000 - kills * 20
