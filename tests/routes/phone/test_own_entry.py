"""What is written down of a person, shown to them and corrected by them, with the checks of a registration."""

import re
from datetime import timedelta

import pytest

from models.base.database import fetch
from models.derived.consent import Consent
from models.market.vacancy import Vacancy
from models.people.candidate import Candidate
from models.people.candidate_pass import PhonePass
from tests.html import hidden_fields
from tests.routes.phone.visit import MORNING, facts

PHONE = "13800001234"


@pytest.fixture
def wang(client, sign_up):
    """The address of a known phone's own page; the phone is ``client``."""
    return sign_up(name="王桂芳", phone=PHONE, consent="yes").location


@pytest.fixture
def correct(client, wang):
    """Return a function that opens the form, changes fields and sends it."""

    def correct(**changes):
        opened = client.get(f"{wang}/entry").text
        row = Candidate.get()
        form = {"name": row.name, "birth_year": row.birth_year, "phone": row.phone or "", "trades": row.trades,
                **hidden_fields(opened)}  # fmt: skip
        return client.post(f"{wang}/entry", data=form | changes)

    return correct


def test_all_that_is_kept_is_shown_and_the_telephone_number_by_a_tap(client, fair, wang, enrol, operation):
    Candidate.update(groups=["MIG", "POV"], sex="female", wanted_place="county", home_division=fair.town.code).execute()
    tablet = enrol(fair.kitchen)
    visit = operation(1, "visit.recorded", pass_=PhonePass.get().number, channel="card")
    assert tablet.sync(visit).json["results"][0]["outcome"] == "applied"
    page = client.get(wang).text
    data = page.partition('id="data"')[2]
    said = ("农民工", "脱贫", "王桂芳", "1975", "138****1234", "缝纫工", "厨师", "女", "八塘镇", "本区县")
    for words in (*said, "2号展位", "来凤鱼庄", "山城制衣厂", "已同意"):
        assert words in data, words
    assert "1号展位" not in data  # signing up on a phone is no visit
    assert PHONE not in page and f'href="{wang}?phone=shown#data"' in page
    assert PHONE in client.get(f"{wang}?phone=shown").text


def test_a_correction_is_one_fact_with_what_is_otherwise(client, wang, correct):
    answer = correct(name="王桂花", trades=["welder"])
    assert answer.location == f"{wang}?done=corrected#data" and "改好了" in client.get(answer.location).text
    assert (Candidate.get().name, Candidate.get().trades, Candidate.get().version) == ("王桂花", ["welder"], 2)
    assert Candidate.get().phone == PHONE and facts("candidate.amended") == [("candidate.amended", "applied")]
    ((body,),) = fetch("SELECT body FROM operation WHERE kind = 'candidate.amended'")
    assert '"based_on":1' in body and "birth_year" not in body and PHONE not in body
    assert client.get(wang).status_code == 200 and "王桂花" in client.get(wang).text

    assert correct().status_code == 303  # nothing is otherwise: nothing is recorded
    assert len(facts("candidate.amended")) == 1


@pytest.mark.parametrize(
    "field, value, words",
    [
        ("name", "", "field-name-error"), ("name", "\u200b", "field-name-error"), ("name", "王" * 41, "40"),
        ("birth_year", "75", "四个数字"), ("birth_year", "1900", "再看一看"), ("birth_year", "2027", "再看一看"),
        ("birth_year", "2015", "没满16岁"), ("phone", "12ab", "数字"),
        ("home_division", "村" * 61, "60"), ("sex", "robot", "请选"), ("education", "x" * 999, "请选"),
        ("wanted_place", "moon", "请选"), ("wanted_pay_min_fen", "1e9", "请选"), ("trades", [], "至少"),
    ],
)  # fmt: skip
def test_what_a_registration_refuses_a_correction_refuses(correct, field, value, words):
    answer = correct(**{field: value})
    assert answer.status_code == 422 and words in answer.text and not facts("candidate.amended")
    assert f'id="field-{field}-error"' in answer.text and 'value="王桂芳"' in answer.text or field == "name"


