"""The ground of the demo: a county, its employers, and market days with booths and vacancies."""

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

from models.base.check_digit import check_digit
from models.data import load_reference, read_rows
from models.keys.employer_contact import EmployerContact, seal_contact
from models.keys.pass_key import PassKey
from models.market.booth import Booth
from models.market.campaign import Campaign
from models.market.campaign_target import keep_campaign
from models.market.county import County
from models.market.division import Division
from models.market.duty import assign
from models.market.employer import Employer
from models.market.market_calendar import MarketCalendar
from models.market.market_day import MarketDay
from models.market.offer import Offer, new_vacancy
from models.market.operator import Operator
from models.market.planning import OPEN_FOR
from models.market.vacancy import Vacancy
from models.people.candidate_pass import PassRange

LOGIN = "demo"  # of the demo's account
COUNTY, TOWN = "500120", "500120100"  # 璧山区, 八塘镇: market on 3, 6 and 9
TARGETS = {"MARKET_TOWN": 120, "NIGHT": 6, "COMMUNITY": 24}  # events of the demo's campaign
PASSES = (300, 200)  # two boxes of printed cards a market day
FOLDER = Path(__file__).parent


def market_dates(today: date) -> tuple[date, date]:
    """Return the town's last market date before ``today`` and the first from ``today`` on."""
    calendar = MarketCalendar.of_towns([TOWN])[TOWN]
    before = today - timedelta(days=1)
    while not calendar.falls_on(before):
        before -= timedelta(days=1)
    return before, next(calendar.following(today))


def lay_ground(today: date, draw: random.Random) -> tuple[MarketDay, MarketDay]:
    """Store everything but the facts; return the market day that was and the one to come."""
    load_reference()
    county = County.create(
        division=Division.get_by_id(COUNTY),
        name="璧山区",
        service_name="璧山区公共就业服务中心",
        is_demo=True,
    )
    PassKey.make(county)
    was, comes = market_dates(today)
    campaign = Campaign.create(
        county=county,
        name="春风行动暨就业援助季",
        theme="春风送岗到场镇 就业就在家门口",
        starts_on=date(was.year, 1, 1),
        ends_on=date(comes.year, 12, 31),
    )
    keep_campaign(campaign, TARGETS)
    employers = _hire_out(county)
    days = [_market_day(county, campaign, on) for on in (was, comes)]
    booths = [_set_up(day, employers) for day in days]
    _offer(days[0], booths, draw)
    _enlist(days, draw)
    return days[0], days[1]


def _hire_out(county: County) -> dict[str, Employer]:
    """Store the employers; return them by booth number."""
    rows = [row for row in read_rows(FOLDER / "booths.csv") if row["kind"] == "employer"]
    return {row["number"]: _employer(county, row) for row in rows}


def _employer(county: County, row: dict[str, str]) -> Employer:
    employer = Employer(
        county=county, name=row["employer"], kind=row["employer_kind"], credit_code=row["credit_code"]
    )
    seal_contact(employer, EmployerContact(row["contact"]))
    employer.save()
    return employer


def _market_day(county: County, campaign: Campaign, on: date) -> MarketDay:
    published_at = datetime.combine(on - timedelta(days=14), time(9), county.zone())
    return MarketDay.create(
        county=county, campaign=campaign, town=TOWN, date=on, place="八塘镇农贸市场门口", published_at=published_at,
        published_by=LOGIN,
    )  # fmt: skip


def _set_up(day: MarketDay, employers: dict[str, Employer]) -> dict[str, Booth]:
    """Store a day's passes and booths; return the booths by their numbers."""
    for count in PASSES:
        PassRange.reserve(day, count)
    return {
        row["number"]: Booth.create(
            market_day=day,
            number=int(row["number"]),
            name=row["name"],
            kind=row["kind"],
            employer=employers.get(row["number"]),
            topics=row["topics"],
        )
        for row in read_rows(FOLDER / "booths.csv")
    }


def _offer(first: MarketDay, booths: list[dict[str, Booth]], draw: random.Random) -> None:
    """Store the vacancies, and offer each on all days."""
    taken = {vacancy.number for vacancy in Vacancy.select(Vacancy.number)}
    for row in read_rows(FOLDER / "vacancies.csv"):
        number = _free_number(taken, draw)
        vacancy = new_vacancy(booths[0][row["booth"]], **_vacancy(row, first), number=number)
        for others in booths[1:]:
            Offer.of(vacancy, others[row["booth"]])


def _vacancy(row: dict[str, str], day: MarketDay) -> dict:
    """Return a vacancy's fields from a row of the file, where pay is in yuan."""
    same = ("title", "trade", "duties", "place", "pay_unit", "work_kind", "hours", "benefits")
    return {name: row[name] for name in (*same, "requirements", "bring")} | {
        "openings": int(row["openings"]),
        "pay_min_fen": int(row["pay_min"]) * 100,
        "pay_max_fen": int(row["pay_max"]) * 100,
        "adults_only": row["adults_only"] == "yes",
        "valid_until": day.date + OPEN_FOR,
    }


def _free_number(taken: set[str], draw: random.Random) -> str:
    while True:
        payload = str(draw.randrange(100_000, 1_000_000))
        number = payload + check_digit(payload)
        if number not in taken:
            taken.add(number)
            return number


def _enlist(days: list[MarketDay], draw: random.Random) -> None:
    """Put the same operators, with the same PINs, at both market days' booths."""
    for row in read_rows(FOLDER / "operators.csv"):
        booths = [Booth.get(market_day=day, number=int(row["booth"])) for day in days]
        operator = Operator.enlist(booths[0], row["name"], row["pin"], salt=draw.randbytes(16))
        for booth in booths[1:]:
            assign(operator, booth)
