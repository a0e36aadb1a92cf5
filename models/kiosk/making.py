"""Making a series of market days, in one transaction, and taking it back while nothing was recorded in it.

Rows are stored many at a time. The history has one entry for the series and one for each of its days, with all that
stands in the day; the booths and what is in them have none of their own (docs/decisions/0050-series-of-market-days.md).
Nothing goes into the change log: no tablet has heard of these days yet.
"""

from typing import Any, NamedTuple

from models.base.bulk import insert_rows, take_keys
from models.base.clock import utcnow
from models.base.database import execute_many, fetch_in, writing
from models.derived.anew import vacancies_changed
from models.kiosk.cancellation import cancel
from models.kiosk.in_use import InUse, facts_of
from models.kiosk.set_up import drop_unoffered
from models.market.actor import current
from models.market.audit import AuditEntry
from models.market.audited import DELETED, MADE
from models.market.booth import Booth
from models.market.checklist import ChecklistItem
from models.market.difference import whole
from models.market.division import Division
from models.market.duty import Duty
from models.market.log import DEVICE, Log, letter_at
from models.market.market_day import MARKET_DAY, MarketDay
from models.market.offer import Offer
from models.market.series import COPY, Series
from models.market.series_plan import NewDay, SeriesPlan
from models.market.tablet import Tablet
from models.market.used_number import UsedNumber
from models.market.vacancy import Vacancy

_LIKE = (
    "opens_at", "closes_at", "venue", "event_type", "event_class", "level", "hosts", "co_organisers",
)  # what a new day has of the one that it is like


class Undone(NamedTuple):
    """What became of the days of a series: deleted, or cancelled because a tablet or a printed pass may know them."""

    deleted: int
    cancelled: int


def make_series(plan: SeriesPlan, who: str) -> Series:
    """Store the market days of a plan with all that is in them. All or nothing; some 60,000 rows take seconds."""
    wish = plan.wish
    with writing():
        campaign = wish.campaign
        if campaign and not campaign.id:
            campaign.save()
        series = Series.create(
            county=wish.county, starts_on=wish.start, ends_on=wish.end, source=wish.source, made_by=who,
            towns=len({day.town.code for day in plan.days}), days=len(plan.days),
        )  # fmt: skip
        days = _store_days(plan, series, who)
        booths = _store_booths(plan, days)
        _store_in_booths(plan, booths)
        _store_lists(plan, days)
        offered = {v.number for day in plan.days if day.pattern for some in day.pattern.offers.values() for v in some}
        vacancies_changed(offered)
    return series


def _store_days(plan: SeriesPlan, series: Series, who: str) -> list[MarketDay]:
    wish, now = plan.wish, utcnow()
    rows = []
    keys = take_keys(MarketDay, len(plan.days), UsedNumber.last_of(MARKET_DAY))
    for key, new in zip(keys, plan.days, strict=True):
        is_draft = wish.is_draft or bool(wish.source == COPY and new.pattern and new.pattern.day.is_draft)
        like = {name: getattr(new.pattern.day, name) for name in _LIKE} if new.pattern else {}
        campaign = new.pattern.day.campaign_id if new.pattern and wish.source == COPY else wish.campaign
        hours = {"opens_at": wish.opens_at, "closes_at": wish.closes_at} if wish.opens_at and wish.closes_at else {}
        rows.append(MarketDay(
            id=key, county=wish.county, campaign=campaign, town=new.town, date=new.date, place=new.place,
            series=series, published_at=None if is_draft else now, published_by="" if is_draft else who,
            **like | hours,
        ))  # fmt: skip
    insert_rows(rows)
    _note(rows, MADE)
    return rows


def _store_booths(plan: SeriesPlan, days: list[MarketDay]) -> list[tuple[NewDay, Booth, Booth]]:
    """Store the booths; return each with its day's plan and the booth that it is like."""
    pairs = [(new, day, like) for new, day in zip(plan.days, days, strict=True) if new.pattern
             for like in new.pattern.booths]  # fmt: skip
    made = []
    for key, (new, day, like) in zip(take_keys(Booth, len(pairs)), pairs, strict=True):
        booth = Booth(**like.__data__ | {"id": key, "market_day": day.id})
        booth.market_day = day
        made.append((new, booth, like))
    insert_rows(booth for _new, booth, _like in made)
    return made


def _store_in_booths(plan: SeriesPlan, booths: list[tuple[NewDay, Booth, Booth]]) -> None:
    """Store what the booths offer, who works there, and which devices stand there."""
    offers, duties, logs, tablets = [], [], [], []
    letters: dict[int, int] = {}
    for new, booth, like in booths:
        pattern, day = new.pattern, booth.market_day
        assert pattern is not None
        offers += [Offer(vacancy=one, booth=booth, market_day=day) for one in pattern.offered(like, new.date)]
        if plan.wish.with_operators:
            duties += [
                Duty(operator=one, booth=booth, known_as=one.id)
                for one in pattern.operators.get(like.id, ()) if one.id not in new.no_operators
            ]  # fmt: skip
        for device in pattern.devices.get(like.id, ()) if plan.wish.with_devices else ():
            if device.id not in new.no_devices:
                place = letters[day.id] = letters.get(day.id, -1) + 1
                logs.append(Log(market_day=day, booth=booth, kind=DEVICE, letter=letter_at(place)))
                tablets.append(device)
                new.no_devices.add(device.id)  # a device that changed booths then stands at one of them
    _with_keys(Offer, offers)
    _with_keys(Duty, duties)
    _with_keys(Log, logs)
    insert_rows(Tablet(log=log.id, device=device) for log, device in zip(logs, tablets, strict=True))


