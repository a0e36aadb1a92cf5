"""FUZZ: requests that nobody should send, over every route, by every sort of visitor: none may be answered by a 500."""

import re
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from bench import fuzz_values as values
from bench.report import Figure
from models import schema as models
from models.base.database import db, fetch
from models.base.secret import digest
from models.market.organiser import ROLES
from models.market.tablet import Tablet

REQUESTS, PIECE = 200_000, 5_000  # a piece begins with a new database, or pages would grow and grow
QUERY = ("lang", "page", "q", "sort", "print", "state", "per", "cursor", "own", "next", "size", "known", "copy", "town",
         "date", "vacancy", "from", "booth", "version")  # fmt: skip
HEADERS = (
    "Accept", "Accept-Language", "Accept-Encoding", "Origin", "Sec-Fetch-Site", "HX-Request", "HX-Current-URL",
    "Authorization", "Range", "If-None-Match", "If-Modified-Since", "If-Range", "Content-Type",
    "Content-Encoding", "Host", "X-Forwarded-For", "Referer",
)  # fmt: skip
IDS = {
    "market_day_id": "market_day", "operator_id": "operator", "tablet_id": "tablet", "employer_id": "employer",
    "range_id": "pass_range", "booth_id": "booth", "key_id": "pass_key", "exclusion_id": "exclusion",
}  # fmt: skip
COOKIES = ("session", "ganchang_tablet", "ganchang_candidate", "ganchang_form", "lang", "text_size")
FIELD = re.compile(r"<(?:input|select|textarea)[^>]*?\bname=\"([^\"]+)\"(?:[^>]*?\bvalue=\"([^\"]*)\")?")


class Fuzz:
    """A seeded run of requests to an application whose database holds a market day. ``faults`` maps what broke to how
    often; ``statuses`` counts all answers.
    """

    def __init__(self, app: Flask, seed: int) -> None:
        self.app, self.random = app, Random(seed)
        self.statuses: Counter[int] = Counter()
        self.faults: dict[str, str] = {}
        self.rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static_files.show"]
        self.visitors = self._visitors()
        self.fields: dict[str, dict[str, str]] = {}
        self._look_around()
        self._harvest()

    def run(self, count: int) -> None:
        """Send so many requests."""
        for number in range(count):
            if number % 400 == 399:
                self._look_around()
            rule = self.random.choice(self.rules)
            if rule.endpoint == "sync.create" or self.random.random() < 0.08:
                self._sync()
            else:
                self._ask(rule)

    def _visitors(self) -> list[FlaskClient]:
        """Return a stranger, an organiser twice, a reader, and a tablet of the first booth."""
        day = models.MarketDay.select().order_by(models.MarketDay.id).get()
        people = [models.Organiser.enlist(day.county, uuid4().hex, "market-day-24", role) for role in ROLES]
        token = uuid4().hex
        self.tablet = Tablet.enlist(day.booths.get(), letter=uuid4().hex[:6], token_hash=digest(token))
        stand = self.app.test_client()
        stand.set_cookie("ganchang_tablet", token)
        signed_in = [self.app.test_client() for _ in people]
        for browser, person in zip(signed_in, people, strict=True):
            browser.post("/sign-in", data={"login": person.login, "password": "market-day-24"})
        self.token = self._register(phone := self.app.test_client())
        return [self.app.test_client(), *signed_in, signed_in[0], signed_in[0], phone, stand]

    @staticmethod
    def _register(phone: FlaskClient) -> str:
        """Register a candidate by phone, and return the secret name of their own page."""
        number = models.Vacancy.select().order_by(models.Vacancy.id).get().number
        form = {"name": "王芳", "birth_year": "1970", "phone": "", "trades": "cook", "registration": str(uuid4())}
        return phone.post(f"/v/{number}", data=form).location.rpartition("/")[2].partition("#")[0]

    def _look_around(self) -> None:
        """Learn which ids there are now, and forget how often anybody tried anything."""
        self.app.extensions.pop("attempts", None)
        self.known: dict[str, list] = {
            name: [row[0] for row in fetch(f"SELECT id FROM {table} ORDER BY id DESC LIMIT 5")]
            for name, table in IDS.items()
        }
        numbers = [row[0] for row in fetch("SELECT number FROM vacancy ORDER BY id LIMIT 5")]
        passes = models.PassRange.select().get().numbers()[:5]
        people = [row[0] for row in fetch("SELECT id FROM candidate LIMIT 5")]
        scans = [row[0] for row in fetch("SELECT id FROM scan LIMIT 5")]
        seqs = [row[0] for row in fetch("SELECT seq FROM operation WHERE outcome <> 'applied' LIMIT 5")]
        self.known |= {
            "number": [1, 2, *numbers], "vacancy_number": numbers, "vacancy": numbers, "digits": passes, "pass": passes,
            "candidate": people or [str(uuid4())], "check_in": scans or [str(uuid4())], "seq": seqs or [1],
            "stage": ["hired", "introduced"], "topic": ["visitor"], "count": [1, 2], "birth_year": [1970],
            "name": ["王"],            "trades": [["cook"]], "token": [self.token], "based_on": [1], "spoken": [True],
        }  # fmt: skip

    def _harvest(self) -> None:
        """Learn the fields of the office's and the phone's forms, and what stands in them."""
        for rule in self.rules:
            if "GET" in rule.methods:
                answer = self.visitors[1].get(self._address(rule, spoiled=0))
                found = FIELD.findall(answer.text if answer.mimetype == "text/html" else "")
                self.fields.setdefault(rule.endpoint.split(".")[0], {}).update(found)

    def _address(self, rule: Rule, spoiled: float) -> str:
        path = rule.rule
        for name in rule.arguments:
            good = self.known.get(name) or ["x"]
            value = values.nasty(self.random) if self.random.random() < spoiled else str(self.random.choice(good))
            path = re.sub(rf"<(?:\w+:)?{name}>", lambda _, value=value: value.replace("/", "%2F"), path)
        return path

    def _ask(self, rule: Rule) -> None:
        random = self.random
        method = random.choice(sorted(rule.methods) if random.random() < 0.9 else ["PUT", "DELETE", "POST"])
        query = {name: values.nasty(random) for name in random.sample(QUERY, random.choice((0, 0, 1, 2)))}
        more: dict[str, Any] = {}
        if method == "POST":
            more["data"] = self._form(rule) if random.random() < 0.95 else _bytes(values.nasty(random))
        self._send(random.choice(self.visitors), method, self._address(rule, 0.15), query, more)

    def _form(self, rule: Rule) -> dict[str, str]:
        known = self.fields.get(rule.endpoint.split(".")[0], {}) | {"act": "set_aside", "note": "x"}
        kept = {name: value for name, value in known.items() if self.random.random() < 0.85}
        spoiled = {name: values.nasty(self.random) for name in known if self.random.random() < 0.12}
        return {name: _bytes(text).decode() for name, text in (kept | spoiled).items()}

    def _sync(self) -> None:
        ((acknowledged,),) = fetch("SELECT acknowledged FROM log WHERE id = ?", (self.tablet.id,))
        body = values.body(self.random, acknowledged, self.known)
        self._send(self.visitors[-1], "POST", "/sync", {}, {"data": body, "content_type": "application/json"})

    def _send(self, browser: FlaskClient, method: str, path: str, query: dict, more: dict[str, Any]) -> None:
        random = self.random
        headers = {name: _line(values.nasty(random)) for name in random.sample(HEADERS, random.choice((0, 0, 0, 1, 2)))}
        if random.random() < 0.1:
            headers["Cookie"] = "; ".join(f"{name}={_line(values.nasty(random))}" for name in random.sample(COOKIES, 2))
        path, query = _bytes(path).decode("latin-1"), {name: _bytes(text) for name, text in query.items()}
        try:
            answer = browser.open("/", method=method, query_string=query, headers=headers, **more,
                                  environ_overrides={"PATH_INFO": path})  # fmt: skip
            self.statuses[answer.status_code] += 1
            if answer.status_code >= 500:
                self.faults.setdefault(f"{answer.status_code} {method} {path[:80]}", "")
        except Exception as error:
            self.statuses[500] += 1
            where = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in where if ".venv" not in frame.filename and "site-packages" not in frame.filename]
            last = ours[-1]
            key = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            shown = f"{method} {path[:200]!r} {str(query)[:200]} {str(headers)[:200]} {str(more)[:600]}"
            self.faults.setdefault(key, "".join(traceback.format_exception(error)[-6:]) + shown)


