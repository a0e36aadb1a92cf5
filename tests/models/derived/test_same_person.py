"""Two registrations that people would take for one person's are one (tests/data/cases/same_person.json)."""

import pytest

from models.figures.summary import figures
from models.intake.ingest import ingest
from models.schema import Candidate, Tablet
from tests.vectors import vectors

CASES = vectors("cases/same_person")["cases"]


def register(fair, operation, *people: tuple[str, str]) -> int:
    """Register people of one year of birth at two booths in turn; return the persons of the summary."""
    for letter, booth, (name, phone) in zip("AB", (fair.desk, fair.clothing), people, strict=True):
        fact = operation(1, "candidate.registered", name=name, birth_year=1980, phone=phone)
        ingest(Tablet.enlist(booth, letter).log, [fact])
    return figures(fair.day)["persons"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["a"][0] + case["b"][1]))
def test_ways_of_writing_do_not_make_two_of_one_person(fair, operation, case):
    assert register(fair, operation, case["a"], case["b"]) == case["persons"]


@pytest.mark.parametrize("phones", vectors("text")["same_phones"], ids=lambda phones: phones[0])
def test_a_phone_is_one_in_every_way_of_writing(fair, operation, phones):
    assert register(fair, operation, ("王芳", phones[0]), ("王芳", phones[-1])) == 1


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u202e\u2066", "\u2800"], ids=ascii)
def test_a_name_of_which_nothing_can_be_seen_is_nobodys(fair, operation, name):
    tablet = Tablet.enlist(fair.desk, "A")
    received = ingest(tablet.log, [operation(1, "candidate.registered", name=name, birth_year=1980)])

    assert [tuple(result)[1:3] for result in received.results] == [("refused", "malformed: name")]
    assert not Candidate.select().count()


def test_what_turns_the_direction_of_writing_does_not_stay_in_a_name(fair, operation):
    tablet = Tablet.enlist(fair.desk, "A")
    ingest(tablet.log, [operation(1, "candidate.registered", name="王\u202e芳", birth_year=1980)])

    assert Candidate.get().name == "王芳"
