"""Who is one person: by name, year of birth and phone together, or by a shared pass."""

import pytest

from models.intake.ingest import ingest
from models.people.candidate import identity_of
from models.schema import Candidate, Tablet

WANG = {"name": "王芳", "birth_year": 1980, "phone": "13800000000"}


@pytest.mark.parametrize(
    ("change", "persons"),
    [
        ({}, 1),
        ({"birth_year": 1981}, 2),
        ({"name": "王方"}, 2),
        ({"phone": "13900000000"}, 2),
        ({"phone": "+86 138 0000 0000"}, 1),
    ],
)
def test_two_registrations_are_one_person_only_if_all_three_agree(fair, operation, change, persons):
    tablet = Tablet.enlist(fair.desk, "A")
    ingest(tablet.log, [
        operation(1, "candidate.registered", **WANG), operation(2, "candidate.registered", **WANG | change),
    ])  # fmt: skip

    assert len({candidate.person for candidate in Candidate.select()}) == persons


def test_the_identity_hashes_the_year(fair):
    key = fair.county.identity_key
    assert identity_of(key, "王芳", 1980, "13800000000") != identity_of(key, "王芳", 1981, "13800000000")
    assert identity_of(key, "王芳", 1980, None) is None
