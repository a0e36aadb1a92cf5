"""Set-up: what an organiser changes about booths, vacancies and operators, told to every tablet that shows it.

Once a booth has a tablet or a fact, its number and kind are what other records know it by.
"""


from models.base.database import fetch, fetch_in, writing
from models.derived.anew import passes_added, vacancies_changed
from models.derived.opening import review
from models.derived.visit import judge_hours
from models.kiosk.keys import coming_days
from models.log.change import Change, Told, announce
from models.market import planning
from models.market.booth import Booth
from models.market.county import County
from models.market.employer import Employer
from models.market.log import Log
from models.market.market_day import MarketDay
from models.market.operator import Operator
from models.market.vacancy import Vacancy
from models.people.candidate_pass import PassRange


class InUse(Exception):
    """Facts or tablets know the thing: it can be changed in part, or closed, but not taken away."""


def plan_market_day(source: MarketDay | None = None, **fields: object) -> MarketDay:
    """Plan a market day as models/market/planning.py does; what named its vacancies before is judged anew."""
    with writing():
        day = planning.plan(source, **fields)
        vacancies_changed(vacancy.number for booth in day.booths for vacancy in booth.vacancies)
    return day


def change_market_day(day: MarketDay, **fields: object) -> None:
    """Change a market day's own fields and tell all its tablets. Other hours judge the phones' check-ins anew."""
    with writing():
        before = MarketDay.get_by_id(day.id).hours_ms()
        planning.change(day, **fields)
        changed = MarketDay.get_by_id(day.id)
        if changed.hours_ms() != before:
            judge_hours(changed)
        tell_of_day(day)


def change_county(county: County, **fields: object) -> None:
    """Change a county's own fields and tell the tablets of its market days of today and later."""
    with writing():
        County.update(**fields).where(County.id == county.id).execute()
        for day in coming_days(county):
            tell_of_day(day)


def tell_of_day(day: MarketDay) -> None:
    """Tell all tablets of a market day what it is now. Call it inside ``writing()``."""
    announce(day.id, {(booth.number, "market_day", str(day.id)) for booth in day.booths})


def keep_vacancy(vacancy: Vacancy) -> None:
    """Store a vacancy and tell its booth and the desks. More or fewer openings are judged anew.

    What was recorded for its number before it was there is judged anew as well.
    """
    with writing():
        is_new = not vacancy.id
        _save(vacancy)
        if is_new:
            vacancies_changed([vacancy.number])
        booth = vacancy.booth
        review(booth.market_day_id, {vacancy.number: vacancy.openings}, [vacancy.number])
        announce(booth.market_day_id, _heard_of(booth, [vacancy.number]))


def reserve_passes(day: MarketDay, count: int) -> PassRange:
    """Take the next numbers for a market day's paper passes and tell its tablets.

    What was recorded with one of them before is judged anew.
    """
    with writing():
        span = PassRange.reserve(day, count)
        passes_added(span.numbers())
        announce(day.id, {(booth.number, "pass_range", span.first) for booth in day.booths})
    return span


def drop_vacancy(vacancy: Vacancy) -> None:
    """Take a vacancy away. Raises InUse when a fact names it: then it can only be closed."""
    with writing():
        if is_named(vacancy):
            raise InUse
        vacancy.delete_instance()
        vacancies_changed([vacancy.number])
        announce(vacancy.booth.market_day_id, _heard_of(vacancy.booth, [vacancy.number]))


def keep_booth(booth: Booth) -> None:
    """Store a booth, and its employer if new; tell its tablets, and the desks, which show whose vacancies they are.

    Raises InUse when the number or kind of a booth in use would change.
    """
    with writing():
        before = Booth.get_or_none(id=booth.id) if booth.id else None
        if before and (before.number, before.kind) != (booth.number, booth.kind):
            if is_used(before):
                raise InUse
            _forget(before)
        if booth.employer and not booth.employer.id:
            booth.employer.save()
        _save(booth)
        _tell_of(booth)


