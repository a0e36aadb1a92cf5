"""What can neither be drawn nor stored (half an emoji, NUL, a number beyond 64 bits), sent from outside everywhere."""

import json
from types import SimpleNamespace

import pytest

from models import schema as models
from models.base.legible import legible_in
from models.log import kind
from models.log.bound import LARGEST, bounded
from models.people.candidate_pass import read_pass

HALF, NUL = "\ud800", "a\0b"
UUID = "0b54e4a2-4c4f-4ef1-8f0f-6a4d3ed4d5e1"
FIELDS = ("pass", "vacancy", "candidate", "operator", "kind", "id", "at", "name")
LARGE = (2**31, 2**63, 2**63 + 1, 2**64, 10**30, "9" * 5_000)


@pytest.fixture
def send(app, fair, enrol):
    """Return a function that sends one operation as raw JSON and returns its seq and the answer."""
    tablet = enrol(fair.clothing)
    sent = SimpleNamespace(seq=0)

    def send(**raw):
        sent.seq += 1
        fact = {"seq": sent.seq, "id": UUID, "kind": "check_in.recorded", "at": fair.nine, "operator": None, "data": {}}
        body = {"protocol": 1, "batch": UUID, "cursor": 0, "operations": [fact | raw]}
        answer = tablet.browser.post("/sync", data=json.dumps(body), content_type="application/json")
        return tablet.tablet.id, sent.seq, answer

    return send


@pytest.mark.parametrize("text", [HALF, NUL, f"李{HALF}", "\udfff\0"], ids=ascii)
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_nobody_can_draw_shuts_no_page(fair, organiser, send, text, field):
    where = {field: text} if field in ("operator", "kind", "id", "at") else {"data": {field: text}}
    tablet, seq, answer = send(**where)
    assert answer.status_code == 200
    quarantine = f"/organiser/market-days/{fair.day.id}/quarantine"
    for page in (quarantine, f"{quarantine}?state=refused", f"{quarantine}/{tablet}/{seq}"):
        assert organiser.get(page).status_code == 200
    assert organiser.get(f"{quarantine}/{tablet}/{seq}/edit").status_code in (200, 404)
    settled = organiser.post(
        f"{quarantine}/{tablet}/{seq}", data={"act": "set_aside", "note": text.encode("utf-8", "replace")}
    )
    assert settled.status_code == 303


@pytest.mark.parametrize("kind_of", ["candidate.registered", "candidate.amended", "visit.recorded", "umbrella.lent"])
def test_it_shuts_none_in_the_fields_of_other_kinds_either(fair, organiser, send, kind_of):
    data = {"name": "王", "birth_year": 1970, HALF: NUL, "based_on": 1, "trades": [HALF], "pass": HALF}
    tablet, seq, _ = send(kind=kind_of, data=data)
    quarantine = f"/organiser/market-days/{fair.day.id}/quarantine"
    assert organiser.get(quarantine).status_code == 200
    assert organiser.get(f"{quarantine}/{tablet}/{seq}").status_code == 200
    corrected = organiser.post(
        f"{quarantine}/{tablet}/{seq}", data={"act": "corrected", "birth_year": "1971", "name": NUL}
    )
    assert corrected.status_code < 500


@pytest.mark.parametrize("number", LARGE, ids=lambda number: str(number)[:20])
def test_a_number_that_no_row_has_is_a_404(fair, organiser, number):
    day = f"/organiser/market-days/{fair.day.id}"
    for path in (
        f"/organiser/market-days/{number}", f"{day}/booths/{number}", f"{day}/tablets/{number}/edit", f"/b/{number}",
        f"{day}/quarantine/{number}/1", f"{day}/quarantine/1/{number}", f"/m/{number}", f"{day}/passes/{number}",
        f"/organiser/employers/{number}/edit", f"/organiser/keys/passes/{number}/edit",
    ):  # fmt: skip
        assert organiser.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "typed", ["--5", "9" * 5_000, str(2**63), "1e5", NUL, "٣" * 12], ids=lambda text: ascii(text)[:12]
)
def test_a_whole_number_that_is_none_is_refused_beside_its_field(fair, organiser, typed):
    day = f"/organiser/market-days/{fair.day.id}"
    assert organiser.post(f"{day}/passes", data={"count": typed}).status_code == 422
    for query in (f"{day}/quarantine?page={typed}", f"/organiser/employers?page={typed}", f"{day}/booths/1?x={typed}"):
        assert organiser.get(query.replace("\0", "%00")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v/%00",
        "/v/123%004567",
        "/p/%00",
        "/me/%00",
        "/organiser/market-days/1/hand-overs/%00",
        "/%00",
        "/static/x/%00",
    ],
)
def test_a_nul_in_an_address_is_a_404(organiser, path):
    assert organiser.get(path).status_code in (404, 405)
    assert organiser.post(path).status_code in (404, 405)


