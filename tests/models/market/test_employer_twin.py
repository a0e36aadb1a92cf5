"""Names that are perhaps one employer's."""

import json
from pathlib import Path

import pytest

from models.market.employer_twin import folded, twins_among, twins_of
from models.schema import Employer

CASES = json.loads((Path(__file__).parents[2] / "data/cases/twins.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_ways_to_write_one_name_are_one(case):
    assert folded(case["first"]) == folded(case["second"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("重庆璧泉湖电子有限公司", "璧泉湖电子", True),
        ("重庆市璧山区璧泉湖电子有限责任公司", "璧泉湖 电子公司", True),
        ("测试(集团)有限公司", "测试集团", True),
        ("来凤鱼庄", "山城制衣厂", False),
        ("山城制衣一厂", "山城制衣二厂", False),
        ("集团公司", "公司", False),
    ],
)
def test_the_place_and_the_form_of_a_company_do_not_tell_them_apart(one, other, same):
    places = ("重庆市", "重庆", "璧山区", "璧山")
    assert (folded(one, places) == folded(other, places)) is same


def test_twins_are_of_the_county_and_never_oneself(database, fair):
    twin = Employer.create(county=fair.county, name="重庆山城制衣厂有限公司")
    Employer.create(county=fair.elsewhere, name="山城制衣厂")
    assert twins_of(fair.county, "璧山山城制衣厂", fair.factory) == [twin]
    assert twins_of(fair.county, fair.factory.name, fair.factory) == [twin]
    assert twins_of(fair.county, "") == []
    found = twins_among(fair.county, Employer.select().where(Employer.county == fair.county))
    assert found == {fair.factory.id: twin, twin.id: fair.factory}
