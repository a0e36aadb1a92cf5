"""Publications: from when on the public sees a market day, and who signed its printed sheet."""

from datetime import date

from models.base.clock import utcnow
from models.base.database import writing
from models.kiosk.in_use import InUse, facts_of
from models.market.closing import Closing
from models.market.life import note, require
from models.market.market_day import MarketDay
from models.market.signing import Signing

PUBLISHED, WITHDRAWN, SIGNED, UNSIGNED = "day_published", "day_draft_again", "day_signed", "day_signature_taken_back"


def publish(day: MarketDay, who: str) -> None:
    """Let the public see a draft. Raises NotPossible."""
    with writing():
        require(day, "publish")
        MarketDay.update(published_at=utcnow(), published_by=who).where(MarketDay.id == day.id).execute()
        note(day, who, PUBLISHED)


def withdraw(day: MarketDay, who: str) -> None:
    """Make a published day a draft again. Raises NotPossible, and InUse once somebody signed up or was recorded."""
    with writing():
        require(day, "withdraw")
        if facts_of([day])[day.id]:
            raise InUse
        MarketDay.update(published_at=None, published_by="").where(MarketDay.id == day.id).execute()
        note(day, who, WITHDRAWN)


def sign(day: MarketDay, who: str, signed_by: str, signed_on: date) -> Signing:
    """Note who signed the sheet of the version that holds, and on which date. Raises NotPossible."""
    with writing():
        require(day, "sign")
        closing = Closing.latest(day)
        assert closing is not None
        note(day, who, SIGNED, f", version {closing.version}: {signed_by}, {signed_on}")
        return Signing.create(
            market_day=day, version=closing.version, signed_by=signed_by, signed_on=signed_on, who=who
        )


def unsign(day: MarketDay, who: str) -> None:
    """Take back that the version that holds was signed: it was noted by mistake. Raises NotPossible."""
    with writing():
        require(day, "unsign")
        closing = Closing.latest(day)
        assert closing is not None
        Signing.delete().where(Signing.market_day == day, Signing.version == closing.version).execute()
        note(day, who, UNSIGNED, f", version {closing.version}")
