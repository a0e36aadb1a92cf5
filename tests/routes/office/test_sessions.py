"""How organisers sign in and out."""

import time

import pytest

from models.schema import AuditEntry

RIGHT = {"login": "chen", "password": "market-day-24"}


def test_the_right_password_leads_to_the_market_days(client, fair):
    answer = client.post("/sign-in", data=RIGHT)
    assert (answer.status_code, answer.location) == (303, "/organiser/market-days")
    assert client.get("/organiser/market-days").status_code == 200


def test_a_wrong_password_keeps_the_name_and_says_so(client, fair):
    answer = client.post("/sign-in", data=RIGHT | {"password": "wrong"})
    assert answer.status_code == 422
    assert 'value="chen"' in answer.text
    assert "用户名或密码不对" in answer.text
    assert "wrong" not in answer.text
    assert AuditEntry.get().action == "sign_in_refused"


@pytest.mark.parametrize("form", [{}, {"login": "chen"}, {"login": "王" * 10_000, "password": "x"}])
def test_a_broken_form_gets_errors_beside_its_fields(client, fair, form):
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_after_five_failures_even_the_right_password_waits(client, fair):
    for _ in range(5):
        client.post("/sign-in", data=RIGHT | {"password": "wrong"})
    answer = client.post("/sign-in", data=RIGHT)
    assert answer.status_code == 429
    assert client.get("/organiser/market-days").status_code == 303


@pytest.fixture
def later(monkeypatch):
    """Return a function that moves every clock of this process on, by seconds since the test began."""
    clocks = {name: getattr(time, name) for name in ("time", "monotonic")}

    def later(seconds: float) -> None:
        for name, clock in clocks.items():
            monkeypatch.setattr(time, name, lambda clock=clock: clock() + seconds)

    return later


def test_a_name_that_was_locked_is_free_again_after_five_minutes(client, fair, later):
    for _ in range(5):
        client.post("/sign-in", data=RIGHT | {"password": "wrong"})
    later(290)
    assert client.post("/sign-in", data=RIGHT).status_code == 429
    later(310)
    assert client.post("/sign-in", data=RIGHT).status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_nobody_is_sent_to_another_site(client, fair, target):
    answer = client.post("/sign-in", data=RIGHT | {"next": target})
    assert answer.location == "/organiser/market-days"


def test_a_page_asked_for_before_signing_in_comes_after_it(client, fair):
    asked = client.get(f"/organiser/market-days/{fair.day.id}/summary")
    assert asked.status_code == 303
    answer = client.post(asked.location, data=RIGHT | {"next": f"/organiser/market-days/{fair.day.id}"})
    assert answer.location == f"/organiser/market-days/{fair.day.id}"


def test_signing_out_ends_the_session(client, fair):
    client.post("/sign-in", data=RIGHT)
    client.post("/sign-out")
    assert client.get("/organiser/market-days").status_code == 303


def test_another_site_cannot_sign_anybody_out(client, fair):
    client.post("/sign-in", data=RIGHT)
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/organiser/market-days").status_code == 200


def test_a_fragment_leads_its_page_to_the_form_and_back(client, fair):
    """htmx follows ``HX-Redirect`` whatever the status; a 303 it would swap into the page."""
    page = f"/organiser/market-days/{fair.day.id}/live"
    headers = {"HX-Request": "true", "HX-Current-URL": f"https://ganchang.example{page}?still=1"}

    answer = client.get(page, headers=headers)
    form = client.get(answer.headers["HX-Redirect"]).text

    assert (answer.status_code, "Location" in answer.headers, answer.text) == (401, False, "")
    assert f'value="{page}?still=1"' in form


def test_a_form_sent_by_htmx_keeps_its_page_when_the_session_ended(client, fair):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://ganchang.example/organiser/employers/new"}

    answer = client.post("/organiser/employers", data={"name": "无名厂"}, headers=headers)

    assert answer.status_code == 401 and "HX-Redirect" not in answer.headers
