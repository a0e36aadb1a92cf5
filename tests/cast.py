"""The standing cast: a market day with an employer's booth, the booth next door and a desk, and another county's."""

from datetime import date
from types import SimpleNamespace

from models import schema as models
from models.market.offer import new_vacancy

MARKET_DATE = date(2026, 2, 24)
NINE = "2026-02-24T09:00:00+08:00"


def make_cast() -> SimpleNamespace:
    """Write the cast into the connected database, which is empty.

    Booth 1 is the clothing factory's, where operator Li works; booth 2 the restaurant's, whose
    operator must see nothing of booth 1; booth 3 the rights desk. A second county has its own.
    """
    town = models.Division.create(code="500120100", name="八塘镇", parent="500120", level="township")
    other_town = models.Division.create(code="500120199", name="大兴镇", parent="500120", level="township")
    models.Division.create(code="500120", name="璧山区", level="county")
    models.Division.create(code="500151", name="铜梁区", level="county")
    county = models.County.create(division="500120", name="璧山区", service_name="璧山区公共就业服务中心")
    campaign = models.Campaign.create(
        county=county, name="春风行动", starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31)
    )
    day = models.MarketDay.create(county=county, campaign=campaign, town=town, date=MARKET_DATE)
    factory = models.Employer.create(county=county, name="山城制衣厂", credit_code="91500120MA5YBT24QK")
    restaurant = models.Employer.create(county=county, name="来凤鱼庄", credit_code="91500120MA5YQXHY40")
    clothing = models.Booth.create(market_day=day, number=1, name="山城制衣厂", employer=factory)
    kitchen = models.Booth.create(market_day=day, number=2, name="来凤鱼庄", employer=restaurant)
    desk = models.Booth.create(
        market_day=day, number=3, name="维权服务台", kind="desk", topics="leaflet,policy,wages_owed"
    )
    sewing = _vacancy(clothing, "缝纫工", "sewing", 8)
    ironing = _vacancy(clothing, "熨烫工", "general_worker", 2)
    cook = _vacancy(kitchen, "厨师", "cook", 1)
    elsewhere = models.County.create(division="500151", name="铜梁区", service_name="铜梁区公共就业服务中心")
    other_day = models.MarketDay.create(county=elsewhere, town=town, date=MARKET_DATE)
    other_booth = models.Booth.create(market_day=other_day, number=1, name="铜梁龙灯厂")
    passes = models.PassRange.reserve(day, 200).numbers()
    return SimpleNamespace(
        county=county, campaign=campaign, day=day, town=town, nine=NINE,
        clothing=clothing, kitchen=kitchen, desk=desk, factory=factory,
        sewing=sewing, ironing=ironing, cook=cook, passes=passes,
        elsewhere=elsewhere, other_day=other_day, other_booth=other_booth,
        stranger=_vacancy(other_booth, "灯笼工", "carpenter", 3),
        chen=models.Organiser.enlist(county, "chen", "market-day-24"),
        reader=models.Organiser.enlist(county, "tan", "market-day-24", role="reader"),
        neighbour=models.Organiser.enlist(elsewhere, "neighbour", "market-day-24"),
        clerk=_clerk(county, town, "gao"), other_clerk=_clerk(county, other_town, "luo"),
        reviewer=models.Organiser.enlist(county, "shen", "market-day-24", role="reviewer"),
        city=models.Organiser.enlist(None, "shi", "market-day-24", role="city"),
    )  # fmt: skip


def _clerk(county: models.County, town: models.Division, login: str) -> models.Organiser:
    clerk = models.Organiser.enlist(county, login, "market-day-24", role="clerk")
    models.ClerkTown.create(organiser=clerk, town=town)
    return clerk


def _vacancy(booth: models.Booth, title: str, trade: str, openings: int) -> models.Vacancy:
    return new_vacancy(
        booth, title=title, trade=trade,
        openings=openings, place="璧山区八塘镇", pay_min_fen=350_000, pay_max_fen=450_000,
        duties="按样板缝制", benefits="包吃住", bring="身份证",
    )  # fmt: skip
