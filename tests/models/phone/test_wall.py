"""What a wall shows: which market day, which slides, how many people, and when it says that it is over."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models import schema as models
from models.intake.ingest import ingest
from models.kiosk.cancellation import cancel
from models.market.offer import new_vacancy
from models.market.tablet import Tablet
from models.phone.notice import day_notice
from models.phone.wall import TALL, WIDE, wall

CHONGQING = ZoneInfo("Asia/Shanghai")


def at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 2, day, hour, minute, tzinfo=CHONGQING).astimezone(UTC)


@pytest.fixture
def shown(fair):
    """Return a function that gives what the town's wall shows at a time of February 2026."""

    def shown(day: int, clock: str, frame=WIDE, chosen=None, town="500120100"):
        return wall(fair.county, town, at(day, clock), frame, chosen and day_notice(chosen.id))

    return shown


def post(booth, title, **more):
    return new_vacancy(
        booth, title=title, trade="sewing", openings=3, place="璧山区", pay_min_fen=350_000, pay_max_fen=450_000,
        duties="", benefits="", bring="", **more,
    )  # fmt: skip


def test_urgent_posts_come_first_and_what_is_full_is_left_out(fair, shown):
    models.Vacancy.update(urgent=True).where(models.Vacancy.id == fair.cook.id).execute()
    models.Vacancy.update(closed=True).where(models.Vacancy.id == fair.ironing.id).execute()
    found = shown(24, "09:00")
    first, *others = found.slides
    assert [(card.booth.number, [one.title for one in card.posts]) for card in first] == [(2, ["厨师"])]
    assert [(card.booth.number, [one.title for one in card.posts]) for card in others[0]] == [
        (1, ["缝纫工"]), (2, ["厨师"]), (3, [])]  # fmt: skip
    assert (found.phase, found.vacancies, found.openings, found.persons) == ("open", 2, 9, 0)


def test_a_slide_takes_whole_booths_and_cuts_those_alone_that_are_larger_than_it(fair, shown):
    titles = ["大型连锁餐饮企业中央厨房冷链配送装卸及包装流水线夜班普工"[:length] for length in (4, 12, 28)] * 8
    for title in titles:
        post(fair.kitchen, title)
    for frame in (WIDE, TALL):
        slides = shown(24, "09:00", frame).slides
        posts = [post.title for slide in slides for card in slide if card.booth.number == 2 for post in card.posts]
        assert posts == ["厨师", *titles]  # each once, in its order
        lines = [2 if frame.splits else 1] * sum(len(card.posts) for slide in slides for card in slide)
        assert sum(lines) * frame.line <= frame.height * len(slides) and all(slides)
        assert [card.booth.number for card in slides[0]][:1] == [1]


def test_people_are_told_in_whole_tens(fair, shown, operation):
    tablet = Tablet.enlist(fair.clothing, letter="A")
    ingest(tablet.log, [operation(n, "visit.recorded", pass_=number) for n, number in enumerate(fair.passes[:19], 1)])
    assert shown(24, "09:30").persons == 10
    ingest(tablet.log, [operation(20, "visit.recorded", pass_=fair.passes[20])])
    assert shown(24, "09:30").persons == 20


def test_a_day_ends_half_an_hour_after_its_market_and_gives_way_to_the_next_at_midnight(fair, shown):
    held = models.MarketDay.create(county=fair.county, town="500120100", date=date(2026, 2, 27))
    models.MarketDay.create(county=fair.county, town="500120199", date=date(2026, 2, 26))
    models.MarketDay.create(county=fair.county, town="500120100", date=date(2026, 2, 25), published_at=None)
    phases = [shown(24, clock).phase for clock in ("00:05", "08:00", "12:29", "12:30")]
    assert phases == ["ahead", "open", "open", "over"]
    over = shown(24, "20:00")
    assert over.day.id == fair.day.id and over.slides == ()
    assert [day.date.day for day in over.coming] == [26, 27]  # of all towns, no draft
    between, next_morning = shown(25, "09:00"), shown(27, "07:00")
    assert (between.day, between.phase) == (None, "none") and len(between.coming) == 2
    assert (next_morning.day.id, next_morning.phase) == (held.id, "ahead")
    assert shown(26, "07:00", town="").day.town == "大兴镇"  # of the whole county
    # Somebody who opened it for that day the evening before sees that day; afterwards what the town has then.
    assert shown(26, "20:00", chosen=held).day.id == held.id


def test_a_night_market_goes_on_after_midnight_and_a_cancelled_day_says_why(fair, shown):
    models.MarketDay.update(opens_at="18:00", closes_at="01:00").where(models.MarketDay.id == fair.day.id).execute()
    assert shown(25, "01:20").day.id == fair.day.id and shown(25, "01:30").day is None
    cancel(fair.day, "chen", "暴雨")
    told = shown(24, "19:00")
    assert (told.phase, told.day.cancelled, told.slides) == ("cancelled", "暴雨", ())
