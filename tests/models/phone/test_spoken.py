"""Numbers and vacancies as they are read aloud, and that every clip has its words and its sound."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from models.phone.spoken import number_clips, own_page_clips, vacancy_clips
from models.vocabulary.code_list import PAY_UNITS
from models.vocabulary.trade import TRADES

ROOT = Path(__file__).parents[3]
SCRIPT = dict(re.findall(r"^\| ([a-z0-9_-]+) \| (.+) \|$", (ROOT / "docs/spoken-help.md").read_text(), re.MULTILINE))
LOWEST_BIT_RATE = 24_000 // 8  # bytes a second


def said(clips: list[str]) -> str:
    """Return the words of some clips, without their full stops."""
    return "".join(SCRIPT[clip] for clip in clips).replace("。", "")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"), (2, "二"), (7, "七"), (10, "十"), (12, "十二"), (20, "二十"), (22, "二十二"), (35, "三十五"),
        (100, "一百"), (105, "一百零五"), (110, "一百一十"), (200, "两百"), (220, "两百二十"), (1005, "一千零五"),
        (1050, "一千零五十"), (2200, "两千两百"), (3500, "三千五百"), (10_000, "一万"), (12_000, "一万两千"),
        (20_005, "两万零五"), (10_500, "一万零五百"), (100_000, "十万"), (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_say_it(number, words):
    assert said(number_clips(number)) == words


def test_two_people_are_not_counted_as_the_figure_two():
    assert said(number_clips(2, before_people=True)) == "两"


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_what_cannot_be_read_is_an_error(number):
    with pytest.raises(ValueError):
        number_clips(number)


def vacancy(**changes):
    usual = {"trade": "welder", "pay_min_fen": 350_000, "pay_max_fen": 450_000, "pay_unit": "month",
             "openings": 12, "booth": 3, "closed": False}  # fmt: skip
    found = usual | changes
    return SimpleNamespace(**found, is_full=found["closed"])


def test_a_vacancy_says_its_trade_pay_openings_and_booth():
    words = said(vacancy_clips(vacancy(), "known"))
    assert words == "这是一个招工岗位电焊工工钱三千五百到四千五百元一个月招十二个人在三号展位想去，就按红色的大按钮"


def test_pay_that_is_one_sum_or_open_or_has_a_fraction():
    assert "工钱三千五百元一个月" in said(vacancy_clips(vacancy(pay_max_fen=350_000), "known"))
    assert "工钱面议" in said(vacancy_clips(vacancy(pay_min_fen=None, pay_max_fen=None), "known"))
    hourly = vacancy(pay_min_fen=1_850, pay_max_fen=None, pay_unit="hour")
    assert "十八点五元一小时" in said(vacancy_clips(hourly, "known"))


def test_a_full_vacancy_says_so_instead_of_how_many_it_wants():
    words = said(vacancy_clips(vacancy(closed=True), "want"))
    assert "招满了" in words and "个人" not in words


def test_a_pass_is_said_digit_by_digit():
    assert "您的号码是九零一二三四五六七八" in said(own_page_clips("9012345678"))
    assert said(own_page_clips(None)) == said(["registered"])


def test_every_clip_of_the_script_has_a_sound_long_enough_for_its_words_and_no_other_sound_lies_about():
    sounds = {path.stem: path.read_bytes() for path in (ROOT / "static/audio").glob("*.mp3")}
    assert sounds.keys() == SCRIPT.keys() - {"clip"}
    for clip, sound in sounds.items():
        assert sound[:2] == b"\xff\xf3", clip  # a frame at once: no head that would stand in the middle of a joined one
        assert len(sound) / LOWEST_BIT_RATE > len(SCRIPT[clip]) * 0.1, clip


def test_every_trade_and_pay_unit_can_be_said():
    assert {f"trade-{code}" for code in TRADES} | PAY_UNITS.keys() <= SCRIPT.keys()


def test_every_clip_that_a_page_names_exists():
    pages = "".join(path.read_text() for path in (ROOT / "templates/phone").glob("*.html"))
    named = {name for call in re.findall(r"parts\.clip\(([^)]*)\)", pages) for name in re.findall(r'"([a-z-]+)"', call)}
    assert named and named <= SCRIPT.keys()
