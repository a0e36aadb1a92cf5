"""Surveyed: people on the lists of surveys, deleted when they ask for it, and again when a backup brings them back."""

from collections.abc import Collection, Iterator

from models.base.clock import milliseconds, utcnow
from models.base.database import execute_many, fetch, fetch_in, writing
from models.derived.door import recorded_of
from models.derived.forget import shorten_unread
from models.log.forgotten import ASKED, GONE, forgetting_key, hashed, note_forgotten
from models.market.county import County
from models.surveys.survey_round import tell_of

AT_ONCE = 500


def delete_surveyed(county: County, people: Collection[str]) -> int:
    """Delete who these people of surveys are, for good; return how many. A restored backup forgets them again."""
    with writing():
        at_ms = milliseconds(utcnow())
        note_forgotten((one, county.id, None, GONE, at_ms, ASKED) for one in people)
        return forget_surveyed(county, people)


def forget_surveyed(county: County, people: Collection[str]) -> int:
    """Take away who these people of surveys are; their answers stay as codes. Return how many. Inside ``writing()``.

    The tablets of rounds that have their names are told, and what those recorded at their doors is shortened.
    """
    known = {id for (id,) in fetch_in("SELECT id FROM survey_person WHERE name <> '' AND id IN (??)", people)}
    sql = (
        "UPDATE survey_person SET name = '', phone = NULL, bureau_id = ?, token_hash = NULL, may_contact = FALSE"
        " WHERE id = ?"
    )
    execute_many(sql, [(id, id) for id in known])
    execute_many("UPDATE survey_attempt SET note = '' WHERE person_id = ?", [(id,) for id in known])
    if known:
        tell_of(known)
        shorten_unread(recorded_of(known), county)
    return len(known)


def forget_surveyed_again(county: County) -> int:
    """Forget those again whom the list beside the database names; return how many."""
    key, gone = forgetting_key(county.identity_key), 0
    for some in _named(county):
        hashes = {hashed(key, one): one for one in some}
        rows = fetch_in("SELECT key FROM forgotten_key WHERE county_id = ? AND key IN (??)", hashes, county.id)
        with writing():
            gone += forget_surveyed(county, [hashes[known] for (known,) in rows])
    return gone


def _named(county: County) -> Iterator[list[str]]:
    """Yield a county's people of surveys who still have a name, some at a time."""
    for (survey,) in fetch("SELECT id FROM survey WHERE county_id = ?", (county.id,)):
        people = [
            id for (id,) in fetch("SELECT id FROM survey_person WHERE survey_id = ? AND name <> ''", (survey,))
        ]  # fmt: skip
        for start in range(0, len(people), AT_ONCE):
            yield people[start : start + AT_ONCE]
