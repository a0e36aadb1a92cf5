"""Elsewhere: what is held on somebody besides operations and what follows from them.

Entries of the audit log that name the person, boxes in which a tablet's facts came, and the freeze, if there is one.
"""

from collections.abc import Collection
from typing import NamedTuple

from models.base.database import execute_many, fetch, fetch_in
from models.log.shortened import SOMEBODY
from models.market.county import County

PERSON = "person"  # how the audit log calls people (routes/web/asker.py)
FREE_TEXTS = ("what", "name", "changes", "why")


class Words(NamedTuple):
    """By what the person is known in free text."""

    names: frozenset[str]
    phones: frozenset[str]


def words_of(candidates: Collection[str]) -> Words:
    """Return the names and phones of candidates, before they are forgotten."""
    rows = fetch_in("SELECT name, phone FROM candidate WHERE id IN (??)", candidates)
    return Words(frozenset(name for name, _ in rows), frozenset(phone for _, phone in rows if phone))


def clear_audit(county: County, nodes: Collection[str], words: Words) -> int:
    """Take somebody's name and phone out of the audit log; that something was done stays. Return how many entries."""
    about = fetch_in(
        "SELECT id, what, name, changes, why FROM audit_entry WHERE thing = 'person' AND thing_id IN (??)", nodes
    )
    for phone in words.phones:
        about += fetch(
            "SELECT id, what, name, changes, why FROM audit_entry WHERE county_id = ?"
            " AND (what LIKE ? OR changes LIKE ? OR why LIKE ?)",
            (county.id, *(f"%{phone}%",) * 3),
        )
    changed = {row[0]: _cleared(row[1:], words) for row in about if _cleared(row[1:], words) != tuple(row[1:])}
    sql = "UPDATE audit_entry SET what = ?, name = ?, changes = ?, why = ? WHERE id = ?"
    execute_many(sql, [(*texts, id) for id, texts in changed.items()])
    return len(changed)


def _cleared(texts: Collection[str], words: Words) -> tuple[str, ...]:
    cleared = []
    for text in texts:
        for word in sorted(words.names | words.phones, key=len, reverse=True):
            text = text.replace(word, SOMEBODY)
        cleared.append(text)
    return tuple(cleared)


def empty_boxes(candidates: Collection[str]) -> int:
    """Empty the boxes in which facts about candidates came, if all of them were taken in; return how many."""
    rows = fetch_in(
        "SELECT DISTINCT h.county_id, h.id FROM operation AS o JOIN log AS l ON l.id = o.tablet_id"
        " JOIN hand_over AS h ON h.tablet_id = COALESCE(l.rescued_from, l.id)"
        " WHERE h.facts IS NOT NULL AND LENGTH(h.box) > 0 AND o.subject IN (??)",
        candidates,
    )
    execute_many("UPDATE hand_over SET box = ? WHERE county_id = ? AND id = ?", [(b"", *row) for row in set(rows)])
    return len(set(rows))
