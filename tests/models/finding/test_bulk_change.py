"""Changes of several rows at once: what they do, what hinders them, and that they are put back exactly."""

from datetime import date, timedelta

import pytest

from models import schema as models
from models.base.clock import utcnow
from models.finding import bulk_change
from models.finding.bulk_change import ACTS, MODELS, TooLate, carry_out, chosen_rows, plan, undo
from models.market.actor import acting
from models.market.duty import Duty

TODAY, LATER = date(2026, 2, 20), date(2026, 6, 30)


def rows_of(thing: str, fair) -> dict[int, dict]:
    model = MODELS[thing]
    return {row.id: dict(row.__data__) for row in model.select().where(model.county == fair.county)}


@pytest.fixture
def change(fair):
    """Return a function that does an act to rows (ids) of the cast's county."""

    def do(act: str, *ids: int, until: date | None = None, county=None):
        county = county or fair.county
        return carry_out(county, act, plan(act, chosen_rows(county, act, ids), until, TODAY), "chen", until)

    return do


@pytest.mark.parametrize("act", [act for act in ACTS if act not in ("not_urgent", "reopen")])
def test_every_act_changes_its_rows_and_is_put_back_exactly(fair, change, act):
    models.Operator.create(county=fair.county, name="李工")
    thing = ACTS[act].thing
    chosen = [row.id for row in MODELS[ACTS[act].chosen].select().where(MODELS[ACTS[act].chosen].county == fair.county)]
    if act.startswith("restore"):
        MODELS[thing].update(archived_at=utcnow()).execute()
    before = rows_of(thing, fair)
    done = change(act, *chosen, until=LATER)
    assert done.count == len(before) and rows_of(thing, fair) != before
    assert change(act, *chosen, until=LATER) is None or act == "verify"  # a repeat changes nothing
    if act == "verify":  # somebody asked again meanwhile
        assert len(undo(done, "chen", TODAY).left) == done.count
        return
    done = undo(done, "chen", TODAY)
    assert rows_of(thing, fair) == before and done.left == [] and done.undone_by == "chen"
    with pytest.raises(TooLate):
        undo(done, "chen", TODAY)


def test_a_verification_is_put_back(fair, change):
    before = rows_of("vacancy", fair)
    undo(change("verify", fair.sewing.id, fair.cook.id), "chen", TODAY)
    assert rows_of("vacancy", fair) == before


def test_opening_again_and_no_longer_urgent_are_put_back(fair, change):
    change("close", fair.sewing.id, fair.cook.id)
    change("urgent", fair.sewing.id)
    for act, field in (("reopen", "closed"), ("not_urgent", "urgent")):
        done = change(act, fair.sewing.id, fair.cook.id, fair.ironing.id)
        assert not getattr(models.Vacancy.get_by_id(fair.sewing.id), field)
        undo(done, "chen", TODAY)
        assert getattr(models.Vacancy.get_by_id(fair.sewing.id), field)
    assert not models.Vacancy.get_by_id(fair.ironing.id).closed


def test_what_somebody_changed_since_stays_and_is_named(fair, change):
    done = change("extend", fair.sewing.id, fair.cook.id, until=LATER)
    models.Vacancy.update(valid_until=date(2026, 5, 1)).where(models.Vacancy.id == fair.sewing.id).execute()
    models.Vacancy.update(title="大厨").where(models.Vacancy.id == fair.cook.id).execute()  # another field
    done = undo(done, "chen", TODAY)
    assert done.left == [f"{fair.sewing.number} 缝纫工"]
    cook = models.Vacancy.get_by_id(fair.cook.id)
    assert (cook.title, cook.valid_until) == ("大厨", None)
    assert models.Vacancy.get_by_id(fair.sewing.id).valid_until == date(2026, 5, 1)


def test_what_hinders_a_row_is_said_and_the_others_are_changed(fair, change):
    models.Vacancy.update(valid_until=date(2027, 1, 1)).where(models.Vacancy.id == fair.sewing.id).execute()
    draft = models.Vacancy.create(county=fair.county, number="3000003", title="草稿", trade="cook", openings=1)
    ids = [fair.sewing.id, fair.cook.id, draft.id]
    steps = {one.row.id: one.hindrance for one in plan("extend", chosen_rows(fair.county, "extend", ids), LATER, TODAY)}
    assert steps == {fair.sewing.id: "sooner", fair.cook.id: "", draft.id: ""}
    steps = {one.row.id: one.hindrance for one in plan("close", chosen_rows(fair.county, "close", ids), None, TODAY)}
    assert steps == {fair.sewing.id: "", fair.cook.id: "", draft.id: "not_offered"}
    li = models.Operator.create(county=fair.county, name="李工")
    Duty.create(operator=li, booth=fair.clothing, known_as=7)
    (step,) = plan("archive_operators", chosen_rows(fair.county, "archive_operators", [li.id]), None, TODAY)
    assert step.hindrance == "on_duty"


def test_another_countys_rows_and_ids_of_nobody_are_not_touched(fair, change):
    before = rows_of("vacancy", fair)
    assert change("close", fair.sewing.id, county=fair.elsewhere) is None
    assert change("urgent", 999_999) is None and change("urgent") is None
    assert rows_of("vacancy", fair) == before


def test_after_half_an_hour_it_stays(fair, change, monkeypatch):
    done = change("urgent", fair.sewing.id)
    monkeypatch.setattr(bulk_change, "UNDONE_WITHIN", timedelta(0))
    with pytest.raises(TooLate):
        undo(done, "chen", TODAY)


def test_a_failure_changes_nothing(fair, change, monkeypatch):
    before = rows_of("vacancy", fair)
    calls = []

    def fail(row):
        calls.append(row)
        if len(calls) == 2:
            raise RuntimeError
        row.save(only=row.dirty_fields)

    monkeypatch.setattr(bulk_change, "keep_vacancy", fail)
    with pytest.raises(RuntimeError):
        change("urgent", fair.sewing.id, fair.cook.id)
    assert rows_of("vacancy", fair) == before and not models.BulkChange.select().exists()


def test_the_history_has_the_act_and_each_row(fair, change):
    with acting(lambda: "chen"):
        change("urgent", fair.sewing.id, fair.cook.id)
    entries = models.AuditEntry.select().where(models.AuditEntry.thing.in_(["bulk_change", "vacancy"]))
    assert sorted(one.thing for one in entries) == ["bulk_change", "vacancy", "vacancy"]
