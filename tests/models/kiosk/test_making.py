"""A series is made at once like its pattern, with its clashes left out, and is taken back at once."""

from datetime import date, timedelta

import pytest

from models import schema as models
from models.base.clock import utcnow
from models.kiosk.in_use import InUse
from models.kiosk.making import days_of, make_series, undo_series
from models.market.actor import acting
from models.market.duty import on_duty
from models.market.operator import Operator
from models.market.planning import towns_of
from models.market.series_plan import Wish, plan_copies, plan_series
from models.market.tablet import Tablet

START, END = date(2026, 3, 2), date(2026, 3, 15)
EIGHT, DAXING = "500120100", "500120199"


@pytest.fixture
def season(fair):
    """The cast with rules of its two towns, that go to market on the same dates, and its booths staffed."""
    for town in (EIGHT, DAXING):
        models.MarketRule.create(town=town, digits="3-6-9")
    fair.li = Operator.enlist(fair.clothing, "李工")
    fair.tablet = Tablet.enlist(fair.clothing, name="一号")
    models.ChecklistItem.create(market_day=fair.day, text="电源", person="老周")
    return fair


def wish(fair, **changes) -> Wish:
    return Wish(fair.county, (EIGHT, DAXING), START, END, "last", fair.day, fair.campaign)._replace(**changes)


def planned(fair, taken=(), **changes):
    return plan_series(wish(fair, **changes), towns_of(fair.county, START), taken)


def of(plan, kind):
    return [clash for clash in plan.clashes if clash.kind == kind]


def test_the_dates_are_those_of_the_rules(season):
    plan = planned(season)
    assert [(town.name, [day.date.day for day in days]) for town, days in plan.by_town] == [
        ("八塘镇", [3, 6, 9, 13]), ("大兴镇", [3, 6, 9, 13])
    ]  # fmt: skip


def test_a_series_has_what_its_pattern_has(season):
    series = make_series(planned(season), "chen")
    day = models.MarketDay.get(town=EIGHT, date=date(2026, 3, 3))
    assert (series.towns, series.days, day.series_id, day.campaign) == (2, 8, series.id, season.campaign)
    assert [(b.number, b.name, b.kind, b.employer_id) for b in day.booths.order_by(models.Booth.number)] == [
        (b.number, b.name, b.kind, b.employer_id) for b in season.day.booths.order_by(models.Booth.number)
    ]
    booth = day.booths.order_by(models.Booth.number).first()
    assert [duty.operator for duty in on_duty(booth)] == [season.li]
    assert {offer.vacancy for offer in booth.offers} == {season.sewing, season.ironing}
    (tablet,) = Tablet.enrolled(day)
    assert (tablet.device, tablet.letter, tablet.booth) == (season.tablet.device, "A", booth)
    assert [(item.text, item.person) for item in day.checklist] == [("电源", "老周")]


def test_what_is_at_two_places_on_a_date_stays_with_the_first(season):
    plan = planned(season)
    for kind, thing in (("device", "一号"), ("operator", "李工"), ("helper", "老周")):
        (clash,) = of(plan, kind)
        assert (clash.thing, clash.town, clash.others, len(clash.dates)) == (thing, "大兴镇", ("八塘镇",), 4)
    make_series(plan, "chen")
    there = models.MarketDay.get(town=DAXING, date=date(2026, 3, 3))
    assert Tablet.enrolled(there) == [] and not any(on_duty(booth) for booth in there.booths)
    assert [item.person for item in there.checklist] == [""]


def test_a_clash_that_is_taken_moves_a_device_and_keeps_a_person_at_both(season):
    keys = [clash.key for clash in planned(season).clashes]
    plan = planned(season, keys)
    assert [clash.key for clash in plan.clashes] == keys and all(clash.is_taken for clash in plan.clashes)
    make_series(plan, "chen")
    on = date(2026, 3, 6)
    here, there = models.MarketDay.get(town=EIGHT, date=on), models.MarketDay.get(town=DAXING, date=on)
    assert Tablet.enrolled(here) == [] and len(Tablet.enrolled(there)) == 1
    assert [sum(len(on_duty(booth)) for booth in day.booths) for day in (here, there)] == [1, 1]


