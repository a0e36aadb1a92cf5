"""Batches of papers on both databases: drawn in order, claimed once, stopped, and gone after a day."""

from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from models.base.clock import utcnow
from models.printing import batch_run, paper_batch
from models.printing.day_paper import sheets_of
from models.schema import MarketDay, PaperBatch

WORDS = SimpleNamespace(
    locale="en", gettext=lambda message, **values: message % values if values else message,
    ngettext=lambda _one, many, num, **values: many % {"num": num, **values},
    date=lambda value, _form="full": str(value),
)  # fmt: skip


@contextmanager
def in_words(_language):
    yield WORDS


@pytest.fixture
def asked(fair):
    def ask(*days: MarketDay, papers=batch_run.BATCHED) -> PaperBatch:
        ids = [str(day.id) for day in days]
        return PaperBatch.create(county=fair.county, days=ids, papers=list(papers), made_by="chen", language="en")

    return ask


@pytest.fixture
def later(fair) -> MarketDay:
    return MarketDay.create(county=fair.county, town=fair.town, date=fair.day.date + timedelta(days=1))


def test_papers_are_drawn_by_day_and_booth_and_the_file_is_kept(fair, asked, later, monkeypatch):
    jobs = []
    monkeypatch.setattr(batch_run, "_set", lambda _batch, job: jobs.append(job) or b"%PDF \x00\xff")
    batch = asked(later, fair.day)

    assert batch_run.run_all("https://ganchang.example", in_words) == 1

    made = PaperBatch.get_by_id(batch.id)
    assert (made.state, bytes(made.content)) == ("done", b"%PDF \x00\xff")
    assert (made.done, made.total) == (18, 18) and made.sheets == jobs[0].count('"outline"')
    assert jobs[0].index("1 山城制衣厂") < jobs[0].index("2 来凤鱼庄") < jobs[0].index("3 维权服务台")
    assert sheets_of(fair.day) == {
        "gate": 1, "booths": 3, "vacancies": 3, "signs": 3, "tents": 3, "passes": 20, "sign-in": 3, "checklist": 1,
    }  # fmt: skip
    assert sheets_of(later)["passes"] == 0


def test_a_batch_is_one_processs_until_that_falls_silent_or_somebody_stops_it(fair, asked):
    asked(fair.day)
    first = paper_batch.claim_next()
    assert first and paper_batch.claim_next() is None and not paper_batch.is_waiting()
    PaperBatch.update(claimed_at=utcnow() - timedelta(minutes=2)).execute()
    again = paper_batch.claim_next()
    assert again and again.tries == 2
    with pytest.raises(paper_batch.BatchStopped):
        paper_batch.go_on(first)
    assert paper_batch.stop(again) and not paper_batch.stop(again)
    with pytest.raises(paper_batch.BatchStopped):
        paper_batch.go_on(again)


def test_a_batch_that_ended_two_processes_is_given_up(fair, asked):
    batch = asked(fair.day)
    PaperBatch.update(tries=2).execute()
    batch_run.run_all("https://ganchang.example", in_words)
    assert PaperBatch.get_by_id(batch.id).trouble == "broken"


def test_files_go_after_a_day_and_days_to_come_are_offered_by_town(fair, asked, later):
    old, new = asked(fair.day), asked(later)
    PaperBatch.update(made_at=utcnow() - timedelta(hours=25)).where(PaperBatch.id == old.id).execute()
    paper_batch.drop_old()
    assert [one.id for one in paper_batch.batches_of(fair.county)] == [new.id]
    assert paper_batch.days_to_print(fair.county, date(2026, 2, 25), None) == [later]
    assert paper_batch.days_to_print(fair.county, date(2026, 1, 1), {"500120199"}) == []
    foreign = PaperBatch.create(county=fair.elsewhere, days=[str(fair.day.id)], papers=["gate"], made_by="x")
    assert foreign.market_days() == []
