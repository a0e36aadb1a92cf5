"""What candidates typed, copied and tapped on (tests/data/cases/)."""

import pytest

from models.figures.summary import figures
from models.people.candidate import Candidate
from tests.cases import cases
from tests.routes.phone.visit import facts


@pytest.mark.parametrize("case", cases("names"))
def test_a_name_stays_as_it_was_typed_or_is_asked_for(client, fair, sign_up, case):
    answer = sign_up(name=case["name"])
    if "422" in case["want"]:
        assert answer.status_code == 422 and "请填写姓名" in answer.text
        assert not facts() and figures(fair.day)["persons"] == 0  # nobody, and no half of anybody
        return

    assert answer.status_code == 303
    assert [candidate.name for candidate in Candidate.select()] == [case["name"]]
    assert case["name"] in client.get(answer.location).text
    assert figures(fair.day)["registered"] == 1


@pytest.mark.parametrize("case", cases("invisible", lambda case: case["where"] != "/v/<number>"))
def test_what_nobody_sees_around_a_phone_does_not_matter(sign_up, case):
    assert sign_up(phone=case["typed"]).status_code == 303

    assert Candidate.get().phone == case["same_as"]


@pytest.mark.parametrize("case", cases("invisible", lambda case: case["where"] == "/v/<number>"))
def test_what_nobody_sees_around_a_number_does_not_matter(client, fair, morning, case):
    number = fair.sewing.number
    typed = case["typed"].replace(case["same_as"], number)

    assert client.get(f"/v/{typed}").location == f"/v/{number}"


@pytest.mark.parametrize("case", cases("two_forms"))
def test_the_phones_form_takes_what_the_kiosks_takes(sign_up, case):
    assert sign_up(**{case["field"]: case["typed"]}).status_code == 303

    candidate = Candidate.get()
    assert (candidate.phone, candidate.birth_year) in ((None, 1975), ("13800138000", 1975))
    assert (candidate.phone is None) == (case["field"] != "phone")


@pytest.mark.parametrize("case", cases("addresses"))
def test_an_address_that_swallowed_a_sentence_leads_to_what_was_meant(client, fair, morning, case):
    number = fair.sewing.number
    answer = client.get(case["path"].replace("3162642", number))

    assert (answer.status_code, answer.location) == (303, f"/v/{number}")


@pytest.mark.parametrize("behind", ["（焊工", "。", ",快来", "/。", "）请看/这里", "　今天9点", "%20今天", "\u200b"])
def test_so_it_is_with_every_address_that_a_poster_or_a_pass_bears(client, fair, morning, behind):
    for path in (f"/v/{fair.sewing.number}", f"/b/{fair.clothing.id}", f"/m/{fair.day.id}", f"/p/{fair.passes[0]}"):
        answer = client.get(path + behind)

        assert (answer.status_code, answer.location) == (303, path)
        assert client.get(path).status_code == 200


def test_a_wrong_number_in_a_sentence_stands_in_the_field_and_nothing_is_cut(client, fair, morning):
    for typed, shown in (("1234567（焊工", "1234567"), (f"{fair.sewing.number}1。", f"{fair.sewing.number}1")):
        answer = client.get(f"/v/{typed}", follow_redirects=True)

        assert answer.status_code == 404 and f'value="{shown}"' in answer.text
    for path in ("/b/x", "/m/。", "/v/招工/1"):
        answer = client.get(path)
        assert answer.status_code == 404 and "/organiser" not in answer.text


def test_a_phone_with_a_digit_too_few_is_asked_about_and_taken_when_it_comes_again(sign_up):
    asked = sign_up(phone="138 0013 800")
    assert asked.status_code == 422 and "手机号是11位" in asked.text and 'value="138 0013 800"' in asked.text
    assert 'name="phone_asked" value="1380013800"' in asked.text and not facts()

    assert sign_up(phone="138 0013 800", phone_asked="1380013800").status_code == 303
    assert Candidate.get().phone == "1380013800"
