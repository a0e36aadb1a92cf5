"""Sending: messages are claimed, then sent, then settled. What is claimed is never sent a second time by itself.

A claim is on the disk before the driver is called. Where nobody knows what became of a message, because no answer came
or the server died in between, the driver is asked by the message's id, if it can be. Otherwise it stays unknown until a
person decides.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from models.base.clock import milliseconds, utcnow
from models.base.database import execute_many, fetch, writing
from models.market.county import County
from models.messages.audience import GONE, Audience
from models.messages.driver import FAILED, Driver, NotTaken, Outcome, Unclear
from models.messages.mailing import (
    DONE,
    HELD,
    PLANNED,
    RUNNING,
    SENDING,
    UNKNOWN,
    Mailing,
    Message,
    ms_ago,
    note_trouble,
)
from models.messages.quiet_hours import QuietHours
from models.messages.wording import filled

AT_ONCE = 4  # messages that are under way together
CLAIMED_TOGETHER = 20
ASKED_AGAIN = 600  # seconds after a claim until "it never came" is believed: it may still be under way
NEVER_CAME, NO_ANSWER = "never_came", "no_answer"


class Claimed(NamedTuple):
    """A message that is this process's to send, with its number and its text."""

    id: str
    number: str
    text: str


class Sender(NamedTuple):
    """What a run needs: what sends, whom mailings are for by their audience, and when nobody is sent anything."""

    driver: Driver
    audiences: Mapping[str, Audience]
    quiet: QuietHours

    @property
    def old(self) -> float:
        """How many seconds after its claim a message is not sent any more, and twice that: given up by its process."""
        return 30 + 4 * self.driver.patience * CLAIMED_TOGETHER / AT_ONCE


def send_all(sender: Sender) -> Counter[str]:
    """Send what is to be sent of all counties; return how many messages came to which state.

    Raises NotTaken when the driver takes none: what was not sent is planned again.
    """
    counts: Counter[str] = Counter()
    for mailing_id in _begun():
        give_up_old_claims(mailing_id, sender)
    for county in County.by_age():
        for mailing in Mailing.select().where(Mailing.county == county, Mailing.state == RUNNING).order_by(Mailing.id):
            counts += send(mailing, county, sender)
    counts += ask_about_unknown(sender)
    return counts


def send(mailing: Mailing, county: County, sender: Sender) -> Counter[str]:
    """Send a mailing until it is done, stopped, or it is quiet. Raises NotTaken."""
    counts: Counter[str] = Counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while not sender.quiet.hold(utcnow(), county.zone()):
            claimed = claim(mailing, county, sender)
            if claimed is None:
                break
            try:
                counts += _send(claimed, sender, threads)
            except NotTaken as error:
                note_trouble(mailing, str(error))
                raise
    if mailing.trouble:
        note_trouble(mailing, "")
    return counts


def claim(mailing: Mailing, county: County, sender: Sender) -> list[Claimed] | None:
    """Take the next messages for this process; those who may not be written to now are held back.

    None when there is nothing left to take, or the mailing was stopped; it is done when no message is under way.
    """
    with writing():
        now = Mailing.get_by_id(mailing.id)
        ids = dict(fetch(
            "SELECT recipient, id FROM message WHERE mailing_id = ? AND state = ? ORDER BY id LIMIT ?",
            (mailing.id, PLANNED, CLAIMED_TOGETHER),
        )) if now.state == RUNNING else {}  # fmt: skip
        if not ids:
            _finish(now)
            return None
        people = sender.audiences[mailing.audience].read(county, mailing.about, ids)
        held = {id: people[one].held if one in people else GONE for one, id in ids.items()}
        _write("state = ?, reason = ?", [(HELD, why, id, PLANNED) for id, why in held.items() if why])
        mine = {id: people[one] for one, id in ids.items() if not held[id]}
        at_ms = milliseconds(utcnow())
        _write("state = ?, claimed_at = ?", [(SENDING, at_ms, id, PLANNED) for id in mine])
    return [Claimed(id, one.number, filled(mailing.text, one.values, mailing.language)) for id, one in mine.items()]


def _finish(mailing: Mailing) -> None:
    if mailing.state == RUNNING and not mailing.counts()[SENDING]:
        Mailing.update(state=DONE).where(Mailing.id == mailing.id).execute()


def _send(claimed: list[Claimed], sender: Sender, threads: ThreadPoolExecutor) -> Counter[str]:
    """Send what was claimed and settle each, in their order. Raises NotTaken, once all are settled."""
    until = time.monotonic() + sender.old
    counts: Counter[str] = Counter()
    away: NotTaken | None = None
    outcomes = threads.map(lambda one: _outcome(one, sender.driver, until), claimed)
    for one, outcome in zip(claimed, outcomes, strict=True):
        if isinstance(outcome, NotTaken):
            away = outcome
            with writing():
                _write("state = ?, claimed_at = NULL", [(PLANNED, one.id, SENDING)])
        else:
            _settle(one.id, SENDING, outcome)
            counts[outcome.state] += 1
    if away:
        raise away
    return counts


def _outcome(one: Claimed, driver: Driver, until: float) -> Outcome | NotTaken:
    if time.monotonic() > until:  # this process slept: another may have asked what became of the message
        return NotTaken("it took too long")
    try:
        return driver.send(*one)
    except NotTaken as error:
        return error
    except Unclear as error:
        return Outcome(UNKNOWN, str(error) or NO_ANSWER)


def give_up_old_claims(mailing: int, sender: Sender) -> None:
    """Have nobody know what became of messages that a process claimed and left: it died between claim and answer."""
    with writing():
        Message.update(state=UNKNOWN, reason=NO_ANSWER).where(
            Message.mailing == mailing, Message.state == SENDING, Message.claimed_at < ms_ago(2 * sender.old)
        ).execute()


def ask_about_unknown(sender: Sender) -> Counter[str]:
    """Ask the driver what became of messages of which nobody knows; return how many came to which state."""
    counts: Counter[str] = Counter()
    for id, claimed_ms in list(_unknown()):
        try:
            found = sender.driver.ask(id)
        except Unclear:
            continue
        if found is None and claimed_ms > ms_ago(ASKED_AGAIN):
            continue
        found = found or Outcome(FAILED, NEVER_CAME)
        _settle(id, UNKNOWN, found)
        counts[found.state] += 1
    return counts


def _unknown() -> Iterator[tuple[str, int]]:
    for mailing in _begun():
        yield from fetch("SELECT id, claimed_at FROM message WHERE mailing_id = ? AND state = ?", (mailing, UNKNOWN))


def _begun() -> list[int]:
    """Return the mailings that were begun within a week: gateways know no older messages."""
    return [id for (id,) in fetch("SELECT id FROM mailing WHERE begun_at > ?", (ms_ago(7 * 86_400),))]


def _settle(id: str, from_state: str, outcome: Outcome) -> None:
    with writing():
        at_ms = milliseconds(utcnow())
        values = (outcome.state, outcome.reason[:64], outcome.number[:64], at_ms, id, from_state)
        _write("state = ?, reason = ?, number = ?, settled_at = ?", [values])


def _write(changes: str, rows: list[tuple]) -> None:
    """Change messages, each only where it stands in the state that is the last of its values."""
    execute_many(f"UPDATE message SET {changes} WHERE id = ? AND state = ?", rows)
