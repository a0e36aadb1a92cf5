"""The list that an employer takes by its link: who agreed, on that day; who withdraws is named as such and no more."""

import io
import re
from datetime import date
from uuid import uuid4

import openpyxl
import pytest

from models import schema as models
from models.desk.handed_list import hand_over
from models.forgetting.certificate import IN_OFFICE
from models.forgetting.delete import delete_person
from models.inbox.notice import notices_of
from models.intake.ingest import record
from routes.employer import employer_lists
from routes.web.attempts import Attempts
from tests.routes.phone.visit import MORNING

NAMES, PHONES = ("王小明", "李秀英", "张大厨", "赵后来"), ("13800006666", "13900007777", "13700008888", "13600009999")


@pytest.fixture
def agreed(fair, operation):
    """Register people: two agree with the factory, one with the restaurant, one with the factory on a later day."""
    later = models.MarketDay.create(county=fair.county, town=fair.town, date=date(2026, 2, 27))
    booth = models.Booth.create(market_day=later, number=1, name="山城制衣厂", employer=fair.factory)
    models.Offer.of(fair.sewing, booth)
    vacancies = (fair.sewing, fair.sewing, fair.cook, fair.sewing)
    people = []
    for name, phone, vacancy, day in zip(NAMES, PHONES, vacancies, (fair.day,) * 3 + (later,), strict=True):
        id, consent = str(uuid4()), str(uuid4())
        record(day, [
            operation(0, "candidate.registered", id=id, name=name, birth_year=1980, phone=phone),
            operation(0, "consent.given", id=consent, candidate=id, vacancy=vacancy.number),
        ])  # fmt: skip
        people.append((id, consent, vacancy.number))
    return people


@pytest.fixture
def take(client):
    """Return a function that takes the list behind a link; changes spoil a field."""

    def post(address, **changes):
        return client.post(f"{address}/lists", data={"taken_by": "周老板娘", "promised": "yes"} | changes)

    return post


def said(text: str) -> set[str]:
    """Return which names and phones a page says."""
    return {word for word in (*NAMES, *PHONES) if word in text}


def test_before_it_is_taken_nobody_is_named(client, agreed, link):
    page = client.get(link()).text
    assert said(page) == set() and re.search(r"缝纫工[：:]\s*2", page)


def test_the_list_names_who_agreed_on_that_day_and_the_handing_over_is_kept(
    client, organiser, fair, agreed, link, take
):
    answer = take(link())
    page = client.get(answer.location)
    assert said(page.text) == {*NAMES[:2], *PHONES[:2]} and page.headers["Cache-Control"] == "private, no-store"
    made = models.HandedList.get()
    assert (made.purpose, made.taken_by, made.expires_on) == ("安排面试", "周老板娘", date(2026, 3, 3))
    assert made.link is not None and made.made_by == "chen" and made.employer_id == fair.factory.id
    entries = [one for one in models.AuditEntry.select() if one.rows]
    actions, by = {(one.action, one.what, one.rows, one.why, one.who) for one in entries}, "employer link:周老板"
    assert actions == {("list_taken", "link 1", 2, "安排面试", by), ("read", "call list", 2, "安排面试", by)}
    assert "周老板娘" in organiser.get(f"/organiser/employers/{fair.factory.id}/call-lists").text


def test_a_link_of_the_season_has_who_agreed_on_any_day(client, agreed, link, take):
    assert said(client.get(take(link(day=None)).location).text) == {*NAMES[:2], NAMES[3], *PHONES[:2], PHONES[3]}


def test_who_withdraws_is_on_no_later_look_and_employer_and_office_are_warned(
    client, fair, agreed, link, take, operation
):
    address = link()
    where = take(address).location
    id, consent, vacancy = agreed[0]
    record(fair.day, [operation(0, "consent.withdrawn", id=consent, candidate=id, vacancy=vacancy)])
    page = client.get(where).text
    assert said(page) == {*NAMES[:2], PHONES[1]}
    assert NAMES[0] in page.partition('role="alert"')[2].partition("</div>")[0]
    assert "notice-attention" in client.get(address).text.partition('id="lists"')[2]
    assert PHONES[0].encode() not in b"".join(_cells(client.get(f"{where}.xlsx").data))
    assert said(client.get(take(address).location).text) == {NAMES[1], PHONES[1]}
    withdrawn = [one for one in notices_of(fair.county, now=MORNING) if one.kind == "withdrawn"]
    assert [one.count for one in withdrawn] == [1]


def test_the_workbook_says_the_same(client, agreed, link, take):
    where = take(link()).location
    cells = b" ".join(_cells(client.get(f"{where}.xlsx").data)).decode()
    assert said(cells) == {*NAMES[:2], *PHONES[:2]} and "安排面试" in cells
    assert models.AuditEntry.get(action="export").who == "employer link:周老板"


@pytest.mark.parametrize("spoilt", [{"taken_by": " "}, {"promised": ""}, {"taken_by": "长" * 41}])
def test_nothing_is_handed_over_without_name_and_promise(agreed, link, take, spoilt):
    assert take(link(), **spoilt).status_code == 422
    assert not models.HandedList.select().exists()


def test_a_link_without_a_list_opens_none(client, fair, agreed, link, take):
    plain, full = link(purpose=""), link()
    assert 'id="lists"' not in client.get(plain).text and take(plain).status_code == 404
    number = take(full).location.rpartition("/")[2]
    others = (plain, link(), link(employer=fair.kitchen.employer), link(day=None))
    for other in others:
        assert [client.get(f"{other}/lists/{number}{form}").status_code for form in ("", ".xlsx")] == [404, 404]


def test_a_list_of_the_office_is_none_of_a_link(client, fair, agreed, link):
    made = hand_over(fair.factory, [fair.sewing.number], "面试", "周老板", "chen", date(2026, 3, 3))
    assert client.get(f"{link()}/lists/{made.id}").status_code == 404


def test_who_is_forgotten_is_on_no_list(client, fair, agreed, link, take):
    where = take(link()).location
    delete_person(fair.county, agreed[1][0], "chen", IN_OFFICE)
    assert said(client.get(where).text) == {NAMES[0], PHONES[0]}


def test_lists_are_taken_so_often_and_no_more(agreed, link, take, monkeypatch):
    monkeypatch.setattr(employer_lists, "takings", Attempts("a few lists", tries=2, seconds=3_600))
    address = link()
    assert [take(address).status_code for _ in range(3)] == [303, 303, 429]


def test_nobody_agreed_nobody_is_handed_over(client, link, take):
    address = link()
    assert "<form" not in client.get(address).text.partition('id="lists"')[2] and take(address).status_code == 404


def _cells(content: bytes) -> list[bytes]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [str(cell.value).encode() for row in sheet.iter_rows() for cell in row]

