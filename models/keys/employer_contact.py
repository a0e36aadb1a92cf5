"""Employer contacts: whom the office calls at an employer, sealed in the database so that a copy of it tells nobody.

The box is sealed to the county's own key, as the contacts of people are on a tablet (models/keys/seal.py).
"""

import json
from typing import NamedTuple

from models.base.database import writing
from models.keys.seal import Lid, SealKey, Unreadable, bytes_of, open_box, private_keys, text_of
from models.market.employer import Employer


class EmployerContact(NamedTuple):
    """Who is to be called, and under which number or numbers, as they were typed."""

    name: str = ""
    phone: str = ""


def seal_contact(employer: Employer, contact: EmployerContact, key: SealKey | Lid | None = None) -> None:
    """Put a contact into the employer, sealed; saving it is the caller's. An empty one leaves nothing.

    ``key``: the county's present one, where it was asked for once for many.
    """
    employer.contact = employer.phone = ""
    if not any(contact):
        employer.sealed = ""
        return
    if key is None:
        with writing():
            key = SealKey.current(employer.county)
    employer.sealed = text_of(key.seal(json.dumps(contact._asdict(), ensure_ascii=False).encode()))


def open_contact(employer: Employer, keys: dict[int, str] | None = None) -> EmployerContact:
    """Return an employer's contact. Raises Unreadable when no key of its county opens it.

    ``keys``: the county's own, where they were asked for once for many.
    """
    if not employer.sealed:
        return EmployerContact(employer.contact, employer.phone)
    try:
        box, keys = bytes_of(employer.sealed), keys or private_keys(employer.county_id)
        return EmployerContact(**json.loads(open_box(box, keys)))
    except (ValueError, TypeError) as error:
        raise Unreadable("no contact in it") from error


def seal_all() -> int:
    """Seal the contacts that earlier releases kept readable; return how many there were."""
    open_ones = Employer.select().where((Employer.contact != "") | (Employer.phone != ""))
    with writing():
        found = list(open_ones)
        for employer in found:
            seal_contact(employer, EmployerContact(employer.contact, employer.phone))
            employer.save(only=[Employer.contact, Employer.phone, Employer.sealed])
    return len(found)
