"""Three market days of the cast's county, with booths of other numbers each time, and vacancies that several offer.

So a fact that is counted on another day, at another day's booth of the same number, or for another day's offer shows.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from models.base.database import fetch
from models.keys.pass_key import PassKey
from models.kiosk.set_up import keep_vacancy, offer_vacancies
from models.market.log import OFFICE
from models.schema import Booth, Log, MarketDay, PassRange
from tests.oracle import Oracle
from tests.properties.state import state

LATER_DAYS = (date(2026, 2, 25), date(2026, 3, 6))  # when the last begins, logs of the first two are closed


def make_season(fair: SimpleNamespace) -> SimpleNamespace:
    """Return the cast with ``days`` (three), ``booths`` of all of them, and one place each for two of its vacancies.

    ``passes`` are of the first day and of the second, ``signed`` those of them that have a QR.
    """
    fair.sewing.openings = fair.cook.openings = 1
    for vacancy in (fair.sewing, fair.cook):
        keep_vacancy(vacancy)
    second, third = (MarketDay.create(county=fair.county, town=fair.town, date=day) for day in LATER_DAYS)
    stand, other = _stand(second, 2, "山城制衣厂", fair.factory), _stand(second, 1, "来凤鱼庄", fair.kitchen.employer)
    last = _stand(third, 1, "山城制衣厂", fair.factory)
    desks = [Booth.create(market_day=day, number=3, name="维权服务台", kind="desk") for day in (second, third)]
    for vacancies, booth in (([fair.sewing, fair.ironing], stand), ([fair.cook], other), ([fair.sewing], last)):
        offer_vacancies(vacancies, booth)
    numbers, tomorrow = PassRange.reserve(second, 3).numbers(), datetime(2026, 2, 26, tzinfo=UTC)
    signed = f"https://ganchang.example/p/{PassKey.current(fair.county).sign(second, numbers[0], tomorrow)}"
    season = SimpleNamespace(**vars(fair))
    season.days = [fair.day, second, third]
    season.booths = [fair.clothing, fair.kitchen, fair.desk, stand, other, desks[0], last, desks[1]]
    season.passes, season.signed = [*fair.passes[:2], *numbers], {**fair.signed, numbers[0]: signed}
    for day in season.days:
        Log.of(day, OFFICE)  # its place among the logs decides between facts of one moment
    state()  # makes the keys that tablets are told of
    return season


def _stand(day: MarketDay, number: int, name: str, employer: object) -> Booth:
    return Booth.create(market_day=day, number=number, name=name, employer=employer)


def offered() -> set[tuple[str, int]]:
    """Return (vacancy's number, booth's id) of every offer."""
    rows = fetch("SELECT v.number, o.booth_id FROM offer AS o JOIN vacancy AS v ON v.id = o.vacancy_id")
    return {(number, booth) for number, booth in rows}


def oracle_of(season: SimpleNamespace) -> Oracle:
    """Return an oracle that knows the market days as they are set up now."""
    oracle = Oracle(contacts=season.contacts)
    places = offered()
    for day in season.days:
        booths = {booth.id: booth.number for booth in day.booths}
        passes = [number for span in day.pass_ranges for number in span.numbers()]
        of_the_day = {vacancy: booths[booth] for vacancy, booth in places if booth in booths}
        oracle.add_day(day.id, of_the_day, [3], passes)
    return oracle
