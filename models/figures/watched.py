"""What is watched: how the installation stands at this moment, over all counties, in numbers that name nobody."""

from datetime import timedelta

from models.base.backup import backup_age
from models.base.clock import utcnow
from models.base.database import fetch, pending_migrations
from models.base.storage import database_bytes, room
from models.market.tablet_status import SILENT_AFTER
from models.quarantine.queue import waiting_between

AROUND = timedelta(days=1)  # a county's date may be another than UTC's
RECENT = timedelta(days=14)  # whose facts somebody still looks at
Watched = tuple[str, str, float | None]  # name, meaning, value; None where there is none

_DAYS = "SELECT id FROM market_day WHERE date >= ? AND date <= ? AND cancelled_at IS NULL"
_TABLETS = (
    "SELECT COUNT(*), SUM(CASE WHEN t.last_contact_at >= ? THEN 1 ELSE 0 END), SUM(COALESCE(t.unsent, 0)),"
    " SUM(COALESCE(t.lost, 0) - t.written_off_lost) FROM tablet AS t JOIN log AS l ON l.id = t.id"
    f" WHERE l.market_day_id IN ({_DAYS}) AND t.revoked_at IS NULL AND t.withdrawn_at IS NULL"
)

def watched(backups: str) -> list[Watched]:
    """Return everything that is watched. ``backups``: the folder of the backups, or ""."""
    disk, today = room(), utcnow().date()
    waiting = waiting_between(today - RECENT, today + AROUND)
    return [
        ("database_bytes", "Size of the database", database_bytes()),
        ("disk_free_bytes", "Room beside a SQLite database", disk and disk.free),
        ("disk_bytes", "Size of the disk of a SQLite database", disk and disk.whole),
        ("backup_age_seconds", "Since the newest backup", backup_age(backups)),
        ("migrations_pending", "Migrations that the database has not had", len(pending_migrations())),
        *_of_today(),
        ("facts_to_look_at", "Facts of two weeks that wait for a person", waiting),
    ]


def _of_today() -> list[Watched]:
    """Return how the tablets of the market days of these hours stand."""
    now = utcnow()
    dates = ((now - AROUND).date(), (now + AROUND).date())
    ((days,),) = fetch(f"SELECT COUNT(*) FROM ({_DAYS}) AS days", dates)
    heard_after = int((now - SILENT_AFTER).timestamp() * 1000)
    ((tablets, heard, unsent, lost),) = fetch(_TABLETS, (heard_after, *dates))
    return [
        ("market_days", "Market days of yesterday, today and tomorrow", days),
        ("tablets", "Tablets that work on these market days", tablets),
        ("tablets_heard", "Of these, heard of in the last half hour", heard or 0),
        ("facts_unsent", "Facts that these tablets said they still hold", unsent or 0),
        ("facts_lost", "Facts that these tablets said are gone and nobody wrote off", lost or 0),
    ]
