"""What a tablet gets back when it syncs (docs/protocol.md)."""

import uuid

import pytest

from models.base.clock import utcnow
from models.kiosk.set_up import change_market_day
from models.schema import Alias, AuditEntry, Candidate, CheckIn, Operation, PassBinding, Progress, Scan, Tally, Visit
from routes.kiosk import sync as sync_routes


@pytest.fixture
def tablet(enrol, fair):
    return enrol(fair.clothing)


@pytest.fixture
def scan(fair, operation):
    """Return a function that makes a scan of the first pass for the sewing vacancy."""

    def scan(seq: int = 1, **changes: object) -> dict:
        data = {"pass_": fair.passes[0], "vacancy": fair.sewing.number, "channel": "card"}
        return operation(seq, "check_in.recorded", **data | changes)

    return scan


@pytest.fixture
def person(operation):
    """Return a function that registers a candidate and lets the test spoil one field."""

    def person(seq: int = 1, id: str | None = None, **changes: object) -> dict:
        data = {
            "name": "王师傅", "birth_year": 1970, "trades": ["sewing"], "wanted_place": "town",
            "work_kinds": ["full_time"], "groups": [], "registered_by": "operator", "notice_at": "x",
        }  # fmt: skip
        return operation(seq, "candidate.registered", id, **data | changes)

    return person


def outcomes(answer) -> list[tuple]:
    return [(r["outcome"], r.get("reason")) for r in answer.json["results"]]


def test_a_fact_is_stored_and_acknowledged(tablet, scan):
    answer = tablet.sync(scan())

    assert answer.status_code == 200
    assert answer.json["acknowledged"] == 1
    assert answer.json["results"] == [{"seq": 1, "outcome": "applied"}]
    assert CheckIn.select().count() == Visit.select().count() == 1


def test_the_answer_echoes_the_batch_and_says_the_time_with_an_offset(tablet, scan):
    batch = str(uuid.uuid4())
    answer = tablet.sync(scan(), batch=batch).json
    assert answer["batch"] == batch
    assert answer["server_time"].endswith("+08:00")
    assert answer["protocol"] == 1


def test_the_same_batch_ten_times_changes_nothing_after_the_first(tablet, scan):
    answers = [tablet.sync(scan(id="6b1f3f2e-0000-7000-8000-000000000001")) for _ in range(10)]

    assert {answer.json["acknowledged"] for answer in answers} == {1}
    assert answers[-1].json["results"] == [{"seq": 1, "outcome": "duplicate"}]
    assert (Operation.select().count(), CheckIn.select().count()) == (1, 1)


def test_two_tablets_scanning_the_same_pass_for_the_same_vacancy_make_one_check_in(
    enrol, fair, scan
):
    one, other = enrol(fair.clothing), enrol(fair.clothing)
    one.sync(scan(at="2026-02-24T09:30:00+08:00"))
    other.sync(scan(at="2026-02-24T09:10:00+08:00"))

    (check_in,) = CheckIn.select()
    assert Scan.select().count() == 2
    assert check_in.at_ms == 1771895400000  # 09:10: the earliest is shown


def test_operations_beyond_a_gap_are_not_stored(tablet, scan):
    answer = tablet.sync(scan(1), scan(3))
    assert answer.json["acknowledged"] == 1
    assert [result["seq"] for result in answer.json["results"]] == [1]
    assert Operation.select().count() == 1


def test_the_same_seq_with_other_content_is_an_alarm(tablet, scan):
    tablet.sync(scan())
    answer = tablet.sync(scan(channel="kiosk"))
    assert answer.status_code == 409
    assert Operation.select().count() == 1
    assert AuditEntry.get().action == "shared_identity"


def test_a_stage_only_moves_up_unless_corrected(tablet, scan, operation):
    check_in = scan()
    move = {"check_in": check_in["id"]}
    tablet.sync(
        check_in,
        operation(2, "check_in.progressed", stage="agreed", **move),
        operation(3, "check_in.progressed", stage="introduced", **move),
    )
    assert CheckIn.get().stage == "agreed"
    tablet.sync(operation(4, "check_in.progressed", stage="introduced", correction=True, **move))
    assert CheckIn.get().stage == "introduced"