def _store_lists(plan: SeriesPlan, days: list[MarketDay]) -> None:
    """Store the checklists, nothing done."""
    _with_keys(ChecklistItem, [
        ChecklistItem(
            market_day=day, code=item.code, text=item.text, is_left_out=item.is_left_out,
            person="" if item.person in new.no_helpers else item.person,
        )
        for new, day in zip(plan.days, days, strict=True) if new.pattern for item in new.pattern.items
    ])  # fmt: skip


def _with_keys(model: Any, rows: list[Any]) -> None:
    for key, row in zip(take_keys(model, len(rows)), rows, strict=True):
        row.id = key
    insert_rows(rows)


def undo_series(series: Series, who: str, why: str) -> Undone:
    """Take the market days of a series away again. A repeat changes nothing.

    What a tablet or a printed pass may know is cancelled instead, with this reason, and its devices are free. Raises
    InUse when something was recorded on one of its days.
    """
    with writing():
        if Series.get_by_id(series.id).undone_at:
            return Undone(0, 0)
        days = days_of(series)
        if any(facts_of(days).values()):
            raise InUse
        known = _known_outside(series, days)
        _cancel([day for day in days if day.id in known], who, why)
        gone = [day for day in days if day.id not in known]
        _delete(gone)
        series.undone_at, series.undone_by = utcnow(), who
        series.save(only=[Series.undone_at, Series.undone_by])
    return Undone(len(gone), len(known))


def days_of(series: Series) -> list[MarketDay]:
    """Return the market days that are left of a series, with their towns."""
    rows = MarketDay.select(MarketDay, Division).join(Division).where(MarketDay.series == series)
    found = list(rows.order_by(MarketDay.date, MarketDay.id))
    for day in found:
        day.county = series.county
    return found


def left_of(some: list[Series]) -> dict[int, int]:
    """Return how many market days are left of each of these series by its id. One statement."""
    sql = "SELECT series_id, COUNT(*) FROM market_day WHERE series_id IN (??) GROUP BY series_id"
    return {series.id: 0 for series in some} | dict(fetch_in(sql, [series.id for series in some]))


def _known_outside(series: Series, days: list[MarketDay]) -> set[int]:
    """Return which days a printed pass, a closing, or a device that was in contact since may know."""
    ids = [day.id for day in days]
    known = {id for table in ("pass_range", "closing") for (id,) in fetch_in(
        f"SELECT market_day_id FROM {table} WHERE market_day_id IN (??)", ids
    )}  # fmt: skip
    # A device is told where it goes next at each contact; before the first one it knows nothing.
    sql = (
        "SELECT l.market_day_id FROM log AS l JOIN tablet AS t ON t.id = l.id JOIN device AS e ON e.id = t.device_id"
        " WHERE (t.last_contact_at IS NOT NULL OR e.last_contact_at >= t.assigned_at) AND l.market_day_id IN (??)"
    )
    return known | {id for (id,) in fetch_in(sql, ids)}


def _cancel(days: list[MarketDay], who: str, why: str) -> None:
    for day in days:
        if not day.is_cancelled:
            cancel(day, who, why)
    ids = [day.id for day in days]
    logs = [log.id for log in Log.select().where(Log.market_day.in_(ids), Log.booth.is_null(False))] if ids else []
    if logs:
        expected = Tablet.log.in_(logs) & Tablet.withdrawn_at.is_null()
        Tablet.update(withdrawn_at=utcnow()).where(expected).execute()


def _delete(days: list[MarketDay]) -> None:
    """Delete market days with all that is in them, and vacancies that nothing else offers."""
    ids = [day.id for day in days]
    if not ids:
        return
    offered = {id for (id,) in fetch_in("SELECT vacancy_id FROM offer WHERE market_day_id IN (??)", ids)}
    _note(days, DELETED)
    UsedNumber.keep(MARKET_DAY, max(ids))
    execute_many("DELETE FROM market_day WHERE id = ?", [(id,) for id in ids])
    still = {id for (id,) in fetch_in("SELECT vacancy_id FROM offer WHERE vacancy_id IN (??)", offered)}
    alone = list(Vacancy.select().where(Vacancy.id.in_(list(offered - still))))
    numbers = [vacancy.number for vacancy in alone]
    drop_unoffered(alone)
    vacancies_changed(numbers)


def _note(days: list[MarketDay], action: str) -> None:
    """Write an entry of the history for each market day, if somebody acts."""
    actor = current()
    if actor is None:
        return
    names: dict[Any, str] = {}
    who, now = actor.who(), utcnow()
    _with_keys(AuditEntry, [
        AuditEntry(
            county=day.county_id, at=now, who=who, action=action, changes=whole(day, action == MADE, names),
            why=actor.why, **day.named_in_log(),
        )
        for day in days
    ])  # fmt: skip
