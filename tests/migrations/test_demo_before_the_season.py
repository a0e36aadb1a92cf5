"""A database of before the season is migrated: every figure is what it was, and what was printed leads where it led.

`tests/data/demo-before-the-season.sql.xz` is SQLite's own dump of the demo for 2026-11-27, made by commit 9bcba5c with
the schema of migration 0017, with these besides: six settled facts, the first day closed anew with a reason, a third
market day that was cancelled, somebody who signed up by phone, and an enrolment code that is still good. The JSON
beside it holds what the same commit said: figures, versions, hand-overs, and the heading of each page that a printed
code opens.
"""

import json
import re
from collections.abc import Iterator

import pytest

from models import schema as models
from models.base.clock import milliseconds
from models.base.database import fetch, migrate
from models.figures.version import hash_of, sheet
from models.keys.pass_key import check_signed, keys_of
from models.log.kind import pass_in
from models.market import day_end
from models.market.enrolment import Enrolment
from models.market.life import states_of
from models.phone import notice, registration
from routes.office import market_dates
from routes.phone import page
from tests.migrations.dump import Dump
from tests.migrations.test_demo_before import NOW, as_then, figures_of


@pytest.fixture(scope="session")
def dump(tmp_path_factory) -> Dump:
    return Dump("demo-before-the-season", "0017", tmp_path_factory.mktemp("season"))


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request, tmp_path, dump, application, monkeypatch) -> Iterator[None]:
    """The dump restored and migrated, connected; the application serves it, at eleven on the day after the market."""
    for module in (page, registration, notice, market_dates, day_end):
        monkeypatch.setattr(module, "utcnow", lambda: NOW)
    with (
        dump.in_sqlite(tmp_path)
        if request.param == "sqlite"
        else dump.in_postgres(request.getfixturevalue("postgres"), tmp_path)
    ) as url:
        migrate()
        monkeypatch.setitem(application.config, "DATABASE", url)
        for kept in ("attempts", "page_cache"):
            application.extensions.pop(kept, None)
        yield


def test_figures_versions_and_every_printed_code_are_what_they_were(migrated, dump, application):
    had, days = dump.had, list(models.MarketDay.select().order_by(models.MarketDay.date))
    assert [day.date.isoformat() for day in days] == had["date"]
    for day, said in zip(days, had["days"], strict=True):
        assert as_then(figures_of(day), said) == said
    assert [states_of(days, NOW)[day.id] for day in days] == ["closed", "published", "cancelled"]
    check_ins = fetch("SELECT market_day_id, vacancy, stage, COUNT(*) FROM check_in GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")
    assert list(map(list, check_ins)) == had["check_ins"] and {stage for _, _, stage, _ in check_ins} >= {
        "interested", "introduced", "interviewed", "agreed", "hired", "started", "declined",
    }  # fmt: skip
    boxes = "SELECT id, market_day_id, tablet_id, via, who, facts, new, reason FROM hand_over ORDER BY id"
    assert list(map(list, fetch(boxes))) == had["hand_overs"] and models.Settlement.select().count() == 6
    _look_at_the_sheets(days[0], had["versions"])
    _look_at_the_codes(application.test_client(), had)
    _look_at_the_tablets(application.test_client(), had)


def _look_at_the_sheets(day: models.MarketDay, versions: list[dict]) -> None:
    """What was closed is what was printed and signed: its figures, and the hash at the sheet's foot."""
    for said in versions:
        found = sheet(day, said["version"])
        assert json.loads(json.dumps(found)) == said
        assert hash_of({name: value for name, value in said.items() if name != "hash"}) == said["hash"]
    assert sheet(day)["version"] == len(versions) == 2


def _look_at_the_codes(phone, had: dict) -> None:
    """Every vacancy is offered where its poster hangs; every code opens the page that it opened."""
    offers = models.Offer.select(models.Offer, models.Vacancy, models.Booth).join(models.Vacancy)
    found = [
        [offer.vacancy.number, offer.vacancy.title, offer.market_day_id, offer.booth_id, offer.booth.number]
        for offer in offers.switch(models.Offer).join(models.Booth).order_by(models.Vacancy.number)
    ]
    assert found == had["places"]
    opened, texts = {}, {}
    for path in had["printed"]:
        answer = phone.get(path, headers={"Accept-Language": "en"})
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
        words = " ".join(re.sub(r"<[^>]+>", "", heading[1]).split()) if heading else None
        opened[path] = [answer.status_code, answer.headers.get("Location"), words]
        texts[path] = answer.text
    assert opened == had["printed"] and len(opened) > 100
    for number, title, _, booth, _ in had["places"]:
        assert title in texts[f"/b/{booth}"] and title in texts[f"/v/{number}"]
    signed = had["signed"]
    number, key = pass_in(f"https://ganchang.example/p/{signed['digits']}")
    county = models.County.select().get().id
    assert number == signed["number"] and check_signed(key, signed["day"], milliseconds(NOW), keys_of(county)) is None


def _look_at_the_tablets(browser, had: dict) -> None:
    """A tablet of before is the same device, at its booth with its log; a code of before enrols one where it said."""
    was, code = had["cookie"], had["enrolment"]
    browser.set_cookie("ganchang_tablet", was["cookie"])
    identity = browser.get("/kiosk/identity").json
    named = {"tablet": was["letter"]} | {name: was[name] for name in ("booth", "acknowledged")}
    assert {name: identity[name] for name in named} == named and identity["market_day"] == was["day"]
    fact = {"seq": was["acknowledged"] + 1, "id": "0192f0c1-0000-7000-8000-000000000001", "kind": "tally.counted",
            "at": "2026-11-26T11:00:00+08:00", "operator": None, "data": {"topic": "visitor", "count": 1}}  # fmt: skip
    batch = {"protocol": 1, "batch": "0192f0c1-0000-7000-8000-000000000002", "cursor": 0, "operations": [fact]}
    answer = browser.post("/sync", json=batch).json
    assert answer["acknowledged"] == fact["seq"]
    assert models.Log.get(letter="A", market_day=was["day"]).acknowledged == fact["seq"]
    enrolled = Enrolment.redeem(code["code"])
    assert (enrolled.tablet.market_day_id, enrolled.tablet.booth.number) == (code["day"], code["booth"])