def test_declining_keeps_what_was_reached(tablet, scan, operation):
    check_in = scan()
    tablet.sync(
        check_in,
        operation(2, "check_in.progressed", check_in=check_in["id"], stage="interviewed"),
        operation(3, "check_in.progressed", check_in=check_in["id"], stage="declined"),
    )
    assert (CheckIn.get().stage, CheckIn.get().reached) == ("declined", 2)


def test_an_undone_scan_leaves_no_check_in_and_a_second_scan_makes_one_again(tablet, scan, operation):
    first = scan()
    tablet.sync(first, operation(2, "check_in.withdrawn", check_in=first["id"]))
    assert not CheckIn.select().exists()
    tablet.sync(scan(3))
    assert CheckIn.select().count() == 1


def test_undoing_the_second_of_two_scans_leaves_the_first(tablet, scan, operation):
    second = scan(2)
    tablet.sync(scan(), second, operation(3, "check_in.withdrawn", check_in=second["id"]))
    assert CheckIn.select().count() == 1


def test_a_pass_bound_later_joins_its_earlier_scans_to_the_person(enrol, fair, scan, person):
    kitchen, clothing = enrol(fair.kitchen), enrol(fair.clothing)
    kitchen.sync(scan(vacancy=fair.cook.number))
    registration = person(pass_=fair.passes[0])
    clothing.sync(registration)

    assert PassBinding.get().pass_number == fair.passes[0]
    assert {visit.person for visit in Visit.select()} == {registration["id"]}
    assert CheckIn.get().person == registration["id"]


def test_the_same_name_year_and_phone_is_one_person_and_a_shared_phone_is_two(enrol, fair, person):
    one, other = enrol(fair.clothing), enrol(fair.kitchen)
    one.sync(person(phone="138 0000 0000"))
    other.sync(person(phone="+86 13800000000"), person(2, name="王小妹", phone="13800000000"))
    assert len({candidate.person for candidate in Candidate.select()}) == 2


def test_two_who_turn_out_not_to_be_one_are_counted_apart_again(enrol, fair, person, scan, operation):
    one, other = enrol(fair.clothing), enrol(fair.kitchen)
    first, second = (person(id=str(uuid.UUID(int=number)), phone="13800000000") for number in (1, 2))
    one.sync(first)
    other.sync(second, scan(2, pass_=None, candidate=second["id"], vacancy=fair.cook.number))
    assert (Visit.select().count(), {tie.person for tie in CheckIn.select()}) == (2, {first["id"]})

    other.sync(operation(3, "candidate.amended", second["id"], phone="13900000000", based_on=1))

    assert {(visit.person, visit.booth) for visit in Visit.select()} == {(first["id"], 1), (second["id"], 2)}
    assert [tie.person for tie in CheckIn.select()] == [second["id"]]


def test_people_without_a_phone_are_never_merged_by_name(enrol, fair, person):
    enrol(fair.clothing).sync(person())
    enrol(fair.kitchen).sync(person())
    assert len({candidate.person for candidate in Candidate.select()}) == 2


def test_an_amendment_names_the_version_it_was_made_from(tablet, person, operation):
    registration = person()
    tablet.sync(
        registration,
        operation(2, "candidate.amended", id=registration["id"], name="王大姐", based_on=1),
    )
    assert (Candidate.get().name, Candidate.get().version) == ("王大姐", 2)


