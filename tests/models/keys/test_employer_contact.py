"""An employer's contact is sealed: the database holds neither a name nor a number."""

import pytest

from models.base.database import fetch
from models.keys.employer_contact import EmployerContact, open_contact, seal_all, seal_contact
from models.keys.seal import Unreadable
from models.schema import Employer, SealKey

WHOM = EmployerContact("吕凤子", "138 0000 0000、023-41760000")


def test_what_is_sealed_is_opened_and_stands_nowhere_readable(database, fair):
    seal_contact(fair.factory, WHOM)
    fair.factory.save()
    employer = Employer.get_by_id(fair.factory.id)
    assert open_contact(employer) == WHOM
    assert employer.has_contact
    kept = str(fetch("SELECT * FROM employer"))
    assert "吕凤子" not in kept and "0000" not in kept


def test_an_older_key_still_opens_and_another_county_s_does_not(database, fair):
    seal_contact(fair.factory, WHOM)
    SealKey.make(fair.county)
    assert open_contact(fair.factory) == WHOM
    fair.factory.county = fair.elsewhere
    with pytest.raises(Unreadable):
        open_contact(fair.factory)


def test_an_empty_contact_leaves_no_box(database, fair):
    seal_contact(fair.factory, WHOM)
    seal_contact(fair.factory, EmployerContact())
    assert fair.factory.sealed == "" and not fair.factory.has_contact


def test_contacts_of_earlier_releases_are_sealed_once(database, fair):
    Employer.update(contact="吕凤子", phone="13800000000").where(Employer.id == fair.factory.id).execute()
    assert open_contact(Employer.get_by_id(fair.factory.id)) == ("吕凤子", "13800000000")
    assert seal_all() == 1
    employer = Employer.get_by_id(fair.factory.id)
    assert (employer.contact, employer.phone) == ("", "")
    assert open_contact(employer) == ("吕凤子", "13800000000")
    assert seal_all() == 0
