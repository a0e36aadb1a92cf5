"""The county's operators: added, renamed, archived, joined; their PINs cleared in the office, never typed there."""

from datetime import timedelta

import pytest
from playhouse.test_utils import assert_query_count, count_queries

from models import schema as models
from models.market.duty import assign

HTMX = {"HX-Request": "true"}
LIST = "/organiser/operators"


@pytest.fixture
def wang(fair):
    return models.Operator.enlist(fair.clothing, "王师傅", "1357")


def test_an_operator_is_added_without_a_pin(organiser, fair):
    assert organiser.post(LIST, data={"name": "李师傅", "unit": "八塘社保所"}).status_code == 303
    li = models.Operator.get(name="李师傅")
    assert (li.county, li.unit, li.has_pin, li.pin_resets) == (fair.county, "八塘社保所", False, 0)
    page = organiser.get(f"{LIST}?lang=en").text
    assert "李师傅" in page and "八塘社保所" in page and "not set yet" in page


@pytest.mark.parametrize("changes", [
    {"name": ""}, {"name": "长" * 41}, {"unit": "长" * 41}, {"name": "王师傅"}, {"name": "王 师傅"},
])  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(organiser, wang, changes):
    typed = {"name": "李师傅", "unit": ""} | changes
    answer = organiser.post(LIST, data=typed)
    assert answer.status_code == 422 and "field-error" in answer.text
    assert all(value in answer.text for value in typed.values())
    assert models.Operator.select().count() == 1


def test_namesakes_are_told_apart_by_whom_they_work_for(organiser, wang, fair, enrol):
    assert organiser.post(LIST, data={"name": "王师傅", "unit": "来凤社保所"}).status_code == 303
    other = models.Operator.get(unit="来凤社保所")
    tablet = enrol(fair.clothing)
    organiser.post(f"/organiser/market-days/{fair.day.id}/booths/1/duties", data={"operator": other.id})
    named = {change["id"]: change["data"]["name"] for change in tablet.sync().json["changes"]}
    assert named == {str(wang.id): "王师傅", str(other.id): "王师傅 · 来凤社保所"}


def test_a_new_name_reaches_the_tablets_of_every_booth(organiser, wang, fair, enrol):
    assign(wang, fair.kitchen)
    tablets = [enrol(fair.clothing), enrol(fair.kitchen)]
    assert organiser.post(f"{LIST}/{wang.id}", data={"name": "王姐", "unit": ""}).status_code == 303
    for tablet in tablets:
        assert [change["data"]["name"] for change in tablet.sync().json["changes"]] == ["王姐"]


def test_a_pin_is_cleared_and_the_tablets_hear_of_it(organiser, wang, fair, enrol):
    tablet = enrol(fair.clothing)
    assert organiser.post(f"{LIST}/{wang.id}/pin/delete").status_code == 303
    (change,) = tablet.sync().json["changes"]
    assert (change["data"]["pin"]["hash"], change["data"]["pin"]["salt"], change["data"]["pin_resets"]) == ("", "", 1)
    assert not models.Operator.get_by_id(wang.id).has_pin
    entry = models.AuditEntry.get(thing="operator", action="changed")
    assert (entry.who, entry.changes["pin_hash"]) == ("chen", [])


def test_a_pin_is_typed_nowhere_in_the_office(organiser, wang):
    for page in (f"{LIST}/new", f"{LIST}/{wang.id}/edit"):
        assert 'name="pin"' not in organiser.get(page).text
    organiser.post(f"{LIST}/{wang.id}", data={"name": "王师傅", "pin": "9999"})
    assert models.Operator.get_by_id(wang.id).pin_hash == wang.pin_hash


def test_an_archived_operator_is_off_duty_from_today_on_and_keeps_what_was(organiser, wang, fair, enrol, monkeypatch):
    earlier = models.MarketDay.create(county=fair.county, town=fair.town, date=fair.day.date - timedelta(7))
    before = models.Booth.create(market_day=earlier, number=1, name="山城制衣厂")
    assign(wang, before)
    tablet = enrol(fair.clothing)
    monkeypatch.setattr("models.kiosk.staffing.date_in", lambda county: fair.day.date)
    for _ in range(2):
        assert organiser.post(f"{LIST}/{wang.id}/archive").status_code == 303
    assert tablet.sync().json["changes"] == [{"kind": "operator", "id": str(wang.id), "data": None}]
    withdrawn = {duty.booth_id: bool(duty.withdrawn_at) for duty in wang.duties}
    assert withdrawn == {fair.clothing.id: True, before.id: False}
    organiser.get(LIST)  # says so once
    assert "王师傅" not in organiser.get(LIST).text and "王师傅" in organiser.get(f"{LIST}?archived=yes").text
    booth = organiser.get(f"/organiser/market-days/{fair.day.id}/booths/1").text.split('id="operators"')[1]
    assert "王师傅" not in booth

    assert organiser.post(f"{LIST}/{wang.id}/archive/delete").status_code == 303
    assert "王师傅" in organiser.get(LIST).text


