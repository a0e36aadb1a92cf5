"""The figures of a random market day, counted from its operations alone, in every form they are given out."""

import csv
import io
import re

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.base.database import db
from tests.effort import examples
from tests.oracle import Oracle
from tests.properties.mornings import market_mornings

DICTS = ("reached", "persons_reached", "migrant_places")
TOTALS = ("persons", "visits", "registered", "check_ins", "persons_checked_in")


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
            _of_json(office.get(f"{address}.json").json),
            _of_csv(office.get(f"{address}.csv").text),
            _of_xlsx(office.get(f"{address}.xlsx").data),
            _of_page(office.get(address).text),
        ]
        transaction.rollback()

    expected = oracle.figures()
    for found in given_out:
        assert found == {name: expected[name] for name in found}
    assert given_out[0].keys() == given_out[1].keys() == given_out[2].keys() > given_out[3].keys()


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
    lines = {tuple(line[:3]): line[3] for line in csv.reader(io.StringIO(text.lstrip("\ufeff")))}
    cells = {row for table, row, _ in lines if table == "groups"}
    return {name: int(lines["totals", "", name]) for name in TOTALS} | {
        name: {figure: int(v) for (_, row, figure), v in lines.items() if row == name} for name in DICTS
    } | {
        "seekers": {row: int(v) for (_, row, figure), v in lines.items() if figure == "seekers" and v != "0"},
        "groups": {
            tuple(lines["groups", cell, part] for part in ("group", "sex", "age")):
            tuple(int(lines["groups", cell, fact]) for fact in ("registered", "agreed", "hired"))
            for cell in cells
        },
        "vacancies": {
            row: int(v) for (table, row, figure), v in lines.items() if (table, figure) == ("vacancies", "check_ins")
        },
        "hours": {
            int(row): (int(v), int(lines["hours", row, "check_ins"]))
            for (table, row, figure), v in lines.items()
            if (table, figure) == ("hours", "visits")
        },
    }


def _of_xlsx(content: bytes) -> dict:
    book = [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(content))]
    totals, _, vacancies, hours, _, trades, groups = book
    return {name: value for row, name, value in totals[1:] if name in TOTALS and row is None} | {
        name: {figure: value for row, figure, value in totals[1:] if row == name} for name in DICTS
    } | {
        "seekers": {trade: seekers for trade, _, seekers, _ in trades[1:] if seekers},
        "groups": {(row[1], row[2] or "", row[3]): row[4:] for row in groups[1:]},
        "vacancies": {row[0]: row[4] for row in vacancies[1:]},
        "hours": {row[0]: tuple(row[1:]) for row in hours[1:]},
    }


def _of_page(text: str) -> dict:
    figures = dict(re.findall(r'<dd data-figure="(\w+)">(-?\d+)</dd>', text))
    stages = ("introduced", "interviewed", "agreed", "hired", "started")
    hours = {(int(hour), what): int(v) for hour, what, v in re.findall(
        r'<td data-hour="(\d+)" data-figure="(\w+)">(\d+)</td>', text)}  # fmt: skip
    rows = re.findall(r'<tr data-vacancy="(\d{7})">.*?</th>\s*<td>\d+</td>\s*<td>(\d+)</td>', text, re.DOTALL)
    shown = {hour: (hours[hour, "visits"], hours[hour, "check_ins"]) for hour, what in hours if what == "visits"}
    return {name: int(figures[name]) for name in TOTALS} | {
        "reached": {stage: int(figures[stage]) for stage in stages},
        "vacancies": {number: int(count) for number, count in rows},
        "hours": {hour: counts for hour, counts in shown.items() if any(counts)},  # the page fills gaps with 0
    }
