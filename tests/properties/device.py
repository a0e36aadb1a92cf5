"""A model device of the pool: its log, what it knows to be received, what it heard, and its way to the next booth."""

from datetime import datetime

from models.base.clock import milliseconds
from models.intake.hand_over import receive
from models.intake.ingest import Receipt, ingest
from models.kiosk.record import changes_for, ground_for
from models.market.assignment import next_for
from models.market.day_end import is_closed
from models.market.device import Device as PoolDevice
from models.schema import Booth, Enrolment, Tablet
from tests.properties.state import heard, kept
from tests.sealing import sealed

CLOSED = "closed"  # a log that takes nothing more by sync
Batch = tuple[str, tuple[int, str], list[dict]]  # (cookie, day and letter of the log, operations)


class Device:
    """Keeps what a device keeps, and forgets a fact only when the server said it has it (docs/protocol.md)."""

    def __init__(self, booth: Booth, now: datetime) -> None:
        self.log: list[dict] = []
        self.acknowledged = 0
        self.resume = ""
        self.under_way: list[Batch] = []  # that may still arrive, once or again
        self.left: list[tuple[Tablet, list[dict]]] = []  # logs that it wrote to their end
        self.boxes: list[tuple[Tablet, list[dict]]] = []  # sealed rests of closed logs, to be handed over
        self.enrol(booth, now)

    @property
    def unsent(self) -> list[dict]:
        """The facts that only this device has, as far as it knows."""
        return self.log[self.acknowledged :]

    @property
    def is_revoked(self) -> bool:
        """Say whether the server turns it away."""
        return Tablet.get_by_id(self.tablet.id).revoked_at is not None

    def record(self, fact: dict) -> None:
        """Append a fact to the log."""
        self.log.append({"seq": len(self.log) + 1} | fact)

    def batch(self, size: int) -> Batch:
        """Return the next operations to send, with whose they are; they are under way from now on."""
        name = (self.tablet.market_day_id, self.tablet.letter)
        self.under_way.append((self.cookie, name, self.unsent[:size]))
        return self.under_way[-1]

    def hear(self, answer: Receipt | str | None, now: datetime) -> None:
        """Take an answer, and with it what changed on the server and where to go. None is a 401 for ever."""
        if answer is None:
            return
        if isinstance(answer, Receipt):
            self.acknowledged = max(self.acknowledged, answer.acknowledged)
            self.learn()
        self._go_on(now, answer == CLOSED)

    def learn(self) -> None:
        """Take what changed at its booth."""
        more = True
        while more:
            changes, self.cursor, more = changes_for(self.tablet, self.cursor)
            self.store = kept(self.store, changes)

    def _go_on(self, now: datetime, is_closed: bool) -> None:
        """Go to the next log when it is time and this one is received whole, or is closed and its rest is sealed."""
        following = next_for(self.tablet, now)
        if following is None or following.log == self.tablet.id or following.since > milliseconds(now):
            return
        if self.unsent and not is_closed:
            return
        self.left.append((self.tablet, self.log[: self.acknowledged]))
        if self.unsent:
            self.boxes.append((self.tablet, self.unsent))
        self.tablet = Tablet.get_by_id(following.log)
        self.log = next((log for tablet, log in self.left if tablet.id == self.tablet.id), [])
        self.acknowledged = self.tablet.acknowledged
        self._begin(own=True)

    def _begin(self, own: bool) -> None:
        """Take the snapshot of a booth; ``own``: with what this log says already, if the device was there before."""
        self.store, self.cursor = kept({}, ground_for(self.tablet)), 0
        if own and self.log:
            self.store = heard(self.tablet, own=True)

    def restart(self) -> None:
        """Lose what was only in memory: nothing a fact depends on. The network may still deliver what it has."""
        self.log, self.store = list(self.log), dict(self.store)

    def enrol(self, booth: Booth, now: datetime) -> None:
        """Enrol with a code, as the same tablet if the server lets it; else unsent facts lead a new log, ids kept."""
        enrolled = Enrolment.redeem(Enrolment.open(booth), resume=self.resume)
        Tablet.update(assigned_at=now).where(Tablet.log == enrolled.tablet.id).execute()
        PoolDevice.update(enrolled_at=now).where(PoolDevice.id == enrolled.tablet.device_id).execute()
        self.cookie, self.resume = enrolled.cookie, enrolled.resume
        self.tablet = Tablet.by_token(enrolled.cookie)
        if enrolled.resumed:
            return
        self.log = [operation | {"seq": seq} for seq, operation in enumerate(self.unsent, start=1)]
        self.acknowledged = 0
        self._begin(own=False)

    def revoke(self) -> None:
        """Sign the tablet off, as an organiser does."""
        Tablet.get_by_id(self.tablet.id).revoke()

    def hand_over(self) -> None:
        """Bring all that is left of closed logs to the office, and what is left of this one if it is closed as well."""
        for tablet, operations in [*self.boxes, (self.tablet, self.unsent)]:
            receive(tablet.market_day, sealed(tablet, operations), "file", "chen")


def arrive(batch: Batch, now: datetime) -> Receipt | str | None:
    """Let a batch arrive at the server; a revoked device's is turned away, and one for a closed log."""
    cookie, named, operations = batch
    tablet = Tablet.by_token(cookie, named)
    if tablet is None or tablet.device.revoked_at:  # a new cookie made this one a stranger's
        return None
    return CLOSED if is_closed(tablet.market_day, now) else ingest(tablet.log, operations)
