"""Mailings: one text to many people for one purpose, and what became of each message.

A message keeps for whom it is by an id, not their name or number, and not the text: both are made when it is sent.
"""

from collections.abc import Collection
from uuid import uuid4

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, TextField

from models.base.clock import milliseconds, utcnow
from models.base.database import BaseModel, InstantField, fetch, insert_many, writing
from models.market.county import County
from models.messages.audience import GONE, SAME_NUMBER, Audience, Recipient
from models.messages.wording import DAY

STOPPED, RUNNING, DONE = "stopped", "running", "done"  # states of a mailing; it begins stopped
PLANNED, SENDING, SENT, UNKNOWN, FAILED, HELD = STATES = ("planned", "sending", "sent", "unknown", "failed", "held")
LONGEST_PURPOSE = 100  # characters


class Mailing(BaseModel):
    """A text for the people of a market day or a survey (``about``: its id). ``trouble``: why a run ended early."""

    id: "AutoField[int]"
    county_id: int
    county = ForeignKeyField(County, on_delete="CASCADE")
    audience = CharField(max_length=8)
    about = IntegerField()
    purpose = CharField()
    language = CharField(max_length=8)
    text = TextField()
    state = CharField(max_length=8, default=STOPPED)
    made_by = CharField()
    made_at = InstantField(default=utcnow)
    begun_by = CharField(default="")
    begun_at = InstantField(null=True, index=True)
    trouble = CharField(default="")

    def counts(self) -> dict[str, int]:
        """Return how many messages stand in each state."""
        rows = fetch("SELECT state, COUNT(*) FROM message WHERE mailing_id = ? GROUP BY state", (self.id,))
        return dict.fromkeys(STATES, 0) | dict(rows)

    def reasons(self, state: str) -> dict[str, int]:
        """Return how many messages stand in a state for each reason, the most frequent first."""
        rows = fetch(
            "SELECT reason, COUNT(*) FROM message WHERE mailing_id = ? AND state = ? GROUP BY reason", (self.id, state)
        )
        return dict(sorted(rows, key=lambda row: (-row[1], row[0])))

    def named_in_log(self) -> dict[str, str]:
        """Return how an entry of the audit log names it."""
        return {"thing": "mailing", "thing_id": str(self.id), "name": self.purpose[:120]}


class Message(BaseModel):
    """One message. A gateway knows it by its id for ever; ``recipient`` is as the mailing's audience names people."""

    id = CharField(max_length=36, primary_key=True)
    mailing_id: int
    mailing = ForeignKeyField(Mailing, on_delete="CASCADE", index=False)
    recipient = CharField(max_length=36, index=True)
    state = CharField(max_length=8, default=PLANNED)
    reason = CharField(max_length=64, default="")
    number = CharField(max_length=64, default="")  # the gateway's own, not a telephone's
    claimed_at = InstantField(null=True)
    settled_at = InstantField(null=True)
    settled_by = CharField(default="")  # the login of who decided what became of it

    class Meta:
        indexes = ((("mailing", "recipient"), True), (("mailing", "state"), False))


def plan(mailing: Mailing, audience: Audience) -> None:
    """Store a mailing, new, with a message for each person it is for; some of them held back. Raises nothing."""
    ids = audience.planned(mailing.about)
    people = audience.read(mailing.county, mailing.about, ids)
    once = mailing.audience == DAY  # a survey's messages differ: each has a link of its own
    rows: list[tuple[str, str, str, str]] = []
    numbers: set[str] = set()
    for id in ids:
        held = _held(people.get(id), numbers if once else set())
        rows.append((str(uuid4()), id, HELD if held else PLANNED, held))
    with writing():
        mailing.save(force_insert=True)
        insert_many(
            "message", "id, mailing_id, recipient, state, reason, number, settled_by",
            [(message, mailing.id, *row, "", "") for message, *row in rows],
        )


def _held(person: Recipient | None, numbers: set[str]) -> str:
    """Return why somebody gets no message, and note their number."""
    if person is None or person.held:
        return person.held if person else GONE
    if person.number in numbers:
        return SAME_NUMBER
    numbers.add(person.number)
    return ""


def begin(mailing: Mailing, who: str) -> None:
    """Have a mailing be sent, for the first time or again."""
    with writing():
        Mailing.update(state=RUNNING, trouble="", begun_by=who, begun_at=utcnow()).where(
            Mailing.id == mailing.id, Mailing.state == STOPPED
        ).execute()


def stop(mailing: Mailing) -> None:
    """Send no more of a mailing: what is under way just now is still sent."""
    with writing():
        Mailing.update(state=STOPPED).where(Mailing.id == mailing.id, Mailing.state == RUNNING).execute()


def discard(mailing: Mailing) -> bool:
    """Delete a mailing of which nothing was ever sent; say whether it was so."""
    with writing():
        begun = Message.select().where(Message.mailing == mailing, Message.claimed_at.is_null(False)).exists()
        if not begun:
            mailing.delete_instance()
    return not begun


def settle(mailing: Mailing, ids: Collection[str], state: str, who: str) -> int:
    """Store what a person found out about messages of which nobody knew: SENT or FAILED. Return how many they were."""
    with writing():
        return int(
            Message.update(state=state, reason="", settled_at=utcnow(), settled_by=who)
            .where(Message.mailing == mailing, Message.state == UNKNOWN, Message.id.in_(list(ids)[:500]))
            .execute()
        )


def plan_failed_again(mailing: Mailing, who: str) -> int:
    """Plan those again that surely did not arrive, and have the mailing wait; return how many. Nothing else is."""
    with writing():
        count = int(
            Message.update(state=PLANNED, reason="", settled_at=None, settled_by=who)
            .where(Message.mailing == mailing, Message.state == FAILED)
            .execute()
        )
        if count:
            Mailing.update(state=STOPPED).where(Mailing.id == mailing.id).execute()
    return count


def unknown_of(mailing: Mailing, most: int = 100) -> list[Message]:
    """Return messages of which nobody knows what became of them, the oldest first."""
    mine = Message.select().where(Message.mailing == mailing, Message.state == UNKNOWN)
    return list(mine.order_by(Message.claimed_at, Message.id).limit(most))


def first_of(mailing: Mailing) -> list[str]:
    """Return for whom the first message of a mailing is that is not held back; nobody when all are."""
    sql = "SELECT recipient FROM message WHERE mailing_id = ? AND state <> ? ORDER BY id LIMIT 1"
    return [recipient for (recipient,) in fetch(sql, (mailing.id, HELD))]


def note_trouble(mailing: Mailing, trouble: str) -> None:
    """Store why a run ended early, or that it did not."""
    with writing():
        Mailing.update(trouble=trouble[:200]).where(Mailing.id == mailing.id).execute()


def mailings_of(county: County) -> list[Mailing]:
    """Return a county's mailings, the latest first."""
    return list(Mailing.select().where(Mailing.county == county).order_by(Mailing.id.desc()))


def ms_ago(seconds: float) -> int:
    """Return the moment so many seconds ago, in ms."""
    return milliseconds(utcnow()) - int(seconds * 1000)
