"""How the office receives what tablets could not send, and how tablets bring it."""

import io
import re

import pytest
from playhouse.test_utils import assert_query_count

from models.base.clock import utcnow
from models.intake.hand_over import LARGEST
from models.keys.seal import SealKey
from models.schema import AuditEntry, HandOver, Log, Operation, Tablet
from tests.sealing import sealed

HTMX = {"HX-Request": "true"}
STREAM = "application/octet-stream"


@pytest.fixture
def address(fair):
    return f"/organiser/market-days/{fair.day.id}/hand-overs"


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.desk)


@pytest.fixture
def facts(operation):
    return [operation(seq, "tally.counted", topic="leaflet", count=1) for seq in range(1, 6)]


@pytest.fixture
def upload(organiser, address):
    """Return a function that sends files, given as (name, bytes), through the form."""

    def upload(*files: tuple[str, bytes], follow: bool = False):
        form = {"file": [(io.BytesIO(body), name) for name, body in files]}
        return organiser.post(address, data=form, follow_redirects=follow)

    return upload


def texts(page, tag: str) -> list[str]:
    """Return what stands in each element of a kind, without its markup."""
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in found]


def test_a_file_is_received_and_the_page_says_what_came_of_it(upload, tablet, facts, address):
    assert upload(("a.sealed", sealed(tablet.tablet, facts))).status_code == 303

    page = upload(("a.sealed", sealed(tablet.tablet, facts)), follow=True)

    assert "a.sealed: 其中5条记录此前都已收到。" in page.text
    first, again = HandOver.select().order_by(HandOver.received_at)
    assert (first.new, again.new, again.via, again.who) == (5, 0, "file", "chen")
    assert Operation.select().count() == 5
    assert AuditEntry.select().where(AuditEntry.action == "hand_over_received").count() == 2


def test_several_files_come_at_once_and_one_that_is_none_spoils_no_other(upload, tablet, facts):
    boxes = [("a.sealed", sealed(tablet.tablet, facts[:2])), ("cat.jpg", b"\xff\xd8" + b"x" * 300)]

    page = upload(*boxes, ("b.sealed", sealed(tablet.tablet, facts)), follow=True)

    assert "a.sealed: 共2条记录，全部是新的。" in page.text
    assert "cat.jpg: 这不是移交文件。" in page.text
    assert "b.sealed: 共5条记录，其中3条是新的。" in page.text
    assert HandOver.select().count() == 2


@pytest.mark.parametrize(
    "files",
    [[], [("cat.jpg", b"meow")], [("big.sealed", b"\x01" * (LARGEST + 1))], [("", b"")]],
    ids=["none", "cat", "large", "unnamed"],
)
def test_a_form_without_a_hand_over_comes_back_with_a_sentence(upload, files):
    page = upload(*files)

    assert page.status_code == 422
    assert 'id="field-file-error"' in page.text
    assert not HandOver.select().exists()


def test_the_camera_page_gets_json_or_a_fragment(organiser, address, tablet, facts):
    box = sealed(tablet.tablet, facts)

    answer = organiser.post(address, data=box, content_type=STREAM)
    fragment = organiser.post(address, data=box, content_type=STREAM, headers=HTMX)

    assert answer.status_code == fragment.status_code == 201
    assert {name: answer.json[name] for name in ("facts", "new", "reason")} == {"facts": 5, "new": 5, "reason": None}
    assert fragment.text.lstrip().startswith('<div class="notice notice-success"')
    assert HandOver.get().via == "camera"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_bytes_that_are_no_hand_over_are_422_with_a_sentence(organiser, address, headers):
    answer = organiser.post(address, data=b"x" * 500, content_type=STREAM, headers=headers)

    assert answer.status_code == 422
    assert "这不是移交文件" in (answer.text if headers else answer.json["error"])


def test_too_many_bytes_are_413(organiser, address):
    assert organiser.post(address, data=b"\x01" * (LARGEST + 1), content_type=STREAM).status_code == 413


