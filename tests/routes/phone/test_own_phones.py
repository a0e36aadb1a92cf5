"""Several people on one phone: each keeps their pass, a stranger reads surnames, a forged cookie nothing."""

import re
from unittest.mock import patch

import pytest

from models.base.database import db, fetch
from models.people.candidate import Candidate
from models.people.candidate_pass import PhonePass
from routes.phone.holders import COOKIE, MOST_PEOPLE


@pytest.fixture
def family(client, fair, sign_up):
    """The addresses of the pages of two people of one phone, the later one first."""
    wang = sign_up(name="王桂芳", phone="13800000000").location
    number = fair.cook.number
    assert 'name="birth_year"' in client.get(f"/v/{number}?who=relative").text
    li = sign_up(name="李大明", birth_year="2001", by="relative", consent="yes").location
    assert wang != li
    return li, wang


def pages(fair) -> list[str]:
    """Every kind of page that a phone opens."""
    mine = PhonePass.select().first().digits
    return [f"/m/{fair.day.id}", f"/m/{fair.day.id}?q=x", f"/b/{fair.clothing.id}", f"/v/{fair.cook.number}", "/v",
            f"/p/{mine}", "/v/1", "/counties"]  # fmt: skip


def test_the_pass_stands_on_top_of_every_page_by_surname_only_and_is_kept_by_nobody(app, client, fair, family):
    li, wang = family
    for path in pages(fair):
        answer = client.get(path)
        on_top = answer.text.partition("<main")[0]
        assert f'href="{li}"' in on_top and "李**" in on_top and 'href="/me"' in on_top, path
        assert "李大明" not in on_top and "王桂芳" not in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
        stranger = app.test_client().get(path).text
        assert "/me/" not in stranger and 'class="mine"' not in stranger, path


def test_an_icon_on_top_is_drawn_once(client, fair, family):
    for path in pages(fair):
        page = client.get(path).text
        drawn = re.findall(r'<symbol id="([^"]+)"', page)
        assert len(drawn) == len(set(drawn)) and set(re.findall(r'<use href="#([^"]+)"', page)) <= set(drawn), path


def test_a_phone_that_nobody_registered_on_asks_the_database_nothing_more(client, fair, morning):
    client.get(f"/m/{fair.day.id}")
    with patch.object(db.obj, "execute_sql", wraps=db.obj.execute_sql) as asked:
        client.get(f"/m/{fair.day.id}")
        few = asked.call_count
        client.set_cookie(COOKIE, ".".join(f"{n:043d}" for n in range(60)))
        client.get(f"/m/{fair.day.id}")
    assert asked.call_count - few == few + 1
    looked_for = [call.args[1] for call in asked.call_args_list if "token_hash" in call.args[0]]
    assert [len(values) for values in looked_for] == [MOST_PEOPLE]


def test_who_fills_in_for_the_family_gives_nobodys_telephone_away(family):
    rows = fetch("SELECT name, registered_by, phone_owner FROM candidate ORDER BY name")
    assert rows == [("李大明", "relative", None), ("王桂芳", "self", "self")]
    assert fetch("SELECT COUNT(*) FROM consent") == [(0,)]


def test_one_tap_changes_whose_phone_it_is(client, fair, family):
    li, wang = family
    listed = client.get("/me").text
    assert "李**" in listed and "王**" in listed and "李大明" not in listed
    assert all(own.number[-4:] in listed for own in PhonePass.select())
    assert "每个人的凭证图片" in listed.partition("<summary>把本机")[2]  # before all are forgotten by one tap
    token = wang.removeprefix("/me/")
    answer = client.post("/me/current", data={"token": token, "vacancy": fair.cook.number})
    assert answer.location == f"/v/{fair.cook.number}"
    assert "王桂芳，您好" in client.get(f"/v/{fair.cook.number}").text
    client.post(f"/v/{fair.cook.number}/check-ins")
    names = "SELECT c.name FROM scan AS s JOIN candidate AS c ON c.id = s.node WHERE s.vacancy = ?"
    assert fetch(names, (fair.cook.number,)) == [("王桂芳",)]
    assert client.post("/me/current", data={"token": li.removeprefix("/me/")}).location == li


