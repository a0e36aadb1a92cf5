"""Links for employers: who makes them, what they open and for how long, and where the secret stands."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from models import schema as models
from models.kiosk.employer_merge import merge
from models.market.employer_link import EmployerLink
from models.market.offer import Offer, new_vacancy
from routes.employer import opened
from routes.web.attempts import Attempts

ADDRESS = re.compile(r"https://ganchang\.example(/e/[A-Za-z0-9_-]{43})")


@pytest.fixture
def make(app, fair):
    """Return a function that makes a link in the office; changes spoil a field."""

    def post(who=None, employer=None, **changes):
        form = {"name": "周老板", "market_day": str(fair.day.id), "with_list": "", "purpose": "安排面试", "ends_on": ""}
        browser = app.test_client(user=models.Organiser.get_by_id((who or fair.chen).id))
        return browser.post(f"/organiser/employers/{(employer or fair.factory).id}/links", data=form | changes)

    return post


def test_the_slip_is_shown_once_and_says_what_it_opens_until_when_and_whom_to_call(client, organiser, fair, make):
    models.County.update(phone="023-41410000").where(models.County.id == fair.county.id).execute()
    slip = make(with_list="yes")
    assert slip.status_code == 201 and slip.headers["Cache-Control"] == "no-store"
    address = ADDRESS.search(slip.text)[1]
    said = ("山城制衣厂", "八塘镇", "2026年3月3日", "安排面试", "023-41410000", "<svg")
    assert [words for words in said if words not in slip.text] == []
    assert client.get(address).status_code == 200
    page = organiser.get(f"/organiser/employers/{fair.factory.id}/links").text
    assert "周老板" in page and address not in page and address.rpartition("/")[2] not in page


def test_the_secret_stands_nowhere_but_on_the_slip(app, client, make, caplog):
    address = ADDRESS.search(make().text)[1]
    secret = address.rpartition("/")[2]
    with caplog.at_level(logging.DEBUG):
        page = client.get(address)
    assert secret not in caplog.text
    link = EmployerLink.get()
    assert secret not in str(link.__data__) and not [
        entry for entry in models.AuditEntry.select() if secret in str(entry.__data__)
    ]
    headers = page.headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "private, no-store")
    assert "noindex" in headers["X-Robots-Tag"]
    assert not re.search(r'(?:href|src)="https?:', page.text)


def test_each_opening_is_noted_with_time_and_who(client, organiser, fair, link):
    client.get(link())
    entry = models.AuditEntry.get(action="link_opened")
    assert (entry.who, entry.thing, entry.thing_id) == ("employer link:周老板", "employer", str(fair.factory.id))
    assert entry.county_id == fair.county.id
    history = organiser.get(f"/organiser/history/employer/{fair.factory.id}").text
    assert "周老板" in history and "employer link:" not in history


def test_a_link_shows_its_own_vacancies_and_figures_alone(client, enrol, operation, fair, link):
    own, other = (fair.clothing, fair.sewing), (fair.kitchen, fair.cook)
    for number, (booth, vacancy) in enumerate((own, other, other)):
        enrol(booth).sync(
            operation(1, "visit.recorded", pass_=fair.passes[number]),
            operation(2, "check_in.recorded", pass_=fair.passes[number], vacancy=vacancy.number),
        )
    page = client.get(link()).text
    assert "缝纫工" in page and "熨烫工" in page and "厨师" not in page
    figures = re.findall(r"<dd>(\d+)</dd>", page.partition('id="figures"')[2])
    assert figures[:2] == ["1", "1"]


def test_a_link_opens_nothing_of_another_employer_day_or_county(client, fair, link):
    later = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    booth = models.Booth.create(market_day=later, number=1, name="山城制衣厂", employer=fair.factory)
    pressing = new_vacancy(booth, title="整烫工", trade="sewing", openings=1)
    address = link()
    assert "整烫工" not in client.get(address).text and "整烫工" in client.get(link(day=None)).text
    for vacancy in (pressing, fair.cook, fair.stranger):
        where = f"{address}/vacancies/{vacancy.number}"
        assert [client.get(f"{where}/edit").status_code, client.post(where).status_code,
                client.post(f"{where}/confirmation").status_code] == [404] * 3  # fmt: skip
    assert not models.VacancyProposal.select().exists()
    for vacancy in (fair.cook, fair.stranger):
        assert client.get(f"{link(day=None)}/vacancies/{vacancy.number}/edit").status_code == 404


def test_a_booth_that_stands_in_for_another_employer_shows_none_of_its_vacancies(client, fair, link):
    Offer.update(booth=fair.kitchen.id).where(Offer.vacancy == fair.sewing).execute()
    page = client.get(link()).text
    assert "熨烫工" in page and "缝纫工" not in page
    assert "厨师" in client.get(link(employer=fair.kitchen.employer)).text


def test_a_link_ends_by_its_date_by_revocation_by_archiving_and_by_merging(client, organiser, fair, link, at_nine):
    over = link(ends_on=fair.day.date - timedelta(days=1))
    assert client.get(over).status_code == 404 and "缝纫工" not in client.get(over).text
    revoked = link()
    for _ in range(2):
        where = f"/organiser/employers/{fair.factory.id}/links/{EmployerLink.of(fair.factory)[0].id}"
        assert organiser.post(f"{where}/revocation").status_code == 303
    assert client.get(revoked).status_code == 404
    archived = link()
    organiser.post(f"/organiser/employers/{fair.factory.id}/archive")
    assert client.get(archived).status_code == 404
    organiser.post(f"/organiser/employers/{fair.factory.id}/archive/delete")
    assert client.get(archived).status_code == 200
    at_nine(datetime(2026, 3, 4, 1, tzinfo=UTC))
    assert client.get(archived).status_code == 404
    at_nine(datetime(2026, 2, 24, 1, tzinfo=UTC))
    double = models.Employer.create(county=fair.county, name="山城制衣")
    theirs = link(employer=double)
    merge(fair.factory, double, "chen", "双录")
    assert client.get(theirs).status_code == 404 and client.get(archived).status_code == 200
    EmployerLink.end_all()
    assert client.get(archived).status_code == 404


def test_addresses_are_guessed_seldom(client, link):
    good = link()
    assert [client.get(f"/e/{number:043}").status_code for number in range(31)] == [404] * 30 + [429]
    assert client.get(good).status_code == 429


def test_a_link_is_opened_so_often_and_no_more(client, link, monkeypatch):
    monkeypatch.setattr(opened, "openings", Attempts("a few openings", tries=3))
    address = link()
    assert {client.get(f"{address}/vacancies/1/edit").status_code for _ in range(3)} == {404}
    assert client.get(address).status_code == 429 and client.get(link()).status_code == 200
    assert models.AuditEntry.select().where(models.AuditEntry.action == "link_opened").count() == 4


@pytest.mark.parametrize("spoilt", [
    {"name": " "}, {"market_day": "999999"}, {"market_day": "x"}, {"ends_on": "2026-02-23"}, {"ends_on": "2026-03-27"},
    {"market_day": "", "ends_on": "2026-05-26"}, {"with_list": "yes", "purpose": " "},
])  # fmt: skip
def test_no_link_without_name_day_and_end(make, spoilt):
    assert make(**spoilt).status_code == 422
    assert not EmployerLink.select().exists()


def test_a_day_without_a_booth_of_the_employer_gets_no_link(fair, make):
    other = models.Employer.create(county=fair.county, name="无展位")
    assert make(employer=other).status_code == 422
    assert make(employer=other, market_day="").status_code == 201


@pytest.mark.parametrize("role, status, with_list", [
    ("chen", 201, 201), ("reviewer", 201, 422), ("reader", 403, 403), ("clerk", 404, 404), ("neighbour", 404, 404),
    ("city", 404, 404),
])  # fmt: skip
def test_who_makes_links_and_who_makes_those_that_open_a_list(fair, make, role, status, with_list):
    assert make(getattr(fair, role)).status_code == status
    assert make(getattr(fair, role), with_list="yes").status_code == with_list


def test_a_reader_sees_the_links_and_no_form(app, fair, link):
    link()
    browser = app.test_client(user=models.Organiser.get_by_id(fair.reader.id))
    page = browser.get(f"/organiser/employers/{fair.factory.id}/links")
    assert "周老板" in page.text and "revocation" not in page.text and "field-name" not in page.text


@pytest.mark.parametrize("headers, status", [
    ({"Origin": "null"}, 303), ({"Sec-Fetch-Site": "same-origin"}, 303), ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Origin": "https://evil.example"}, 403),
])  # fmt: skip
def test_pages_that_send_no_referrer_still_send_their_forms(client, fair, link, headers, status):
    where = f"{link()}/vacancies/{fair.sewing.number}/confirmation"
    assert client.post(where, headers=headers).status_code == status
    assert client.post("/sign-in", headers={"Origin": "null"}).status_code == 403


def test_signed_in_people_act_as_the_employer_behind_its_link(organiser, fair, link):
    organiser.post(f"{link()}/vacancies/{fair.sewing.number}/confirmation")
    assert {entry.who for entry in models.AuditEntry.select()} == {"employer link:周老板"}


def test_both_languages_and_large_letters_stay_on_the_page(client, link):
    address = link()
    english = client.get(f"{address}?lang=en").text
    assert "Your vacancies" in english and "贵单位的岗位" in client.get(f"{address}?lang=zh&text=large").text
    assert urlsplit(address).path not in english.replace(f'action="{address}', "").replace(f'href="{address}', "")
