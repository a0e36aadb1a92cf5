"""Where work is, by the employer's words: a proposal for the place that a hire is counted by."""

import pytest

from models.market.work_place import work_place_of


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("璧山高新区", "county"),
        ("璧山区八塘镇农贸市场", "town"),
        ("八塘", "town"),
        ("重庆市璧山区青杠街道", "county"),
        ("重庆渝北", "city"),
        ("浙江宁波", None),
        ("面议", None),
        ("", None),
    ],
)
def test_the_narrowest_place_that_is_named_counts(words, code):
    assert work_place_of(words, "八塘镇", "璧山区") == code


def test_a_short_name_keeps_its_kind():
    assert work_place_of("忠诚路", "石宝镇", "忠县") is None
    assert work_place_of("忠县工业园", "石宝镇", "忠县") == "county"
    assert work_place_of("彭水工业园", "汉葭街道", "彭水苗族土家族自治县") is None
