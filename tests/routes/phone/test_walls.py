"""The wall as screens ask for it: by an address of their own that can be ended, or signed in; public facts alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from models import schema as models
from models.intake.ingest import ingest
from models.market.wall_link import LETTERS, WallLink
from routes.phone import wall_page
from tests.routes.phone.visit import MORNING

ADDRESS = re.compile(r'class="wall-address">https?://[^/]*(/w/\w+)<')
FORM = {"name": "大厅", "reach": "town", "theme": "dark"}


@pytest.fixture(autouse=True)
def nine(monkeypatch):
    monkeypatch.setattr(wall_page, "utcnow", lambda: MORNING)


@pytest.fixture
def made(organiser, day):
    """Return a function that makes a link as the form does and gives its path."""

    def made(**changes) -> str:
        answer = organiser.post(f"{day}/wall", data=FORM | changes)
        assert answer.status_code == 201 and answer.headers["Cache-Control"] == "no-store"
        return ADDRESS.search(answer.text)[1]

    return made


def test_a_screen_shows_the_day_by_its_address_without_an_account(client, made, fair):
    path = made(english="yes")
    page = client.get(path)
    assert page.status_code == 200 and 'class="wall dark"' in page.text and "noindex" in page.headers["X-Robots-Tag"]
    said = ["八塘镇", "2月24日", "08:00–12:00", "春风行动", "山城制衣厂", "缝纫工", "3500–4500元/月", "还缺8人"]
    for words in (*said, "12333", "<svg", "3 vacancies, 11 people wanted. Free of charge."):
        assert words in page.text, words
    assert client.get(path.upper().replace("/W/", "/w/")).status_code == 200  # as a remote control may type it
    assert len(path) == 13 and set(path[3:]) <= set(LETTERS)
    assert fair.chen.login not in page.text and WallLink.get().token_hash not in page.text


def test_what_did_not_change_costs_no_bytes(client, made, fair, organiser, day):
    path = f"{made()}/now?shape=wide"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Server-Time"] == str(int(MORNING.timestamp() * 1000))
    assert first.text.lstrip().startswith('<div id="wall"') and "<html" not in first.text
    models.Vacancy.update(openings=9).where(models.Vacancy.id == fair.sewing.id).execute()
    assert "还缺9人" in client.get(path, headers={"If-None-Match": first.headers["ETag"]}).text
    assert client.get(path.replace("wide", "tall")).headers["ETag"] != first.headers["ETag"]
    assert "还缺9人" in organiser.get(f"{day}/wall/now").text


def test_an_ended_link_opens_nothing_and_its_screen_says_so(client, made, organiser, day):
    path = made()
    link = WallLink.get()
    assert "大厅" in organiser.get(f"{day}/wall").text
    for _ in range(2):
        assert organiser.post(f"{day}/wall/links/{link.id}/revocation").status_code == 303
    assert client.get(path).status_code == 404
    told = client.get(f"{path}/now")
    assert told.status_code == 404 and 'id="wall"' in told.text and "已停用" in told.text and "缝纫工" not in told.text


def test_guessing_an_address_is_counted_and_hinders_no_screen(client, made):
    path = made()
    answers = [client.get(f"/w/{n}").status_code for n in range(31)]
    assert answers == [404] * 30 + [429]
    assert client.get(f"{path}/now").status_code == 200


def test_who_sees_one_town_makes_no_screen_of_the_county(app, fair, day, organiser, client):
    clerk = app.test_client(user=fair.clerk)
    assert clerk.post(f"{day}/wall", data=FORM | {"reach": "county"}).status_code == 422
    assert clerk.post(f"{day}/wall", data=FORM).status_code == 201
    assert organiser.post(f"{day}/wall", data=FORM | {"reach": "county"}).status_code == 201
    whole = WallLink.get(WallLink.town.is_null())
    assert clerk.post(f"{day}/wall/links/{whole.id}/revocation").status_code == 403
    assert organiser.post(f"/organiser/market-days/{fair.day.id}/wall/links/999/revocation").status_code == 404
    bad = organiser.post(f"{day}/wall", data=FORM | {"name": "", "theme": "pink"})
    assert bad.status_code == 422 and "请" in bad.text


def test_a_draft_stands_on_no_wall(client, made, fair, organiser, day):
    path = made()
    models.MarketDay.update(published_at=None).where(models.MarketDay.id == fair.day.id).execute()
    for text in (client.get(f"{path}/now").text, organiser.get(f"{day}/wall/screen").text):
        assert "缝纫工" not in text and "八塘镇" not in text
    assert "草稿" in organiser.get(f"{day}/wall").text


def test_a_restored_backup_ends_all_links(app, client, made):
    path = made()
    app.test_cli_runner().invoke(args=["restored"])
    assert client.get(path).status_code == 404


def test_the_time_is_the_servers(client, made, monkeypatch):
    path = made()
    monkeypatch.setattr(wall_page, "utcnow", lambda: datetime(2026, 2, 24, 12, tzinfo=UTC))
    page = client.get(path).text
    assert 'data-sent="1771934400000"' in page and 'data-zone="480"' in page and "已结束" in page


def test_who_is_called_stands_on_the_wall_for_some_minutes_by_number_alone(
    client, made, monkeypatch, sign_up, fair, operation
):
    path = made()
    sign_up()
    (scan,), number = models.Scan.select(), models.PhonePass.get().number
    before = client.get(f"{path}/now")
    assert "请到展位" not in before.text and "找工作不收费" in before.text

    tablet = models.Tablet.enlist(fair.clothing, "A")
    ingest(tablet.log, [operation(1, "calling.made", at=MORNING.isoformat(), check_in=scan.id)])
    monkeypatch.setattr(wall_page, "utcnow", lambda: MORNING + timedelta(minutes=1))
    now = client.get(f"{path}/now")

    assert now.status_code == 200 and f"{number[3:6]} <b>{number[6:]}</b> <span>1</span>" in now.text
    assert "王师傅" not in now.text and number not in now.text
    monkeypatch.setattr(wall_page, "utcnow", lambda: MORNING + timedelta(minutes=9))
    assert "请到展位" not in client.get(f"{path}/now").text