def test_two_edits_of_one_field_from_the_same_version_are_shown_to_a_person(
    enrol, fair, person, operation
):
    one, other = enrol(fair.clothing), enrol(fair.kitchen)
    registration = person()
    one.sync(
        registration, operation(2, "candidate.amended", registration["id"], name="甲", based_on=1)
    )
    answer = other.sync(
        operation(1, "visit.recorded", candidate=registration["id"]),
        operation(2, "candidate.amended", registration["id"], name="乙", based_on=1),
    )
    assert answer.status_code == 200
    assert [op.reason for op in Operation.select().where(Operation.reason.is_null(False))] == [
        "parallel_edit"
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pass_": "8000000009"}, None),  # replaced below by a number that was never printed
        ({"mood": "merry"}, "unknown_field"),
        ({"at": "2031-02-24T09:00:00+08:00"}, "clock_wrong"),
        ({"at": "2011-01-01T00:00:00+08:00"}, "clock_wrong"),
    ],
)
def test_what_does_not_fit_is_kept_and_marked(tablet, fair, scan, change, reason):
    from models.base import check_digit

    if "pass_" in change:
        change, reason = {"pass_": "80000000" + "0" + check_digit.check_digit("800000000")}, "pass_unknown"
    answer = tablet.sync(scan(**change))
    assert outcomes(answer) == [("attention", reason)]
    assert CheckIn.select().count() == 1


def test_a_desk_may_tie_people_to_any_booths_vacancy(enrol, fair, scan):
    assert outcomes(enrol(fair.desk).sync(scan(vacancy=fair.cook.number))) == [("applied", None)]


def test_an_unknown_kind_is_kept(tablet, operation):
    answer = tablet.sync(operation(1, "balloon.released", colour="red"))
    assert outcomes(answer) == [("attention", "unknown_kind")]
    assert '"colour":"red"' in Operation.get().body


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "malformed: name"),
        ({"name": "王" * 10_000}, "malformed: name"),
        ({"name": "\ud800"}, "malformed: name"),
        ({"name": "a\0b"}, "malformed: name"),
        ({"birth_year": 3000}, "malformed: birth_year"),
        ({"birth_year": True}, "malformed: birth_year"),
        ({"birth_year": 2027}, "malformed: birth_year"),
        ({"birth_year": 10**30}, "malformed: birth_year"),
        ({"trades": "sewing"}, "malformed: trades"),
        ({"pass_": "1234567890"}, "malformed: pass"),
        ({"pass_": "https://elsewhere.example/win"}, "malformed: pass"),
        ({"birth_year": 2012}, "under_16"),
    ],
)
def test_a_bad_registration_is_refused_with_its_reason_and_kept(tablet, person, change, reason):
    answer = tablet.sync(person(**change))
    assert outcomes(answer) == [("refused", reason)]
    assert answer.json["acknowledged"] == 1
    assert (Operation.get().outcome, Candidate.select().count()) == ("refused", 0)


@pytest.mark.parametrize(
    "spoil",
    [
        {"id": "not-a-uuid"}, {"id": None}, {"kind": 7}, {"kind": ""}, {"at": "noon"},
        {"at": "2026-02-24T09:00:00"}, {"at": 5}, {"data": []}, {"data": None}, {"at": "9999-99"},
    ],
)  # fmt: skip
def test_a_malformed_operation_is_quarantined_and_does_not_block_the_next(tablet, scan, spoil):
    answer = tablet.sync(scan() | spoil, scan(2))
    assert answer.status_code == 200
    assert [outcome for outcome, _ in outcomes(answer)] == ["refused", "applied"]
    assert answer.json["acknowledged"] == 2


def test_a_child_can_be_tied_to_nothing_on_any_tablet(enrol, fair, person, operation, scan):
    one, other = enrol(fair.clothing), enrol(fair.kitchen)
    child = person(birth_year=2012)
    early = operation(1, "check_in.recorded", candidate=child["id"], vacancy=fair.cook.number)
    assert outcomes(other.sync(early)) == [("waiting", "candidate_unknown")]

    one.sync(child, scan(2, pass_=None, candidate=child["id"]))

    assert {op.reason for op in Operation.select()} == {"under_16"}
    assert not CheckIn.select().exists()
    assert not Visit.select().exists()


def test_a_pass_given_to_a_child_is_nobodys_again_whichever_came_first(enrol, fair, person, operation):
    one, other, third = enrol(fair.clothing), enrol(fair.kitchen), enrol(fair.desk)
    child, sister = person(birth_year=2012), person(pass_=fair.passes[0], at="2026-02-24T09:30:00+08:00")
    other.sync(operation(1, "pass.bound", pass_=fair.passes[0], candidate=child["id"]))
    third.sync(sister)

    one.sync(child)

    assert Operation.get(log=third.tablet.id).reason is None
    assert [binding.candidate for binding in PassBinding.select()] == [sister["id"]]
    assert not Alias.select().where(Alias.person == child["id"]).exists()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)])
