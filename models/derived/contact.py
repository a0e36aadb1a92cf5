"""Contacts: how to reach a candidate, sealed on the tablet so that only the county can call."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.keys.seal import bytes_of, open_box
from models.log.kind import CANDIDATE

if TYPE_CHECKING:
    from models.derived.batch import Batch

FIELDS = ("phone", "phone_owner")


def open_contacts(batch: Batch) -> None:
    """Put phones in the place of sealed contacts. The operations that are stored keep the boxes."""
    for fact in batch.of("candidate.registered", "candidate.amended"):
        if fact.data.get("contact") is None:
            continue
        contact = _opened(fact.data, batch)
        if contact is None:
            fact.remarks.add("contact_unreadable")
        fact.data = _put(fact.data, contact)


def in_the_clear(batch: Batch, data: dict) -> dict:
    """Return the data of a stored operation with its contact opened, or without one that does not open."""
    return data if data.get("contact") is None else _put(data, _opened(data, batch))


def _opened(data: dict, batch: Batch) -> dict | None:
    """Return what is in a contact's box, or None when the county cannot read it."""
    try:
        contact = json.loads(open_box(bytes_of(data["contact"]), batch.seal_keys))
    except (ValueError, RecursionError):
        return None
    if not isinstance(contact, dict):
        return None
    known = {name: contact[name] for name in FIELDS if contact.get(name) is not None}
    return known if all(CANDIDATE[name](value) for name, value in known.items()) else None


def _put(data: dict, contact: dict | None) -> dict:
    return {name: value for name, value in data.items() if name != "contact"} | (contact or {})
