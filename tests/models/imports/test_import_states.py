"""Claims and rows of imports hold on both databases: who lost a claim stores nothing, and new rows are noted."""

from datetime import timedelta

import pytest

from models import schema as models
from models.base.clock import utcnow
from models.base.database import writing
from models.imports.sheet_import import SILENT, Stopped, ask, claim_next, go_on, is_waiting, move
from models.imports.sheet_row import SheetRow, counts_of
from models.market.actor import acting, because
from models.market.audited import make_many


@pytest.fixture
def found(fair):
    given = {"kind": "employers", "name": "名单.xlsx", "size": 4, "content": b"\0\xff\x01\x02", "made_by": "chen"}
    return models.SheetImport.create(county=fair.county, **given)


def test_one_process_takes_an_import_and_another_once_that_is_silent(found):
    first = claim_next()
    assert bytes(first.content) == b"\0\xff\x01\x02" and claim_next() is None and not is_waiting()
    models.SheetImport.update(claimed_at=utcnow() - timedelta(seconds=SILENT + 1)).execute()
    second = claim_next()
    assert second.tries == 2
    with pytest.raises(Stopped):
        move(first, "ready")
    move(second, "ready", sheets=[{"name": "表", "rows": 1, "merged": []}])
    stored = models.SheetImport.get_by_id(found.id)
    assert (stored.state, stored.tries, stored.claim, stored.sheets[0]["name"]) == ("ready", 0, "", "表")


def test_who_stops_an_import_takes_it_from_its_process(found):
    mine = claim_next()
    assert ask(found, "stopped", "reading") and not ask(found, "applying", "ready")
    with pytest.raises(Stopped):
        go_on(mine, done=1)


def test_rows_are_counted_by_state(found):
    for number, state in ((1, "new"), (2, "new"), (3, "faulty")):
        SheetRow.create(sheet_import=found, sheet=0, number=number, state=state, cells=["a"])
    assert counts_of(found) == {"new": 2, "faulty": 1}


def test_many_rows_are_made_at_once_each_with_its_entry(fair):
    rows = [models.Vacancy(county=fair.county, employer=fair.factory, number=n, title="普工", trade="cook", openings=3)
            for n in models.Vacancy.free_numbers(3)]  # fmt: skip
    with acting(lambda: "chen"), because("名单.xlsx"), writing():
        make_many(rows)
    assert [models.Vacancy.get_by_id(row.id).number for row in rows] == [row.number for row in rows]
    entries = models.AuditEntry.select().where(models.AuditEntry.action == "made", models.AuditEntry.thing == "vacancy")
    assert [(one.who, one.why, one.thing_id) for one in entries.order_by(models.AuditEntry.id)] == [
        ("chen", "名单.xlsx", str(row.id)) for row in rows
    ]
    assert entries[0].changes["employer"] == [None, "山城制衣厂"] and entries[0].changes["openings"] == [None, 3]
