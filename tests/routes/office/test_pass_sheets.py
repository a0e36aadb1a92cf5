"""Reserving numbers for paper passes, and printing them."""

import pytest

from models.base.check_digit import is_valid
from models.printing.qr import STRONG, sheet_paths
from models.schema import AuditEntry, Change, PassRange


@pytest.fixture
def browser(app, fair):
    return app.test_client(user=fair.chen)


@pytest.fixture
def address(fair) -> str:
    return f"/organiser/market-days/{fair.day.id}/passes"


def test_a_range_is_reserved_and_shown(browser, address, fair):
    answer = browser.post(address, data={"count": "20"})

    span = PassRange.select().order_by(PassRange.id.desc()).get()
    assert answer.status_code == 303
    assert answer.location == f"{address}/{span.id}"
    numbers = span.numbers()
    assert len(numbers) == 20 and all(map(is_valid, numbers))
    assert not set(numbers) & set(fair.passes)
    page = browser.get(answer.location).text
    assert [number for number in numbers if f'data-pass="{number}"' not in page] == []


def test_the_tablets_of_every_booth_hear_of_the_new_range(browser, address, fair, enrol):
    tablet = enrol(fair.kitchen)
    cursor = tablet.sync().json["cursor"]

    browser.post(address, data={"count": "10"})

    told = Change.select().where(Change.kind == "pass_range")
    span = PassRange.select().order_by(PassRange.id.desc()).get()
    assert sorted((change.booth, change.key) for change in told) == [
        (number, span.first) for number in (1, 2, 3)
    ]
    data = {"first": span.first, "last": span.last}
    heard = tablet.sync(cursor=cursor).json["changes"]
    assert {"kind": "pass_range", "id": span.first, "data": data} in heard


def test_each_card_carries_the_code_of_its_link_with_four_modules_of_white(browser, address, fair):
    page = browser.get(f"{address}/{fair.day.pass_ranges.get().id}").text

    for number in (fair.passes[0], fair.passes[-1]):
        (path,) = sheet_paths([f"https://ganchang.example/p/{number}"], 4, STRONG)
        assert f'data-pass="{number}"' in page and path in page


def test_the_cards_say_whose_they_are_and_to_keep_them(browser, address, fair):
    page = browser.get(f"{address}/{fair.day.pass_ranges.get().id}").text

    for words in ("璧山区公共就业服务中心", "八塘镇", "春风行动", "请保管好", "12333", "姓名"):
        assert words in page


@pytest.mark.parametrize("count", ["", "0", "-10", "15", "2010", "ten", "1e3", "99999999999999"])
def test_a_count_that_wastes_cards_is_asked_again_and_nothing_is_reserved(browser, address, count):
    before = PassRange.select().count()

    answer = browser.post(address, data={"count": count})

    assert answer.status_code == 422
    assert f'value="{count}"' in answer.text
    assert PassRange.select().count() == before


def test_reserving_and_printing_are_noted(browser, address, fair):
    browser.get(browser.post(address, data={"count": "10"}).location)

    noted = AuditEntry.select().order_by(AuditEntry.id)
    assert [(entry.who, entry.action, entry.rows) for entry in noted] == [
        ("chen", "reserve_passes", 10),
        ("chen", "print", 10),
    ]


def test_the_ranges_are_listed_with_their_sheets(browser, address, fair):
    page = browser.get(address).text

    assert f'value="{fair.passes[0]}"' in page and f'value="{fair.passes[-1]}"' in page
    assert 'data-label="A4页数">20</td>' in page  # sheets for 200 passes


def test_a_reader_prints_but_reserves_nothing(app, fair, address):
    reader = app.test_client(user=fair.reader)

    assert '<form class="form"' not in reader.get(address).text
    assert reader.get(f"{address}/{fair.day.pass_ranges.get().id}").status_code == 200
    assert reader.post(address, data={"count": "10"}).status_code == 403


def test_another_county_finds_nothing(app, fair, address):
    neighbour = app.test_client(user=fair.neighbour)
    span = fair.day.pass_ranges.get().id

    assert neighbour.get(address).status_code == 404
    assert neighbour.get(f"{address}/{span}").status_code == 404
    assert neighbour.post(address, data={"count": "10"}).status_code == 404
    own = f"/organiser/market-days/{fair.other_day.id}/passes/{span}"
    assert neighbour.get(own).status_code == 404


def test_somebody_signed_out_reads_and_reserves_nothing(client, address, fair):
    before = PassRange.select().count()

    assert client.get(address).status_code in (302, 303, 401)
    assert client.get(f"{address}/1").status_code in (302, 303, 401)
    assert client.post(address, data={"count": "10"}).status_code == 401
    assert PassRange.select().count() == before
