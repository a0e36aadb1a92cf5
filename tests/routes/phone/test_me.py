"""A phone that is known: one tap at the next booth, and a page that only it can open."""

import re
from datetime import timedelta
from html import unescape

import pytest
import zxingcpp

from models.base.database import db, fetch
from models.derived.check_in import CheckIn
from models.derived.consent import Consent
from models.keys.pass_key import check_signed, keys_of
from models.market.vacancy import Vacancy
from models.people.candidate import Candidate
from models.people.candidate_pass import PhonePass, read_pass
from routes.phone.holders import COOKIE
from tests.routes.phone.visit import MORNING, facts


@pytest.fixture
def wang(client, sign_up):
    """The address of a known phone's own page; the phone is ``client``."""
    return sign_up(phone="13800000000").location


def test_the_page_shows_the_pass_and_where_to_show_it(client, wang):
    page = client.get(wang)
    number = PhonePass.get().number

    assert f"{number[:3]} {number[3:6]} {number[6:]}" in page.text
    assert '<svg class="qr"' in page.text and "1号展位" in page.text and "缝纫工" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"  # the address is told to nobody else


def test_the_pass_as_a_picture_is_read_by_a_scanner(client, fair, wang):
    answer = client.get(f"{wang}/pass.png")
    assert answer.mimetype == "image/png" and answer.headers["Cache-Control"] == "private, no-store"
    width, rows = dots_of(answer.data)
    dots = memoryview(bytes(dot for row in rows for dot in row)).cast("B", (len(rows), width))
    seen = zxingcpp.read_barcodes(dots)

    assert seen[0].text == f"https://ganchang.example/p/{PhonePass.get().digits}"
    number, signed = read_pass(seen[0].text)
    assert number == PhonePass.get().number
    assert check_signed(signed, fair.day.id, int(MORNING.timestamp() * 1000), keys_of(fair.county.id)) is None


def dots_of(png: bytes) -> tuple[int, list[list[int]]]:
    """Return a one-bit PNG's width and its rows as 0 and 255."""
    import struct
    import zlib

    width, height = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT") + 4
    size = struct.unpack(">I", png[start - 8 : start - 4])[0]
    data = zlib.decompress(png[start : start + size])
    line = (width + 7) // 8 + 1
    bits = [f"{int.from_bytes(data[y * line + 1 : (y + 1) * line], 'big'):0{8 * (line - 1)}b}" for y in range(height)]
    return width, [[255 * int(b) for b in row[:width]] for row in bits]


def test_only_the_phone_with_the_secret_sees_the_page(app, wang):
    stranger = app.test_client()
    assert stranger.get(wang).status_code == 200  # the address is the secret…
    for path in (
        f"{wang}x",
        "/me/x",
        "/me/" + Candidate.get().id,
        wang.upper(),
        f"{wang}x/pass.png",
    ):
        assert stranger.get(path).status_code == 404
    for act in ("withdrawal", "consent"):
        assert stranger.post(f"/me/x/check-ins/1/{act}").status_code == 404
    assert fetch("SELECT token_hash FROM candidate")[0][0] not in wang  # …and is stored hashed


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, sign_up):
    cookie = sign_up().headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Secure" in cookie and "Max-Age=15552000" in cookie


def test_a_known_phone_checks_in_with_one_tap(client, fair, wang):
    page = client.get(f"/v/{fair.cook.number}")
    assert "王师傅，您好" in page.text and page.headers["Cache-Control"] == "private, no-store"
    assert 'name="birth_year"' not in page.text

    answer = client.post(f"/v/{fair.cook.number}/check-ins")
    again = client.post(f"/v/{fair.cook.number}/check-ins")
    assert (answer.status_code, answer.location) == (303, wang) == (again.status_code, again.location)
    assert len(facts("check_in.recorded")) == 2
    assert {row.vacancy for row in CheckIn.select()} == {fair.sewing.number, fair.cook.number}
    assert Candidate.select().count() == PhonePass.select().count() == 1
    assert "已经报名" in client.get(f"/v/{fair.cook.number}").text


def test_one_tap_asks_little_of_the_database(client, fair, wang):
    asked: list[str] = []
    execute = db.obj.execute_sql
    db.obj.execute_sql = lambda sql, *rest, **more: asked.append(sql) or execute(sql, *rest, **more)
    try:
        client.post(f"/v/{fair.cook.number}/check-ins")
    finally:
        db.obj.execute_sql = execute
    ours = [sql for sql in asked if sql.startswith("SELECT")]
    assert len(ours) <= 22, "\n".join(asked)


def test_a_phone_nobody_knows_is_led_to_the_form(client, fair, morning):
    client.set_cookie(COOKIE, "not-a-token")

    assert 'name="birth_year"' in client.get(f"/v/{fair.cook.number}").text
    answer = client.post(f"/v/{fair.cook.number}/check-ins")
    assert (answer.status_code, answer.location) == (303, f"/v/{fair.cook.number}")


def test_a_phone_known_in_another_county_is_not_known_here(client, fair, wang):
    assert 'name="birth_year"' in client.get(f"/v/{fair.stranger.number}").text
    client.post(f"/v/{fair.stranger.number}/check-ins")
    assert CheckIn.select().count() == 1


