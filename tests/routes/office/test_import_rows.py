"""Real-shaped workbooks become what is wanted of them, row by row; a second time nothing changes."""

import io
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from models import schema as models
from models.imports.import_run import run_all
from models.imports.sheet_import import ask
from routes.office import market_dates, workers
from routes.office.import_kinds import KINDS
from tests.sheets import Case, cases

CASES = cases()


@pytest.fixture
def morning(monkeypatch):
    """On the market day of the cast."""
    monkeypatch.setattr(market_dates, "utcnow", lambda: datetime(2026, 2, 24, 1, tzinfo=UTC))


@pytest.fixture
def take(app, fair, morning, monkeypatch):
    """Return a function that takes a file in as the worker does, looks at it, and returns the import."""
    monkeypatch.setattr(workers.imports, "start", lambda: None)

    def take(case: Case) -> models.SheetImport:
        browser = app.test_client(user=models.Organiser.get_by_id(fair.chen.id))
        given = {"kind": case.kind, "file": (io.BytesIO(case.file), case.file_name)}
        answer = browser.post("/organiser/imports", data=given, content_type="multipart/form-data")
        assert answer.status_code == 303
        work(app)
        if case.hand:
            form = {f"column-{place}": field for place, field in case.hand.items()} | {"sheet": "0"}
            assert browser.post(f"{answer.location}/columns", data=form).status_code == 303
            work(app)
        return models.SheetImport.select().order_by(models.SheetImport.id.desc()).get()

    return take


def work(app) -> None:
    with app.app_context(), force_locale("zh"):
        run_all(KINDS)


def test_there_are_thirty_workbooks_and_more():
    assert len(CASES) >= 30 and len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_workbook_is_what_is_wanted_and_twice_changes_nothing(take, app, case):
    found = take(case)
    rows = {row.number: row for row in models.SheetRow.select().where(
        models.SheetRow.sheet_import == found, models.SheetRow.sheet == found.sheet
    )}  # fmt: skip
    assert found.state == case.state, (found.state, found.trouble, found.labels)
    data = {number: row for number, row in rows.items() if row.state != "above"}
    assert {number: row.state for number, row in data.items()} == {n: state for n, (state, *_) in case.rows.items()}, [
        (row.number, row.faults) for row in data.values() if row.faults
    ]
    for number, (state, *wanted) in case.rows.items():
        if state == "faulty":
            cell, why = wanted
            assert [fault["cell"] for fault in rows[number].faults] == [cell], rows[number].faults
            assert why in rows[number].faults[0]["says"]["zh"] and rows[number].faults[0]["says"]["en"]
        else:
            (fields,) = wanted
            assert {name: rows[number].values.get(name) for name in fields} == fields
    assert ask(found, "applying", "ready", mode="good", applied_by="chen")
    work(app)
    taken = sum(state in ("new", "changed") for state, *_ in case.rows.values())
    done = models.SheetImport.get_by_id(found.id)
    assert (done.state, done.trouble, done.counts["taken"]) == ("done", "", taken)
    again = take(case._replace(hand={}))
    state = models.SheetRow.state << ["new", "changed"]
    rows = models.SheetRow.select().where(models.SheetRow.sheet_import == again, state)
    assert [(row.number, row.values, row.before) for row in rows] == []
