"""What an organiser sets up at a booth, and what its tablets hear of it."""

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.market.offer import new_vacancy

CODE = "91500120MAJNTYGD12"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def booths(fair):
    return f"/organiser/market-days/{fair.day.id}/booths"


@pytest.fixture
def set_up(organiser, booths, fair):
    """Post a valid booth, letting the test spoil a field."""

    def post(browser=organiser, headers=None, url=booths, **changes):
        form = {"number": "4", "kind": "employer", "employer": str(fair.factory.id), "topics": ["leaflet"]}
        return browser.post(url, data=form | changes, headers=headers)

    return post


def test_a_stand_takes_its_employer_s_name(set_up, booths, fair):
    answer = set_up()

    booth = models.Booth.get(market_day=fair.day, number=4)
    assert (answer.status_code, answer.location) == (303, f"{booths}/4")
    assert (booth.name, booth.employer, booth.topics) == ("山城制衣厂", fair.factory, ["leaflet"])


def test_an_employer_is_made_by_its_name_and_only_once(set_up, fair):
    set_up(employer="", new_employer="来凤鱼庄")
    set_up(employer="", new_employer="正则绣坊", new_kind="enterprise", new_code=CODE, number="5")

    assert models.Booth.get(market_day=fair.day, number=4).employer == fair.kitchen.employer
    assert models.Booth.get(market_day=fair.day, number=5).employer.county == fair.county
    assert models.Employer.select().where(models.Employer.name == "正则绣坊").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "new_code"),
        ({"new_code": CODE[:-1] + "3"}, "new_code"),
        ({"new_code": "91500120MA5YBT24QK"}, "new_code"),  # the factory's
        ({"new_kind": "agency"}, "new_kind"),
    ],
)
def test_a_new_employer_needs_the_same_papers_as_under_employers(set_up, fair, more, field):
    answer = set_up(**{"employer": "", "new_employer": "正则绣坊", "new_kind": "enterprise"} | more)

    assert answer.status_code == 422
    assert f'href="#field-{field}"' in answer.text
    assert not models.Employer.select().where(models.Employer.name == "正则绣坊").exists()


def test_who_needs_no_code_is_made_without_one(set_up, fair):
    assert set_up(employer="", new_employer="老周家", new_kind="household").status_code == 303
    assert models.Employer.get(name="老周家").kind == "household"


@pytest.mark.parametrize("changes", [{"credit_code": ""}, {"kind": "agency"}, {"archived_at": 1}], ids=str)
def test_an_employer_without_papers_or_archived_gets_no_further_booth_but_keeps_its_own(set_up, booths, fair, changes):
    models.Employer.update(**changes).where(models.Employer.id == fair.factory.id).execute()

    assert set_up().status_code == 422
    assert set_up(employer="", new_employer=fair.factory.name).status_code == 422
    assert set_up(url=f"{booths}/1", number="1", name="缝纫").status_code == 303


def test_a_name_that_is_too_long_for_a_plate_is_asked_for_and_not_cut(set_up, fair):
    long = "重庆市璧山区" + "山城" * 20 + "有限公司"
    models.Employer.update(name=long).where(models.Employer.id == fair.factory.id).execute()

    assert "field-error" in set_up().text
    assert set_up(name="山城").status_code == 303


def test_a_desk_has_no_employer_and_counts_its_topics(set_up, fair):
    set_up(kind="desk", name="培训服务台", topics=["training", "policy", "gossip"])

    desk = models.Booth.get(market_day=fair.day, number=4)
    assert (desk.employer, desk.is_desk, desk.topics) == (None, True, ["training", "policy"])


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1"},
        {"number": "0"},
        {"number": "four"},
        {"kind": "stage"},
        {"employer": ""},
        {"employer": "999"},
        {"kind": "desk", "name": ""},
        {"name": "长" * 10_000},
        {"new_employer": "长" * 10_000},
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(set_up, changes):
    answer = set_up(**({"name": "绣坊展位"} | changes))

    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert (changes.get("name") or changes.get("new_employer") or "") in answer.text
    assert "name" in changes or "绣坊展位" in answer.text
    assert models.Booth.select().count() == 4


def test_a_form_without_fields_is_answered(organiser, booths):
    assert organiser.post(booths).status_code == 422