def test_a_number_is_taken_back_and_with_it_who_is_who(client, wang, correct):
    assert "打不了电话" in client.get(f"{wang}/entry").text
    assert Candidate.get().identity and correct(phone="").status_code == 303
    row = Candidate.get()
    assert (row.phone, row.phone_owner, row.identity, row.name) == (None, None, None, "王桂芳")
    page = client.get(f"{wang}?phone=shown").text
    assert PHONE not in page and "phone=shown" not in page and "打不了电话" not in client.get(f"{wang}/entry").text
    assert correct(phone=PHONE).status_code == 303 and Candidate.get().identity


def test_home_school_sex_and_pay_are_corrected_and_taken_back(client, fair, wang, correct):
    Candidate.update(home_division=fair.town.code, education="primary", wanted_pay_min_fen=350_000).execute()
    opened = client.get(f"{wang}/entry").text
    assert 'value="八塘镇"' in opened and 'value="350000" selected>3,500元' in opened  # between the bands, and stays
    said = {"home_division": " 八塘镇\n福里村\u202e ", "sex": "female", "education": "junior_middle"}
    assert correct(**said, wanted_pay_min_fen="300000", wanted_place="county").status_code == 303
    row = Candidate.get()
    assert (row.home_division, row.sex, row.education) == ("八塘镇 福里村", "female", "junior_middle")
    assert (row.wanted_pay_min_fen, row.wanted_place) == (300_000, "county")
    assert correct(phone=PHONE).status_code == 303 and Candidate.get().version == row.version  # what is not sent stays
    empty = dict.fromkeys(("home_division", "sex", "education", "wanted_pay_min_fen", "wanted_place"), "")
    assert correct(**empty).status_code == 303
    row = Candidate.get()
    assert [getattr(row, name) for name in empty] == [None] * 5 and row.phone == PHONE


def test_a_home_that_is_left_alone_keeps_its_code(fair, correct):
    Candidate.update(home_division=fair.town.code).execute()
    correct(home_division="八塘镇", birth_year="1976")
    ((body,),) = fetch("SELECT body FROM operation WHERE kind = 'candidate.amended'")
    assert "home_division" not in body and "1976" in body


def test_a_number_of_ten_digits_is_asked_about_once(client, correct):
    asked = correct(phone="1380013800")
    assert asked.status_code == 422 and "11" in asked.text
    assert correct(phone="1380013800", phone_asked=hidden_fields(asked.text)["phone_asked"]).status_code == 303
    assert Candidate.get().phone == "1380013800"


def test_sixteen_is_asked_and_work_for_adults_takes_nobody_younger(fair, correct):
    assert 'name="of_age"' in correct(birth_year="2010").text
    assert correct(birth_year="2010", of_age="yes").status_code == 303
    Vacancy.update(adults_only=True).where(Vacancy.number == fair.sewing.number).execute()
    assert "没满18岁" in correct(birth_year="2009").text


def test_two_who_correct_at_once_lose_nothing(client, wang, correct):
    opened = client.get(f"{wang}/entry").text
    correct(name="王桂花")
    stale = {"name": "王桂芳", "birth_year": "1976", "phone": PHONE, "trades": ["sewing", "cook"]}
    stale |= hidden_fields(opened)
    assert client.post(f"{wang}/entry", data=stale).status_code == 303
    assert (Candidate.get().name, Candidate.get().birth_year) == ("王桂花", 1976)
    shown = client.post(f"{wang}/entry", data=stale | {"name": "王贵芳"})
    assert shown.status_code == 422 and "王桂花" in shown.text


