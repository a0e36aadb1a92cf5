"""The page of accounts, invitations by link, and what an organiser does with somebody's account."""

import re

import pytest

from models.market.second_factor import SecondFactor
from models.schema import AuditEntry, Booth, ClerkTown, County, Invitation, MarketDay, Offer, Organiser

ACCOUNTS = "/organiser/accounts"
PASSWORD = "赶场天去看一看工作吧"
CHOSEN = {"login": "wang", "name": "王工", "password": PASSWORD, "again": PASSWORD}


def audited(action: str) -> list[tuple[str, str]]:
    return [(row.who, row.what) for row in AuditEntry.select().where(AuditEntry.action == action)]


def link_in(answer) -> str:
    """Return the path of the link that a page shows."""
    return re.search(r"https://ganchang\.example(/invitations/[\w-]+)<", answer.text)[1]


@pytest.fixture
def invite(organiser):
    """Return a function that invites somebody as an organiser and gives the link's path."""

    def invite(**form):
        answer = organiser.post(f"{ACCOUNTS}/invitations", data={"name": "王工", "role": "reader"} | form)
        assert answer.status_code == 201 and 'class="qr"' in answer.text
        return link_in(answer)

    return invite


def test_the_list_shows_roles_towns_and_factors_of_the_county_alone(organiser, fair):
    SecondFactor.begin(fair.reader).confirm()
    page = organiser.get(ACCOUNTS).text
    assert all(name in page for name in ("chen", "tan", "gao", "shen", "八塘镇"))
    assert "neighbour" not in page and ">shi<" not in page


def test_somebody_is_invited_chooses_a_name_and_password_and_signs_in(client, invite, fair):
    link = invite()
    assert "王工" in client.get(link).text
    assert client.post(link, data=CHOSEN).location == "/sign-in"
    assert client.post("/sign-in", data=CHOSEN).status_code == 303
    assert (Organiser.get(login="wang").role, Organiser.get(login="wang").name) == ("reader", "王工")
    assert audited("invited") == [("chen", "王工, reader")]
    assert audited("invitation_accepted") == [("wang", "reader")]


def test_the_link_is_used_up_then(client, invite, fair):
    link = invite()
    client.post(link, data=CHOSEN)
    for answer in (client.get(link), client.post(link, data=CHOSEN | {"login": "li"})):
        assert answer.status_code == 404 and "七天" in answer.text
    assert client.get("/invitations/unknown").status_code == 404


@pytest.mark.parametrize("spoilt, field", [
    ({"password": "123456789", "again": "123456789"}, "password"), ({"again": "another-one"}, "again"),
    ({"login": "chen"}, "login"), ({"login": ""}, "login"), ({"name": ""}, "name"),
    ({"login": "w" * 41}, "login"), ({"password": "x" * 300, "again": "x" * 300}, "password"),
])  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_uses_nothing_up(client, invite, fair, spoilt, field):
    link = invite()
    answer = client.post(link, data=CHOSEN | spoilt)
    assert answer.status_code == 422 and f'id="field-{field}-error"' in answer.text
    assert client.post(link, data=CHOSEN).status_code == 303


def test_a_clerk_is_invited_with_towns(client, organiser, invite, fair):
    refused = organiser.post(f"{ACCOUNTS}/invitations", data={"name": "王工", "role": "clerk"})
    assert refused.status_code == 422 and 'id="field-towns-error"' in refused.text
    client.post(invite(role="clerk", towns=[fair.town.code, "nowhere"]), data=CHOSEN)
    assert ClerkTown.codes_of(Organiser.get(login="wang")) == {fair.town.code}
    assert client.post("/sign-in", data=CHOSEN).status_code == 303
    assert client.get(f"/organiser/market-days/{fair.day.id}").status_code == 200
    assert client.get(f"/organiser/market-days/{fair.other_day.id}").status_code == 404


def test_nobody_is_invited_for_the_city_by_a_county(organiser, fair):
    assert organiser.post(f"{ACCOUNTS}/invitations", data={"name": "X", "role": "city"}).status_code == 422
    assert organiser.post(f"{ACCOUNTS}/{fair.reader.id}", data={"role": "city"}).status_code == 422


def test_an_invitation_is_listed_and_taken_back(client, organiser, invite, fair):
    link = invite()
    assert "王工" in organiser.get(ACCOUNTS).text
    organiser.post(f"{ACCOUNTS}/invitations/{Invitation.get().id}/delete")
    assert client.get(link).status_code == 404 and "王工" not in organiser.get(ACCOUNTS).text
    assert audited("invitation_withdrawn") == [("chen", "王工")]


def test_a_new_password_by_a_link_ends_sessions_and_the_link_before_it(app, client, organiser, fair):
    reader = app.test_client(user=fair.reader)
    first = link_in(organiser.post(f"{ACCOUNTS}/{fair.reader.id}/password"))
    link = link_in(organiser.post(f"{ACCOUNTS}/{fair.reader.id}/password"))
    assert client.get(first).status_code == 404 and "tan" in client.get(link).text
    assert reader.get("/organiser/market-days").status_code == 200
    assert client.post(link, data={"password": PASSWORD, "again": PASSWORD}).status_code == 303
    assert reader.get("/organiser/market-days").status_code == 303
    assert client.post("/sign-in", data={"login": "tan", "password": PASSWORD}).status_code == 303
    assert audited("password_reset_offered") == [("chen", "tan")] * 2
    assert audited("password_reset") == [("tan", "reader")]


