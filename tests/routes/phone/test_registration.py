"""What becomes of the form that a phone sends: one candidate, one pass, one check-in."""

import json

import pytest

from models.base.database import fetch
from models.derived.check_in import CheckIn
from models.derived.consent import Consent
from models.market.vacancy import Vacancy
from models.people.candidate import Candidate
from models.people.candidate_pass import PhonePass, read_pass
from tests.routes.phone.visit import cookie_of, facts, number_of


def test_a_form_becomes_a_candidate_with_a_pass_and_a_check_in(client, fair, sign_up):
    answer = sign_up()

    assert answer.status_code == 303 and answer.location.startswith("/me/")
    assert facts() == [(kind, "applied") for kind in
                       ("candidate.registered", "pass.bound", "check_in.recorded")]  # fmt: skip
    candidate, own_pass, tie = Candidate.get(), PhonePass.get(), CheckIn.get()
    assert (candidate.name, candidate.birth_year, candidate.registered_by) == (
        "王师傅",
        1975,
        "self",
    )
    assert candidate.trades == ["sewing", "cook"] and candidate.phone is None and candidate.notice_at
    assert own_pass.candidate == candidate.id and read_pass(own_pass.digits)[0] == own_pass.number
    assert (tie.person, tie.vacancy, tie.booth) == (candidate.id, fair.sewing.number, 1)


def test_sent_twice_it_is_one_candidate_and_the_same_page(client, sign_up):
    first = sign_up(registration="6b1f3f2e-0000-4000-8000-000000000001")
    again = sign_up(registration="6b1f3f2e-0000-4000-8000-000000000001")
    client.delete_cookie("ganchang_me")
    without_cookie = sign_up(registration="6b1f3f2e-0000-4000-8000-000000000001")

    assert first.location == again.location == without_cookie.location
    assert len(facts()) == 3
    assert Candidate.select().count() == CheckIn.select().count() == PhonePass.select().count() == 1


def test_tapped_twice_it_is_one_candidate(app, fair, morning, form):
    """Both taps leave before the first is answered: neither brings the cookie of the answer."""
    client = app.test_client()
    path = f"/v/{fair.sewing.number}"
    client.get(path)
    number = cookie_of(client)
    taps = []
    for _ in range(2):
        phone = app.test_client()
        phone.set_cookie("ganchang_form", number)
        taps.append(phone.post(path, data=form))

    assert taps[0].status_code == 303 and taps[0].location == taps[1].location
    assert len(facts()) == 3 and Candidate.select().count() == 1


def test_a_lost_answer_is_asked_for_again_from_the_page_itself(app, fair, morning, form):
    """The page was left and opened anew before the form was sent a second time."""
    phone, path = app.test_client(), f"/v/{fair.sewing.number}"
    phone.get(path)
    first = phone.post(path, data=form)
    phone.delete_cookie("ganchang_me")  # the answer that brought it never came
    phone.get(path)
    again = phone.post(path, data=form)

    assert first.location == again.location
    assert len(facts()) == 3 and Candidate.select().count() == 1


def test_a_phone_that_keeps_no_cookie_gets_its_form_back_once_with_a_number(app, fair, morning, form):
    path = f"/v/{fair.sewing.number}"
    asked = app.test_client().post(path, data=form)
    number = number_of(asked)

    assert asked.status_code == 422 and not facts()
    assert 'value="王师傅"' in asked.text and 'id="field-again"' in asked.text
    sent = [app.test_client().post(path, data=form | {"registration": number}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 303] and sent[0].location == sent[1].location
    assert Candidate.select().count() == 1


def test_after_not_me_the_next_form_is_another_persons(client, fair, morning, form):
    path = f"/v/{fair.sewing.number}"
    client.get(path)
    first = client.post(path, data=form)
    client.post("/me/not-me", data={"vacancy": fair.sewing.number})
    client.get(path)
    second = client.post(path, data=form)

    assert first.location != second.location
    assert Candidate.select().count() == 2


def test_a_second_person_on_the_same_open_form_is_another_candidate(sign_up):
    same = {"registration": "6b1f3f2e-0000-4000-8000-000000000001"}
    husband, wife = sign_up(**same), sign_up(name="陈孃孃", **same)

    assert husband.location != wife.location
    assert Candidate.select().count() == PhonePass.select().count() == 2


def test_nobody_gets_a_page_by_guessing_anothers_answers(app, sign_up):
    mine = sign_up(phone="13800000000")
    theirs = sign_up(phone="13800000000", browser=app.test_client())

    assert mine.location != theirs.location
    page = app.test_client().get(theirs.location).text
    assert page.count("<h3>") == 1  # their own tie, though both are counted as one person


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("name", " \t"), ("name", "王" * 10_000), ("birth_year", ""),
        ("birth_year", "3000"), ("birth_year", "75"), ("birth_year", "属兔"), ("birth_year", "-1975"),
        ("birth_year", "1" * 5_000), ("phone", "没有"), ("phone", "1"), ("phone", "1" * 40),
        ("trades", []), ("trades", ["astronaut"]),
    ],
)  # fmt: skip
def test_a_bad_field_is_told_beside_it_and_nothing_typed_is_lost(sign_up, field, typed):
    changes = {"name": "李师傅", "birth_year": "1980", "phone": "13912345678", "trades": ["welder"],
               "consent": "yes", "registration": "6b1f3f2e-0000-4000-8000-000000000001"}  # fmt: skip
    answer = sign_up(**changes | {field: typed})

    assert answer.status_code == 422 and not facts()
    assert f'id="field-{field}-error"' in answer.text and f'href="#field-{field}"' in answer.text
    for name, value in (changes | {field: typed}).items():
        if name in ("trades", "consent"):
            ticked = value if name == "trades" else ["yes"]
            assert all(f'value="{v}" checked' in answer.text for v in ticked if v != "astronaut") or (
                name == "consent" and "checked" in answer.text
            )
        else:
            assert f'value="{value}"' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_form_without_fields_gets_a_form(client, fair, morning):
    answer = client.post(f"/v/{fair.sewing.number}")

    assert answer.status_code == 422 and number_of(answer) and not facts()


