"""What the rules find in 629 texts, how fast, and that docs/vacancy-checks.md says so."""

import csv
import time
from pathlib import Path

import pytest

from models.checks import rules
from models.checks.text import _TEXT_RULES, _found, finds_in
from models.checks.twins import likeness
from tests.measured_checks import PAGE, PART, TEXTS, missed, table

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "models" / "demo" / "vacancies.csv"
FASTEST = 50e-6  # seconds a text, at most
# Each was published before.
PASSED_ONCE = ("男，25-40岁", "招女工5名", "未婚", "本地人优先", "无传染病携带", "刷单，一单一结", "缅北高薪",
               "五官端正", "属虎的不要", "加微信abc123", "每天12小时", "35岁以下", "工资面议")  # fmt: skip


def test_the_page_says_what_is_measured():
    measured = table()
    assert measured in PAGE.read_text(encoding="utf-8"), f"write this into docs/vacancy-checks.md:\n{measured}"


def test_no_stop_is_missed_and_no_clean_text_stopped_but_for_those_that_the_page_names():
    named = PAGE.read_text(encoding="utf-8")
    for part in PART:
        for text, _wanted, _got in missed(part):
            assert f"`{text}`" in named


@pytest.mark.parametrize("text", PASSED_ONCE)
def test_none_passes_that_once_did(text):
    assert finds_in(text)


def test_words_written_apart_or_wide_are_found_where_they_stand():
    for text, word in (("须交押 金300", "押 金"), ("限　男", "限　男"), ("保·证·金500", "保·证·金"),
                       ("加Ｖ：ｘｉａｏ", "加Ｖ"), ("限\u200b男", "限\u200b男")):  # fmt: skip
        (find, *_more) = finds_in(text, "duties")
        assert (find.word, text[find.start : find.end].strip(), find.field) == (word, word, "duties")


def test_one_denied_word_does_not_excuse_the_next():
    assert [find.word for find in finds_in("不收押金，服装费200元")] == ["服装费"]
    assert [find.word for find in finds_in("押金200，不退押金")] == ["押金", "押金"]


def test_the_demo_s_vacancies_are_never_stopped():
    with DEMO.open(encoding="utf-8", newline="") as file:
        texts = [text for row in csv.DictReader(file) for text in row.values()]
    assert [find for text in texts for find in finds_in(text) if find.stops] == []


def test_each_rule_says_all_that_its_reader_needs():
    assert len(rules.BY_CODE) == len(rules.RULES)
    for rule in rules.RULES:
        assert rule.level in rules.LEVELS and rule.article and rule.why and rule.better
        assert bool(rule.finds) == bool(rule.needs)


def test_letters_that_a_rule_needs_stand_in_all_that_it_finds():
    """Otherwise a text would be passed over without its pattern."""
    for _wanted, text in TEXTS:
        for code, needs, finds, _passes, _denied in _TEXT_RULES:
            if (match := finds.search(text.lower())) is not None:
                assert needs & set(match[0]), (code, text)
    from re import _parser  # of Python itself: only this test asks it

    for code, needs, finds, _passes, _denied in _TEXT_RULES:
        assert (left := list(_uncovered(_parser.parse(finds.pattern, finds.flags), needs))) == [], (code, left)


def test_rules_are_fast():
    """An import sends 10,000 rows of some 14 texts through them."""
    texts = [text for _wanted, text in TEXTS]

    def once() -> float:
        _found.cache_clear()
        began = time.process_time()
        for text in texts:
            finds_in(text)
        return (time.process_time() - began) / len(texts)

    assert min(once() for _ in range(3)) < FASTEST
    hostile = "限" * 250 + "男" * 250
    began = time.process_time()
    finds_in(hostile)
    finds_in("不" * 500)
    finds_in("1 " * 250)
    assert time.process_time() - began < 0.5


def test_twins_are_alike_by_their_letters():
    long = "负责缝纫平车操作，计件工资，多劳多得，包吃包住，每月15号发工资，生手熟手都要"
    assert likeness(long, long.replace("每月15号", "每月15日") + "。") > 0.9
    assert likeness("负责缝纫平车操作，计件工资", "果园摘果，一天一结") < 0.1


def _uncovered(parsed, needs):
    """Yield the letters of ways in which a pattern can match without one of ``needs``."""
    ways = [list(_uncovered_by(str(op), value, needs)) for op, value in parsed]
    if all(ways):  # no element of the row is one of them for sure
        yield from ways[0] if len(ways) == 1 else ["".join(some[0] for some in ways)]


def _uncovered_by(name, value, needs):
    if name == "LITERAL":
        return [] if chr(value) in needs else [chr(value)]
    if name == "IN":
        letters = _letters(value)
        return [] if letters and letters <= needs else ["?"]
    if name == "BRANCH":
        return [left for branch in value[1] for left in _uncovered(branch, needs)]
    if name == "SUBPATTERN":
        return list(_uncovered(value[3], needs))
    if name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] > 0:
        return list(_uncovered(value[2], needs))
    return [""]


def _letters(items):
    found = set()
    for op, value in items:
        if str(op) == "LITERAL":
            found.add(chr(value))
        elif str(op) == "RANGE":
            found |= {chr(code) for code in range(value[0], min(value[1], value[0] + 100) + 1)}
        elif str(op) == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found |= set("0123456789")
        elif str(op) == "NEGATE":
            return set()
    return found
