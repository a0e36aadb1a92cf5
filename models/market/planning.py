"""Planning: the towns, dates and campaigns an organiser chooses from, and a set-up used again."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from peewee import JOIN, fn

from models.base.clock import utcnow
from models.base.database import writing
from models.market.booth import ROUND, Booth, stands_of
from models.market.campaign import Campaign
from models.market.checklist import copy_checklist
from models.market.county import County
from models.market.day_labour import good_on
from models.market.division import Division
from models.market.duty import assign, on_duty
from models.market.exemption import stopped
from models.market.market_day import MarketDay
from models.market.market_hours import NIGHT_UNTIL
from models.market.offer import Offer
from models.market.vacancy import Vacancy

OPEN_FOR = timedelta(days=30)  # a vacancy is checked again a month after its market day


def all_towns_of(county: County) -> list[Division]:
    """Return the county's townships by code, those whose codes ended too."""
    of_county = (Division.level == "township") & (Division.parent == county.division_id)
    return list(Division.select().where(of_county).order_by(Division.code))


def towns_of(county: County, on: date) -> list[Division]:
    """Return the county's townships whose codes hold on a date, by code."""
    holds = (Division.valid_to.is_null() | (Division.valid_to >= on)) & (
        Division.valid_from.is_null() | (Division.valid_from <= on)
    )
    of_county = (Division.level == "township") & (Division.parent == county.division_id)
    return list(Division.select().where(of_county, holds).order_by(Division.code))


def date_in(county: County, now: datetime | None = None) -> date:
    """Return the county's date; while a night market goes on after midnight, still that market's."""
    local = (now or utcnow()).astimezone(county.zone())
    today = local.date()
    clock = f"{local:%H:%M}"
    if clock >= NIGHT_UNTIL:
        return today
    yesterday = today - timedelta(days=1)
    by_night = (MarketDay.closes_at <= MarketDay.opens_at) & (MarketDay.closes_at > clock)
    goes_on = (MarketDay.county == county) & (MarketDay.date == yesterday) & by_night
    return yesterday if MarketDay.select().where(goes_on).exists() else today


def coming(county: County, today: date) -> MarketDay | None:
    """Return today's market day or the next, of those that are held and that the public may see."""
    held = MarketDay.cancelled_at.is_null() & MarketDay.published_at.is_null(False)
    later = (MarketDay.county == county) & (MarketDay.date >= today) & held
    return MarketDay.select().where(later).order_by(MarketDay.date, MarketDay.id).first()


def nearest(today: date, county: County) -> MarketDay | None:
    """Return a county's next market day that is held from ``today`` on; when all are over, the last."""
    days = MarketDay.select().where(MarketDay.county == county, MarketDay.cancelled_at.is_null())
    later = days.where(MarketDay.date >= today).order_by(MarketDay.date)
    return later.first() or days.order_by(MarketDay.date.desc()).first()


def market_days_of(county: County, towns: Collection[str] | None = None) -> list[MarketDay]:
    """Return a county's market days with their towns and campaigns, the newest first. One query.

    ``towns`` are the codes of those whose market days are wanted; None for all.
    """
    days = list(
        MarketDay.select(MarketDay, Division, Campaign)
        .join(Division)
        .switch(MarketDay)
        .join(Campaign, JOIN.LEFT_OUTER)
        .where(_held_in(county, towns))
        .order_by(MarketDay.date.desc(), MarketDay.id.desc())
    )
    for day in days:
        day.county = county  # its clock is asked for each day's state
    return days


def _held_in(county: County, towns: Collection[str] | None) -> Any:
    of_county = MarketDay.county == county
    return of_county if towns is None else of_county & MarketDay.town.in_(list(towns))


def campaigns_of(county: County) -> list[Campaign]:
    """Return the campaigns that a county's market days may join, its own and the city's, the latest first."""
    its_own_or_the_city_s = (Campaign.county == county) | Campaign.county.is_null()
    return list(Campaign.select().where(its_own_or_the_city_s).order_by(Campaign.starts_on.desc(), Campaign.id.desc()))


def city_campaigns() -> list[Campaign]:
    """Return the campaigns of the city, the latest first."""
    rows = Campaign.select().where(Campaign.county.is_null())
    return list(rows.order_by(Campaign.starts_on.desc(), Campaign.id.desc()))


def is_planned(county: County, town: str, on: date, besides: MarketDay | None = None) -> bool:
    """Say whether a town (its code) already has a market day on a date, other than ``besides``."""
    same = (MarketDay.county == county) & (MarketDay.town == town) & (MarketDay.date == on)
    return bool(MarketDay.select().where(same, MarketDay.id != (besides.id if besides else 0)).exists())


def market_day_choices(
    county: County, today: date, towns: Collection[str] | None = None, most: int = 30
) -> list[MarketDay]:
    """Return the market days nearest to today that have booths, to copy from, the newest first.

    Half of them are past ones, as far as there are; ``booth_count`` says how many booths each has.
    """
    held = _held_in(county, towns)
    past = _with_booths(held & (MarketDay.date <= today)).order_by(MarketDay.date.desc(), MarketDay.id.desc())
    ahead = _with_booths(held & (MarketDay.date > today)).order_by(MarketDay.date, MarketDay.id)
    found = [*past.limit(most // 2), *ahead.limit(most // 2)]
    return sorted(found, key=lambda day: (day.date, day.id), reverse=True)


def _with_booths(which: Any) -> Any:
    rows = MarketDay.select(MarketDay, Division, fn.COUNT(Booth.id).alias("booth_count")).join(Division)
    return rows.switch(MarketDay).join(Booth).where(which, Booth.kind != ROUND).group_by(MarketDay, Division)


def plan(source: MarketDay | None = None, **fields: Any) -> MarketDay:
    """Create a market day, with the booths, operators, vacancies and checklist of ``source`` if there is one.

    A vacancy keeps its number and its places: it is offered once more, unless it was closed, is not good any more, or a
    check stops it.
    """
    with writing():
        _keep_campaign(fields)
        day = MarketDay.create(**fields)
        for booth in stands_of(source) if source else ():
            _copy_booth(booth, day)
        if source:
            copy_checklist(source, day)
    return MarketDay.get_by_id(day.id)


def change(day: MarketDay, **fields: Any) -> None:
    """Change a market day's own fields. A new campaign is stored with it."""
    with writing():
        _keep_campaign(fields)
        MarketDay.update(**fields).where(MarketDay.id == day.id).execute()


def _keep_campaign(fields: dict[str, Any]) -> None:
    """A campaign that only has a name yet lasts for the year of its first market day."""
    campaign = fields.get("campaign")
    if campaign and not campaign.id:
        year = fields["date"].year
        campaign.starts_on, campaign.ends_on = date(year, 1, 1), date(year, 12, 31)
        campaign.save()


def _copy_booth(booth: Booth, day: MarketDay) -> None:
    copy = Booth.create(**_fields(booth, market_day=day))
    for duty in on_duty(booth):
        if duty.operator.archived_at is None:
            assign(duty.operator, copy)
    offers = booth.offers.join(Vacancy).where(~Vacancy.closed, good_on(day.date)).order_by(Vacancy.id)
    open_ones = [offer.vacancy for offer in offers]
    held_back = stopped(open_ones)
    for vacancy in open_ones:
        if vacancy.id not in held_back:
            Offer.of(vacancy, copy)


def _fields(row: Booth, **changes: object) -> dict[str, object]:
    return {name: value for name, value in row.__data__.items() if name != "id"} | changes