def test_who_is_who_follows_the_correction(app, client, fair, sign_up, wang, correct):
    other = app.test_client()
    sign_up(browser=other, name="王桂花", phone=PHONE)
    assert len(fetch("SELECT DISTINCT person FROM candidate")) == 2
    mine = Candidate.get(name="王桂芳")
    fields = {"birth_year": "1975", "phone": PHONE, "trades": ["sewing", "cook"]}
    opened = hidden_fields(client.get(f"{wang}/entry").text)
    client.post(f"{wang}/entry", data=fields | opened | {"name": "王桂花"})
    assert len(fetch("SELECT DISTINCT person FROM candidate")) == 1
    opened = hidden_fields(client.get(f"{wang}/entry").text)
    client.post(f"{wang}/entry", data=fields | opened | {"name": "王桂芳"})
    assert len(fetch("SELECT DISTINCT person FROM candidate")) == 2 and Candidate.get_by_id(mine.id).version == 3
    assert client.get(wang).status_code == 200  # the page keeps its secret name


def test_nobody_else_corrects_and_nobody_without_end(app, client, fair, wang, correct):
    stranger = app.test_client()
    for address in (f"{wang}x/entry", "/me/x/entry"):
        assert stranger.get(address).status_code == stranger.post(address).status_code == 404
    far = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"{wang}/entry", data={"name": "王"}, headers=far).status_code == 403
    for year in range(1950, 1970):
        assert correct(birth_year=str(year)).status_code == 303
    assert correct(birth_year="1980").status_code == 429


def test_a_consent_is_taken_back_after_a_question_and_given_again(client, fair, wang):
    path = f"{wang}/check-ins/{fair.sewing.number}/consent"
    assert f'href="{path}"' in client.get(wang).text
    asked = client.get(path)
    assert f'action="{path}"' in asked.text and Consent.get().withdrawn_at is None
    said = client.get(client.post(path).location).text
    assert "收回了" in said and Consent.get().withdrawn_at is not None and "已收回" in said
    assert client.get(path).status_code == 303
    assert "您已同意" in client.get(client.post(path, data={"consent": "yes"}).location).text
    assert client.get(f"{wang}/check-ins/{fair.cook.number}/consent").status_code == 404


def test_being_hired_says_when_where_what_to_bring_and_whom_to_ask(client, fair, wang, enrol, operation, morning):
    assert "恭喜" not in client.get(wang).text
    Vacancy.update(starts="节后初八", transport="镇上7:30班车", hours="白班8小时").execute()
    ((scan,),) = fetch("SELECT id FROM scan")
    at = "2026-02-24T09:00:30+08:00"
    tablet = enrol(fair.clothing)
    tablet.sync(operation(1, "check_in.progressed", check_in=scan, stage="hired", place="town", at=at))
    morning(MORNING + timedelta(minutes=10))
    hired = re.search(r'<section class="hired">(.*?)</section>', client.get(wang).text, re.DOTALL)[1]
    said = ("恭喜", "缝纫工", "节后初八", "镇上7:30班车", "白班8小时", "身份证", "璧山区八塘镇", "1号展位")
    for words in (*said, "山城制衣厂", "截屏", "12333"):
        assert words in hired, words
    Vacancy.update(starts="", bring="").execute()
    hired = client.get(wang).text
    assert "到1号展位问" in hired and "身份证" in hired  # what nobody said is to be asked
    client.post(f"{wang}/check-ins/{fair.sewing.number}/withdrawal")
    assert 'class="hired"' not in client.get(wang).text


def test_the_card_bears_name_town_date_and_number_and_is_found_by_the_secret_only(app, client, fair, wang):
    card = client.get(f"{wang}/card")
    number = PhonePass.get().number
    for words in ("王桂芳", "八塘镇", "2月24日", f"{number[:3]} {number[3:6]} {number[6:]}", "璧山区公共就业服务中心"):
        assert words in card.text
    assert card.headers["Cache-Control"] == "private, no-store"
    assert app.test_client().get("/me/x/card").status_code == 404
    Candidate.update(name="欧阳" + "长" * 38).execute()
    assert f">欧阳{'长' * 11}…</text>" in client.get(f"{wang}/card").text