def test_a_nul_in_a_name_is_a_sign(app, fair, organiser, client):
    """At enrolment, in a number, in the audit log of a reader who was refused, in queries, forms and cookies."""
    code = models.Enrolment.open(fair.clothing)
    assert client.post("/enrol", data={"code": code, "name": NUL, "resume": NUL}).status_code == 201
    assert "a\ufffdb" in [tablet.name for tablet in models.Device.select()]
    assert client.post("/enrol", data={"code": NUL}).status_code == 422
    assert client.get("/v?number=%00").status_code in (200, 303, 404)
    client.set_cookie("ganchang_tablet", "x\\000y")
    client.set_cookie("ganchang_candidate", "x\\000y")
    assert client.get("/kiosk/identity").status_code == 401
    assert client.get(f"/v/{fair.sewing.number}").status_code == 200
    reader = app.test_client(user=fair.reader)
    assert reader.post("/organiser/market-days/1/vacancies/a%00b/delete").status_code in (403, 404)


@pytest.mark.parametrize("origin", ["http://[", "http://℀", "http://[::1", "null", "//", "http://℀@localhost"])
def test_an_origin_that_is_no_address_is_another_site(client, fair, origin):
    sent = {"Origin": origin.encode().decode("latin-1")}
    assert client.post("/sign-in", headers=sent).status_code == 403