def test_a_device_never_stands_at_two_places_on_a_date(season):
    models.MarketRule.create(town=_third(season), digits="3-6-9")
    asked = {"towns": (EIGHT, DAXING, "500120300")}
    keys = [clash.key for clash in plan_series(wish(season, **asked), towns_of(season.county, START)).clashes]
    plan = plan_series(wish(season, **asked), towns_of(season.county, START), keys)
    make_series(plan, "chen")
    rows = models.Tablet.select(models.Log.market_day).join(models.Log).where(models.Tablet.log != season.tablet.id)
    dates = [models.MarketDay.get_by_id(day).date for (day,) in rows.tuples()]
    assert len(dates) == len(set(dates)) == 4


def _third(fair) -> models.Division:
    return models.Division.create(code="500120300", name="来凤镇", parent="500120", level="township")


def test_what_exists_stays_and_holds_its_device(season):
    day = models.MarketDay.create(county=season.county, town=EIGHT, date=date(2026, 3, 3))
    booth = models.Booth.create(market_day=day, number=1, name="山城制衣厂")
    Tablet.enlist(booth, device=season.tablet.device)
    plan = planned(season)
    (exists,) = of(plan, "exists")
    assert (exists.town, exists.dates, exists.may_be_taken) == ("八塘镇", (date(2026, 3, 3),), False)
    fixed = next(clash for clash in of(plan, "device") if clash.is_fixed)
    assert (fixed.dates, fixed.may_be_taken) == ((date(2026, 3, 3),), False)
    make_series(planned(season, [clash.key for clash in plan.clashes]), "chen")
    assert Tablet.enrolled(models.MarketDay.get(town=DAXING, date=date(2026, 3, 3))) == []
    assert [one for one in models.MarketDay.select() if (one.town_id, one.date) == (EIGHT, day.date)] == [day]


def test_a_town_without_rule_and_a_holiday_are_named(season):
    _third(season)
    asked = {"towns": (EIGHT, "500120300"), "start": date(2026, 2, 10), "end": date(2026, 2, 20)}
    plan = plan_series(wish(season, **asked), towns_of(season.county, START))
    assert [clash.town for clash in of(plan, "no_rule")] == ["来凤镇"]
    (spring,) = of(plan, "holiday")
    assert (spring.thing, spring.dates, spring.may_be_taken) == ("spring", (date(2026, 2, 16), date(2026, 2, 19)), True)
    assert date(2026, 2, 16) not in [day.date for day in plan.days]
    held = plan_series(wish(season, **asked), towns_of(season.county, START), [spring.key])
    assert date(2026, 2, 16) in [day.date for day in held.days]


def test_a_town_that_never_had_one_is_planned_empty_only_when_that_is_taken(season):
    plan = planned(season, template=None)
    assert [clash.town for clash in of(plan, "no_source")] == ["大兴镇"] and len(plan.days) == 4
    plan = planned(season, [of(plan, "no_source")[0].key], template=None)
    make_series(plan, "chen")
    assert models.MarketDay.get(town=DAXING, date=date(2026, 3, 3)).booths.count() == 0


def test_a_vacancy_is_offered_while_it_is_good(season):
    season.sewing.valid_until = date(2026, 3, 6)
    season.sewing.save()
    models.Vacancy.update(closed=True).where(models.Vacancy.id == season.cook.id).execute()
    make_series(planned(season), "chen")
    offered = {
        day.date.day: sorted(offer.vacancy.title for offer in day.offers)
        for day in models.MarketDay.select().where(models.MarketDay.town == EIGHT, models.MarketDay.date >= START)
    }
    assert offered == {3: ["熨烫工", "缝纫工"], 6: ["熨烫工", "缝纫工"], 9: ["熨烫工"], 13: ["熨烫工"]}


