"""Day labour ends with its date by the clock: for phones, in figures, in recommendations, and for late facts."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from models.figures.overview import vacancy_rows
from models.figures.season import county_season
from models.intake import ingest as intake
from models.intake.ingest import ingest
from models.kiosk.set_up import keep_vacancy
from models.kiosk.vacancy_record import draw_vacancies
from models.market import day_labour
from models.market.day_labour import last_date
from models.market.market_day import MarketDay
from models.market.offer import Offer, to_offer
from models.market.pattern import patterns_of
from models.matching.wish import Wish
from models.phone.fitting import fitting
from models.phone.notice import day_notice, vacancies_of_day
from models.printing.poster import vacancy_posters
from models.schema import Booth, Operation, Tablet, Vacancy

TODAY = date(2026, 2, 24)
MIDNIGHT = datetime(2026, 2, 24, 16, tzinfo=UTC)  # at the market
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def loading(fair) -> Vacancy:
    """Work for the market day's date, at the clothing factory's booth."""
    Vacancy.update(work_kind="day", work_date=TODAY, valid_until=None).where(Vacancy.id == fair.sewing.id).execute()
    return Vacancy.get_by_id(fair.sewing.id)


@pytest.mark.parametrize(("kind", "work", "until", "last"), [
    ("day", TODAY, None, TODAY), ("day", None, TODAY, TODAY), ("day", None, None, None),
    ("day", TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=1)), ("full_time", TODAY, TODAY, None),
])  # fmt: skip
def test_the_date_of_day_labour_is_that_of_the_work_or_the_last_on_which_people_are_taken(kind, work, until, last):
    assert last_date(kind, work, until) == last


def test_everything_says_so_from_the_first_second_of_the_next_day(fair, loading, monkeypatch):
    tablet = Tablet.enlist(fair.clothing, "A")
    assert draw_vacancies(tablet, [loading.number])[loading.number]["ends_at"] == "2026-02-25T00:00:00+08:00"
    for now, ended in ((MIDNIGHT - A_SECOND, False), (MIDNIGHT, True)):
        monkeypatch.setattr(day_labour, "utcnow", lambda now=now: now)
        (notice,) = [one for one in vacancies_of_day(fair.day.id) if one.number == loading.number]
        assert (notice.ended, notice.is_full) == (ended, ended)
        fits = fitting(Wish(age=40, trades=("sewing",)), day_notice(fair.day.id), "somebody")
        assert (loading.number in [fit.vacancy.number for fit in fits.fits]) is not ended
        assert fits.left_out.get("expired", 0) == ended
        (row,) = [row for row in vacancy_rows(fair.day) if row.vacancy == loading]
        assert (row.state, row.remaining) == (("expired", 0) if ended else ("open", 8))
        season = county_season(fair.county, day_labour.today_in(fair.county.timezone))
        (row,) = [row for row in season if row.vacancy == loading]
        assert (row.state, row.left) == (("expired", 0) if ended else ("open", 8))


def test_no_later_market_day_offers_it(fair, loading):
    later = MarketDay.create(county=fair.county, town=fair.town, date=TODAY + timedelta(days=3))
    booth = Booth.create(market_day=later, number=1, name="山城制衣厂", employer=fair.factory)
    assert loading not in to_offer(booth) and fair.ironing in to_offer(booth)
    pattern = patterns_of([fair.day])[fair.day.id]
    assert [loading in pattern.offered(fair.clothing, on) for on in (TODAY, later.date)] == [True, False]
    Offer.of(loading, booth)
    assert len(vacancy_posters(later, "https://ganchang.example")) == 0


def test_a_tie_after_its_end_is_kept_and_shown_by_its_corrected_time(fair, loading, operation, monkeypatch):
    ahead, late = Tablet.enlist(fair.clothing, "A"), Tablet.enlist(fair.clothing, "B")

    def tie(seq: int, at: str) -> dict:
        return operation(seq, "check_in.recorded", at=at, candidate=str(uuid4()), vacancy=loading.number)

    def people(*ties: dict) -> list[dict]:
        ids = [one["data"]["candidate"] for one in ties]
        known = [operation(number, "candidate.registered", id=id, name="王师傅", birth_year=1980)
                 for number, id in enumerate(ids, start=1)]  # fmt: skip
        return known + [one | {"seq": len(known) + number} for number, one in enumerate(ties, start=1)]

    # This tablet's clock is two hours ahead: by it the day is over, and it is not.
    now = MIDNIGHT - timedelta(minutes=30)
    monkeypatch.setattr(intake, "utcnow", lambda: now)
    ingest(ahead.log, people(tie(1, "2026-02-25T01:29:00+08:00")), sent_at=now + timedelta(hours=2))
    monkeypatch.setattr(intake, "utcnow", lambda: MIDNIGHT + timedelta(minutes=30))
    ingest(late.log, people(tie(1, "2026-02-24T23:59:00+08:00"), tie(2, "2026-02-25T00:00:00+08:00")))
    assert marked() == [("B", 4)]

    loading.work_date = TODAY + timedelta(days=1)  # the office puts the date right
    keep_vacancy(loading)
    assert marked() == []


def marked() -> list[tuple[str, int]]:
    found = Operation.select().where(Operation.reason == "vacancy_ended")
    return sorted((one.log.letter, one.seq) for one in found)