def test_what_came_of_a_child_s_check_in_needs_attention_whichever_came_first(
    enrol, fair, person, scan, operation, order
):
    child = person(birth_year=2012)
    check_in = scan(pass_=None, candidate=child["id"])
    move = operation(1, "check_in.progressed", check_in=check_in["id"], stage="hired")
    tablets = [enrol(fair.clothing), enrol(fair.clothing), enrol(fair.kitchen)]
    for place in order:
        tablets[place].sync((check_in, move, child)[place])

    assert Operation.get(log=tablets[1].tablet.id).reason == "check_in_unknown"


def test_a_child_s_morning_in_one_batch_is_the_same_as_fact_by_fact(enrol, fair, person, scan, operation):
    whole, parts = enrol(fair.clothing), enrol(fair.clothing)
    for tablet in (whole, parts):
        child = person(birth_year=2012)
        check_in = scan(2, pass_=None, candidate=child["id"])
        facts = [child, check_in, operation(3, "check_in.progressed", check_in=check_in["id"], stage="hired")]
        for batch in [facts] if tablet is whole else [[fact] for fact in facts]:
            tablet.sync(*batch)

    in_order = Operation.select().order_by(Operation.seq)
    reasons = [[op.reason for op in in_order.where(Operation.log == t.tablet.id)] for t in (whole, parts)]
    assert reasons == [["under_16", "under_16", "check_in_unknown"]] * 2


def test_a_move_that_comes_before_its_check_in_waits_for_it(enrol, fair, scan, operation):
    one, other = enrol(fair.clothing), enrol(fair.clothing)
    check_in = scan()
    move = operation(1, "check_in.progressed", check_in=check_in["id"], stage="hired", place="town")
    assert outcomes(other.sync(move)) == [("waiting", "check_in_unknown")]
    assert not Progress.select().exists()
    one.sync(check_in)
    assert (CheckIn.get().stage, CheckIn.get().place) == ("hired", "town")
    assert not Operation.select().where(Operation.outcome != "applied").exists()
    assert Progress.select().count() == 1


def test_who_came_after_a_vacancy_was_closed_does_not_depend_on_who_synced_first(
    enrol, fair, scan, operation
):
    late, early = enrol(fair.clothing), enrol(fair.clothing)
    late.sync(scan(at="2026-02-24T10:00:00+08:00"))
    assert not Operation.select().where(Operation.reason.is_null(False)).exists()

    closing = operation(
        1, "vacancy.filled", at="2026-02-24T09:30:00+08:00", vacancy=fair.sewing.number
    )
    early.sync(closing)

    assert Operation.get(log=late.tablet.id, seq=1).reason == "vacancy_closed"


def test_the_last_place_taken_twice_is_kept_and_marked(enrol, fair, scan, operation):
    one, other = enrol(fair.kitchen), enrol(fair.kitchen)
    for tablet, number, at in ((one, 0, "09:00"), (other, 1, "09:05")):
        check_in = scan(pass_=fair.passes[number], vacancy=fair.cook.number,
                        at="2026-02-24T08:30:00+08:00")  # fmt: skip
        hire = operation(2, "check_in.progressed", at=f"2026-02-24T{at}:00+08:00",
                         check_in=check_in["id"], stage="hired", place="town")  # fmt: skip
        tablet.sync(check_in, hire)
    assert CheckIn.select().where(CheckIn.reached >= 4).count() == 2
    assert Operation.get(log=other.tablet.id, seq=2).reason == "vacancy_full"
    assert Operation.get(log=one.tablet.id, seq=2).reason is None


def test_tallies_add_up_and_a_negative_count_undoes(tablet, operation):
    tablet.sync(
        operation(1, "tally.counted", topic="leaflet", count=3),
        operation(2, "tally.counted", topic="leaflet", count=-1),
    )
    assert [tally.count for tally in Tally.select(Tally.count)] == [2]


