"""A model tablet: its log, what it knows to be received, what it heard, and its way through the domain's doors."""

from models.intake.ingest import Receipt, ingest
from models.kiosk.record import changes_for, ground_for
from models.schema import Booth, Enrolment, Tablet
from tests.properties.state import kept


class Device:
    """Keeps what a tablet keeps, and forgets a fact only when the server said it has it (docs/protocol.md)."""

    def __init__(self, booth: Booth) -> None:
        self.booth = booth
        self.log: list[dict] = []
        self.acknowledged = 0
        self.resume = ""
        self.under_way: list[tuple[Tablet, list[dict]]] = []  # batches that may still arrive, once or again
        self.enrol()

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

    def batch(self, size: int) -> list[dict]:
        """Return the next operations to send; they are under way from now on."""
        operations = self.unsent[:size]
        self.under_way.append((self.tablet, operations))
        return operations

    def hear(self, receipt: Receipt | None) -> None:
        """Take an answer, and with it what changed on the server. None is a 401."""
        if receipt is None:
            return
        self.acknowledged = max(self.acknowledged, receipt.acknowledged)
        more = True
        while more:
            changes, self.cursor, more = changes_for(self.tablet, self.cursor)
            self.store = kept(self.store, changes)

    def restart(self) -> None:
        """Lose what was only in memory: nothing a fact depends on. The network may still deliver what it has."""
        self.log, self.store = list(self.log), dict(self.store)

    def enrol(self) -> None:
        """Enrol with a code, as the same tablet if the server lets it; else unsent facts lead a new log, ids kept."""
        enrolled = Enrolment.redeem(Enrolment.open(self.booth), resume=self.resume)
        self.tablet = Tablet.by_token(enrolled.cookie)
        self.resume = enrolled.resume
        if enrolled.resumed:
            return
        self.log = [operation | {"seq": seq} for seq, operation in enumerate(self.unsent, start=1)]
        self.acknowledged, self.cursor = 0, 0
        self.store = kept({}, ground_for(self.tablet))

    def revoke(self) -> None:
        """Sign the tablet off, as an organiser does."""
        Tablet.get_by_id(self.tablet.id).revoke()


def arrive(tablet: Tablet, operations: list[dict]) -> Receipt | None:
    """Let a batch arrive at the server; a revoked tablet's is turned away."""
    if Tablet.get_by_id(tablet.id).revoked_at:
        return None
    return ingest(tablet.log, operations)
