"""Who may sign in at a booth's tablets."""

import base64
import hashlib

import pytest

from models import schema as models

HTMX = {"HX-Request": "true"}


@pytest.fixture
def operators(fair):
    return f"/organiser/market-days/{fair.day.id}/booths/1/operators"


@pytest.fixture
def enlist(organiser, operators):
    """Post a valid operator, letting the test spoil a field."""

    def post(browser=organiser, headers=None, url=operators, **changes):
        return browser.post(url, data={"name": "李师傅", "pin": "2468"} | changes, headers=headers)

    return post


@pytest.fixture
def wang(fair):
    return models.Operator.enlist(fair.clothing, "王师傅", "1357")


def opens(operator, pin: str) -> bool:
    salt = base64.b64decode(operator.pin_salt)
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, operator.pin_iterations)
    return base64.b64encode(digest).decode() == operator.pin_hash


def test_an_operator_is_added_and_the_tablet_hears_of_it(enlist, fair, enrol):
    tablet = enrol(fair.clothing)

    assert enlist().status_code == 303

    assert opens(models.Operator.get(name="李师傅"), "2468")
    assert [change["data"]["name"] for change in tablet.sync().json["changes"]] == ["李师傅"]


def test_htmx_gets_the_block_of_operators(enlist):
    answer = enlist(headers=HTMX)

    assert answer.status_code == 201
    assert answer.text.lstrip().startswith("<section")
    assert "李师傅" in answer.text
    assert 'value="李师傅"' not in answer.text  # the form is empty for the next


@pytest.mark.parametrize(
    "changes",
    [
        {"pin": "123"},
        {"pin": "1234567"},
        {"pin": "12a4"},
        {"pin": "1234"},
        {"pin": "4321"},
        {"pin": "0000"},
        {"pin": "121212"},
        {"pin": ""},
        {"name": ""},
        {"name": "长" * 10_000},
        {"name": "王师傅"},
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(enlist, wang, changes):
    answer = enlist(**changes)

    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert ({"name": "李师傅", "pin": "2468"} | changes)["name"] in answer.text
    assert ({"pin": "2468"} | changes)["pin"] in answer.text
    assert models.Operator.select().count() == 1


def test_a_form_without_fields_is_answered(organiser, operators):
    assert organiser.post(operators).status_code == 422


def test_a_pin_is_changed_and_an_empty_one_stays(enlist, operators, wang, fair, enrol):
    tablet = enrol(fair.clothing)

    assert enlist(url=f"{operators}/{wang.id}", name="王姐", pin="").status_code == 303
    assert opens(models.Operator.get_by_id(wang.id), "1357")
    assert enlist(url=f"{operators}/{wang.id}", name="王姐", pin="99279").status_code == 303
    assert opens(models.Operator.get_by_id(wang.id), "99279")
    assert tablet.sync().json["changes"][0]["data"]["name"] == "王姐"
    assert enlist(url=f"{operators}/{wang.id}", pin="9").status_code == 422


def test_an_operator_is_taken_off_the_booth(organiser, operators, wang, fair, enrol):
    tablet = enrol(fair.clothing)

    assert organiser.post(f"{operators}/{wang.id}/delete").status_code == 303

    change = {"kind": "operator", "id": str(wang.id), "data": None}
    assert tablet.sync().json["changes"] == [change]


def test_an_operator_is_found_through_their_booth_only(organiser, operators, wang):
    next_door = operators.replace("/1/", "/2/")

    assert organiser.get(f"{next_door}/{wang.id}/edit").status_code == 404
    assert organiser.post(f"{next_door}/{wang.id}/delete").status_code == 404


def test_only_organisers_of_the_county_may(app, client, enlist, operators, wang, fair):
    neighbour = app.test_client(user=fair.neighbour)
    for url in (operators, f"{operators}/{wang.id}", f"{operators}/{wang.id}/delete"):
        assert enlist(browser=client, url=url).status_code == 401
        assert enlist(browser=app.test_client(user=fair.reader), url=url).status_code == 403
        assert enlist(browser=neighbour, url=url).status_code == 404
        assert enlist(url=url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert neighbour.get(f"{operators}/{wang.id}/edit").status_code == 404
    assert models.Operator.select().count() == 1
