"""B16: ranking 800 vacancies for one person, on the server and on a slow tablet; and how good what is recommended is.

Quality is held against a hidden utility (bench/matching_world.py) beside four others: the score without the spread, the
most asked-for vacancies, BM25 of titles alone, and chance. The seeds here are not those that points were tried with.
"""

import functools
import json
import math
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import mean, median

import msgspec

from bench import chromium
from bench.matching_world import Person, people, posts, utility
from bench.measure import ms
from bench.report import Figure
from models.matching.gate import fits, obstacles
from models.matching.recommend import Market, recommend
from models.matching.rules import DEFAULT
from models.matching.wish import Post

ROOT = Path(__file__).parents[1]
SERVER_S, TABLET_S = 0.005, 0.050
GOOD, GAP = 0.90, 0.02  # of the hidden best; between groups
SHOWN, RECALLED = 5, 10
Ranker = Callable[[Person, dict[str, int]], list[Post]]
RANK = """async ({ posts, rules, wishes }) => {
  const { Market, recommend } = await import("/static/js/match/recommend.js")
  const begun = performance.now()
  const market = new Market(posts, rules)
  const prepared = performance.now() - begun
  const taken = wishes.map(([id, wish]) => {
    const start = performance.now()
    recommend(wish, market, {}, id)
    return performance.now() - start
  })
  return { prepared, taken }
}"""


