"""Recommendations: golden cases that the tablet is held to as well, one market ranked by both, and what must hold."""

import json
import os
import subprocess
from pathlib import Path

import msgspec
import pytest

from bench.matching_world import people, posts
from models.matching.gate import OBSTACLES, fits, obstacles
from models.matching.grounds import grounds
from models.matching.recommend import Market, listed_apart, recommend
from models.matching.rules import DEFAULT
from models.matching.wish import Post, Wish
from models.vocabulary.trade import TRADES
from tests.vectors import vectors

ROOT = Path(__file__).parents[3]
CASES = vectors("matching")
DEEP = bool(os.environ.get("GANCHANG_DEEP"))
FORBIDDEN = {"sex", "ethnicity", "household", "group", "groups", "name", "home_division", "education"}


def drawn(wish: Wish, market: Market, given: dict[str, int], key: str) -> list:
    """Return what both sides must agree on."""
    return [
        [one.post.number, one.score, list(one.parts), [list(ground) for ground in one.grounds]]
        for one in recommend(wish, market, given, key)
    ]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["what"])
def test_golden_cases(case):
    market = Market([msgspec.convert(CASES["post"] | post, Post) for post in case["posts"]])
    wish = msgspec.convert(CASES["wish"] | case["wish"], Wish)
    found = recommend(wish, market, case.get("given", {}), "somebody")
    assert [one.post.number for one in found] == case["recommended"]
    for number, wanted in case.get("grounds", {}).items():
        (one,) = (one for one in found if one.post.number == number)
        assert [list(ground) for ground in one.grounds] == wanted
    for number, wanted in case.get("obstacles", {}).items():
        (post,) = (post for post in market.posts if post.number == number)
        assert obstacles(wish, post, DEFAULT) == wanted
    assert [post.number for post in listed_apart(wish, market)] == case.get("apart", [])


@pytest.mark.parametrize("seed", range(4))
def test_a_tablet_recommends_what_the_server_recommends(tmp_path, seed):
    """By night 10,000 people with the market of a whole campaign; by day some."""
    market = Market(posts(800 if DEEP else 120, seed))
    seekers = people(2_500 if DEEP else 60, seed)
    given: dict[str, int] = {}
    wanted = []
    for seeker in seekers:
        ranked = drawn(seeker.wish, market, given, seeker.id)
        wanted.append(ranked)
        for number, *_ in ranked:
            given[number] = given.get(number, 0) + 1
    asked = {
        "rules": DEFAULT,
        "posts": msgspec.to_builtins(market.posts),
        "wishes": [[seeker.id, msgspec.to_builtins(seeker.wish)] for seeker in seekers],
    }
    (tmp_path / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    command = ["node", ROOT / "tests/js/match/recommended.mjs", tmp_path / "asked.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert len(found) == len(wanted)
    for seeker, theirs, ours in zip(seekers, found, wanted, strict=True):
        assert theirs == ours, seeker


def test_nothing_that_an_obstacle_keeps_from_somebody_is_ever_recommended():
    """By night 100,000 recommendations, by day some; each ground is held against the vacancy itself."""
    market = Market(posts(400, 11))
    for seeker in people(20_000 if DEEP else 200, 12):
        for one in recommend(seeker.wish, market, {}, seeker.id):
            assert obstacles(seeker.wish, one.post, DEFAULT) == []
            assert all(is_true(seeker.wish, one.post, *ground) for ground in one.grounds), one
            assert 0 <= one.score <= 100 and one.score == sum(one.parts) and len(one.grounds) <= 3


def is_true(wish: Wish, post: Post, code: str, filled: dict) -> bool:
    """Say whether a ground is true, without the code that gave it."""
    month = {"month": 1, "day": 22, "hour": 176}
    least = post.pay_min_fen * month[post.pay_unit] if post.pay_min_fen and post.pay_unit in month else None
    return {
        "same_trade": lambda: post.trade == filled["trade"] and post.trade in wish.trades,
        "near_trade": lambda: post.trade == filled["trade"] and post.trade not in wish.trades,
        "pays_more": lambda: (least - wish.pay_min_fen) // 100 == filled["yuan"] > 0,
        "pays_enough": lambda: 0 <= least - wish.pay_min_fen < 100,
        "distance": lambda: post.km == filled["km"] <= 30,
        "here": lambda: post.place == filled["place"] and post.place in ("town", "county"),
        "board_and_lodging": lambda: post.board and post.lodging,
        "lodging": lambda: post.lodging,
        "board": lambda: post.board,
        "suits_older": lambda: post.suits_older and wish.age >= 50,
        "day_shift": lambda: post.shift == "day",
        "starts_now": lambda: post.starts_now,
        "places_left": lambda: post.remaining == filled["count"],
    }[code]()


def test_neither_sex_nor_group_nor_origin_can_be_an_input():
    assert FORBIDDEN.isdisjoint(Wish.__struct_fields__) and FORBIDDEN.isdisjoint(Post.__struct_fields__)


def test_nobody_under_sixteen_is_recommended_anything_and_every_obstacle_occurs():
    market = Market(posts(400, 5))
    seekers = people(400, 6)
    assert not any(fits(one.wish, post, DEFAULT) for one in seekers if one.wish.age < 16 for post in market.posts)
    met = {code for one in seekers for post in market.posts for code in obstacles(one.wish, post, DEFAULT)}
    assert met == set(OBSTACLES)


def test_the_rule_table_knows_every_trade_and_its_neighbours_know_it():
    trades = DEFAULT["trades"]
    assert trades.keys() == TRADES.keys()
    assert {near for known in trades.values() for near in known["near"]} <= trades.keys()
    words = [word for known in trades.values() for word in known["words"]]
    assert len(words) == len(set(words))
    assert DEFAULT["points"]["trade"]["same"] + DEFAULT["points"]["place"]["town"] + 20 + 8 + 3 + 5 <= 100


def test_equal_vacancies_take_turns_among_people_and_one_beyond_its_places_stands_behind():
    market = Market([msgspec.convert(CASES["post"] | {"number": str(n), "employer": str(n)}, Post) for n in range(8)])
    wish = msgspec.convert(CASES["wish"], Wish)
    first = {recommend(wish, market, {}, f"person {n}")[0].post.number for n in range(60)}
    assert len(first) == 8
    beyond = {"3": 10_000}
    assert all("3" not in [one.post.number for one in recommend(wish, market, beyond, f"{n}")] for n in range(20))


def test_grounds_of_nothing_that_speaks_for_it_are_none():
    wish, post = Wish(age=30), Post("1", "e", "x", "cook", 1, 1)
    ((_, parts),) = Market([post]).scored(wish)
    assert grounds(wish, post, parts, DEFAULT) == []
