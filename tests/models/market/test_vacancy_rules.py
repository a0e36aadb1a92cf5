"""Which words an organiser is stopped at, and which only look like them."""

import csv
from pathlib import Path

import pytest

from models.market.vacancy_rules import forbidden_words

DEMO = Path(__file__).parents[3] / "models" / "demo" / "vacancies.csv"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("限男性", "sex"),
        ("女性优先", "sex"),
        ("只招男工", "sex"),
        ("须已婚已育", "family"),
        ("两年内不得生育", "family"),
        ("入职孕检", "family"),
        ("限汉族", "ethnicity"),
        ("不要少数民族", "ethnicity"),
        ("限本地户籍", "household"),
        ("外地勿扰", "household"),
        ("需做乙肝两对半检查", "health"),
        ("入职交押金300元", "fee"),
        ("服装费自理", "fee"),
        ("押身份证", "fee"),
        ("无需经验，收取押金", "fee"),
    ],
)
def test_words_that_shut_people_out_or_cost_them_money_are_found(text, rule):
    assert {find.rule for find in forbidden_words(text)} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "男女不限",
        "性别不限",
        "无性别要求",
        "不收押金",
        "不收取任何押金和服装费",
        "免体检费",
        "体检费报销",
        "体检费由公司承担",
        "培训费全免",
        "无需乙肝检查",
        "男女宿舍分开，带身份证",
        "",
    ],
)
def test_negations_and_plain_words_pass(text):
    assert forbidden_words(text) == []


def test_every_word_is_found_and_one_that_comes_twice_once():
    text = "限女，押金500元，身份证扣留：扣身份证，乙肝阴性，服装费，限女"
    assert [find.word for find in forbidden_words(text)] == ["限女", "乙肝", "押金", "扣身份证", "服装费"]


def test_one_denied_word_does_not_excuse_the_next():
    assert [find.word for find in forbidden_words("不收押金，服装费200元")] == ["服装费"]


def test_the_demo_s_vacancies_are_clean():
    with DEMO.open(encoding="utf-8", newline="") as file:
        texts = ["；".join(row.values()) for row in csv.DictReader(file)]

    assert [find for text in texts for find in forbidden_words(text)] == []