class _Files(SimpleHTTPRequestHandler):
    """Serves the repository's files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def run(small: bool = False) -> list[Figure]:
    """Rank, time and judge."""
    count, seekers = (60, 20) if small else (800, 1_000)
    market = Market(posts(count, 303))
    crowd = people(seekers, 404)
    return [*_times(market, crowd[:50]), *_on_tablets(market, crowd[:30]), *_quality(market, crowd)]


def _times(market: Market, crowd: list[Person]) -> list[Figure]:
    taken = []
    for person in crowd:
        begun = time.perf_counter()
        recommend(person.wish, market, {}, person.id)
        taken.append(time.perf_counter() - begun)
    what = f"{len(market.posts)} vacancies ranked for one person, server"
    ratio = f"slowest {ms(max(taken))}"
    return [Figure("B16", what, ms(median(taken)), ratio, median(taken) <= SERVER_S)]


def _on_tablets(market: Market, crowd: list[Person]) -> list[Figure]:
    if not chromium.find():
        return [Figure("B16", "the same on a tablet", "not measured: no Chromium", "–", None)]
    asked = {
        "posts": msgspec.to_builtins(market.posts),
        "rules": DEFAULT,
        "wishes": [[person.id, msgspec.to_builtins(person.wish)] for person in crowd],
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=ROOT))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    figures = [
        _on_tablet(program, f"http://127.0.0.1:{server.server_port}/static/js/match/", asked)
        for program in chromium.programs()
    ]
    server.shutdown()
    return figures


def _on_tablet(program: str, address: str, asked: dict) -> Figure:
    with tempfile.TemporaryDirectory() as folder, chromium.browsing(Path(folder), chromium.TABLET, program) as context:
        page = context.pages[0]
        page.goto(address)
        if not chromium.is_quick():
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": chromium.SLOWDOWN})
        found = page.evaluate(RANK, json.loads(json.dumps(asked)))
        version = chromium.version(page)
    taken = median(found["taken"]) / 1000
    what = f"{len(asked['posts'])} vacancies ranked for one person at 6 × CPU, Chromium {version}"
    ratio = f"slowest {ms(max(found['taken']) / 1000)}; the market once {ms(found['prepared'] / 1000)}"
    return Figure("B16", what, ms(taken), ratio, taken <= TABLET_S)


def _quality(market: Market, crowd: list[Person]) -> list[Figure]:
    hidden = {person.id: {post.number: utility(person, post) for post in market.posts} for person in crowd}
    crowd = [person for person in crowd if max(hidden[person.id].values()) > 0]
    judged = {name: _judge(ranker, market, crowd, hidden) for name, ranker in _rankers(market).items()}
    ours, chance = judged["ours"], judged["chance"]
    rows = [
        ("nDCG@5 of the hidden best", "ndcg", ours["ndcg"] >= GOOD),
        ("recall@10 of the hidden ten best (score alone)", "recall", None),
        ("exposure's Gini over employers", "gini", ours["gini"] <= chance["gini"]),
        ("vacancies recommended at all", "coverage", None),
        ("what an obstacle forbids", "violations", ours["violations"] == 0),
        ("nDCG's gap between sexes", "sex", ours["sex"] <= GAP),
        ("nDCG's gap between groups", "group", ours["group"] <= GAP),
    ]
    others = [name for name in judged if name != "ours"]
    return [
        Figure("B16", what, _said(ours[key]), ", ".join(f"{name} {_said(judged[name][key])}" for name in others), met)
        for what, key, met in rows
    ]


def _said(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _rankers(market: Market) -> dict[str, Ranker]:
    chance = random.Random(7)
    asked = Counter({post.number: chance.lognormvariate(0, 1) for post in market.posts})  # who is asked for

    def fitting(person: Person) -> list[Post]:
        return [post for post in market.posts if fits(person.wish, post, DEFAULT)]

    def score_alone(person: Person, given: dict[str, int]) -> list[Post]:
        return [post for post, _parts in sorted(market.scored(person.wish), key=lambda one: -sum(one[1]))]

    def by_title(person: Person, given: dict[str, int]) -> list[Post]:
        words = [word for trade in person.wish.trades for word in DEFAULT["trades"][trade]["words"]]
        return sorted(fitting(person), key=lambda post: -max(market.titles.points(w, post.title) for w in words))

    def by_chance(person: Person, given: dict[str, int]) -> list[Post]:
        return chance.sample(found := fitting(person), len(found))

    ten = Market(market.posts, DEFAULT | {"shown": RECALLED})
    return {
        "ours": lambda person, given: [one.post for one in recommend(person.wish, ten, given, person.id)],
        "score alone": score_alone,
        "popularity": lambda person, given: sorted(fitting(person), key=lambda post: -asked[post.number]),
        "BM25 alone": by_title,
        "chance": by_chance,
    }


def _judge(
    ranker: Ranker, market: Market, crowd: list[Person], hidden: dict[str, dict[str, float]]
) -> dict[str, float]:
    """Return the figures of one ranker over a morning."""
    given: dict[str, int] = {}
    gains: dict[str, float] = {}
    recalls, violations = [], 0
    for person in crowd:
        true = hidden[person.id]
        ranked = ranker(person, given)
        violations += sum(bool(obstacles(person.wish, post, DEFAULT)) for post in ranked[:SHOWN])
        best = sorted(true.values(), reverse=True)
        gains[person.id] = _dcg([true[post.number] for post in ranked[:SHOWN]]) / _dcg(best[:SHOWN])
        top = {number for number in sorted(true, key=lambda one: -true[one])[:RECALLED] if true[number] > 0}
        recalls.append(len(top & {post.number for post in ranked[:RECALLED]}) / max(len(top), 1))
        for post in ranked[:SHOWN]:
            given[post.number] = given.get(post.number, 0) + 1
    employers: Counter[str] = Counter({post.employer: 0 for post in market.posts})
    for post in market.posts:
        employers[post.employer] += given.get(post.number, 0)
    return {
        "ndcg": mean(gains.values()), "recall": mean(recalls), "gini": _gini(list(employers.values())),
        "coverage": len(given) / len(market.posts), "violations": violations,
        "sex": _gap(gains, {person.id: person.sex for person in crowd}),
        "group": _gap(gains, {person.id: person.group for person in crowd}),
    }  # fmt: skip


def _dcg(gains: list[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def _gini(amounts: list[int]) -> float:
    amounts = sorted(amounts)
    count, whole = len(amounts), sum(amounts)
    return sum((2 * place - count + 1) * amount for place, amount in enumerate(amounts)) / (count * whole)


def _gap(gains: dict[str, float], kinds: dict[str, str]) -> float:
    """Return by how much the mean gain of the best served kind is above that of the worst served."""
    means = [mean(gains[key] for key in gains if kinds[key] == kind) for kind in set(kinds.values())]
    return max(means) - min(means)
