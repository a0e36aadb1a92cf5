"""Ground for browser tests: market days of their own, made straight in the server's database."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models import schema as models
from models.base.database import connect_database, db, writing
from models.market import offer
from models.market.enrolment import Enrolment

MARKET = ZoneInfo("Asia/Shanghai")  # a market's times are its own, wherever this machine is


def market_now() -> datetime:
    """Return the time at the market, with its zone."""
    return datetime.now(MARKET)


def market_today() -> date:
    """Return the day at the market: in UTC it is still yesterday's from 16:00 on."""
    return market_now().date()


@dataclass
class OneBooth:
    """A market day with one booth and one vacancy; ``passes`` are of nobody yet."""

    day: models.MarketDay
    booth: models.Booth
    welder: models.Vacancy
    passes: list[str]

    @property
    def path(self) -> str:
        return f"/organiser/market-days/{self.day.id}"

    def take(self, count: int) -> list[str]:
        """Return so many passes, which are taken then."""
        taken, self.passes = self.passes[:count], self.passes[count:]
        return taken

    def code(self) -> str:
        """Return a new enrolment code of the booth."""
        with db.connection_context():
            return Enrolment.open(self.booth)


def one_booth(database: str, on: date, openings: int = 80) -> OneBooth:
    """Make a market day with one booth in a demo's database."""
    connect_database(database)
    with db.connection_context(), writing():
        day = new_day(on)
        booth = models.Booth.create(market_day=day, number=1, name="云雾机械")
        return OneBooth(day, booth, new_vacancy(booth, openings), models.PassRange.reserve(day, 200).numbers())


def new_day(on: date) -> models.MarketDay:
    """Make a market day in the town and the campaign of the demo's first. Inside ``writing()``."""
    demo = models.MarketDay.select().first()
    return models.MarketDay.create(county=demo.county, campaign=demo.campaign, town=demo.town, date=on)


def new_vacancy(booth: models.Booth, openings: int, title: str = "焊工") -> models.Vacancy:
    """Make a vacancy for welders. Inside ``writing()``."""
    return offer.new_vacancy(
        booth, title=title, trade="welder", openings=openings,
        place="璧山高新区", pay_min_fen=450_000, pay_max_fen=600_000,
    )  # fmt: skip