def test_this_is_not_me_keeps_both_and_says_to_save_the_picture(client, fair, family):
    page = client.get(f"/v/{fair.cook.number}").text
    for address in (f"/me?vacancy={fair.cook.number}", f"/v/{fair.cook.number}?who=relative#want"):
        assert f'href="{address}"' in page
    for who in ("self", "relative"):
        form = client.get(f"/v/{fair.cook.number}?who={who}").text
        assert "李**" in form and "图片" in form and ('name="by" value="relative"' in form) == (who == "relative")
        assert ('name="consent"' in form) == (who == "self")
    assert len(client.get_cookie(COOKIE).value.split(".")) == 2


def test_a_spoilt_form_for_the_family_stays_one(client, fair, family, form):
    answer = client.post(f"/v/{fair.cook.number}", data=form | {"name": "", "by": "relative"})
    assert answer.status_code == 422 and 'name="by" value="relative"' in answer.text


def test_forgetting_asks_first_and_leaves_the_others(client, fair, family):
    li, wang = family
    asked = client.get(f"{li}/forgetting")
    assert asked.status_code == 200 and f'href="{li}/pass.png"' in asked.text
    assert client.get_cookie(COOKIE).value.startswith(li.removeprefix("/me/"))
    assert client.post("/me/not-me", data={"token": li.removeprefix("/me/")}).location == "/me"
    assert client.get_cookie(COOKIE).value == wang.removeprefix("/me/")
    assert client.get(f"{li}/forgetting").status_code == 404 and client.get(li).status_code == 200
    assert "forgetting" not in client.get(li).text  # who has only the address has nothing to forget
    assert client.post("/me/not-me", data={"token": wang.removeprefix("/me/")}).location == "/v"
    assert client.get_cookie(COOKIE) is None and Candidate.select().count() == 2


def test_a_phone_keeps_six_and_says_so(client, fair, sign_up):
    for year in range(1970, 1970 + MOST_PEOPLE + 1):
        sign_up(name="王师傅", birth_year=str(year))
        if year == 1970 + MOST_PEOPLE - 1:
            assert "who=" not in client.get(f"/me?vacancy={fair.cook.number}").text
    assert len(client.get_cookie(COOKIE).value.split(".")) == MOST_PEOPLE


@pytest.mark.parametrize("cookie", ["", "....", "x.y", "王" * 50, "a" * 43, "'; DROP TABLE candidate", "../" * 20])
def test_a_forged_cookie_is_nobodys(client, fair, morning, cookie):
    client.set_cookie(COOKIE, cookie)
    for path in (f"/v/{fair.cook.number}", f"/m/{fair.day.id}", "/me"):
        answer = client.get(path)
        assert answer.status_code == 200 and 'class="mine"' not in answer.text
    assert client.post("/me/current", data={"token": cookie}).status_code == 404


def test_nobody_is_made_present_by_an_address_alone(app, family):
    stranger = app.test_client()
    token = family[0].removeprefix("/me/")
    assert stranger.post("/me/current", data={"token": token}).status_code == 404
    assert stranger.get(family[0]).status_code == 200 and stranger.get_cookie(COOKIE) is None
    far = {"Sec-Fetch-Site": "cross-site"}
    assert stranger.post("/me/current", data={"token": token}, headers=far).status_code == 403


def test_what_a_chat_program_makes_of_the_vacancy_leads_nowhere_else(client, fair, family):
    for said in ("//bait.example", "1", "²²²²²²²", "12345678", "../me"):
        assert "bait" not in client.get(f"/me?vacancy={said}").text
        assert client.post("/me/not-me", data={"vacancy": said, "token": "x"}).location == "/me"
