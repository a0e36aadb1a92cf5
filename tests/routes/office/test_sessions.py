"""How organisers sign in and out."""

import time

import pytest

from app import create_app
from models.schema import AuditEntry, Organiser
from routes.web.known_browsers import known_browser, place_of

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


def copy_of(app, browser):
    """Return another browser with the same cookies, as a thief has it who copied them."""
    other = app.test_client()
    other._cookies = dict(browser._cookies)
    return other


@pytest.mark.parametrize("login", ["chen", "tan"])
def test_signing_out_ends_a_copied_session(app, client, fair, login):
    client.post("/sign-in", data=RIGHT | {"login": login})
    thief = copy_of(app, client)
    assert thief.get("/organiser/market-days").status_code == 200
    client.post("/sign-out")
    assert thief.get("/organiser/market-days").status_code == 303
    assert client.post("/sign-in", data=RIGHT | {"login": login}).status_code == 303
    assert thief.get("/organiser/market-days").status_code == 303


@pytest.mark.parametrize("login", ["chen", "tan"])
def test_a_new_password_ends_every_session(app, client, fair, login):
    client.post("/sign-in", data=RIGHT | {"login": login})
    Organiser.get(login=login).change_password("market-day-25")
    assert client.get("/organiser/market-days").status_code == 303
    assert client.post("/organiser/employers", data={}).status_code == 401


@pytest.mark.parametrize("name", ["", "1", "1.", ".1", "x.1", "1.x", "1.1.1", "99.1", "1.2", f"{2**70}.1"])
def test_a_session_of_another_release_or_of_nobody_is_none(app, client, fair, name):
    with client.session_transaction() as session:
        session["_user_id"] = name
    assert client.get("/organiser/market-days").status_code == 303


def test_a_stranger_who_guesses_locks_nobody_out_elsewhere(app, fair):
    stranger, office = app.test_client(), app.test_client()
    for _ in range(30):
        stranger.post("/sign-in", data=RIGHT | {"password": "wrong"}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert stranger.post("/sign-in", data=RIGHT, environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 429
    assert office.post("/sign-in", data=RIGHT, environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 303


def test_nor_a_desktop_at_the_same_address_that_is_known(app, fair):
    office, stranger = app.test_client(), app.test_client()
    assert office.post("/sign-in", data=RIGHT).status_code == 303
    office.post("/sign-out")
    for number in range(30):
        stranger.post("/sign-in", data=RIGHT | {"login": f"chen{number % 2}"[: 4 + number % 2], "password": "wrong"})
    assert stranger.post("/sign-in", data=RIGHT).status_code == 429
    assert office.post("/sign-in", data=RIGHT).status_code == 303


def test_a_known_desktop_may_not_guess_for_ever_either(app, fair):
    office = app.test_client()
    office.post("/sign-in", data=RIGHT)
    for _ in range(5):
        office.post("/sign-in", data=RIGHT | {"password": "wrong"})
    assert office.post("/sign-in", data=RIGHT).status_code == 429


def test_it_is_known_for_its_own_name_alone(app, client, fair):
    client.post("/sign-in", data=RIGHT)
    cookie = client.get_cookie("ganchang_known", path="/sign-in").value
    with app.test_request_context(headers={"Cookie": f"ganchang_known={cookie}"}):
        assert known_browser("chen") and known_browser("tan") is None
    with app.test_request_context(headers={"Cookie": "ganchang_known=made.up"}):
        assert known_browser("chen") is None


def test_each_five_failures_make_the_wait_longer(client, fair, later):
    waited = 0
    for wait in (310, 3_610, 3_610):
        for _ in range(5):
            assert client.post("/sign-in", data=RIGHT | {"password": "wrong"}).status_code == 422
        later(waited + 290)
        assert client.post("/sign-in", data=RIGHT).status_code == 429
        waited += wait
        later(waited)
    for _ in range(5):
        client.post("/sign-in", data=RIGHT | {"password": "wrong"})
    later(waited + 70_000)
    assert client.post("/sign-in", data=RIGHT).status_code == 429
    later(waited + 87_000)
    assert client.post("/sign-in", data=RIGHT).status_code == 303


@pytest.mark.parametrize("one, other, same", [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True), ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:192.0.2.1", "192.0.2.1", True), ("192.0.2.1", "192.0.2.2", False), ("fe80::1%eth0", "fe80::2", True),
    ("", "", True), ("unix:", "unix:", True),
])  # fmt: skip
def test_guesses_are_counted_by_the_network_that_somebody_has(one, other, same):
    assert (place_of(one) == place_of(other)) is same


def test_over_tls_the_session_s_cookie_is_of_this_host_alone(client, fair):
    cookies = client.post("/sign-in", data=RIGHT).headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if "session" in cookie)
    assert session.startswith("__Host-session=") and "Domain" not in session
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in session.split(";")}
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in cookies)


def test_on_plain_http_it_has_its_plain_name_and_signs_in(database, fair):
    browser = create_app(DATABASE=database, SECRET_KEY="test", ORIGIN="http://127.0.0.1:8000").test_client()
    session = browser.post("/sign-in", data=RIGHT).headers.getlist("Set-Cookie")
    assert any(cookie.startswith("session=") and "Secure" not in cookie for cookie in session)
    assert browser.get("/organiser/market-days").status_code == 200


def test_a_second_county_s_organiser_reads_their_own_county_at_the_head(app, fair):
    page = app.test_client(user=fair.neighbour).get("/organiser/market-days").text
    assert fair.elsewhere.service_name in page and fair.county.service_name not in page
