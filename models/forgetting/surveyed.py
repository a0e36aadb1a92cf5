"""Surveyed: people on the lists of surveys, deleted when they ask for it, and again when a backup brings them back."""

from collections.abc import Collection, Iterator

from models.base.clock import milliseconds, utcnow
from models.base.database import fetch, fetch_in, writing
from models.log.forgotten import ASKED, GONE, forgetting_key, hashed, note_forgotten
from models.market.county import County
from models.surveys.survey import forget_surveyed

AT_ONCE = 500


def delete_surveyed(county: County, people: Collection[str]) -> int:
    """Delete who these people of surveys are, for good; return how many. A restored backup forgets them again."""
    with writing():
        at_ms = milliseconds(utcnow())
        note_forgotten((one, county.id, None, GONE, at_ms, ASKED) for one in people)
        return forget_surveyed(people)


def forget_surveyed_again(county: County) -> int:
    """Forget those again whom the list beside the database names; return how many."""
    key, gone = forgetting_key(county.identity_key), 0
    for some in _named(county):
        hashes = {hashed(key, one): one for one in some}
        rows = fetch_in("SELECT key FROM forgotten_key WHERE county_id = ? AND key IN (??)", hashes, county.id)
        with writing():
            gone += forget_surveyed([hashes[known] for (known,) in rows])
    return gone


def _named(county: County) -> Iterator[list[str]]:
    """Yield a county's people of surveys who still have a name, some at a time."""
    for (survey,) in fetch("SELECT id FROM survey WHERE county_id = ?", (county.id,)):
        people = [
            id for (id,) in fetch("SELECT id FROM survey_person WHERE survey_id = ? AND name <> ''", (survey,))
        ]  # fmt: skip
        for start in range(0, len(people), AT_ONCE):
            yield people[start : start + AT_ONCE]