def test_what_cannot_be_opened_is_kept_and_tried_again(organiser, upload, address, tablet, facts, fair):
    key = SealKey.make(fair.elsewhere)
    upload(("a.sealed", sealed(tablet.tablet, facts, key)))
    page = organiser.get(address)
    assert "无法打开" in page.text
    (again,) = re.findall(rf'action="({address}/[0-9a-f]{{64}})"', page.text)

    SealKey.update(county=fair.county).where(SealKey.id == key.id).execute()
    page = organiser.post(again, follow_redirects=True)

    assert "共5条记录，全部是新的。" in page.text
    assert "再试" not in page.text and not re.search(rf'action="{address}/', page.text)


def test_facts_behind_a_gap_say_where_they_are_kept(upload, tablet, facts):
    page = upload(("a.sealed", sealed(tablet.tablet, facts[2:])), follow=True)

    log = Log.get(rescued_from=tablet.tablet.id)
    assert f"另存为日志{log.letter}" in page.text


def test_the_page_names_the_tablets_that_are_not_complete(organiser, address, tablet, enrol, fair):
    enrol(fair.kitchen)
    Tablet.update(unsent=12, last_contact_at=utcnow()).where(Tablet.id == tablet.tablet.id).execute()
    Tablet.update(unsent=0, last_contact_at=utcnow()).where(Tablet.log == Log.get(letter="T1")).execute()

    (listed,) = re.findall(r'<ul class="missing">(.*?)</ul>', organiser.get(address).text, re.DOTALL)

    assert "T0" in listed and "还有12条未发送" in listed and "T1" not in listed


def test_the_market_day_leads_here_and_so_does_each_tablet_that_is_not_complete(organiser, address, fair, tablet):
    tablets = f"/organiser/market-days/{fair.day.id}/tablets"
    assert organiser.get(tablets).text.count(f'href="{address}"') == 2
    Tablet.update(unsent=0, last_contact_at=utcnow()).execute()
    assert organiser.get(tablets).text.count(f'href="{address}"') == 1


def test_the_log_of_strays_is_no_tablet_to_look_after(organiser, upload, fair, tablet, facts):
    upload(("a.sealed", sealed(tablet.tablet, facts[2:])))
    log = Log.get(rescued_from=tablet.tablet.id)
    day = f"/organiser/market-days/{fair.day.id}"

    assert f"revoke-{log.id}" not in organiser.get(f"{day}/tablets").text
    assert organiser.get(f"{day}/tablets/{log.id}/edit").status_code == 404
    (enrolled,) = re.findall(r'data-label="平板数">(\d+)<', organiser.get("/organiser/market-days").text)
    assert enrolled == "1"


def test_the_list_asks_the_database_as_often_for_many_as_for_one(organiser, address, upload, tablet, facts, by_day):
    for count in range(1, 6):
        upload((f"{count}.sealed", sealed(tablet.tablet, facts[:count])))
    organiser.get(address)

    with assert_query_count(9):
        organiser.get(address)


def test_a_reader_sees_the_list_and_no_way_to_add_to_it(app, fair, upload, address, tablet, facts):
    upload(("a.sealed", sealed(tablet.tablet, facts)))
    page = app.test_client(user=fair.reader).get(address)

    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]


def test_another_county_can_neither_see_nor_import(app, fair, tablet, facts):
    theirs = app.test_client(user=fair.neighbour)
    box = sealed(tablet.tablet, facts)

    answer = theirs.post(
        f"/organiser/market-days/{fair.other_day.id}/hand-overs", data=box, content_type=STREAM
    )

    assert (answer.status_code, answer.json["reason"]) == (201, "unreadable")
    assert not Operation.select().exists()
    ours = f"/organiser/market-days/{fair.day.id}/hand-overs/{answer.json['id']}"
    assert theirs.post(ours).status_code == 404
    assert app.test_client(user=fair.chen).post(ours).status_code == 404