def test_a_role_changes_at_once_and_is_noted(app, organiser, fair):
    reader = app.test_client(user=fair.reader)
    organiser.post(f"{ACCOUNTS}/{fair.reader.id}", data={"role": "reviewer"})
    assert reader.get("/organiser/employers/new").status_code == 200
    assert audited("role_changed") == [("chen", "tan: reader → reviewer")]


def test_the_last_organiser_cannot_be_locked_out(organiser, fair):
    for path, form in ((f"{fair.chen.id}", {"role": "reader"}), (f"{fair.chen.id}/off", {})):
        answer = organiser.post(f"{ACCOUNTS}/{path}", data=form)
        assert answer.status_code == 422 and "最后一" in answer.text
    assert organiser.get(ACCOUNTS).status_code == 200


def test_an_account_is_switched_off_and_on(app, client, organiser, fair):
    reader = app.test_client(user=fair.reader)
    organiser.post(f"{ACCOUNTS}/{fair.reader.id}/off")
    assert reader.get("/organiser/market-days").status_code == 303
    assert client.post("/sign-in", data={"login": "tan", "password": "market-day-24"}).status_code == 422
    organiser.post(f"{ACCOUNTS}/{fair.reader.id}/off/delete")
    assert client.post("/sign-in", data={"login": "tan", "password": "market-day-24"}).status_code == 303
    assert audited("account_switched_off") == audited("account_switched_on") == [("chen", "tan")]


def test_somebody_s_sessions_are_ended(app, organiser, fair):
    reader = app.test_client(user=fair.reader)
    organiser.post(f"{ACCOUNTS}/{fair.reader.id}/sessions/delete")
    assert reader.get("/organiser/market-days").status_code == 303 and audited("sessions_ended") == [("chen", "tan")]


def test_a_lost_telephone_s_factor_is_switched_off(organiser, fair):
    SecondFactor.begin(fair.reader).confirm()
    assert "/second-factor/delete" in organiser.get(f"{ACCOUNTS}/{fair.reader.id}/edit").text
    organiser.post(f"{ACCOUNTS}/{fair.reader.id}/second-factor/delete")
    assert SecondFactor.of(fair.reader) is None and audited("second_factor_off") == [("chen", "tan")]


def test_a_factor_is_required_of_all_and_left_to_each_again(organiser, fair):
    assert organiser.post(f"{ACCOUNTS}/second-factor", data={"required": "yes"}).status_code == 303
    assert County.get_by_id(fair.county.id).requires_second_factor
    assert not County.get_by_id(fair.elsewhere.id).requires_second_factor
    SecondFactor.begin(fair.chen).confirm()
    organiser.post(f"{ACCOUNTS}/second-factor")
    assert not County.get_by_id(fair.county.id).requires_second_factor
    assert audited("second_factor_required") == [("chen", "yes"), ("chen", "no")]


@pytest.mark.parametrize("who, role", [
    ("chen", "区县组织方"), ("clerk", "乡镇经办人"), ("reviewer", "岗位审核员"), ("reader", "查看人员"),
])  # fmt: skip
def test_every_page_says_who_is_signed_in_as_what_and_where(app, fair, who, role):
    account = getattr(fair, who)
    for path in ("/organiser/market-days", f"/organiser/market-days/{fair.day.id}/live", "/organiser/account"):
        head = app.test_client(user=account).get(path).text.split("</header>")[0]
        assert account.name in head and role in head and "璧山区" in head


def test_a_reviewer_sees_buttons_for_vacancies_and_none_else(app, fair):
    page = app.test_client(user=fair.reviewer).get(f"/organiser/market-days/{fair.day.id}/booths/1").text
    assert "/vacancies/new" in page and "/closure" in page
    assert "/booths/1/edit" not in page and "/duties" not in page and 'booths/1/tablets" method' not in page


def test_a_clerk_sees_their_own_towns_only(app, fair):
    clerk, other = app.test_client(user=fair.clerk), app.test_client(user=fair.other_clerk)
    assert "八塘镇" in clerk.get("/organiser/market-days").text
    assert "八塘镇" not in other.get("/organiser/market-days").text
    assert [day["id"] for day in clerk.get("/organiser/market-days.json").json] == [fair.day.id]
    assert other.get("/organiser/market-days.json").json == []
    form = clerk.get("/organiser/market-days/new").text
    assert "八塘镇" in form and "大兴镇" not in form
    planned = other.post("/organiser/market-days", data={
        "town": fair.town.code, "date": "2027-01-05", "opens_at": "08:00", "closes_at": "12:00", "off_market": "yes",
    })  # fmt: skip
    assert planned.status_code == 422


def test_a_vacancy_that_another_town_offers_too_is_not_a_clerk_s_to_change(app, fair, organiser):
    """A vacancy is the employer's for the season: changed here, it changes there."""
    clerk, booth = app.test_client(user=fair.clerk), f"/organiser/market-days/{fair.day.id}/booths/1"
    path = f"{booth}/vacancies/{fair.sewing.number}"
    assert clerk.get(f"{path}/edit").status_code == 200 and f"{path}/edit" in clerk.get(booth).text

    there = MarketDay.create(county=fair.county, town="500120199", date=fair.day.date)
    Offer.of(fair.sewing, Booth.create(market_day=there, number=1, name="x", employer=fair.factory))
    page = clerk.get(booth).text
    assert f"{path}/edit" not in page and f"{path}/closure" not in page
    assert f"/vacancies/{fair.ironing.number}/edit" in page
    for refused in (clerk.get(f"{path}/edit"), clerk.post(path), clerk.post(f"{path}/closure")):
        assert refused.status_code == 403
    assert organiser.get(f"{path}/edit").status_code == 200