def drop_booth(booth: Booth) -> None:
    """Take a booth away, with its vacancies. Raises InUse when it has a tablet or a fact."""
    with writing():
        if is_used(booth):
            raise InUse
        gone = [vacancy.number for vacancy in booth.vacancies]
        booth.delete_instance()
        vacancies_changed(gone)
        announce(booth.market_day_id, _heard_of(booth, gone))
        _forget(booth)


def keep_operator(operator: Operator) -> None:
    """Store an operator and tell the booth's tablets."""
    with writing():
        _save(operator)
        _tell_of_operator(operator)


def drop_operator(operator: Operator) -> None:
    """Take an operator off the booth; what they recorded keeps their id."""
    with writing():
        operator.delete_instance()
        _tell_of_operator(operator)


def keep_employer(employer: Employer) -> None:
    """Store an employer and tell the tablets of every booth it has, and the desks beside them."""
    with writing():
        _save(employer)
        for booth in Booth.select().where(Booth.employer == employer):
            _tell_of(booth)


def _save(row: "Booth | Employer | Operator | Vacancy") -> None:
    """Store what is new, or only what was edited: a tablet or somebody else may have changed the rest meanwhile."""
    if not row.id:
        row.save()
    elif row.dirty_fields:
        row.save(only=row.dirty_fields)


def is_used(booth: Booth) -> bool:
    """Say whether a tablet or a fact knows the booth."""
    here = (booth.market_day_id, booth.number)
    of_the_day = "operation WHERE tablet_id IN (SELECT id FROM log WHERE market_day_id = ?) AND booth = ?"
    places = ("visit WHERE market_day_id = ? AND booth = ?", "scan WHERE market_day_id = ? AND booth = ?", of_the_day)
    return Log.select().where(Log.booth == booth).exists() or any(
        fetch(f"SELECT 1 FROM {place} LIMIT 1", here) for place in places
    )


def is_named(vacancy: Vacancy) -> bool:
    """Say whether a fact names the vacancy, on whichever market day."""
    scans = "SELECT 1 FROM market_day AS d JOIN scan AS s ON s.market_day_id = d.id AND s.vacancy = ? LIMIT 1"
    closures = "SELECT 1 FROM operation WHERE subject = ? LIMIT 1"
    return any(fetch(sql, (vacancy.number,)) for sql in (scans, closures))


def facts_of(days: list[MarketDay]) -> dict[int, int]:
    """Return how many facts each market day holds, phones' and organisers' included."""
    rows = fetch_in(
        "SELECT market_day_id, SUM(acknowledged) FROM log WHERE market_day_id IN (??) GROUP BY market_day_id",
        [day.id for day in days],
    )
    return {day.id: 0 for day in days} | {day: int(facts) for day, facts in rows}


def _tell_of(booth: Booth) -> None:
    numbers = [vacancy.number for vacancy in booth.vacancies]
    own = {(booth.number, "booth", str(booth.number))}
    announce(booth.market_day_id, own | _heard_of(booth, numbers))


def _tell_of_operator(operator: Operator) -> None:
    booth = operator.booth
    announce(booth.market_day_id, {(booth.number, "operator", str(operator.id))})


def _heard_of(booth: Booth, vacancies: list[str]) -> set[Told]:
    """Return who hears of a booth's vacancies: the booth itself and every desk of the day."""
    desks = Booth.select(Booth.number).where(
        Booth.market_day == booth.market_day_id, Booth.kind == "desk"
    )
    numbers = {booth.number, *(desk.number for desk in desks)}
    return {(number, "vacancy", vacancy) for number in numbers for vacancy in vacancies}


def _forget(booth: Booth) -> None:
    """Empty the log of a booth that nobody reads, so that the next one of this number starts clean."""
    Change.delete().where(
        Change.market_day == booth.market_day_id, Change.booth == booth.number
    ).execute()
