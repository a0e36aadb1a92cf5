"""Migration 0015 makes identity hashes again: who is one person by the new rule becomes one, and closed days stay."""

import hashlib
import hmac
import unicodedata
from importlib import import_module
from uuid import uuid4

import pytest
from playhouse.migrate import SchemaMigrator

from models.base.database import db, writing
from models.derived import candidate as derived
from models.derived.replay import join_same, replay_people
from models.figures import version
from models.figures.summary import figures
from models.people.candidate import identity_of
from models.schema import Candidate, MarketDay
from tests.properties.state import state

WRITTEN = (("买买提·艾力", "13800139001"), ("买买提•艾力", "0086 13800139001"), ("王芳", "13800138062"))


def former_identity(key: str, name: str, birth_year: int, phone: str | None) -> str | None:
    """The rule of before, for what the database held then."""
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", phone or "") if letter.isdigit())
    plain = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    message = f"{plain}|{birth_year}|{digits.removeprefix('86') if len(digits) == 13 else digits}"
    return hmac.new(bytes.fromhex(key), message.encode(), hashlib.sha256).hexdigest() if digits else None


def run(step: str) -> None:
    migration = import_module("migrations.0015_identity")
    with db.atomic():
        getattr(migration, step)(SchemaMigrator.from_database(db.obj), db.obj)


@pytest.fixture
def morning(fair, enrol, operation) -> list[str]:
    """One person by two ways of writing, registered, tied and hired at two booths; and another. Their ids."""
    people = [str(uuid4()) for _ in WRITTEN]
    for booth, mine in ((fair.clothing, people[:1]), (fair.desk, people[1:])):
        tablet, facts = enrol(booth), []
        for who in mine:
            name, phone = WRITTEN[people.index(who)]
            sent, about = str(uuid4()), {"candidate": who, "vacancy": fair.sewing.number}
            facts += [
                operation(len(facts) + 1, "candidate.registered", id=who, name=name, birth_year=1980, phone=phone),
                operation(len(facts) + 2, "check_in.recorded", id=sent, **about),
                operation(len(facts) + 3, "check_in.progressed", check_in=sent, stage="hired"),
            ]
        tablet.sync(*facts)
    return people


def test_one_person_by_the_new_rule_becomes_one_and_a_closed_day_keeps_its_figures(fair, morning, monkeypatch):
    anew = state()
    with monkeypatch.context() as then, writing():
        then.setattr(derived, "identity_of", former_identity)
        replay_people(morning)
    run("down")
    before = figures(fair.day)
    assert (before["persons"], before["registered"]) == (3, 3)
    closed = version.close(fair.day, "chen", reason="signed")
    run("up")
    with writing():
        assert join_same() == 2

    assert state() == anew
    after = figures(fair.day)
    assert (after["persons"], after["registered"], after["persons_checked_in"]) == (2, 2, 2)
    assert after["vacancies"][0]["hired"] < before["vacancies"][0]["hired"]
    sheet = version.sheet(MarketDay.get_by_id(fair.day.id))
    assert sheet["hash"] == closed.hash and sheet["persons"] == 3
    assert version.since(closed) is None  # nothing was recorded or decided; only what is counted as one is otherwise
    with writing():
        assert join_same() == 0  # and never again


def test_hashes_of_before_come_back_and_are_those_of_before(fair, morning):
    made = {one.id: one.identity for one in Candidate.select()}
    run("down")
    key = fair.county.identity_key
    for one in Candidate.select():
        assert one.identity == former_identity(key, one.name, one.birth_year, one.phone)
    run("up")

    assert {one.id: one.identity for one in Candidate.select()} == made
    for one in Candidate.select():
        assert one.identity == identity_of(key, one.name, one.birth_year, one.phone)