def test_htmx_gets_the_form_alone_and_is_sent_on_by_header(set_up, booths):
    wrong, right = set_up(headers=HTMX, number="0"), set_up(headers=HTMX)

    assert wrong.text.lstrip().startswith("<form")
    assert (right.status_code, right.headers["HX-Redirect"]) == (204, f"{booths}/4")


def test_only_organisers_of_the_county_may(app, client, set_up, booths, fair):
    neighbour = app.test_client(user=fair.neighbour)
    for url in (booths, f"{booths}/1", f"{booths}/1/delete"):
        assert set_up(browser=client, url=url).status_code == 401
        assert set_up(browser=app.test_client(user=fair.reader), url=url).status_code == 403
        assert set_up(browser=neighbour, url=url).status_code == 404
        assert set_up(url=url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    for page in ("/1", "/new", "/1/edit"):
        assert client.get(booths + page, headers={"Accept": "text/html"}).status_code == 303
        assert neighbour.get(booths + page).status_code == 404
    assert models.Booth.select().count() == 4


def test_a_booth_s_new_name_reaches_its_tablet_and_its_vacancies_the_desk(set_up, booths, fair, enrol):
    own, desk, next_door = enrol(fair.clothing), enrol(fair.desk), enrol(fair.kitchen)

    set_up(url=f"{booths}/1", number="1", name="山城制衣")

    heard = own.sync().json["changes"]
    assert ["booth", "山城制衣"] in [[change["kind"], change["data"].get("name")] for change in heard]
    assert {change["id"] for change in desk.sync().json["changes"]} == {
        fair.sewing.number, fair.ironing.number,
    }  # fmt: skip
    assert next_door.sync().json["changes"] == []


def test_a_booth_that_a_tablet_knows_keeps_its_number_and_kind(set_up, booths, fair, enrol):
    enrol(fair.clothing)

    assert set_up(url=f"{booths}/1", number="9").status_code == 422
    assert set_up(url=f"{booths}/1", number="1", kind="desk", name="x").status_code == 422
    assert set_up(url=f"{booths}/1", number="1", name="新名").status_code == 303
    assert models.Booth.get_by_id(fair.clothing.id).number == 1


def test_an_unused_booth_takes_another_number(set_up, booths, fair):
    assert set_up(url=f"{booths}/1", number="9").location == f"{booths}/9"


def test_an_unused_booth_is_taken_away(organiser, booths, fair, enrol):
    desk = enrol(fair.desk)

    answer = organiser.post(f"{booths}/1/delete")

    assert answer.status_code == 303
    assert models.Booth.get_or_none(id=fair.clothing.id) is None
    gone = {(change["id"], change["data"]) for change in desk.sync().json["changes"]}
    assert gone == {(fair.sewing.number, None), (fair.ironing.number, None)}


def test_a_booth_with_facts_stays(organiser, booths, fair, enrol, operation):
    scan = operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number)
    enrol(fair.desk).sync(scan)

    assert organiser.post(f"{booths}/1/delete").status_code == 409
    assert models.Booth.get_or_none(id=fair.clothing.id)


def test_a_number_used_before_tells_the_next_booth_nothing(set_up, booths, fair, enrol):
    set_up(url=f"{booths}/1", number="9")
    set_up(number="1", employer="", new_employer="正则绣坊", new_kind="village")

    heard = enrol(models.Booth.get(market_day=fair.day, number=1)).sync().json["changes"]

    assert [change["kind"] for change in heard] == ["booth"]


def test_the_page_shows_vacancies_operators_and_tablets(organiser, booths, fair, enrol):
    enrol(fair.clothing)
    models.Operator.enlist(fair.clothing, "李师傅", "1234")

    page = organiser.get(f"{booths}/1").text

    for word in ("缝纫工", "3500–4500", "李师傅", "从未同步"):
        assert word in page
    assert "厨师" not in page


def test_the_page_asks_the_database_as_often_for_many_vacancies_as_for_one(organiser, booths, fair, by_day):
    organiser.get(f"{booths}/1")
    for number in ("1000009", "1000017", "1000025"):
        new_vacancy(fair.clothing, number=number, title="x", trade="sewing", openings=1)

    with assert_query_count(18):
        organiser.get(f"{booths}/1")