def test_a_wrong_clock_is_corrected_when_the_tablet_says_its_time(tablet, scan):
    now = utcnow().timestamp()
    an_hour_slow = utcnow().fromtimestamp(now - 3600, utcnow().tzinfo).isoformat()
    tablet.sync(scan(at="2026-02-24T08:30:00+08:00"), sent_at=an_hour_slow)
    assert abs(Visit.get().at_ms - 1771896600000) < 5_000  # 09:30


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 400), (b"", 400), (b"null", 400), (b"{", 400), (b"{}", 400), (b"\xff\xfe", 400),
        (b'{"protocol": 2}', 426), (b'{"protocol": "1"}', 400),
        (b'{"protocol": 1, "operations": []}', 400),
        (b'{"protocol": 1, "batch": "x", "operations": []}', 400),
        (b'{"protocol": 1, "batch": "0190b5f0-0000-7000-8000-000000000000", "operations": {}}', 400),
        (b'{"protocol": 1, "batch": "0190b5f0-0000-7000-8000-000000000000", "operations": [1]}', 400),
        (b'{"protocol": 1, "batch": "0190b5f0-0000-7000-8000-000000000000", "operations": [{}]}', 400),
        (b'{"protocol": 1, "batch": "0190b5f0-0000-7000-8000-000000000000", "operations": [{"seq": 0}]}', 400),
        (b'{"protocol": 1, "batch": "0190b5f0-0000-7000-8000-000000000000", "cursor": -1, "operations": []}', 400),
        (b'{"protocol": 1, "batch": "0190b5f0-0000-7000-8000-000000000000", "cursor": NaN, "operations": []}', 400),
        (b"[" * 100_000, 400),
    ],
)  # fmt: skip
def test_a_batch_that_cannot_be_read_gets_a_clear_answer(tablet, body, status):
    answer = tablet.browser.post("/sync", data=body, content_type="application/json")
    assert answer.status_code == status
    assert answer.json["error"]
    assert not Operation.select().exists()


def test_a_batch_that_is_too_large_is_413(tablet, scan):
    assert tablet.sync(*(scan(seq) for seq in range(1, 502))).status_code == 413
    assert tablet.browser.post("/sync", data=b" " * (2**21 + 1)).status_code == 413


def test_nobody_syncs_without_an_enrolled_tablet(client, scan):
    answer = client.post("/sync", json={"protocol": 1, "operations": [scan()]})
    assert (answer.status_code, answer.json) == (401, {"error": "not_enrolled"})
    assert client.get("/kiosk/snapshot").status_code == 401


def test_a_revoked_tablet_is_told_so(tablet, scan):
    tablet.tablet.revoke()
    answer = tablet.sync(scan())
    assert (answer.status_code, answer.json) == (401, {"error": "revoked"})
    assert not Operation.select().exists()


def test_another_site_cannot_sync_for_the_tablet(tablet, scan):
    body = {"protocol": 1, "batch": str(uuid.uuid4()), "operations": [scan()]}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert tablet.browser.post("/sync", json=body, headers=headers).status_code == 403


def test_a_booth_hears_of_its_own_people_and_of_nobody_elses(enrol, fair, scan, person):
    clothing, kitchen = enrol(fair.clothing), enrol(fair.kitchen)
    registration = person(phone="13800000000")
    clothing.sync(registration, scan(2, pass_=None, candidate=registration["id"]))

    heard = kitchen.sync().json["changes"]
    snapshot = kitchen.browser.get("/kiosk/snapshot").json["changes"]
    assert [change for change in heard + snapshot if change["kind"] in ("candidate", "check_in")] == []
    assert {c["id"] for c in snapshot if c["kind"] == "vacancy"} == {fair.cook.number}

    second = enrol(fair.clothing).browser.get("/kiosk/snapshot")
    kinds = [change["kind"] for change in second.json["changes"]]
    assert kinds.count("candidate") == kinds.count("check_in") == 1
    assert "13800000000" not in second.text


