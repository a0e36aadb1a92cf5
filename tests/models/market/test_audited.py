"""Every change of the set-up leaves an entry with what stood there before and after; no secret stands in one."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from peewee import CharField, CompositeKey, ForeignKeyField, IntegerField
from playhouse.test_utils import assert_query_count

from models import schema
from models.base.clock import utcnow
from models.base.database import writing
from models.market.actor import acting
from models.market.amendment import amending
from models.market.audited import NOT_AUDITED, Audited
from models.market.planning import plan
from models.schema import AuditEntry, Booth, Campaign, Division, Employer, MarketDay, MarketRule, Operator, Organiser

ROOT = Path(__file__).parents[3]
SET_UP = [model for model in schema.MODELS if model.__module__.startswith("models.market.")]
AUDITED = [model for model in schema.MODELS if issubclass(model, Audited)]


@pytest.fixture
def by_chen(fair):
    with acting(lambda: "chen"):
        yield fair


def noted(**about) -> list[tuple]:
    found = AuditEntry.select().order_by(AuditEntry.id)
    for name, value in about.items():
        found = found.where(getattr(AuditEntry, name) == value)
    return [(entry.action, entry.name, entry.changes) for entry in found]


@pytest.mark.parametrize("model", SET_UP, ids=lambda model: model.__name__)
def test_every_table_of_the_set_up_is_audited_or_says_why_not(model):
    assert issubclass(model, Audited) != bool(NOT_AUDITED.get(model._meta.table_name)), model


def test_no_exception_is_left_over():
    assert NOT_AUDITED.keys() <= {model._meta.table_name for model in SET_UP}


def test_what_is_made_is_noted_with_all_that_stands_in_it(by_chen):
    employer = Employer.create(county=by_chen.county, name="正则绣坊", contact="吕凤子", phone="13800000000")
    (entry,) = AuditEntry.select()
    assert (entry.who, entry.action, entry.thing, entry.thing_id) == ("chen", "made", "employer", str(employer.id))
    assert (entry.county, entry.name) == (by_chen.county, "正则绣坊")
    assert entry.changes["name"] == [None, "正则绣坊"]
    assert "13800000000" not in str(entry.changes) and entry.changes["phone"] == []


def test_only_what_differs_is_noted(by_chen):
    by_chen.clothing.name = "二号棚"
    by_chen.clothing.save()
    assert noted() == [("changed", "1 二号棚", {"name": ["山城制衣厂", "二号棚"]})]
    by_chen.clothing.save()
    assert len(noted()) == 1


def test_another_row_is_noted_by_what_it_is_called(by_chen):
    by_chen.clothing.employer = Employer.get(name="来凤鱼庄")
    by_chen.clothing.save()
    assert noted(thing="booth")[0][2] == {"employer": ["山城制衣厂", "来凤鱼庄"]}


def test_a_statement_about_many_rows_notes_each_that_it_changes(by_chen):
    Booth.update(expects_tablet=False).where(Booth.market_day == by_chen.day, Booth.number < 3).execute()
    assert [name for _, name, _ in noted()] == ["1 山城制衣厂", "2 来凤鱼庄"]
    assert noted()[0][2] == {"expects_tablet": [True, False]}


def test_what_goes_with_a_deleted_row_is_noted(by_chen):
    by_chen.kitchen.delete_instance()
    assert [(action, name) for action, name, _ in noted()] == [
        ("deleted", "2 来凤鱼庄"),
        ("deleted", f"{by_chen.cook.number} 厨师"),
    ]
    assert noted(thing="offer")[0][2]["booth"] == ["2 来凤鱼庄", None]


def test_a_planned_day_notes_its_booths_and_offers(by_chen):
    plan(by_chen.day, county=by_chen.county, campaign=None, town=by_chen.town, date=date(2026, 3, 1))
    things = [entry.thing for entry in AuditEntry.select().order_by(AuditEntry.id)]
    assert things.count("booth") == 3 and things.count("offer") == 3 and things[0] == "market_day"
    assert {entry.county_id for entry in AuditEntry.select()} == {by_chen.county.id}


def test_what_is_undone_leaves_no_entry(by_chen, database):
    with pytest.raises(RuntimeError), writing():
        by_chen.clothing.name = "x"
        by_chen.clothing.save()
        raise RuntimeError
    assert noted() == []


def test_a_reason_stands_beside_each_change_of_a_closed_day(by_chen):
    schema.Closing.create(market_day=by_chen.day, version=1, who="chen", figures="{}", hash="", facts=0, settlements=0)
    with amending(by_chen.day, "chen", "招错人数"):
        schema.Vacancy.update(openings=9).where(schema.Vacancy.id == by_chen.sewing.id).execute()
    assert [(e.changes, e.why) for e in AuditEntry.select().where(AuditEntry.thing == "vacancy")] == [
        ({"openings": [8, 9]}, "招错人数")
    ]


def test_no_secret_is_noted(by_chen):
    operator = Operator.enlist(by_chen.clothing, "李工", "1234")
    operator.set_pin("9876")
    operator.save()
    by_chen.chen.change_password("another-password")
    token = schema.AccessToken.issue(by_chen.county, "bureau")
    schema.Tablet.enlist(by_chen.clothing, letter="A", token_hash="f" * 64, resume_hash="e" * 64)
    kept = str([entry.changes for entry in AuditEntry.select()])
    for secret in (operator.pin_hash, operator.pin_salt, by_chen.chen.password_hash, token, "f" * 64, "e" * 64):
        assert secret not in kept
    assert noted(thing="organiser")[0][2] == {"password_hash": []}


@pytest.mark.parametrize("model", AUDITED, ids=lambda model: model.__name__)
def test_fields_that_open_something_are_secret(model):
    opens = re.compile("hash|salt|pin|secret|key$|pem|password|token_|totp|code_")
    for field in model._meta.sorted_fields:
        if opens.search(field.name) and field.name not in ("identity_key",):
            assert model.is_secret(field) or field.name in model.unnoted, field


def test_what_the_program_keeps_costs_no_statement_more(by_chen):
    tablet = schema.Tablet.enlist(by_chen.clothing, letter="A")
    before = AuditEntry.select().count()
    with assert_query_count(1):
        schema.Tablet.update(last_contact_at=utcnow(), unsent=3).where(schema.Tablet.log == tablet.id).execute()
    with assert_query_count(1):
        Organiser.end_all_sessions()
    assert AuditEntry.select().count() == before


def test_nothing_is_noted_when_nobody_acts(fair):
    with assert_query_count(1):
        Employer.update(name="x").where(Employer.id == fair.factory.id).execute()
    assert noted() == []


def test_a_division_and_a_rule_stand_in_their_countys_history(by_chen):
    place, _ = Division.get_or_create(code="500120", defaults={"name": "璧山区", "level": "county"})
    by_chen.county.division = place
    by_chen.county.save()
    rule = MarketRule.create(town=by_chen.town, digits="3-6-9")
    rule.digits = "1-4-7"
    rule.save()
    entries = AuditEntry.select().where(AuditEntry.thing == "market_rule").order_by(AuditEntry.id)
    assert [(e.county_id, e.name) for e in entries] == [(by_chen.county.id, "八塘镇")] * 2
    assert entries[1].changes == {"digits": ["3-6-9", "1-4-7"]}


def test_dates_and_days_are_noted_as_texts(by_chen):
    MarketDay.update(date=date(2026, 3, 2), cancelled_at=utcnow()).where(MarketDay.id == by_chen.day.id).execute()
    Campaign.update(ends_on=date(2026, 4, 1)).where(Campaign.id == by_chen.campaign.id).execute()
    assert noted(thing="market_day")[0][2]["date"] == ["2026-02-24", "2026-03-02"]
    assert noted(thing="campaign")[0][2] == {"ends_on": ["2026-03-31", "2026-04-01"]}


RAW = re.compile(r"\b(?:UPDATE|INTO|DELETE FROM)\s+(\w+)")
# Statements past peewee on audited tables, and why they need no entry.
RAW_ALLOWED = {
    ("models/log/change.py", "market_day"): "position: the change log's head",
    ("models/kiosk/making.py", "market_day"): "a series that is taken back: it writes an entry for each day itself",
    ("models/derived/opening.py", "vacancy"): "closed: derived from facts, which say who closed it",
    ("models/intake/ingest.py", "tablet"): "last contact, clock and what it still holds",
    ("models/intake/ingest.py", "device"): "last contact, release and battery, as the device says them",
    ("models/intake/hand_over_order.py", "tablet"): "what it still holds",
}  # fmt: skip
STORED_AT_ONCE = {
    "models/kiosk/making.py",  # a series: an entry for each day
    "models/market/audited.py",  # notes each row itself
}
LOADED_WHOLE = {"models/data/__init__.py"}  # code lists that come with the program


def test_no_statement_passes_the_history_by():
    tables = {model._meta.table_name for model in AUDITED}
    found, whole = set(), set()
    for path in [*(ROOT / "models").rglob("*.py"), *(ROOT / "routes").rglob("*.py")]:
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {(name, table) for table in RAW.findall(node.value) if table in tables}
            if isinstance(node, ast.Attribute) and node.attr in ("insert_many", "bulk_create", "bulk_update"):
                whole.add(name)
    assert found == set(RAW_ALLOWED)
    assert whole == LOADED_WHOLE
    users = {p.relative_to(ROOT).as_posix() for p in (ROOT / "models").rglob("*.py") if "insert_rows(" in p.read_text()}
    assert users - {"models/base/bulk.py"} == STORED_AT_ONCE


def test_a_row_whose_key_has_several_columns_is_noted_too(by_chen):
    class Version(Audited):  # on a table that has such a key
        within = "market_day"
        market_day = ForeignKeyField(MarketDay, on_delete="CASCADE")
        version, facts, settlements = IntegerField(), IntegerField(default=0), IntegerField(default=0)
        at, who, hash = IntegerField(default=0), CharField(default=""), CharField(default="")
        reason, figures = CharField(default=""), CharField(default="{}")

        class Meta:
            primary_key = CompositeKey("market_day", "version")
            table_name = "closing"

    try:
        version = Version.create(market_day=by_chen.day, version=7)
        Version.update(reason="x").where(Version.market_day == by_chen.day, Version.version == 7).execute()
        version.delete_instance()
    finally:
        del MarketDay._meta.backrefs[Version.market_day]
    assert [action for action, _, _ in noted(thing="closing")] == ["made", "changed", "deleted"]
    entry = AuditEntry.get(action="changed")
    assert (entry.thing_id, entry.changes) == (f"{by_chen.day.id}-7", {"reason": ["", "x"]})