def _bytes(text: str) -> bytes:
    """Return a text as a browser sends it: nothing there is half a letter."""
    return text.encode("utf-8", "replace")


def _line(text: str) -> str:
    """Return what can stand in a header: no server passes on an end of a line or a NUL."""
    return re.sub("[\n\r\0]", "", _bytes(text).decode("latin-1"))[:8_000]


def pieces(count: int, first: int = 1) -> Iterator[Fuzz]:
    """Run so many requests, each piece with a seed of its own against a database of its own."""
    from app import create_app
    from bench.world import build

    for seed in range(first, first + -(-count // PIECE)):
        with tempfile.TemporaryDirectory() as folder:
            world = build(Path(folder), booths=2, passes=200)
            app = create_app(DATABASE=world.url, TESTING=True, SECRET_KEY="fuzz", ORIGIN="http://localhost")
            db.connect(reuse_if_open=True)
            fuzz = Fuzz(app, seed)
            fuzz.run(min(PIECE, count))
            db.close()
        yield fuzz


def run(small: bool = False) -> list[Figure]:
    """Send all the requests, and say how many of the answers were a 500."""
    count = 50 if small else REQUESTS
    statuses: Counter[int] = Counter()
    for fuzz in pieces(count):
        statuses += fuzz.statuses
        for fault, how in fuzz.faults.items():
            print(fault, how, sep="\n", flush=True)
    broken = sum(number for status, number in statuses.items() if status >= 500)
    what = ", ".join(f"{number:,} × {status}" for status, number in sorted(statuses.items()))
    sent = f"{sum(statuses.values()):,} fuzzed requests: answers with a 500"
    return [Figure("FUZZ", sent, str(broken), what, broken == 0)]
