"""A day that was closed keeps its figures; what comes later stands apart until it is closed anew, with a reason."""

import hashlib
import io
import json
import re
from datetime import date

import openpyxl
import pytest

from models.schema import Amendment, AuditEntry, Booth, Closing, Division, MarketDay, Vacancy
from tests.html import one_line


@pytest.fixture
def clothing(fair, enrol, operation):
    """The clothing factory's tablet, which has tied one person."""
    tablet = enrol(fair.clothing)
    tablet.sync(operation(1, "check_in.recorded", pass_=fair.passes[0], vacancy=fair.sewing.number), unsent=0)
    return tablet


@pytest.fixture
def later(fair, clothing, operation):
    """Return a function by which one more person comes."""
    seqs = iter(range(2, 100))

    def later() -> None:
        seq = next(seqs)
        clothing.sync(operation(seq, "check_in.recorded", pass_=fair.passes[seq], vacancy=fair.sewing.number), unsent=0)

    return later


def close(organiser, day, reason: str = "") -> int:
    return organiser.post(f"{day}/closings", data={"reason": reason}).status_code


def persons(organiser, day, **query) -> int:
    return organiser.get(f"{day}/summary.json", query_string=query).json["persons"]


def test_closing_freezes_the_figures_and_says_who_and_when(organiser, day, clothing, later):
    assert "尚未定稿" in organiser.get(day).text and "尚未定稿" in organiser.get(f"{day}/summary").text
    assert close(organiser, day) == 303
    later()

    assert (persons(organiser, day), persons(organiser, day, version="open")) == (1, 2)
    page = one_line(organiser.get(f"{day}/summary").text)
    assert 'data-version="1"' in page and 'data-figure="persons">1<' in page
    assert Closing.get().hash[:4] in page and "来访人数<b>1 → 2</b>" in page and "记录1条" in page
    assert "已定稿（第1版）" in organiser.get(day).text and "chen" in organiser.get(day).text
    entry = AuditEntry.get(AuditEntry.action == "day_closed")
    assert (entry.who, "version 1" in entry.what) == ("chen", True)


def test_closing_anew_needs_a_reason_and_every_version_stays_readable(organiser, day, clothing, later):
    close(organiser, day)
    later()
    assert close(organiser, day) == close(organiser, day, "  ") == 422
    assert close(organiser, day, "补传一台平板") == 303

    assert [persons(organiser, day, **query) for query in ({}, {"version": 1}, {"version": 2})] == [2, 1, 2]
    page = one_line(organiser.get(f"{day}/summary").text)
    assert "替代第1版，原因：补传一台平板" in page and "来访人数 1 → 2" in page
    assert "已被第2版替代" in organiser.get(f"{day}/summary", query_string={"version": 1}).text
    listed = one_line(organiser.get(f"{day}/closings").text)
    assert re.findall(r'id="version-(\d)"', listed) == ["2", "1"] and "补传一台平板" in listed
    for ending in ("csv", "xlsx"):
        assert organiser.get(f"{day}/summary.{ending}", query_string={"version": 1}).status_code == 200
    for unknown in (3, "x", "-1", "0", "9" * 30):
        assert organiser.get(f"{day}/summary.json", query_string={"version": unknown}).status_code == 404


def test_the_hash_is_that_of_the_json(organiser, day, clothing):
    close(organiser, day)
    found = organiser.get(f"{day}/summary.json").json

    assert found.pop("since") is None
    said = found.pop("hash")
    canonical = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert said == hashlib.sha256(canonical.encode()).hexdigest() == Closing.get().hash


def test_what_came_since_is_counted_without_counting_the_day(organiser, day, fair, clothing, later):
    close(organiser, day)
    later()
    organiser.post(f"{day}/quarantine/{clothing.tablet.id}/2", data={"act": "set_aside"})
    organiser.post(f"{day}/booths/1", data=booth_form(fair, name="新名", reason="写错了"))

    since = organiser.get(f"{day}/summary.json").json["since"]
    assert since["facts"] == 1 and since["amendments"] == 1


def booth_form(fair, **changes) -> dict:
    booth = Booth.get_by_id(fair.clothing.id)
    return {
        "number": booth.number, "kind": booth.kind, "employer": fair.factory.id, "name": booth.name,
        "topics": ["leaflet", "policy"], "expects_tablet": "yes",
    } | changes  # fmt: skip


def vacancy_form(fair, **changes) -> dict:
    return {
        "title": "缝纫工", "trade": "sewing", "openings": "8", "duties": "按样板缝制", "place": "璧山区八塘镇",
        "pay_min": "3500", "pay_max": "4500", "pay_unit": "month", "work_kind": "full_time",
        "valid_until": "2099-01-01",
    } | changes  # fmt: skip


def day_form(fair, **changes) -> dict:
    return {
        "town": fair.town.code, "date": "2026-02-24", "opens_at": "08:00", "closes_at": "12:00", "place": "",
        "campaign": fair.campaign.id,
    } | changes  # fmt: skip


