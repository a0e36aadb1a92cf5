"""Two rows of one employer become one; what was closed keeps its reason, and the history keeps what went."""

from datetime import date

import pytest

from models.kiosk.employer_merge import NotThese, merge
from models.market.actor import acting
from models.market.closing import ReasonMissing
from models.schema import Amendment, AuditEntry, Booth, Closing, Employer, EmployerVisit, Vacancy


@pytest.fixture
def twin(fair):
    """The restaurant a second time, without a code, with a licence, a booth and a visit."""
    twin = Employer.create(county=fair.county, name="来凤鱼庄有限公司", licence="渝123", sealed="box")
    Booth.update(employer=twin).where(Booth.id == fair.clothing.id).execute()
    Vacancy.update(employer=twin).where(Vacancy.id == fair.sewing.id).execute()
    EmployerVisit.create(employer=twin, day=date(2026, 2, 1), went="陈", needs="厨师两名")
    return twin


@pytest.fixture
def kept(fair):
    return Employer.get(name="来凤鱼庄")


def test_booths_vacancies_and_visits_go_over(database, fair, twin, kept):
    merge(kept, twin, "chen", "同一家")
    kept = Employer.get_by_id(kept.id)
    assert Employer.get_or_none(id=twin.id) is None
    assert [booth.number for booth in kept.booths.order_by(Booth.number)] == [1, 2]
    assert [visit.needs for visit in EmployerVisit.of(kept)] == ["厨师两名"]
    assert (kept.licence, kept.sealed, kept.credit_code) == ("渝123", "box", "91500120MA5YQXHY40")
    assert Vacancy.get_by_id(fair.sewing.id).employer == kept


def test_the_history_has_both_with_the_reason(database, fair, twin, kept):
    with acting(lambda: "chen"):
        merge(kept, twin, "chen", "同一家")
    entries = AuditEntry.select().order_by(AuditEntry.id)
    assert {(e.action, e.thing) for e in entries} == {
        ("changed", "booth"), ("changed", "vacancy"), ("changed", "employer_visit"),
        ("deleted", "employer"), ("changed", "employer"),
    }
    assert {e.why for e in entries} == {"同一家"}
    assert AuditEntry.get(thing="booth").changes == {"employer": ["来凤鱼庄有限公司", "来凤鱼庄"]}


def test_a_closed_day_changes_with_the_reason_or_not_at_all(database, fair, twin, kept):
    Closing.create(market_day=fair.day, version=1, who="chen", figures="{}", hash="", facts=0, settlements=0)
    with pytest.raises(ReasonMissing):
        merge(kept, twin, "chen", "")
    assert Employer.get_or_none(id=twin.id)
    merge(kept, twin, "chen", "同一家")
    (amendment,) = Amendment.select()
    assert (amendment.field, amendment.old, amendment.new, amendment.reason) == (
        "employer", "来凤鱼庄有限公司", "来凤鱼庄", "同一家"
    )


def test_two_codes_are_two_employers_and_one_row_is_no_pair(database, fair, kept):
    for other in (fair.factory, kept, Employer.create(county=fair.elsewhere, name="来凤鱼庄")):
        with pytest.raises(NotThese):
            merge(kept, other, "chen", "同一家")


def test_every_table_that_names_an_employer_goes_over():
    assert {model.__name__ for model in Employer._meta.backrefs.values()} >= {"Booth", "EmployerVisit", "Vacancy"}
