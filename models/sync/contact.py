"""Contacts: how to reach a candidate, sealed on the tablet so that only the county can call."""

import json

from models.people.seal import bytes_of, open_box
from models.sync.kinds import CANDIDATE

FIELDS = ("phone", "phone_owner")


def with_contact(data: dict, keys: dict[int, str]) -> dict | None:
    """Return a registration's data with the phone in the clear in place of its sealed ``contact``.

    ``keys`` are the county's (models/people/seal.py). None when the contact cannot be read.
    """
    try:
        contact = json.loads(open_box(bytes_of(data["contact"]), keys))
    except (ValueError, RecursionError):
        return None
    if not isinstance(contact, dict):
        return None
    known = {name: contact[name] for name in FIELDS if contact.get(name) is not None}
    if not all(CANDIDATE[name](value) for name, value in known.items()):
        return None
    return without_contact(data) | known


def without_contact(data: dict) -> dict:
    """Return a registration's data as if it had no sealed contact."""
    return {name: value for name, value in data.items() if name != "contact"}
