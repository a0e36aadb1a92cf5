"""Every code that people see has code_list, and codes are spelled as the protocol spells them."""

import re

import pytest

from models.vocabulary import code_list, reason, trade

LISTS = {
    name: codes
    for module in (code_list, reason, trade)
    for name, codes in vars(module).items()
    if name.isupper() and isinstance(codes, dict)
}


@pytest.mark.parametrize("name", LISTS)
def test_each_code_has_words_of_its_own(name):
    sentences = list(LISTS[name].values())
    assert all(sentences) and len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("name", LISTS)
def test_codes_are_plain_ascii(name):
    assert all(re.fullmatch(r"[a-z0-9_.]+|[A-Z_]+", code) for code in LISTS[name])


def test_there_are_36_trades():
    assert len(trade.TRADES) == 36


def test_stages_stand_in_rank_order():
    ranks = ["interested", "introduced", "interviewed", "agreed", "hired", "started"]
    assert list(code_list.STAGES) == ranks


def test_a_reason_with_a_field_reads_as_its_code():
    assert reason.sentence("malformed: birth_year") == reason.REFUSED["malformed"]


def test_a_reason_nobody_knows_yet_is_shown_as_it_came():
    assert reason.sentence("too_early") == "too_early"
