"""Who recorded a fact is believed of a tablet's own booth's people alone, and never of somebody who came later."""

import pytest

from models import schema as models
from models.kiosk.staffing import join_operators
from models.market.duty import on_duty, withdraw
from models.quarantine.entry import entries


@pytest.fixture
def shown(fair, enrol, operation):
    """Return a function that sends a fact under an operator, and gives whom the office is shown as who it was."""
    tablet = enrol(fair.clothing)
    seqs = iter(range(1, 100))

    def shown(operator: object) -> tuple[str, str]:
        seq = next(seqs)
        tablet.sync(operation(seq, "visit.recorded", pass_="1") | {"operator": operator})
        (entry,) = entries(fair.day, [(tablet.tablet.id, seq)])
        return entry.operator, entry.claimed

    return shown


def test_its_own_booth_s_operator_is_known(fair, shown):
    li = models.Operator.enlist(fair.clothing, "李工", "1234")
    assert shown(li.id) == shown(str(li.id)) == ("李工", "")
    assert shown(None) == ("", "")


def test_nobody_else_is(fair, shown):
    cook = models.Operator.enlist(fair.kitchen, "厨师长", "1234")
    for claimed in (cook.id, 999, "organiser:chen", "organiser:demo", "陈主任", "x" * 500):
        assert shown(claimed) == ("", str(claimed)[:40])
    assert shown(True) == shown(1.5) == shown(["x"]) == ("", "")


def test_the_page_says_that_it_is_only_said(app, fair, shown):
    shown("organiser:demo")
    page = app.test_client(user=fair.chen).get(f"/organiser/market-days/{fair.day.id}/quarantine?lang=en").text
    assert "not known here: organiser:demo" in page


def test_what_the_office_records_is_the_organiser_s(app, fair):
    app.test_client(user=fair.chen).post(
        f"/organiser/market-days/{fair.day.id}/booths/1/vacancies/{fair.sewing.number}/closure"
    )
    closed = models.Operation.get_or_none(kind="vacancy.closed")
    if closed:
        (entry,) = entries(fair.day, [(closed.log.id, closed.seq)])
        assert (entry.operator, entry.claimed) == ("chen", "")


def test_who_comes_after_an_operator_who_is_gone_is_not_taken_for_them(fair, shown):
    li = models.Operator.enlist(fair.clothing, "李工", "1234")
    li.delete_instance()
    models.Operator.enlist(fair.clothing, "王工", "1234")
    assert shown(li.id) == ("", str(li.id))


def test_somebody_taken_off_duty_is_still_who_recorded_it(fair, shown):
    li = models.Operator.enlist(fair.clothing, "李工")
    withdraw(on_duty(fair.clothing)[0])
    assert shown(li.id) == ("李工", "")


def test_a_person_of_the_county_who_is_not_on_duty_there_is_not_believed(fair, shown):
    idle = models.Operator.create(county=fair.county, name="闲人")
    assert shown(idle.id) == ("", str(idle.id))


def test_two_who_were_joined_are_one_under_both_numbers(fair, shown):
    li, twin = (models.Operator.enlist(booth, "李工") for booth in (fair.kitchen, fair.clothing))
    join_operators(li, twin)
    assert shown(twin.id) == ("李工", "")
    assert shown(li.id) == ("", str(li.id))  # at this booth nobody has that number