def test_a_tablet_hears_how_another_moved_its_check_in(enrol, fair, scan, operation):
    one, other = enrol(fair.clothing), enrol(fair.clothing)
    check_in = scan()
    cursor = one.sync(check_in).json["cursor"]
    other.sync(operation(1, "check_in.progressed", check_in=check_in["id"], stage="hired"))

    changes = {c["kind"]: c["data"] for c in one.sync(cursor=cursor).json["changes"]}
    assert changes["check_in"]["stage"] == "hired"
    assert changes["vacancy"]["remaining"] == 7


def test_the_snapshot_can_be_resumed_page_by_page(enrol, fair, operation, monkeypatch):
    monkeypatch.setattr(sync_routes, "FIRST_PAGE", 500)
    first, second = enrol(fair.clothing), enrol(fair.clothing)
    scans = [
        operation(seq, "check_in.recorded", pass_=number, vacancy=fair.sewing.number)
        for seq, number in enumerate(fair.passes * 3, start=1)
    ]
    for start in range(0, 600, 300):
        first.sync(*scans[start : start + 300])
    seen, cursor, more, pages = set(), 0, True, 0
    while more:
        page = second.browser.get(f"/kiosk/snapshot?cursor={cursor}").json
        seen |= {change["id"] for change in page["changes"] if change["kind"] == "check_in"}
        cursor, more, pages = page["cursor"], page["more"], pages + 1
    assert (len(seen), pages) == (600, 2)


def test_a_pass_given_to_two_people_is_shown_to_the_organiser(enrol, fair, person):
    late, early = enrol(fair.kitchen), enrol(fair.clothing)
    sister = person(pass_=fair.passes[0], name="李小妹", at="2026-02-24T09:20:00+08:00")
    late.sync(sister)
    early.sync(person(pass_=fair.passes[0], at="2026-02-24T09:10:00+08:00"))

    assert Operation.get(log=late.tablet.id).reason == "pass_bound_twice"
    assert Operation.get(log=early.tablet.id).reason is None
    assert len({candidate.person for candidate in Candidate.select()}) == 1


def test_a_tablet_enrolled_anew_counts_nothing_twice(enrol, fair, scan, person, operation):
    before, after = enrol(fair.clothing), enrol(fair.clothing)
    facts = [person(1), scan(2), operation(3, "tally.counted", topic="leaflet", count=5)]
    before.sync(*facts)
    after.sync(*facts)

    assert (Candidate.select().count(), CheckIn.select().count()) == (1, 1)
    assert [tally.count for tally in Tally.select(Tally.count)] == [5]


def test_a_tablet_hears_that_the_market_day_was_changed(app, enrol, fair):
    tablet = enrol(fair.clothing)
    cursor = tablet.sync().json["cursor"]
    change_market_day(fair.day, closes_at="13:00", campaign=fair.campaign, date=fair.day.date)
    (change,) = tablet.sync(cursor=cursor).json["changes"]
    assert (change["kind"], change["data"]["closes_at"]) == ("market_day", "13:00")


def test_what_was_refused_is_in_the_audit_log(tablet, person, scan):
    tablet.sync(person(birth_year=2012), scan(2), person(3, name=""))
    (entry,) = AuditEntry.select()
    assert (entry.action, entry.rows, entry.who) == ("operations_refused", 2, f"tablet:{tablet.tablet.letter}")
    assert "1: under_16" in entry.what and "3: malformed: name" in entry.what


@pytest.mark.parametrize(
    ("ours", "theirs", "spoken"),
    [(1, 1, [1]), (2, 1, [1, 2]), (3, 2, [2, 3]), (1, 2, [1]), (3, 1, [2, 3]), (1, 0, [1])],
)
def test_a_server_speaks_its_own_protocol_and_the_one_before(tablet, scan, monkeypatch, ours, theirs, spoken):
    monkeypatch.setattr(sync_routes, "PROTOCOL", ours)
    answer = tablet.sync(scan(), protocol=theirs)

    if theirs in spoken:
        assert (answer.status_code, answer.json["protocol"], answer.json["acknowledged"]) == (200, theirs, 1)
    else:
        assert (answer.status_code, answer.json) == (426, {"error": "protocol", "supported": spoken})
        assert Operation.select().count() == 0
