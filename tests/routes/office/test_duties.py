"""Who of the county's people is on duty at a booth."""

import pytest

from models import schema as models
from models.market.duty import assign, on_duty

HTMX = {"HX-Request": "true"}


@pytest.fixture
def duties(fair):
    return f"/organiser/market-days/{fair.day.id}/booths/1/duties"


@pytest.fixture
def wang(fair):
    """Somebody of the county who is on duty nowhere yet."""
    return models.Operator.create(county=fair.county, name="王师傅")


def names(booth) -> list[str]:
    return [duty.operator.name for duty in on_duty(booth)]


def test_somebody_is_assigned_and_the_tablet_hears_of_it(organiser, duties, wang, fair, enrol):
    tablet = enrol(fair.clothing)
    for _ in range(2):
        assert organiser.post(duties, data={"operator": wang.id}).status_code == 303
    assert names(fair.clothing) == ["王师傅"]
    (change,) = tablet.sync().json["changes"]
    none = {"salt": "", "iterations": 60_000, "hash": ""}
    assert change["data"] == {"id": wang.id, "name": "王师傅", "pin": none, "pin_resets": 0}


def test_somebody_new_is_added_in_the_same_step(organiser, duties, fair):
    assert organiser.post(duties, data={"name": "李师傅", "unit": "八塘"}).status_code == 303
    li = models.Operator.get(name="李师傅")
    assert (li.county, li.unit, names(fair.clothing)) == (fair.county, "八塘", ["李师傅"])
    made = {entry.thing: entry.name for entry in models.AuditEntry.select() if entry.action == "made"}
    assert made == {"operator": "李师傅", "duty": "李师傅, 1 山城制衣厂"}


def test_htmx_gets_the_block_of_operators(organiser, duties):
    answer = organiser.post(duties, data={"name": "李师傅"}, headers=HTMX)
    assert answer.status_code == 201
    assert "李师傅" in answer.text and 'value="李师傅"' not in answer.text and "<html" not in answer.text


@pytest.mark.parametrize("typed", [
    {}, {"name": ""}, {"name": "长" * 41}, {"operator": "999"}, {"operator": "x"}, {"name": "王师傅"},
    {"operator": ""},
])  # fmt: skip
def test_a_wrong_field_is_named_and_nobody_is_assigned(organiser, duties, wang, fair, typed):
    for headers in (None, HTMX):
        answer = organiser.post(duties, data=typed, headers=headers)
        assert answer.status_code == 422 and "field-error" in answer.text and typed.get("name", "") in answer.text
    assert names(fair.clothing) == [] and models.Operator.select().count() == 1


def test_somebody_is_taken_off_and_put_back(organiser, duties, wang, fair, enrol):
    tablet, duty = enrol(fair.clothing), assign(wang, fair.clothing)
    for _ in range(2):
        assert organiser.post(f"{duties}/{duty.id}/delete").status_code == 303
    assert tablet.sync().json["changes"] == [{"kind": "operator", "id": str(wang.id), "data": None}]
    assert names(fair.clothing) == []
    organiser.post(duties, data={"operator": wang.id})
    assert [d.id for d in on_duty(fair.clothing)] == [duty.id]


def test_what_somebody_recorded_keeps_their_name_after_they_are_off(organiser, duties, wang, fair, enrol, operation):
    tablet, duty = enrol(fair.clothing), assign(wang, fair.clothing)
    tablet.sync(operation(1, "visit.recorded", pass_="1") | {"operator": wang.id})
    organiser.post(f"{duties}/{duty.id}/delete")
    page = organiser.get(f"/organiser/market-days/{fair.day.id}/quarantine").text
    assert "王师傅" in page


def test_the_other_booth_of_the_day_stands_beside_the_name(organiser, duties, wang, fair):
    for booth in (fair.clothing, fair.kitchen):
        assign(wang, booth)
    page = organiser.get(f"{duties.removesuffix('/duties')}?lang=en").text
    assert "the same day also: Booth 2" in page and "badge-attention" not in page.split('id="operators"')[1]


def test_two_towns_on_one_date_are_marked_and_not_refused(organiser, duties, wang, fair):
    there = models.MarketDay.create(county=fair.county, town="500120199", date=fair.day.date)
    assign(wang, models.Booth.create(market_day=there, number=7, name="大兴"))
    options = organiser.get(f"{duties.removesuffix('/duties')}?lang=en").text
    assert "王师傅 · Booth 7 大兴镇" in options
    assert organiser.post(duties, data={"operator": wang.id}).status_code == 303
    section = organiser.get(f"{duties.removesuffix('/duties')}?lang=en").text.split('id="operators"')[1]
    assert "the same day also: Booth 7 大兴镇" in section and "badge-attention" in section
    there.cancelled_at, there.cancelled_why = 1, "暴雨"
    there.save()
    assert "the same day also" not in organiser.get(f"{duties.removesuffix('/duties')}?lang=en").text


def test_a_town_clerk_assigns_and_clears_a_pin_on_their_own_days(app, duties, wang, fair):
    clerk, other = app.test_client(user=fair.clerk), app.test_client(user=fair.other_clerk)
    wang.set_pin("2468")
    wang.save()
    assert clerk.post(duties, data={"operator": wang.id}).status_code == 303
    (duty,) = on_duty(fair.clothing)
    assert other.post(f"{duties}/{duty.id}/pin/delete").status_code == 404
    assert clerk.post(f"{duties}/{duty.id}/pin/delete").status_code == 303
    assert not models.Operator.get_by_id(wang.id).has_pin


def test_a_duty_is_found_through_its_booth_only(organiser, duties, wang, fair):
    duty = assign(wang, fair.clothing)
    for path in ("delete", "pin/delete"):
        assert organiser.post(f"{duties.replace('/1/', '/2/')}/{duty.id}/{path}").status_code == 404
    organiser.post(f"{duties}/{duty.id}/delete")
    assert organiser.post(f"{duties}/{duty.id}/pin/delete").status_code == 404  # no more here


def test_who_may_not_changes_nothing(app, client, duties, wang, fair):
    duty = assign(wang, fair.clothing)
    for url in (duties, f"{duties}/{duty.id}/delete", f"{duties}/{duty.id}/pin/delete"):
        typed = {"name": "李师傅"}
        assert client.post(url, data=typed).status_code == 401
        assert app.test_client(user=fair.reader).post(url, data=typed).status_code == 403
        assert app.test_client(user=fair.neighbour).post(url, data=typed).status_code == 404
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert app.test_client(user=fair.chen).post(url, data=typed, headers=cross).status_code == 403
    assert names(fair.clothing) == ["王师傅"]