@pytest.mark.parametrize(
    "target", ["/%09/[", "/\t/[", "/\n//x", "//[", "http://[", "/\\x", "/℀//", "//℀", "/\r/evil.example"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(app, fair, target):
    form = {"login": "chen", "password": "market-day-24", "next": target}
    answer = app.test_client().post("/sign-in", data=form)
    assert answer.status_code == 303
    where = answer.location
    assert where.startswith("/") and not where.startswith(("//", "/\\")) and not {"\t", "\n", "\r"} & set(where)


@pytest.mark.parametrize("host", ["x" * 70, "a" * 300 + ".example", "[", "a b", "℀"])
def test_a_host_that_is_no_name_is_a_bad_request_at_most(client, fair, host):
    for method in ("GET", "POST", "OPTIONS"):
        answer = client.open("/v", method=method, headers={"Host": host.encode().decode("latin-1")})
        assert answer.status_code < 500


def test_a_page_from_which_htmx_asks_may_be_no_address(client, fair):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://["}
    answer = client.get(f"/organiser/market-days/{fair.day.id}", headers=asked)
    assert answer.status_code == 401 and "/sign-in" in answer.headers["HX-Redirect"]


def test_a_method_that_an_address_of_many_digits_does_not_take_is_told_so(client, fair):
    assert client.post(f"/organiser/market-days/1/tablets/{'9' * 40}").status_code in (404, 405)


@pytest.mark.parametrize("levels", [9, 300, 900, 950, 980, 1_000])
@pytest.mark.parametrize("place", ["data", "field", "rest"])
def test_lists_within_lists_are_kept_by_their_digest(fair, organiser, enrol, levels, place):
    tablet = enrol(fair.clothing)
    lists = "[" * levels + "]" * levels
    inside = {"data": f'"data":{lists}', "field": f'"data":{{"pass":{lists}}}', "rest": f'"data":{{}},"x":{lists}'}[
        place
    ]
    fact = f'{{"seq":1,"id":"{UUID}","kind":"visit.recorded","at":"{fair.nine}","operator":null,{inside}}}'
    body = f'{{"protocol":1,"batch":"{UUID}","cursor":0,"operations":[{fact}]}}'
    answer = tablet.browser.post("/sync", data=body, content_type="application/json")
    assert answer.status_code in (200, 400)  # 400: beyond what can be read at all
    if answer.status_code == 200:
        again = tablet.browser.post("/sync", data=body, content_type="application/json").json
        assert again["results"] == [{"seq": 1, "outcome": "duplicate"}]
        stored = models.Operation.get().body
        assert '"too_large":true' in stored and len(stored) < LARGEST
    assert organiser.get(f"/organiser/market-days/{fair.day.id}/quarantine").status_code == 200


def test_two_megabytes_in_a_field_are_kept_as_their_beginning_and_digest(fair, organiser, send):
    tablet, seq, answer = send(data={"pass": "x" * 1_900_000})
    assert answer.json["results"][0]["reason"].startswith("malformed: ")
    stored = models.Operation.get(log=tablet, seq=seq)
    assert len(stored.body) < 2_000 and json.loads(stored.body)["data"]["pass"]["begins"] == "x" * 200
    shown = organiser.get(f"/organiser/market-days/{fair.day.id}/quarantine/{tablet}/{seq}")
    assert shown.status_code == 200 and len(shown.data) < 100_000


def test_many_fields_are_kept_as_one():
    large = {str(number): "x" * 100 for number in range(1_000)}
    kept = bounded({"seq": 1, "id": UUID, "kind": "x", "at": "y", "operator": None, "data": large} | large)
    assert len(json.dumps(kept)) < 2_000 and kept["data"]["too_large"] and kept["rest"]["too_large"]
    assert kept == bounded({"seq": 1, "id": UUID, "kind": "x", "at": "y", "operator": None, "data": large} | large)


def test_what_is_large_and_not_the_same_is_told_apart():
    one, other = ({"seq": 1, "data": {"name": "x" * 40_000 + end}} for end in "ab")
    assert bounded(one) == bounded(dict(one)) != bounded(other)


def test_a_fact_of_a_tablet_is_kept_as_it_came(operation):
    fact = operation(
        1, "candidate.registered", name="王", contact="x" * 2_000, trades=["cook"] * 36, extra={"a": [[1]]}
    )
    assert bounded(fact) is fact


def test_a_fact_stored_before_there_was_a_bound_is_known_again(fair, enrol, operation):
    from models.log.fact import body_of

    tablet = enrol(fair.clothing)
    fact = operation(1, "visit.recorded", pass_="x" * 50_000)
    assert tablet.sync(fact).status_code == 200
    models.Operation.update(body=body_of(fact)).execute()
    assert tablet.sync(fact).json["results"] == [{"seq": 1, "outcome": "duplicate"}]
    assert tablet.sync(fact | {"data": {"pass": "y" * 50_000}}).status_code == 409


def test_passes_are_remembered_only_where_they_may_be_some():
    long = "9" * (kind.LONGEST_PASS + 1)
    before = kind._read_pass.cache_info().currsize
    assert kind.pass_in(long) is None is read_pass(long)
    assert kind._read_pass.cache_info().currsize == before


def test_what_is_shown_is_neither_deep_nor_illegible():
    value: object = HALF
    for _ in range(500):
        value = [value]
    assert "…" in str(legible_in(value))
    assert legible_in({NUL: [HALF, 1, None]}) == {"a\ufffdb": ["\ufffd", 1, None]}


MOVES = ("check_in.progressed", "check_in.withdrawn", "check_in.recorded", "vacancy.filled")


@pytest.mark.parametrize("kind_of", MOVES)
def test_what_was_broken_can_be_looked_at_where_there_is_nothing_to_choose(fair, organiser, send, kind_of):
    models.Vacancy.delete().execute()
    tablet, seq, answer = send(kind=kind_of, data={"check_in": 7, "stage": [], "vacancy": 8})
    assert answer.json["results"][0]["outcome"] == "refused"
    page = f"/organiser/market-days/{fair.day.id}/quarantine/{tablet}/{seq}"
    assert organiser.get(f"{page}/edit").status_code == 200
    for typed in ("", UUID, HALF.encode("utf-8", "replace")):
        form = {"act": "corrected", "check_in": typed, "stage": "hired", "vacancy": typed, "pass": fair.passes[0]}
        assert organiser.post(page, data=form).status_code == 422


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        ("2016-12-31T23:59:60Z", "attention"),
        ("2026-02-24T07:59:60.5+08:00", "applied"),
        ("2026-02-24T07:59:61Z", "refused"),
    ],
)
def test_a_leap_second_is_a_time(send, at, outcome):
    _, _, answer = send(kind="tally.counted", at=at, data={"topic": "leaflet", "count": 1})
    assert answer.json["results"][0]["outcome"] == outcome  # attention: nobody believes 2016