def test_a_tablet_brings_its_own_and_another_s_hand_over(enrol, fair, tablet, facts):
    messenger = enrol(fair.kitchen)
    box = sealed(tablet.tablet, facts)

    answers = [browser.post("/kiosk/hand-overs", data=box, content_type=STREAM) for browser in (
        messenger.browser, messenger.browser, tablet.browser)]  # fmt: skip

    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json for answer in answers] == [{"id": HandOver.get().id, "kept": True}] * 3
    assert (HandOver.get().via, HandOver.get().who) == ("tablet", f"tablet:{messenger.tablet.letter}")
    assert Tablet.get_by_id(tablet.tablet.id).acknowledged == 5


def test_what_no_key_opens_is_kept_for_a_tablet_too(tablet, facts, fair):
    box = sealed(tablet.tablet, facts, SealKey.make(fair.elsewhere))
    answer = tablet.browser.post("/kiosk/hand-overs", data=box, content_type=STREAM)

    assert (answer.status_code, answer.json["kept"], HandOver.get().reason) == (200, True, "unreadable")


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [(b"", 422, "no_box"), (b"x" * 200, 422, "no_box"), (b"\x01" * (LARGEST + 1), 413, "too_large")],
    ids=["nothing", "garbage", "large"],
)
def test_a_tablet_gets_a_clear_answer_for_what_is_no_hand_over(tablet, body, status, error):
    answer = tablet.browser.post("/kiosk/hand-overs", data=body, content_type=STREAM)

    assert (answer.status_code, answer.json) == (status, {"error": error})


def test_nobody_brings_a_hand_over_without_an_enrolled_tablet(client, tablet, facts):
    box = sealed(tablet.tablet, facts)
    assert client.post("/kiosk/hand-overs", data=box).json == {"error": "not_enrolled"}

    Tablet.update(revoked_at=utcnow()).execute()

    answer = tablet.browser.post("/kiosk/hand-overs", data=box)
    assert (answer.status_code, answer.json) == (401, {"error": "revoked"})
    assert not HandOver.select().exists()


def test_the_camera_page_says_what_to_do_without_a_camera_or_script(organiser, address):
    page = organiser.get(f"{address}/camera")

    assert page.status_code == 200
    assert "<noscript>" in page.text and 'data-when="forbidden missing insecure"' in page.text
    assert re.search(r'<html [^>]*data-decoder="/kiosk/decoder/[0-9a-f]+\.js"', page.text)


def test_a_forged_box_waits_for_the_organiser_who_sees_which_tablet_brought_it(
    organiser, address, enrol, fair, tablet, facts
):
    messenger = enrol(fair.kitchen)
    box = sealed(tablet.tablet, facts, by=messenger.tablet)
    assert messenger.browser.post("/kiosk/hand-overs", data=box, content_type=STREAM).status_code == 200
    assert tablet.sync(*[fact | {"at": "2026-02-24T10:00:00+08:00"} for fact in facts]).status_code == 200

    page = organiser.get(address)

    assert "2026" in page.text and fair.day.town_name in page.text
    assert 'value="accepted"' in page.text and 'value="set_aside"' in page.text
    hand_over = HandOver.get()
    assert organiser.post(f"{address}/{hand_over.id}", data={"act": "set_aside"}).status_code == 303
    assert (HandOver.get().reason, Operation.select().count()) == ("set_aside", 5)
    assert organiser.post(f"{address}/{hand_over.id}", data={"act": "accepted"}).status_code == 303
    assert HandOver.get().accepted_by == "chen" and HandOver.get().reason == "shared_identity"


def test_a_tablet_that_brings_too_much_is_429_and_keeps_the_box(tablet, facts, monkeypatch):
    monkeypatch.setattr("models.intake.hand_over.QUOTA", 100)

    answer = tablet.browser.post("/kiosk/hand-overs", data=sealed(tablet.tablet, facts), content_type=STREAM)

    assert (answer.status_code, answer.json, HandOver.select().count()) == (429, {"error": "too_many"}, 0)
