"""What an organiser writes down of an employer."""

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.figures.overview import employers_of
from models.keys.employer_contact import open_contact

HTMX = {"HX-Request": "true"}
LIST = "/organiser/employers"
CODE = "91500120MAJNTYGD12"


@pytest.fixture
def register(organiser):
    """Post a valid employer, letting the test spoil a field."""

    def post(browser=organiser, headers=None, url=LIST, **changes):
        form = {"name": "正则绣坊", "kind": "enterprise", "credit_code": CODE, "contact": "吕凤子"}
        return browser.post(url, data=form | changes, headers=headers)

    return post


def test_an_employer_is_registered(register, fair):
    assert register(credit_code=" 91500120 majntygd12 ").status_code == 303

    employer = models.Employer.get(name="正则绣坊")
    assert (employer.county, employer.credit_code) == (fair.county, CODE)


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("enterprise", "", 422),
        ("enterprise", "91500120MAJNTYGD13", 422),
        ("individual", "", 303),
        ("household", "", 303),
        ("household", "123", 422),
        ("village", "", 303),
    ],
)
def test_who_needs_a_credit_code(register, kind, code, status):
    assert register(kind=kind, credit_code=code).status_code == status


@pytest.mark.parametrize(
    ("phone", "status"),
    [
        ("abc", 422),
        ("12", 422),
        ("电话", 422),
        ("023-4176 0000 转 8", 303),
        ("１３８ 0000 0000、023-41760000", 303),
        ("", 303),
    ],
)
def test_a_telephone_number_is_one(register, phone, status):
    answer = register(phone=phone)

    assert answer.status_code == status
    if status == 303:
        employer = models.Employer.get(name="正则绣坊")
        assert (employer.contact, employer.phone) == ("", "")
        assert open_contact(employer) == ("吕凤子", phone)


def test_what_was_added_is_called_so(organiser, register):
    register()
    assert "用人单位已添加" in organiser.get(LIST).text


def test_employers_stand_by_pinyin(organiser, fair):
    for name in ("周记米粉", "安沐康养", "喆记"):
        models.Employer.create(county=fair.county, name=name)

    assert [e.name for e in employers_of(fair.county)] == ["安沐康养", "来凤鱼庄", "山城制衣厂", "周记米粉", "喆记"]


def test_an_agency_needs_its_licence_and_whom_it_hires_for(register):
    assert register(kind="agency").status_code == 422
    assert register(kind="agency", licence="渝人服证字〔2024〕第12号").status_code == 422
    licensed = register(kind="agency", licence="渝人服证字〔2024〕第12号", hires_for="山城制衣厂\n来凤鱼庄")
    assert licensed.status_code == 303
    assert models.Employer.get(kind="agency").true_employers == ["山城制衣厂", "来凤鱼庄"]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "长" * 10_000},
        {"name": "山城制衣厂"},
        {"kind": "pirate"},
        {"phone": "1" * 10_000},
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(register, changes):
    answer = register(**changes)

    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert "吕凤子" in answer.text
    assert "kind" in changes or next(iter(changes.values())) in answer.text
    assert models.Employer.select().count() == 2


def test_a_code_belongs_to_one_employer(register):
    register()

    assert register(name="另一家").status_code == 422


def test_a_form_without_fields_is_answered(organiser):
    assert organiser.post(LIST).status_code == 422


def test_an_employer_that_had_no_booth_is_deleted_and_one_that_had_is_archived(organiser, register, fair):
    register()
    new, factory = models.Employer.get(name="正则绣坊"), f"{LIST}/{fair.factory.id}"

    assert organiser.post(f"{LIST}/{new.id}/delete").status_code == 303
    assert models.Employer.get_or_none(id=new.id) is None
    assert organiser.post(f"{factory}/delete").status_code == 409
    assert organiser.post(f"{factory}/archive").status_code == 303
    assert f'href="{factory}"' not in organiser.get(LIST).text
    assert f'href="{factory}"' in organiser.get(f"{LIST}?archived=yes").text

    assert organiser.post(f"{factory}/archive/delete").status_code == 303
    assert f'href="{factory}"' in organiser.get(LIST).text


def test_an_archived_employer_s_name_is_not_given_again(register, organiser, fair):
    organiser.post(f"{LIST}/{fair.factory.id}/archive")

    assert "已停用" in register(name="山城制衣厂").text


def test_booths_of_cancelled_days_are_not_counted(organiser, fair):
    models.MarketDay.update(cancelled_at=1, cancelled_why="大雨").where(models.MarketDay.id == fair.day.id).execute()

    assert [e.booth_count for e in employers_of(fair.county)] == [0, 0]


def test_a_new_name_reaches_the_tablets(register, fair, enrol):
    own, desk = enrol(fair.clothing), enrol(fair.desk)

    register(url=f"{LIST}/{fair.factory.id}", name="山城制衣有限公司")

    assert {change["data"]["employer"] for change in own.sync().json["changes"]} == {"山城制衣有限公司"}
    assert {change["data"]["employer"] for change in desk.sync().json["changes"]} == {"山城制衣有限公司"}


def test_htmx_gets_the_form_alone_and_is_sent_on_by_header(register):
    wrong, right = register(headers=HTMX, name=""), register(headers=HTMX)

    assert wrong.text.lstrip().startswith("<form")
    assert (right.status_code, right.headers["HX-Redirect"]) == (204, LIST)


def test_only_organisers_of_the_county_may(app, client, register, fair):
    one, neighbour = f"{LIST}/{fair.factory.id}", app.test_client(user=fair.neighbour)
    for url in (LIST, one):
        assert register(browser=client, url=url).status_code == 401
        assert register(browser=app.test_client(user=fair.reader), url=url).status_code == 403
        assert register(url=url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert register(browser=neighbour, url=one).status_code == 404
    assert neighbour.get(f"{one}/edit").status_code == 404
    assert "山城制衣厂" not in neighbour.get(LIST).text
    assert client.get(LIST, headers={"Accept": "text/html"}).status_code == 303
    assert models.Employer.select().count() == 2


def test_the_list_asks_the_database_as_often_for_many_as_for_one(organiser, fair, by_day):
    organiser.get(LIST)
    for number in range(20):
        models.Employer.create(county=fair.county, name=f"第{number}家")

    with assert_query_count(5):  # one for what employers propose by their links, one for kept views
        organiser.get(LIST)
