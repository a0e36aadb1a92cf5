"""The search over the office: what of a county fits some words, the best first, and nothing of another county."""

from datetime import date

import pytest

from models import schema as models
from models.finding.office_search import KINDS, Reader, search_office
from models.finding.sought import Sought
from models.vocabulary.trade import TRADES

TODAY = date(2026, 2, 20)
ALL = frozenset(KINDS)


@pytest.fixture
def find(fair):
    """Return a function that searches: {kind: names}, in their order."""

    def ask(typed: str, county=None, kinds=ALL, towns=None) -> dict[str, list[str]]:
        trades = {"sewing": "缝纫工种", "cook": "厨师"} if county is None else TRADES
        reader = Reader(county or fair.county, TODAY, kinds, towns, trades)
        return {one.kind: [hit.name for hit in one.hits] for one in search_office(reader, Sought.read(typed, TODAY))}

    return ask


@pytest.mark.parametrize(("typed", "kind", "names"), [
    ("2月24日", "days", ["八塘镇"]), ("2026.2.24", "days", ["八塘镇"]), ("batang", "days", ["八塘镇"]),
    ("btz 2月", "days", ["八塘镇"]), ("春风", "days", ["八塘镇"]), ("正月初八", "days", ["八塘镇"]),
    ("春风", "campaigns", ["春风行动"]), ("btz", "towns", ["八塘镇"]), ("500120100", "towns", ["八塘镇"]),
    ("山城", "employers", ["山城制衣厂"]), ("sczyc", "employers", ["山城制衣厂"]),
    ("5YBT24", "employers", ["山城制衣厂"]),
    ("制衣 山城", "employers", ["山城制衣厂"]), ("缝纫", "vacancies", ["缝纫工"]), ("工种", "vacancies", ["缝纫工"]),
    ("来凤", "vacancies", ["厨师"]), ("维权", "booths", ["维权服务台"]), ("八塘 来凤", "booths", ["来凤鱼庄"]),
    ("2.24 来凤", "booths", ["来凤鱼庄"]),
])  # fmt: skip
def test_everything_is_found_by_its_kind_of_words(find, typed, kind, names):
    assert find(typed)[kind] == names


def test_a_number_finds_its_vacancy_alone(find, fair):
    number = fair.cook.number
    assert find(f"{number[:3]} {number[3:]}") == {"vacancies": ["厨师"]}


@pytest.mark.parametrize("typed", [
    "灯笼工", "铜梁", "%", "_", "!", "\0", "", "2月25日", "'; DROP TABLE vacancy", "大兴 来凤",
])  # fmt: skip
def test_nothing_is_found_by_what_is_another_countys_or_not_there(find, typed):
    assert find(typed) == {}


def test_a_county_finds_its_own(find, fair):
    assert find("灯笼工", fair.elsewhere) == {"vacancies": ["灯笼工"]}
    assert "days" in find("2月24日", fair.elsewhere)


def test_a_clerk_finds_what_is_of_the_clerks_towns(find, fair):
    assert set(find("来凤", towns=frozenset({fair.town.code}))) == {"employers", "vacancies", "booths"}
    other = find("来凤", towns=frozenset({"500120199"}))
    assert set(other) == {"employers"} and not find("八塘", kinds=frozenset({"days", "towns"}), towns=frozenset())


def test_only_kinds_that_may_be_seen_are_looked_for(find):
    assert set(find("来凤", kinds=frozenset({"booths"}))) == {"booths"}


def test_five_are_shown_and_all_are_counted(find, fair):
    for number in range(7):
        models.Employer.create(county=fair.county, name=f"大足五金{number}厂", archived_at=None)
    reader = Reader(fair.county, TODAY, ALL)
    (group,) = search_office(reader, Sought.read("五金", TODAY))
    assert len(group.hits) == 5 and group.found == 7


def test_those_that_are_over_come_last_and_days_to_come_first(find, fair):
    models.Employer.create(county=fair.county, name="来凤酒楼")
    models.Employer.update(archived_at=1).where(models.Employer.name == "来凤鱼庄").execute()
    assert find("来凤")["employers"] == ["来凤酒楼", "来凤鱼庄"]
    models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 12), place="北门")
    models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 21), place="南门")
    group = search_office(Reader(fair.county, TODAY, frozenset({"days"})), Sought.read("八塘", TODAY))[0]
    assert [hit.beside[0].day for hit in group.hits] == [21, 24, 12]
