"""How many at a market would fit a booth's vacancies: people of the market who want such work and are not hired."""

import pytest

from models.forgetting.certificate import IN_OFFICE
from models.forgetting.delete import delete_person
from models.intake.ingest import record
from models.phone.fitting_people import fitting_people


@pytest.fixture
def comes(fair, enrol, operation):
    """Return a function that registers somebody at a booth, by a tablet of its own, and returns their id."""

    def comes(name: str, trades: list[str], booth=fair.kitchen, **more: object) -> str:
        said = {"name": name, "birth_year": 1985, "trades": trades, "registered_by": "operator", "notice_at": "x"}
        registered = operation(1, "candidate.registered", **said | more)
        assert enrol(booth).sync(registered).json["results"][0]["outcome"] == "applied"
        return registered["id"]

    return comes


@pytest.fixture
def sewing(fair):
    """Return a function that says how many who wait fit the sewing vacancy."""
    return lambda: fitting_people(fair.day.id, fair.clothing.id).get(fair.sewing.number, 0)


def test_they_are_counted_wherever_they_are_until_they_are_tied_or_hired(fair, comes, sewing, operation):
    assert fitting_people(fair.day.id, fair.clothing.id) == {}
    one, other, _cook = comes("王一", ["sewing"]), comes("王二", ["sewing"]), comes("王三", ["cook"])
    assert sewing() == 2
    record(fair.day, [operation(0, "check_in.recorded", candidate=one, vacancy=fair.sewing.number)])
    assert sewing() == 1  # the booth has met them
    tie = operation(0, "check_in.recorded", candidate=other, vacancy=fair.cook.number)
    record(fair.day, [tie, operation(0, "check_in.progressed", check_in=tie["id"], stage="hired")])
    assert sewing() == 0


@pytest.mark.parametrize("trades", [[], ["carpenter"]])
def test_who_said_no_trade_or_wants_another_is_none_of_them(comes, sewing, trades):
    comes("王一", trades)
    assert sewing() == 0


def test_whom_something_keeps_from_a_vacancy_is_none_of_them(fair, comes, sewing):
    comes("王一", ["sewing"], birth_year=2009)
    assert sewing() == 1
    type(fair.sewing).update(adults_only=True).where(type(fair.sewing).id == fair.sewing.id).execute()
    assert sewing() == 0


def test_a_person_registered_twice_is_one_and_what_they_said_last_holds(comes, sewing, operation):
    comes("王一", ["sewing"], phone="13800001111", at="2026-02-24T09:00:00+08:00")
    comes("王一", ["sewing"], phone="13800001111", at="2026-02-24T10:00:00+08:00")
    assert sewing() == 1


def test_who_was_deleted_and_who_is_elsewhere_are_not_counted(fair, comes, sewing):
    one = comes("王一", ["sewing"])
    assert fitting_people(fair.other_day.id, fair.other_booth.id) == {}
    delete_person(fair.county, one, "chen", IN_OFFICE)
    assert sewing() == 0


def test_a_booths_tablet_hears_numbers_of_its_own_vacancies_and_a_desk_hears_none(fair, enrol, comes):
    comes("王一", ["sewing", "cook"], booth=fair.kitchen)
    assert enrol(fair.clothing).sync().json["fitting"] == dict.fromkeys(
        (fair.sewing.number, fair.ironing.number), 1  # ironing is next to sewing
    )
    assert enrol(fair.kitchen).sync().json["fitting"] == {fair.cook.number: 1}
    assert enrol(fair.desk).sync().json["fitting"] == {}
