"""What one market day learns of people and places that another day knows too: the booths of both are told."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from models.intake.ingest import ingest
from models.kiosk.in_use import InUse
from models.kiosk.record import changes_for
from models.kiosk.set_up import drop_offer, keep_vacancy, offer_vacancies
from models.schema import Booth, MarketDay, Offer, Operation, Tablet

FIRST, LAST = "00000000-0000-4000-8000-000000000001", "ffffffff-0000-4000-8000-000000000001"
WANG = {"name": "王芳", "birth_year": 1980, "phone": "13800000000"}


@pytest.fixture
def season(fair) -> SimpleNamespace:
    """A tablet at the factory's booth on each of two market days, which offer one vacancy with two places."""
    fair.sewing.openings = 2
    keep_vacancy(fair.sewing)
    day = MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    stand = Booth.create(market_day=day, number=2, name="山城制衣厂", employer=fair.factory)
    offer_vacancies([fair.sewing], stand)
    return SimpleNamespace(first=Tablet.enlist(fair.clothing), later=Tablet.enlist(stand), sewing=fair.sewing)


@pytest.fixture
def hire(operation, season):
    """Return a function that has a tablet register, tie and hire somebody; it returns the candidate's id."""

    def hire(tablet: Tablet, candidate: str, **who: object) -> str:
        tie = str(uuid4())
        ingest(tablet.log, [
            operation(1, "candidate.registered", id=candidate, **WANG | who),
            operation(2, "check_in.recorded", id=tie, candidate=candidate, vacancy=season.sewing.number),
            operation(3, "check_in.progressed", check_in=tie, stage="hired"),
        ])  # fmt: skip
        return candidate

    return hire


def told(tablet: Tablet, since: int = 0) -> tuple[dict, int]:
    """Return what a tablet hears of from a position on, its own facts left out, and the position after that."""
    changes, cursor, more = changes_for(tablet, since)
    assert not more
    return {(change["kind"], change["id"]): change["data"] for change in changes}, cursor


def test_a_booth_hears_that_its_person_is_one_with_somebody_of_another_day(season, hire):
    one = hire(season.first, LAST)
    _, heard = told(season.first)
    other = hire(season.later, FIRST)  # whose id names them both
    found, _ = told(season.first, heard)
    assert found["candidate", one]["person"] == other
    assert [data["person"] for (kind, _), data in found.items() if kind == "check_in"] == [other]


def test_a_place_is_free_again_on_all_days_when_two_who_were_hired_prove_to_be_one(season, hire, operation):
    hire(season.first, FIRST)
    two = hire(season.later, LAST, phone="13900000000")
    number, (_, heard) = season.sewing.number, told(season.first)
    assert told(season.first)[0]["vacancy", number]["remaining"] == 0
    ingest(season.later.log, [operation(4, "candidate.amended", id=two, based_on=1, phone=WANG["phone"])])
    assert told(season.first, heard)[0]["vacancy", number]["remaining"] == 1
    assert told(season.later)[0]["vacancy", number]["remaining"] == 1


@pytest.mark.parametrize("dropped_first", [True, False])
def test_a_fact_that_waits_for_somebody_is_judged_anew_when_its_vacancy_is_taken_off_the_day(
    season, operation, dropped_first
):
    offer = Offer.get(Offer.booth == season.later.booth_id)
    facts = [operation(1, "check_in.recorded", candidate=str(uuid4()), vacancy=season.sewing.number)]
    for step in (drop_offer, ingest) if dropped_first else (ingest, drop_offer):
        step(offer) if step is drop_offer else step(season.later.log, facts)
    assert [row.reason for row in Operation.select()] == ["vacancy_other_day"]


def test_a_vacancy_that_a_consent_names_stays_on_its_day(season, hire, operation):
    who = str(uuid4())
    ingest(season.later.log, [
        operation(1, "candidate.registered", id=who, **WANG),
        operation(2, "consent.given", candidate=who, vacancy=season.sewing.number),
    ])  # fmt: skip
    with pytest.raises(InUse):
        drop_offer(Offer.get(Offer.booth == season.later.booth_id))
