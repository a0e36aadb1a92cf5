"""Somebody is deleted, frozen or released: with a certificate, and the signed figures stay byte for byte."""

import json

import pytest

from models.base.database import writing
from models.figures.summary import figures
from models.forgetting.certificate import BY_PHONE, DELETED, FROZEN, IN_OFFICE, RELEASED
from models.forgetting.delete import NobodyThere, delete_person, freeze_person, release_person
from models.forgetting.listed import forget_what_is_listed, list_outside
from models.forgetting.retain import overwrite
from models.intake.hand_over import receive
from models.intake.ingest import ingest
from models.kiosk.candidate_record import draw_candidates
from models.market.audit import AuditEntry
from models.market.retention import Retention
from models.people.frozen import frozen_among
from models.schema import Candidate, Forgotten, ForgottenKey, HandOver
from tests.sealing import sealed


def counted(fair) -> dict:
    return {name: value for name, value in figures(fair.day).items() if name not in ("as_of", "tablets")}


def test_after_everybody_was_deleted_no_byte_names_anybody_and_figures_stay(fair, people, bytes_of_all, found_in):
    AuditEntry.create(county=fair.county, who="chen", action="note", what=f"called {people[3].phone} {people[3].name}")
    receive(fair.day, sealed(people[0].tablet, people[0].facts), "file", "chen")
    before, seen = counted(fair), found_in(people, bytes_of_all())
    for one in people:
        delete_person(fair.county, one.id, "chen", IN_OFFICE, "asked for")
    overwrite()

    assert len(seen) == 2 * len(people)
    assert found_in(people, bytes_of_all()) == []
    assert counted(fair) == before
    assert bytes(HandOver.get().box) == b""
    assert ingest(people[0].tablet.log, people[0].facts).results[0][1] == "duplicate"
    assert receive(fair.day, sealed(people[0].tablet, people[0].facts), "file", "chen").new == 0


def test_the_certificate_names_nobody_and_says_what_the_law_keeps(fair, people):
    one = people[0]
    made = delete_person(fair.county, one.id, "chen", BY_PHONE)
    text = json.dumps([made.registrations, made.counts, made.why], ensure_ascii=False)

    assert (made.act, made.number, made.asked_by) == (DELETED, 1, BY_PHONE)
    assert made.registrations == [{"date": "2026-02-24", "town": "八塘镇"}]
    assert (made.counts["registrations"], made.counts["phones"]) == (2, 2)
    assert str(made.kept_until) == "2028-02-24"
    assert one.name not in text and one.phone not in text
    with pytest.raises(NobodyThere):
        delete_person(fair.county, one.id, "chen", BY_PHONE)


def test_when_the_ledgers_time_is_over_not_even_a_surname_stays(fair, people):
    fair.day.date = "2020-01-01"
    fair.day.save()
    made = delete_person(fair.county, people[0].id, "chen", IN_OFFICE)

    assert made.kept_until is None
    assert Candidate.get_by_id(people[0].id).name == "某"


def test_another_countys_people_are_nobodys_to_delete(fair, people):
    with pytest.raises(NobodyThere):
        delete_person(fair.elsewhere, people[0].id, "neighbour", IN_OFFICE)


def test_a_frozen_person_is_withdrawn_from_booths_until_released(fair, people):
    one = people[1]
    freeze_person(fair.county, one.id, "chen", IN_OFFICE, "does not want to be called")
    withdrawn = draw_candidates(one.tablet, [one.id])
    is_frozen = frozen_among([one.id])
    with pytest.raises(NobodyThere):
        freeze_person(fair.county, one.id, "chen", IN_OFFICE, "again")
    made = release_person(fair.county, one.id, "chen", IN_OFFICE, "changed their mind")

    assert (withdrawn, is_frozen, made.act) == ({}, {one.id}, RELEASED)
    assert draw_candidates(one.tablet, [one.id])[one.id]["name"] == one.name
    assert [made.act for made in type(made).select()] == [FROZEN, RELEASED]


def test_what_an_older_database_brings_back_is_forgotten_again(fair, people, tmp_path, bytes_of_all, found_in):
    """The list outlives the database; the tables are as a backup of before the deletion has them."""
    path, gone, stays = tmp_path / "list", people[:10], people[10:]
    before = counted(fair)
    for one in gone:
        delete_person(fair.county, one.id, "chen", IN_OFFICE)
    listed = list_outside(path)
    names = found_in(gone, path.read_bytes())
    log, facts = gone[0].tablet.log, gone[0].facts
    _restore(fair, log)
    ingest(log, facts[:30])  # what the backup has; the rest comes from the tablet
    again = forget_what_is_listed(path)
    ingest(log, facts)
    overwrite()

    assert (listed >= 10, names) == (True, [])
    assert again >= 10
    assert found_in(gone, bytes_of_all()) == []
    assert len(found_in(stays, bytes_of_all())) == 2 * len(stays)
    assert counted(fair) == before


def _restore(fair, log) -> None:
    from models.base.database import fetch
    from models.schema import MODELS

    empty = ("operation", "remark", "scan", "visit", "check_in", "check_in_count", "pass_binding", "candidate", "alias",
             "person_key", "forgotten", "forgotten_key", "certificate")  # fmt: skip
    with writing():
        for model in MODELS:
            if model._meta.table_name in empty:
                model.delete().execute()
        type(log).update(acknowledged=0, latest_at=0).execute()
    assert not Forgotten.select().count() + ForgottenKey.select().count() + len(fetch("SELECT 1 FROM candidate"))


def test_periods_have_defaults_and_are_noted_when_changed(fair):
    assert Retention.of(fair.county).contact_days == 90