def test_an_open_days_set_up_changes_without_a_reason(organiser, day, fair, clothing):
    assert organiser.post(f"{day}/booths/1", data=booth_form(fair, name="新名")).status_code == 303
    assert not Amendment.select().exists()


@pytest.mark.parametrize("what", ["booth", "vacancy", "day"])
def test_a_closed_days_set_up_changes_with_a_reason_only_and_in_the_next_version(organiser, day, fair, clothing, what):
    Division.create(code="500120101", name="七塘镇", parent=fair.town.parent, level="township")
    close(organiser, day)
    path, form, thing, field, new = {
        "booth": (f"{day}/booths/1", booth_form(fair, name="新名"), "booth", "name", "新名"),
        "vacancy": (
            f"{day}/booths/1/vacancies/{fair.sewing.number}", vacancy_form(fair, openings="400"), "vacancy", "openings",
            "400",
        ),
        "day": (day, day_form(fair, town="500120101"), "market_day", "town", "七塘镇"),
    }[what]  # fmt: skip
    before = organiser.get(f"{day}/summary.csv").text

    refused = organiser.post(path, data=form)
    assert refused.status_code == 422 and "本场已定稿" in refused.text and not Amendment.select().exists()
    assert organiser.post(path, data=form | {"reason": "登记时写错"}).status_code == 303

    row = Amendment.get()
    assert (row.thing, row.field, row.new, row.who, row.reason) == (thing, field, new, "chen", "登记时写错")
    noted = AuditEntry.select().where(AuditEntry.thing == {"day": "market_day"}.get(what, what))
    (entry,) = (one for one in noted if field in one.changes)  # one record of one change
    assert (entry.action, entry.who, entry.why) == ("changed", "chen", "登记时写错")
    assert new in str(entry.changes[field][1])
    assert not AuditEntry.select().where(AuditEntry.action == "closed_day_changed").exists()
    assert organiser.get(f"{day}/summary.csv").text == before
    assert new in organiser.get(f"{day}/closings").text
    close(organiser, day, "更正")
    assert new in organiser.get(f"{day}/summary.csv").text
    assert organiser.get(f"{day}/summary.csv?version=1").text == before


def test_nothing_of_a_closed_day_is_taken_away_without_a_reason(organiser, day, fair, clothing):
    close(organiser, day)
    for path in (f"{day}/booths/2/vacancies/{fair.cook.number}/delete", f"{day}/booths/2/delete"):
        assert organiser.post(path).status_code == 422
    assert Vacancy.select().where(Vacancy.number == fair.cook.number).exists()

    assert organiser.post(f"{day}/booths/2/delete", data={"reason": "没有来"}).status_code == 303
    assert not Booth.select().where(Booth.id == fair.kitchen.id).exists() and Amendment.select().count() >= 5


def test_a_day_that_has_not_opened_cannot_be_closed(organiser, day, fair):
    MarketDay.update(date=date(2099, 1, 1)).execute()
    assert close(organiser, day) == 409 and not Closing.select().exists()
    assert "closings/new" not in organiser.get(day).text


def test_the_live_page_of_a_closed_day_shows_the_version(organiser, day, clothing, later):
    close(organiser, day)
    later()
    shown = organiser.get(f"{day}/live").text

    assert "已定稿（第1版）" in shown and 'hx-trigger="every' not in shown
    assert re.findall(r'class="count"><strong>(\d+)<', shown)[0] == "1"


def test_a_reader_reads_versions_and_closes_nothing(app, day, fair, organiser, clothing):
    close(organiser, day)
    reader = app.test_client(user=fair.reader)

    listed = reader.get(f"{day}/closings")
    assert listed.status_code == 200 and "closings/new" not in listed.text
    assert reader.post(f"{day}/closings").status_code == 403


def test_outside_the_county_no_count_below_five_is_read_in_any_form_and_the_whole_hash_is_not_said(
    organiser, day, clothing
):
    assert organiser.get(f"{day}/summary.json?outside=1").status_code == 404
    close(organiser, day)
    whole = organiser.get(f"{day}/summary.json").json
    found = organiser.get(f"{day}/summary.json?outside=1").json
    assert (whole["persons"], found["persons"], found["booths"][0]["visits"]) == (1, "*", "*")
    assert found["outside"] and found["hash"] != whole["hash"]
    comma = organiser.get(f"{day}/summary.csv?outside=1&lang=en")
    assert "\r\nTotals,,Persons (each once),*,persons\r\n" in comma.text and whole["hash"] not in comma.text
    book = openpyxl.load_workbook(io.BytesIO(organiser.get(f"{day}/summary.xlsx?outside=1&lang=en").data))
    assert "Tablets" not in book.sheetnames and "outside the county" in book["Totals"]["C2"].value
    assert ("Persons (each once)", "*") in [(row[2], row[3]) for row in book["Totals"].values]
    assert "-v1-outside.xlsx" in organiser.get(f"{day}/summary.xlsx?outside=1").headers["Content-Disposition"]
    assert "outside=1" in organiser.get(f"{day}/summary").text