def test_somebody_in_the_list_twice_becomes_one_and_keeps_both_numbers(organiser, wang, fair, enrol, operation):
    other = models.Operator(county=fair.county, name="王师傅", unit="来凤")
    other.save()
    assign(other, fair.kitchen)
    tablet = enrol(fair.kitchen)
    assert "来凤" in organiser.get(f"{LIST}/{wang.id}/edit").text
    assert organiser.post(f"{LIST}/{wang.id}/join", data={"other": fair.chen.id + 999}).status_code == 422
    assert organiser.post(f"{LIST}/{wang.id}/join", data={"other": other.id}).status_code == 303
    duties = {duty.booth_id: duty.known_as for duty in models.Duty.select().where(models.Duty.operator == wang)}
    assert duties == {fair.clothing.id: wang.id, fair.kitchen.id: other.id}
    (change,) = tablet.sync().json["changes"]
    told = (change["id"], change["data"]["id"], change["data"]["pin"]["hash"])
    assert told == (str(other.id), other.id, wang.pin_hash)
    assert models.Operator.get_or_none(id=other.id) is None


def test_of_two_who_are_joined_at_one_booth_one_stays(organiser, wang, fair):
    other = models.Operator.enlist(fair.clothing, "王师傅", "2468")
    organiser.post(f"{LIST}/{wang.id}/join", data={"other": other.id})
    assert {duty.known_as: bool(duty.withdrawn_at) for duty in fair.clothing.duties} == {wang.id: False, other.id: True}


def test_the_list_is_searched_by_name_unit_and_booth(organiser, wang, fair):
    models.Operator.create(county=fair.county, name="李师傅", unit="来凤社保所")
    for asked, shown in (("王", ["王师傅"]), ("来凤", ["李师傅"]), ("赵", [])):
        page = organiser.get(f"{LIST}?q={asked}").text
        assert [name for name in ("王师傅", "李师傅") if name in page] == shown


def test_where_somebody_is_today_and_next_stands_in_the_list(organiser, wang, fair, monkeypatch):
    monkeypatch.setattr("routes.office.operator_rows.date_in", lambda county: fair.day.date)
    coming = models.MarketDay.create(county=fair.county, town="500120199", date=fair.day.date + timedelta(3))
    for number in (4, 5):
        assign(wang, models.Booth.create(market_day=coming, number=number, name="展位"))
    page = organiser.get(f"{LIST}?lang=en").text
    assert "Booth 1" in page and "Booth 4" in page and "Booth 5" in page and "大兴镇" in page
    assert page.count("at several booths") == 1


def test_the_list_asks_the_database_as_often_for_many_as_for_one(organiser, wang, fair):
    with count_queries() as few:
        organiser.get(LIST)
    for number in range(20):
        assign(models.Operator.create(county=fair.county, name=f"王{number}"), fair.kitchen)
    with assert_query_count(few.count):
        organiser.get(LIST)


def test_another_county_s_operators_are_nowhere(app, organiser, wang, fair):
    neighbour = app.test_client(user=fair.neighbour)
    for path in ("", "/pin/delete", "/archive", "/archive/delete", "/join"):
        assert neighbour.post(f"{LIST}/{wang.id}{path}", data={"name": "x", "other": wang.id}).status_code == 404
    assert neighbour.get(f"{LIST}/{wang.id}/edit").status_code == 404
    assert "王师傅" not in neighbour.get(LIST).text
    stranger = models.Operator.create(county=fair.elsewhere, name="外县人")
    address = f"/organiser/market-days/{fair.day.id}/booths/1/duties"
    assert organiser.post(address, data={"operator": stranger.id}).status_code == 422
    assert not stranger.duties.exists()


@pytest.mark.parametrize("who, status", [("reader", 403), ("reviewer", 403), ("clerk", 404), ("city", 404)])
def test_only_organisers_of_the_county_may(app, client, wang, fair, who, status):
    browser = app.test_client(user=getattr(fair, who))
    for path in ("", "/pin/delete", "/archive", "/archive/delete", "/join"):
        assert browser.post(f"{LIST}/{wang.id}{path}", data={"name": "x"}).status_code == status
        assert client.post(f"{LIST}/{wang.id}{path}", data={"name": "x"}).status_code == 401
    assert models.Operator.get_by_id(wang.id).has_pin