@pytest.mark.parametrize("year", ["１９７５", " 1975 ", "1975年"])
def test_a_year_is_read_as_people_write_it(sign_up, year):
    assert sign_up(birth_year=year).status_code == 303
    assert Candidate.get().birth_year == 1975


def test_a_phone_number_is_read_as_people_write_it(sign_up):
    assert sign_up(phone="+86 138-0000-００００").status_code == 303
    assert Candidate.get().phone == "+8613800000000"


def test_under_16_is_a_kind_word_and_nothing_kept_but_what_was_typed_can_be_mended(sign_up):
    answer = sign_up(birth_year="2011", name="小王")

    assert answer.status_code == 422 and "12333" in answer.text
    assert 'value="小王"' in answer.text and 'value="2011"' in answer.text
    assert not facts() and not Candidate.select().exists() and not PhonePass.select().exists()


def test_born_in_the_turning_year_has_to_say_so(sign_up):
    asked = sign_up(birth_year="2010")
    assert asked.status_code == 422 and 'name="of_age"' in asked.text and not facts()

    assert sign_up(birth_year="2010", of_age="yes").status_code == 303


def test_work_for_adults_is_refused_to_the_young_with_other_vacancies(fair, sign_up):
    Vacancy.update(adults_only=True).where(Vacancy.number == fair.sewing.number).execute()
    answer = sign_up(birth_year="2009")

    assert answer.status_code == 422 and not facts()
    assert fair.ironing.number in answer.text and fair.cook.number in answer.text
    assert "18" in answer.text
    assert sign_up(birth_year="2008").status_code == 422  # 17 or 18: asked
    assert sign_up(birth_year="2008", of_age="yes").status_code == 303


def test_consent_is_recorded_only_when_ticked(fair, sign_up):
    sign_up()
    assert not Consent.select().exists()

    sign_up(name="陈孃孃", consent="yes")
    consent = Consent.get()
    assert (consent.vacancy, consent.withdrawn_at) == (fair.sewing.number, None)
    assert Candidate.get_by_id(consent.candidate).name == "陈孃孃"


def test_a_full_vacancy_still_takes_the_fact(client, fair, sign_up):
    Vacancy.update(closed=True).where(Vacancy.number == fair.sewing.number).execute()

    assert "招满" in client.get(f"/v/{fair.sewing.number}").text
    assert sign_up().status_code == 303 and CheckIn.select().count() == 1


def test_a_vacancy_whose_places_are_all_taken_says_so_as_a_closed_one_does(client, fair, morning):
    full, open_ = fair.sewing, fair.cook
    Vacancy.update(openings=0).where(Vacancy.number == full.number).execute()

    assert "暂时招满" in client.get(f"/v/{full.number}").text
    assert "暂时招满" not in client.get(f"/v/{open_.number}").text
    for path in (f"/m/{fair.day.id}", f"/b/{fair.clothing.id}"):
        assert "招满了" in client.get(path).text


def test_another_sites_form_is_refused(client, fair, morning):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://bait.example"}):
        answer = client.post(f"/v/{fair.sewing.number}", data={"name": "王"}, headers=headers)
        assert answer.status_code == 403


def test_facts_hold_what_was_typed_and_no_secret(sign_up):
    token = sign_up(phone="13800000000").location.removeprefix("/me/")

    bodies = " ".join(body for (body,) in fetch("SELECT body FROM operation"))
    assert json.loads(fetch("SELECT body FROM operation ORDER BY seq LIMIT 1")[0][0])["data"]["phone"]
    assert token not in bodies and len(token) >= 22
