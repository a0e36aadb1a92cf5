"""Key groups, trades and the local share, where only the people behind the figures tell them apart."""

from datetime import date

import pytest

from models import schema as models
from models.figures.breakdown import breakdowns, local_share, matrix
from models.figures.summary import figures
from models.intake.ingest import record

WANG, LI = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"


@pytest.fixture
def registered(fair, operation):
    """Return a function that registers somebody on the day, or on another."""

    def register(who: str, name: str, day: models.MarketDay = fair.day, **data: object) -> None:
        fields = {"name": name, "birth_year": 1970, "trades": ["sewing"], "groups": ["MIG"]} | data
        record(day, [operation(0, "candidate.registered", id=who, **fields)])

    return register


def test_the_local_share_is_the_published_one():
    assert local_share({"town": 0, "county": 0, "city": 5_491, "outside": 2_459}) == 69.1
    assert local_share(dict.fromkeys(("town", "county", "city", "outside"), 0)) is None


def test_ten_seekers_for_eight_places_are_a_ratio_of_four_fifths(fair, registered):
    for place in range(10):
        registered(f"01900000-0000-7000-8000-00000000010{place}", f"王{place}")

    found = {row["trade"]: row for row in breakdowns(fair.day)["trades"]}

    assert found["sewing"] == {"trade": "sewing", "places": 8, "seekers": 10, "ratio": 0.8}
    assert found["cook"] == {"trade": "cook", "places": 1, "seekers": 0, "ratio": None}


def test_somebody_registered_twice_seeks_each_trade_once_and_is_one_person_in_all_their_groups(fair, registered):
    registered(WANG, "王芳", phone="13800000000", sex="female")
    registered(LI, "王芳", phone="13800000000", trades=["sewing", "cook"], groups=["RUR"])

    found = breakdowns(fair.day)

    assert {row["trade"]: row["seekers"] for row in found["trades"]} == {"sewing": 1, "general_worker": 0, "cook": 1}
    assert [(row["row"], row["registered"]) for row in found["groups"]] == [
        ("RUR female 50-59", 1), ("MIG female 50-59", 1), ("ALL female 50-59", 1),
    ]  # fmt: skip


def test_who_was_registered_on_another_day_counts_where_something_came_of_it(fair, registered, operation):
    before = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 20))
    registered(WANG, "王芳", before)
    scan = operation(0, "check_in.recorded", candidate=WANG, vacancy=fair.sewing.number)
    hired = operation(0, "check_in.progressed", check_in=scan["id"], stage="hired", place="outside")
    record(fair.day, [scan, hired])

    found = figures(fair.day)

    cell = {"registered": 0, "agreed": 1, "hired": 1}
    assert [row for row in found["groups"] if cell.items() <= row.items()] == found["groups"] != []
    assert (found["migrant_places"]["outside"], found["local_share"]) == (1, 0.0)
    assert (found["persons_reached"]["agreed"], found["persons_reached"]["hired"]) == (1, 1)
    assert sum(row["seekers"] for row in found["trades"]) == 0


def test_a_sheets_total_holds_those_of_unknown_sex(fair, registered):
    registered(WANG, "王芳", sex="female")
    registered(LI, "李强", birth_year=2005)

    ((_, lines), (everyone, _)) = matrix(breakdowns(fair.day)["groups"])

    assert everyone == "ALL"
    totals = {sex: counts[:6] for sex, counts in lines}
    assert totals == {"": [2, 1, 0, 0, 1, 0], "female": [1, 0, 0, 0, 1, 0], "male": [0] * 6}


def test_who_was_hired_outside_is_told_by_the_province_of_the_work(fair, registered, operation):
    models.Division.create(code="370200", name="青岛市", level="county")
    for vacancy, work in ((fair.sewing, {"work_division": "370200"}), (fair.ironing, {"place": "四川省成都市"})):
        models.Vacancy.update(**work).where(models.Vacancy.id == vacancy.id).execute()
    facts = []
    for passes, vacancy in zip(fair.passes, (fair.sewing, fair.sewing, fair.ironing, fair.cook), strict=False):
        scan = operation(0, "check_in.recorded", pass_=passes, vacancy=vacancy.number)
        facts += [scan, operation(0, "check_in.progressed", check_in=scan["id"], stage="hired", place="outside")]
    record(fair.day, facts)

    found = breakdowns(fair.day)

    assert found["provinces"] == {"sichuan": 1, "shandong": 2, "other": 1} and found["places"]["outside"] == 4


def test_a_person_hired_at_two_vacancies_has_one_destination_that_of_the_earlier_check_in(fair, registered, operation):
    registered(WANG, "王芳")
    facts = []
    for minute, (vacancy, place) in enumerate(((fair.sewing, None), (fair.cook, "outside"), (fair.ironing, "town"))):
        scan = operation(
            0, "check_in.recorded", at=f"2026-02-24T09:0{minute}:00+08:00", candidate=WANG, vacancy=vacancy.number
        )
        where = {"place": place} if place else {}
        facts += [scan, operation(0, "check_in.progressed", check_in=scan["id"], stage="hired", **where)]
    record(fair.day, facts)

    found = figures(fair.day)

    assert (found["reached"]["hired"], found["persons_reached"]["hired"]) == (3, 1)
    one_outside = {"town": 0, "county": 0, "city": 0, "outside": 1}
    assert found["places"] == found["migrant_places"] == one_outside and found["local_share"] == 0.0
    assert found["attention"] == 2  # the second and the third hire