def test_not_me_forgets_the_phone(client, fair, wang):
    answer = client.post("/me/not-me", data={"vacancy": fair.cook.number})

    assert answer.location == f"/v/{fair.cook.number}"
    assert 'name="birth_year"' in client.get(f"/v/{fair.cook.number}").text
    assert client.post("/me/not-me", data={"vacancy": "//bait.example"}).location == "/v"


def test_work_for_adults_is_refused_to_a_known_phone_too(client, fair, sign_up):
    Vacancy.update(adults_only=True).where(Vacancy.number == fair.cook.number).execute()
    sign_up(birth_year="2009")
    assert client.post(f"/v/{fair.cook.number}/check-ins").status_code == 422
    client.post("/me/not-me")
    sign_up(birth_year="2008")
    asked = client.post(f"/v/{fair.cook.number}/check-ins")
    assert asked.status_code == 422 and 'name="of_age"' in asked.text
    assert client.post(f"/v/{fair.cook.number}/check-ins", data={"of_age": "yes"}).status_code == 303


@pytest.fixture
def withdrawal(fair, wang):
    """The address at which the known phone withdraws from the first vacancy."""
    return f"{wang}/check-ins/{fair.sewing.number}/withdrawal"


def test_it_asks_before_a_check_in_is_withdrawn_and_says_that_it_was(client, fair, wang, withdrawal):
    assert f'href="{withdrawal}"' in client.get(wang).text
    asked = client.get(withdrawal)
    assert asked.status_code == 200 and f'action="{withdrawal}"' in asked.text and CheckIn.get().stage == "interested"

    assert client.post(withdrawal).location == f"{wang}#v{fair.sewing.number}"

    shown = client.get(wang).text
    assert "已取消" in shown and f'action="{withdrawal}/delete"' in shown
    assert client.get(withdrawal).status_code == 303
    assert (CheckIn.get().stage, CheckIn.get().reached) == ("withdrawn", 0)
    assert facts("check_in.withdrawn") == [("check_in.withdrawn", "applied")]


def test_a_withdrawal_is_taken_back_on_the_page_or_at_the_vacancy_any_number_of_times(
    client, fair, wang, withdrawal
):
    for path in (f"{withdrawal}/delete", f"/v/{fair.sewing.number}/check-ins"):
        for _ in range(2):
            client.post(withdrawal)
        assert CheckIn.get().stage == "withdrawn" and "已经报名" not in client.get(f"/v/{fair.sewing.number}").text
        for _ in range(2):
            client.post(path)
        assert CheckIn.get().stage == "interested" and "已取消" not in client.get(wang).text
    assert len(facts("check_in.withdrawn")) == 2 and len(facts("check_in.recorded")) == 3


def test_what_was_reached_stays_counted_and_the_office_is_told_that_a_hired_person_withdrew(
    client, fair, wang, withdrawal, enrol, operation, morning
):
    ((scan,),) = fetch("SELECT id FROM scan")
    tablet = enrol(fair.clothing)
    hired = operation(
        1, "check_in.progressed", check_in=scan, stage="hired", place="town", at="2026-02-24T09:00:30+08:00"
    )
    tablet.sync(hired)
    morning(MORNING + timedelta(minutes=10))
    assert "录用" in client.get(withdrawal).text
    client.post(withdrawal)

    assert (CheckIn.get().stage, CheckIn.get().reached, CheckIn.get().place) == ("withdrawn", 4, "town")
    reasons = "SELECT kind FROM operation WHERE reason = 'withdrawn_after_hire'"
    assert fetch(reasons) == [("check_in.withdrawn",)]
    client.post(f"{withdrawal}/delete")
    assert (CheckIn.get().stage, fetch(reasons)) == ("hired", [])


def test_consent_can_be_given_and_taken_back_on_ones_own_page(client, fair, wang):
    path = f"{wang}/check-ins/{fair.sewing.number}/consent"
    for _ in range(2):
        client.post(path, data={"consent": "yes"})
    assert Consent.select().count() == 1 and Consent.get().withdrawn_at is None
    for _ in range(2):
        client.post(path)
    assert Consent.get().withdrawn_at is not None
    assert len(facts("consent.given", "consent.withdrawn")) == 2
    client.post(path, data={"consent": "yes"})
    assert Consent.select().where(Consent.withdrawn_at.is_null()).count() == 1


def test_taking_back_a_check_in_takes_back_its_consent(client, fair, sign_up):
    own = sign_up(consent="yes").location
    client.post(f"{own}/check-ins/{fair.sewing.number}/withdrawal")

    assert Consent.get().withdrawn_at is not None


def test_another_sites_tap_is_refused(client, fair, wang):
    far = {"Sec-Fetch-Site": "cross-site"}
    own = f"{wang}/check-ins/{fair.sewing.number}"
    for path in (
        f"/v/{fair.cook.number}/check-ins",
        "/me/not-me",
        f"{own}/consent",
        f"{own}/withdrawal",
    ):
        assert client.post(path, headers=far).status_code == 403


def test_a_booth_that_scanned_the_pass_stands_on_the_page(client, fair, wang, enrol, operation):
    tablet = enrol(fair.kitchen)
    scan = operation(1, "check_in.recorded", pass_=PhonePass.get().digits, vacancy=fair.cook.number,
                     channel="kiosk")  # fmt: skip
    assert tablet.sync(scan).json["results"][0]["outcome"] == "applied"

    assert "厨师" in unescape(re.sub(r"\s+", " ", client.get(wang).text))