def test_the_history_has_each_day_and_the_series(season):
    with acting(lambda: "chen"):
        series = make_series(planned(season), "chen")
        undo_series(series, "chen", "误排")
    entries = models.AuditEntry.select().where(models.AuditEntry.thing == "market_day").order_by(models.AuditEntry.id)
    made = [entry for entry in entries if entry.action == "made"]
    assert len(made) == 8 and sum(entry.action == "deleted" for entry in entries) == 8
    assert made[0].changes["date"] == [None, "2026-03-03"] and made[0].changes["town"][1] == "八塘镇"
    assert {entry.county_id for entry in entries} == {season.county.id}
    assert models.AuditEntry.select().where(models.AuditEntry.thing == "series").count() == 2


def test_a_series_is_taken_back_whole(season):
    before = {model: model.select().count() for model in models.MODELS}
    last = models.MarketDay.select().order_by(models.MarketDay.id.desc()).first().id
    series = make_series(planned(season), "chen")
    highest = max(day.id for day in days_of(series))
    assert undo_series(series, "chen", "误排") == (8, 0)
    after = {model: model.select().count() for model in models.MODELS}
    changed = {model.__name__ for model in models.MODELS if after[model] != before[model]}
    assert changed <= {"Series", "UsedNumber"}
    assert undo_series(series, "chen", "误排") == (0, 0)
    assert models.MarketDay.create(county=season.county, town=EIGHT, date=START).id > highest > last


def test_what_was_recorded_keeps_a_series(season, operation):
    from models.intake.ingest import ingest

    series = make_series(planned(season), "chen")
    day = models.MarketDay.get(town=EIGHT, date=date(2026, 3, 3))
    log = models.Log.of(day, "phones")
    ingest(log, [operation(1, "candidate.registered", name="王师傅", birth_year=1975)])
    with pytest.raises(InUse):
        undo_series(series, "chen", "误排")
    assert len(days_of(series)) == 8


def test_what_a_tablet_may_know_is_cancelled_and_not_deleted(season):
    series = make_series(planned(season), "chen")
    device = season.tablet.device
    device.last_contact_at = utcnow() + timedelta(minutes=1)
    device.save()
    assert undo_series(series, "chen", "误排") == (4, 4)
    left = days_of(series)
    assert {(day.town_id, day.is_cancelled, day.cancelled_why) for day in left} == {(EIGHT, True, "误排")}
    assert not any(tablet.is_expected for day in left for tablet in Tablet.enrolled(day))


def test_copies_go_to_other_dates_and_keep_their_campaign(season):
    slots = [(season.town, date(2026, 3, 3), season.day.id), (season.town, date(2026, 3, 4), season.day.id)]
    asked = wish(season, source="copy", campaign=None)
    plan = plan_copies(asked, slots)
    (off,) = of(plan, "off_market")
    assert (off.dates, off.may_be_taken, len(plan.days)) == ((date(2026, 3, 4),), True, 1)
    series = make_series(plan_copies(asked, slots, [off.key]), "chen")
    assert [(day.date.day, day.campaign_id) for day in days_of(series)] == [
        (3, season.campaign.id), (4, season.campaign.id)
    ]  # fmt: skip


def test_a_copy_of_a_draft_is_a_draft(season):
    models.MarketDay.update(published_at=None).where(models.MarketDay.id == season.day.id).execute()
    slots = [(season.town, date(2026, 3, 3), season.day.id)]
    make_series(plan_copies(wish(season, source="copy", campaign=None), slots), "chen")
    assert models.MarketDay.get(town=EIGHT, date=date(2026, 3, 3)).is_draft


def test_a_plan_says_when_the_world_changed(season):
    before = planned(season)
    assert planned(season).digest == before.digest
    models.MarketDay.create(county=season.county, town=EIGHT, date=date(2026, 3, 3))
    assert planned(season).digest != before.digest
