"""Work that fits, on the own page: with true grounds, without what one is tied to, and what was left out."""

import html
import re
from datetime import timedelta

import pytest

from models.market.vacancy import Vacancy
from routes.web.language import LANGUAGES
from tests.routes.phone.visit import MORNING


@pytest.fixture
def wang(sign_up):
    """The address of a registered person's own page; they are tied to the sewing vacancy."""
    return sign_up(name="王桂芳").location


def numbers(page) -> list[str]:
    return re.findall(r'class="row" href="/v/(\d{7})"', page.text)


def test_what_fits_stands_with_its_grounds_and_without_what_one_has(client, fair, wang):
    assert f"{wang}/recommendations" in client.get(wang).text
    client.post(f"{wang}/wishes", data={"trades": ["cook"], "wanted_pay_min_fen": "300000"})
    cook = Vacancy.get(Vacancy.number == fair.cook.number)
    cook.pay_min_fen, cook.pay_max_fen, cook.pay_unit = 330_000, 500_000, "month"
    cook.save()
    page = client.get(f"{wang}/recommendations")

    assert page.status_code == 200 and page.headers["Cache-Control"] == "private, no-store"
    assert fair.sewing.number not in numbers(page) and numbers(page)[0] == fair.cook.number
    said = html.unescape(page.text)
    assert "工种对口：厨师" in said and "每月比要求的多300元" in said
    assert numbers(client.get(f"{wang}/recommendations")) == numbers(page)  # asking twice changes nothing


def test_what_was_left_out_is_said_with_its_reason(client, fair, wang):
    client.post(f"{wang}/wishes", data={"trades": ["cook"], "work_kinds": ["day"]})
    page = client.get(f"{wang}/recommendations").text
    assert "没有正好合适的" in page and "用工形式与期望不符" in page


def test_after_the_last_market_day_nothing_is_recommended(client, fair, wang, monkeypatch):
    from models.phone import notice
    from routes.phone import page as phone_page

    for module in (notice, phone_page):
        monkeypatch.setattr(module, "utcnow", lambda: MORNING + timedelta(days=30))
    answer = client.get(f"{wang}/recommendations")
    assert answer.status_code == 200 and numbers(answer) == []


def test_an_address_that_is_nobodys_is_not_found(client, fair):
    assert client.get("/me/nobody/recommendations").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages(client, wang, lang):
    assert "recommendations" in client.get(f"{wang}?lang={lang}").text
    assert client.get(f"{wang}/recommendations?lang={lang}").status_code == 200
