"""Lists in one column."""

from models.base.database import fetch
from models.base.lists import listed
from models.market.booth import Booth


def test_words_are_told_apart_by_either_comma():
    assert listed("包吃，包住, 五险,,") == ["包吃", "包住", "五险"]
    assert listed("") == []


def test_a_list_is_text_with_commas_in_the_database(fair):
    booth = Booth.create(market_day=fair.day, number=9, name="服务台", topics=["policy", "contract"])

    assert fetch("SELECT topics FROM booth WHERE id = ?", (booth.id,)) == [("policy,contract",)]
    assert Booth.get(id=booth.id).topics == ["policy", "contract"]


def test_a_booth_counts_leaflets_and_policies_unless_told(fair):
    assert Booth.create(market_day=fair.day, number=9, name="服务台").topics == ("leaflet", "policy")
    assert Booth.get(number=9, market_day=fair.day).topics == ["leaflet", "policy"]
