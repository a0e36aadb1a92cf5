"""What the tests of phone pages share: nine o'clock, and what was recorded."""

import re
from datetime import UTC, datetime

from models.base.database import fetch

MORNING = datetime(2026, 2, 24, 1, 0, tzinfo=UTC)  # nine o'clock at the market


def number_of(page) -> str | None:
    """Return the number minted with a page's form."""
    found = re.search(r'name="registration" value="([^"]+)"', page.text)
    return found and found[1]


def cookie_of(browser) -> str | None:
    """Return the number that a phone keeps for its next form."""
    kept = browser.get_cookie("ganchang_form")
    return kept and kept.value


def facts(*kinds: str) -> list[tuple]:
    """Return ``(kind, outcome)`` of what phones recorded."""
    rows = fetch("SELECT o.kind, o.outcome FROM operation AS o JOIN log AS t ON t.id = o.tablet_id"
                 " WHERE t.letter = 'web' ORDER BY o.seq")  # fmt: skip
    return [row for row in rows if not kinds or row[0] in kinds]
