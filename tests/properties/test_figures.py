"""The figures of a random market day, counted from its operations alone, in every form they are given out."""

import csv
import io
import re

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from models.market.amendment import amending
from models.schema import Vacancy
from models.vocabulary.code_list import GROUPS, REFERRAL_TOPICS, SEXES
from models.vocabulary.trade import TRADES
from routes.office.summary_words import SECTIONS
from tests.effort import examples
from tests.oracle import Oracle
from tests.properties.mornings import market_mornings

DICTS = ("reached", "persons_reached", "places", "provinces", "migrant_places", "referred", "taken_up")
TOTALS = ("persons", "visits", "nameless", "signed_up", "registered", "check_ins", "persons_checked_in")
STAGES = ("introduced", "interviewed", "agreed", "hired", "started")
CODES = {words: code for some in (TRADES, GROUPS, SEXES) for code, words in some.items()}
BOTH = CODES | {"All of them, each once": "ALL"}


@pytest.fixture
def tablets(enrol, fair):
    return [enrol(booth) for booth in (fair.clothing, fair.kitchen, fair.desk)]


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_page_json_csv_and_xlsx_equal_an_independent_count(data, app, fair, tablets):
    oracle = Oracle.of(fair)
    office = app.test_client(user=fair.chen)
    address = f"/organiser/market-days/{fair.day.id}/summary"
    with db.atomic() as transaction:
        logs = data.draw(market_mornings(fair))
        for tablet, log in zip(tablets, logs, strict=True):
            tablet.sync(*log)
        for booth, (tablet, log) in enumerate(zip(tablets, logs, strict=True), start=1):
            oracle.add(tablet.tablet.letter, booth, log)
        given_out = [
            form
            for version in ("", *closed_and_amended(office, fair, data.draw))
            for form in (
                _of_json(office.get(f"{address}.json?version={version}").json),
                _of_csv(office.get(f"{address}.csv?lang=en&version={version}").text),
                _of_xlsx(office.get(f"{address}.xlsx?lang=en&version={version}").data),
                _of_page(office.get(f"{address}?version={version}").text),
            )
        ]
        transaction.rollback()

    expected = oracle.figures()
    for found in given_out:
        assert found == {name: expected[name] for name in found}
    assert given_out[0].keys() == given_out[1].keys() == given_out[2].keys() > given_out[3].keys()
    assert len(given_out) >= 12  # open, closed, perhaps amended


def closed_and_amended(office, fair, draw) -> tuple[str, ...]:
    """Close the day, and perhaps change its set-up and close it anew; return the versions to look at."""
    address = f"/organiser/market-days/{fair.day.id}"
    assert office.post(f"{address}/closings").status_code == 303
    if draw(st.booleans()):
        with amending(fair.day, "chen", "a wrong title"):
            Vacancy.update(title="缝纫熟手").where(Vacancy.id == fair.sewing.id).execute()
        assert office.post(f"{address}/closings", data={"reason": "the title"}).status_code == 303
        return "1", "2", "open"
    return "1", "open"


def _of_json(found: dict) -> dict:
    return {name: found[name] for name in TOTALS + DICTS} | {
        "seekers": {row["trade"]: row["seekers"] for row in found["trades"] if row["seekers"]},
        "groups": {
            (row["group"], row["sex"], row["age"]): (row["registered"], row["agreed"], row["hired"])
            for row in found["groups"]
        },
        "vacancies": {row["number"]: row["check_ins"] for row in found["vacancies"]},
        "hours": {row["hour"]: (row["visits"], row["check_ins"]) for row in found["hours"]},
    }


def _of_csv(text: str) -> dict:
    lines = {code: value for *_, value, code in list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[1:]}
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for code, value in lines.items():
        if "/" in code:
            table, row, figure = code.split("/")
            tables.setdefault(table, {}).setdefault(row, {})[figure] = value
    return {name: int(lines[name]) for name in TOTALS} | {
        name: {code.partition(".")[2]: int(v) for code, v in lines.items() if code.startswith(f"{name}.")}
        for name in DICTS
    } | {
        "seekers": {t: int(row["seekers"]) for t, row in tables["trades"].items() if row["seekers"] != "0"},
        "groups": {
            tuple(BOTH.get(row[part], row[part]) for part in ("group", "sex", "age")):
            tuple(int(row[fact]) for fact in ("registered", "agreed", "hired"))
            for row in tables.get("groups", {}).values()
        },
        "vacancies": {number: int(row["check_ins"]) for number, row in tables["vacancies"].items()},
        "hours": {
            int(hour): (int(row["visits"]), int(row["check_ins"])) for hour, row in tables.get("hours", {}).items()
        },
    }  # fmt: skip


def _of_xlsx(content: bytes) -> dict:
    book = [list(sheet.values)[3:] for sheet in openpyxl.load_workbook(io.BytesIO(content))]
    totals, _, vacancies, hours, _, trades, groups = book
    paths = [path for section in SECTIONS.values() for path in section]
    values = dict(zip(paths, [row[3] for row in totals], strict=False))
    return {name: values[name] for name in TOTALS} | {
        name: {path.partition(".")[2]: v for path, v in values.items() if path.startswith(f"{name}.")} for name in DICTS
    } | {
        "seekers": {BOTH.get(trade, trade): seekers for trade, _, seekers, _ in trades if seekers},
        "groups": {
            tuple(BOTH.get(part, part or "") for part in row[:3]): row[3:] for row in groups
        },
        "vacancies": {row[0]: row[4] for row in vacancies},
        "hours": {int(row[0].partition(":")[0]): tuple(row[1:]) for row in hours},
    }  # fmt: skip


def _of_page(text: str) -> dict:
    figures = dict(re.findall(r'<dd data-figure="(\w+)">(-?\d+)</dd>', text))
    hours = {(int(hour), what): int(v) for hour, what, v in re.findall(
        r'<td data-hour="(\d+)" data-figure="(\w+)">(\d+)</td>', text)}  # fmt: skip
    rows = re.findall(r'<tr data-vacancy="(\d{7})">.*?</th>\s*<td>\d+</td>\s*<td>(\d+)</td>', text, re.DOTALL)
    shown = {hour: (hours[hour, "visits"], hours[hour, "check_ins"]) for hour, what in hours if what == "visits"}
    return {name: int(figures[name]) for name in TOTALS} | {
        "reached": {stage: int(figures[stage]) for stage in STAGES},
        "persons_reached": {stage: int(figures[f"persons_{stage}"]) for stage in STAGES},
        **{
            name: dict.fromkeys(REFERRAL_TOPICS, 0)  # the page leaves the table out while there is none
            | {topic: int(n) for topic, n in re.findall(rf'data-figure="{name}_(\w+)">(\d+)<', text)}
            for name in ("referred", "taken_up")
        },
        "places": {place: int(figures[place]) for place in ("town", "county", "city", "outside")},
        "vacancies": {number: int(count) for number, count in rows},
        "hours": {hour: counts for hour, counts in shown.items() if any(counts)},  # the page fills gaps with 0
    }
