"""Contacts: how to reach a candidate and their key groups, sealed on the tablet so that only the county can read them."""

import json
from typing import Annotated

from msgspec import Meta

from models.derived.batch import Batch
from models.derived.noun import Noun
from models.keys.seal import bytes_of, open_box
from models.log.kind import TEXT, Kind, Word, read_data


class Contact(Kind):
    """What is sealed in a contact."""

    phone: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    phone_owner: Annotated[str, Meta(max_length=32, pattern=TEXT)] | None = None
    groups: Annotated[list[Word], Meta(max_length=20)] | None = None


def open_contacts(batch: Batch) -> None:
    """Put phones in the place of sealed contacts. The operations that are stored keep the boxes."""
    for fact in batch.of("candidate.registered", "candidate.amended"):
        if fact.data.get("contact") is None:
            continue
        contact = _opened(fact.data, batch.seal_keys)
        if contact is None:
            fact.remarks.add("contact_unreadable")
        fact.data = _put(fact.data, contact)


def in_the_clear(batch: Batch, data: dict) -> dict:
    """Return the data of a stored operation with its contact opened, or without one that does not open."""
    return opened(data, batch.seal_keys)


def opened(data: dict, keys: dict[int, str]) -> dict:
    """Return data with their contact opened, or without one that these keys of a county do not open."""
    return data if data.get("contact") is None else _put(data, _opened(data, keys))


def _opened(data: dict, keys: dict[int, str]) -> dict | None:
    """Return what is in a contact's box, or None when the county cannot read it."""
    try:
        contact = json.loads(open_box(bytes_of(data["contact"]), keys))
    except (ValueError, RecursionError):
        return None
    if not isinstance(contact, dict) or read_data(Contact, contact)[0] is None:
        return None
    return {name: contact[name] for name in Contact.__struct_fields__ if contact.get(name) is not None}


def _put(data: dict, contact: dict | None) -> dict:
    return {name: value for name, value in data.items() if name != "contact"} | (contact or {})


CONTACT = Noun("contact", reasons=("contact_unreadable",), read=open_contacts)
