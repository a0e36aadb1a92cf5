"""Market days at the limit of what a sheet of paper holds, for the tests of print."""

import uuid
from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace

from models import schema as models
from models.base.clock import utcnow
from models.base.database import connect_database, db, writing
from models.intake.ingest import record
from models.market.offer import new_vacancy
from models.vocabulary.code_list import GROUPS
from tests.browser.ground import new_day

LONG = "高速公路服务区夜班保洁兼绿化养护及垃圾分类指导员（包吃住班车）"[:30]


def lay_market(server: object) -> SimpleNamespace:
    """Add market days to the demo of a server and return where their printed pages are.

    The day itself has 12 booths and 60 vacancies with titles of 30 characters, and 40 passes that name a service point.
    Beside it a small one of 3 booths whose people have every key group, a large one of 30, and a crowded booth.
    """
    connect_database(server.database)
    with db.connection_context(), writing():
        day, crowded, small, large = (new_day(date(2026, *on)) for on in ((2, 24), (2, 27), (3, 3), (3, 6)))
        booths = [_booth(day, number) for number in range(1, 13)]
        vacancies = [_vacancy(booth, place) for booth in booths for place in range(5)]
        booth = _booth(crowded, 1)
        for place in range(25):
            _vacancy(booth, place)
        paid, *_ = [_vacancy(booth, 0) for booth in [_booth(small, number) for number in range(1, 4)]]
        _register(small)
        stands = [_booth(large, number) for number in range(1, 31)]
        many = [_vacancy(booth, place) for booth in stands for place in range(4)]
        span = models.PassRange.reserve(day, 40)
        models.ServicePoint.create(
            county=day.county, name="璧山区青杠街道零工驿站暨就业服务点", phone="023-41812345",
            address="青杠街道老街 12 号政府便民服务中心一楼",
        )  # fmt: skip
        paths = {"path": day, "crowded": crowded, "small": small, "large": large}
        return SimpleNamespace(
            **{name: f"/organiser/market-days/{of.id}" for name, of in paths.items()},
            origin=server.url,
            booths=[booth.id for booth in booths],
            vacancies=[vacancy.number for vacancy in vacancies],
            many=[vacancy.number for vacancy in many],
            paid=paid.number,
            passes=span.numbers(),
            span=span.id,
        )


def lay_days_to_seal(booths: Iterable[int]) -> dict[int, str]:
    """Add a market day for each number of booths, and return where their summaries are."""
    found = {}
    with writing():
        for count in booths:
            day = new_day(date(2026, 4, count % 28 + 1))
            for number in range(1, count + 1):
                _vacancy(_booth(day, number), 0)
            found[count] = f"/organiser/market-days/{day.id}/summary"
    return found


def _booth(day: models.MarketDay, number: int) -> models.Booth:
    name = "重庆市璧山区八塘镇乡村振兴劳务专业合作社联合社" + str(number)
    employer = models.Employer.create(county=day.county, name=name)
    booth = models.Booth.create(market_day=day, number=number, name=name, employer=employer)
    last_contact_at = utcnow() if number % 2 else None
    tablet = models.Tablet.enlist(booth, letter=f"T{number}", unsent=number, last_contact_at=last_contact_at)
    models.Log.update(acknowledged=100 + number).where(models.Log.id == tablet.id).execute()
    return booth


def _register(day: models.MarketDay) -> None:
    """Register one person for each group, so that the annex is as long as it can get."""
    for place, group in enumerate(GROUPS):
        known = {"name": f"王{place}", "birth_year": 1960 + 2 * place, "sex": "female"}
        fact = {"id": str(uuid.uuid4()), "kind": "candidate.registered", "at": "2026-03-03T09:00:00+08:00"}
        data = {**known, "trades": ["cook"], "groups": [group]}
        record(day, [{"seq": 0, "operator": None, "data": data, **fact}])


def _vacancy(booth: models.Booth, place: int) -> models.Vacancy:
    return new_vacancy(
        booth, title=LONG, trade="cleaner",
        openings=100 + place, place="重庆市璧山区八塘镇工业园区标准厂房三期二楼",
        pay_min_fen=1_200_000, pay_max_fen=1_500_000, hours="白班8小时，加班另计，月休4天",
        benefits="五险一金,包吃住,班车经过八塘,夜班补贴每晚25元,50岁以上可报名",
        bring="身份证、叉车证、健康证",
    )  # fmt: skip
