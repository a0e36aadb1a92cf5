"""How an organiser enrols a tablet, watches it and revokes it."""

import re
from datetime import timedelta

import pytest
from playhouse.test_utils import assert_query_count

from models import schema as models
from models.base.clock import utcnow
from models.market.log import PHONES, Log

HTMX = {"HX-Request": "true"}


def test_the_code_shown_enrols_one_tablet(organiser, client, day, fair):
    page = organiser.post(f"{day}/booths/1/tablets")

    assert page.status_code == 201
    assert "<svg" in page.text and "https://ganchang.example/enrol" in page.text
    code = re.search(r'class="typed-code">([\w-]+)<', page.text)[1]
    enrolled = client.post("/enrol", data={"code": code})
    assert (enrolled.status_code, enrolled.json["booth"]) == (201, 1)
    assert client.post("/enrol", data={"code": code}).status_code == 422
    entry = models.AuditEntry.get(action="enrolment_opened")
    assert (entry.who, entry.county) == ("chen", fair.county)
    assert code not in entry.what


def test_a_revoked_tablet_is_turned_away_at_once_and_it_is_on_record(organiser, day, fair, enrol):
    own = enrol(fair.clothing)
    url = f"{day}/tablets/{own.tablet.id}"

    assert own.sync().status_code == 200
    assert organiser.get(f"{url}/edit").status_code == 200
    assert organiser.post(f"{url}/delete").status_code == 303
    assert own.sync().status_code == 401
    revoked_at = models.Tablet.get_by_id(own.tablet.id).revoked_at

    organiser.post(f"{url}/delete")  # a repeat changes nothing

    assert models.Tablet.get_by_id(own.tablet.id).revoked_at == revoked_at
    assert models.AuditEntry.select().where(models.AuditEntry.action == "tablet_revoked").count() == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, ["从未同步", "从未"]),
        ({"last_contact_at": timedelta(minutes=3), "unsent": 0}, ["已全部上传", "3分钟前"]),
        ({"last_contact_at": timedelta(hours=2), "unsent": 12}, ["还有12条未上传", "2小时前"]),
        ({"last_contact_at": timedelta(0), "revoked_at": timedelta(0)}, ["已停用"]),
    ],
)
def test_the_list_says_how_each_tablet_is(organiser, day, fair, enrol, state, words):
    tablet = enrol(fair.clothing).tablet
    ago = {k: utcnow() - v if isinstance(v, timedelta) else v for k, v in state.items()}
    models.Tablet.update(ago).where(models.Tablet.id == tablet.id).execute() if ago else None

    page = organiser.get(f"{day}/tablets").text

    assert [word for word in words if word not in page] == []


def test_htmx_gets_the_list_alone_and_asks_again(organiser, day, fair, enrol):
    enrol(fair.clothing), enrol(fair.kitchen)

    both = organiser.get(f"{day}/tablets", headers=HTMX)
    one = organiser.get(f"{day}/tablets?booth=1&pace=5", headers=HTMX)

    assert "<html" not in both.text and one.text.lstrip().startswith('<div id="tablets"')
    assert 'hx-trigger="every 20s"' in both.text and "来凤鱼庄" in both.text
    assert 'hx-trigger="every 5s"' in one.text and "来凤鱼庄" not in one.text
    assert "HX-Request" in both.headers["Vary"]


def test_a_list_left_open_after_signing_out_does_not_turn_into_the_sign_in_form(client, day):
    answer = client.get(f"{day}/tablets", headers=HTMX | {"Accept": "text/html, */*"})

    assert answer.status_code == 401


@pytest.mark.parametrize("query", ["booth=99", "booth=-1"])
def test_a_booth_that_is_not_there_has_no_tablets(organiser, day, query):
    assert organiser.get(f"{day}/tablets?{query}").status_code == 404


def test_the_log_of_phones_is_no_tablet(organiser, day, fair):
    log = Log.of(fair.day, PHONES)

    assert organiser.get(f"{day}/tablets/{log.id}/edit").status_code == 404
    assert organiser.post(f"{day}/tablets/{log.id}/delete").status_code == 404


def test_the_list_asks_the_database_as_often_for_many_tablets_as_for_one(organiser, day, fair, enrol, by_day):
    organiser.get(f"{day}/tablets", headers=HTMX)
    for _ in range(10):
        enrol(fair.clothing)

    with assert_query_count(7):
        organiser.get(f"{day}/tablets", headers=HTMX)


def test_only_organisers_of_the_county_may(app, client, organiser, day, fair, enrol):
    tablet, neighbour = enrol(fair.clothing).tablet, app.test_client(user=fair.neighbour)
    for url in (f"{day}/booths/1/tablets", f"{day}/tablets/{tablet.id}/delete"):
        assert client.post(url).status_code == 401
        assert app.test_client(user=fair.reader).post(url).status_code == 403
        assert neighbour.post(url).status_code == 404
        assert organiser.post(url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert neighbour.get(f"{day}/tablets").status_code == 404
    assert neighbour.get(f"{day}/tablets/{tablet.id}/edit").status_code == 404
    assert models.Tablet.get_by_id(tablet.id).revoked_at is None
    assert models.Enrolment.select().count() == 0


def test_another_market_day_s_tablet_is_not_found(organiser, day, fair, enrol):
    theirs = enrol(fair.other_booth).tablet

    assert organiser.post(f"{day}/tablets/{theirs.id}/delete").status_code == 404
