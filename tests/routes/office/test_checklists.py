"""A day's checklist: usual lines by venue, own lines, who sees to it, ticks, and the sheet."""

from datetime import date

import pytest

from models import schema as models
from models.market.checklist import MOST, checklist_of
from models.market.planning import plan
from models.vocabulary.checklist import CHECKLIST, USUAL_AT
from models.vocabulary.code_list import VENUES


@pytest.fixture
def keep(organiser, day):
    return lambda **typed: organiser.post(f"{day}/checklist", data=typed)


def lines(day: models.MarketDay) -> dict:
    return {line.key: line for line in checklist_of(day)}


def test_every_venue_has_its_usual_lines_and_the_law_s_plans_are_among_them():
    assert USUAL_AT.keys() == VENUES.keys()
    for venue, codes in USUAL_AT.items():
        assert set(codes) <= CHECKLIST.keys() and len(set(codes)) == len(codes) < MOST
        assert venue == "ONLINE" or {"safety_plan", "emergency_plan", "power", "network"} <= set(codes)


def test_until_it_is_kept_it_is_what_is_usual_at_the_venue(organiser, fair, day):
    assert "rain" in lines(fair.day) and organiser.get(f"{day}/checklist").status_code == 200
    fair.day.venue = "ONLINE"
    assert "stream" in lines(fair.day) and "rain" not in lines(fair.day)
    assert not models.ChecklistItem.select().exists()  # reading keeps nothing


def test_who_sees_to_what_is_kept_with_a_tick_and_own_lines(keep, organiser, fair, day):
    typed = {"person_power": "李工", "done_power": "yes", "out_rain": "yes", "text_new0": "借音箱"}
    assert keep(person_new0="周姐", **typed).status_code == 303
    kept = lines(fair.day)
    assert (kept["power"].person, kept["power"].is_done, kept["power"].done_by) == ("李工", True, "chen")
    assert kept["rain"].is_left_out
    (own,) = [line for line in kept.values() if not line.code]
    assert (own.text, own.person, own.is_done) == ("借音箱", "周姐", False)
    page = organiser.get(f"{day}/checklist").text
    assert "借音箱" in page and "李工" in page

    keep(**{f"text_{own.key}": "", "person_power": "李工"})
    assert [line for line in lines(fair.day).values() if not line.code] == []
    assert not lines(fair.day)["power"].is_done


def test_the_sheet_has_what_is_needed_and_no_more(keep, organiser, day):
    keep(person_power="李工", done_power="yes", out_rain="yes", text_new0="借音箱")
    sheet = organiser.get(f"{day}/checklist/sheet?lang=en").text
    assert "李工" in sheet and "借音箱" in sheet and CHECKLIST["safety_plan"] in sheet
    assert CHECKLIST["rain"] not in sheet and sheet.count('aria-label="done"') == 1
    assert models.AuditEntry.select().where(models.AuditEntry.action == "print").count() == 1


def test_two_who_tick_at_the_same_time_lose_nothing(keep, organiser, fair, day):
    keep(person_power="李工")
    opened = organiser.get(f"{day}/checklist").text.partition('name="opened_with" value="')[2].partition('"')[0]
    opened = opened.replace("&#34;", '"')
    keep(person_power="李工", done_power="yes", opened_with=opened)
    keep(person_power="李工", done_network="yes", opened_with=opened)
    assert lines(fair.day)["power"].is_done and lines(fair.day)["network"].is_done


@pytest.mark.parametrize("wrong", [{"text_new0": "长" * 100}, {"person_power": "长" * 100}])
def test_what_is_too_long_is_named_and_what_was_typed_stays(keep, wrong):
    answer = keep(person_network="李工", **wrong)
    assert answer.status_code == 422 and "李工" in answer.text
    assert not models.ChecklistItem.select().exists()


def test_there_are_no_more_lines_than_a_sheet_holds(keep, organiser, fair, day):
    for _ in range(20):
        keep(text_new0="一", text_new1="二", text_new2="三", **{
            f"text_{line.key}": line.text for line in checklist_of(fair.day) if not line.code})  # fmt: skip
    assert len(checklist_of(fair.day)) == MOST
    assert 'name="text_new0"' not in organiser.get(f"{day}/checklist").text


def test_a_day_that_is_copied_takes_it_over_with_nothing_done(keep, fair):
    keep(person_power="李工", done_power="yes", text_new0="借音箱")
    source = models.MarketDay.get_by_id(fair.day.id)
    copied = plan(source, county=fair.county, town=fair.town, date=date(2026, 2, 27), campaign=None)
    kept = lines(copied)
    assert (kept["power"].person, kept["power"].is_done) == ("李工", False)
    assert "借音箱" in [line.text for line in kept.values()]


def test_a_reader_reads_it_and_ticks_nothing(app, fair, day):
    reader = app.test_client(user=fair.reader)
    page = reader.get(f"{day}/checklist").text
    assert "disabled" in page and 'name="text_new0"' not in page
    assert reader.get(f"{day}/checklist/sheet").status_code == 200
    assert reader.post(f"{day}/checklist", data={"done_power": "yes"}).status_code == 403
