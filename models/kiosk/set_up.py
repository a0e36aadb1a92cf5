"""Set-up: what an organiser changes about booths and vacancies, told to every tablet that shows it.

Once a booth has a tablet or a fact, its number and kind are what other records know it by.
"""

from collections.abc import Iterable
from uuid import uuid4

from models.base.clock import utcnow
from models.base.database import writing
from models.derived.anew import passes_added, vacancies_changed
from models.derived.opening import heard_of, review
from models.derived.visit import judge_hours
from models.intake.ingest import record
from models.kiosk.in_use import InUse, is_named, is_used, names_vacancy
from models.kiosk.keys import coming_days
from models.log.change import Change, announce
from models.market import planning
from models.market.booth import Booth
from models.market.county import County
from models.market.day_labour import end_ms
from models.market.employer import Employer
from models.market.log import OFFICE
from models.market.market_day import MarketDay
from models.market.offer import Offer, offers_of
from models.market.vacancy import Vacancy
from models.people.candidate_pass import PassRange


def plan_market_day(source: MarketDay | None = None, **fields: object) -> MarketDay:
    """Plan a market day as models/market/planning.py does; what named its vacancies before is judged anew."""
    with writing():
        day = planning.plan(source, **fields)
        vacancies_changed(offer.vacancy.number for offer in offers_of(day))
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


def keep_vacancy(vacancy: Vacancy, booth: Booth | None = None) -> None:
    """Store a vacancy, offer it at ``booth`` if one is given, and tell the booths and desks of all days that offer it.

    More or fewer openings are judged anew, and what was recorded for its number before it was offered.
    """
    with writing():
        _save(vacancy)
        if booth:
            Offer.of(vacancy, booth)
            vacancies_changed([vacancy.number])
        end = end_ms(vacancy.work_kind, vacancy.work_date, vacancy.valid_until, vacancy.county.timezone)
        review({vacancy.number: vacancy.openings}, [vacancy.number], {vacancy.number: end})
        _tell_of_vacancies([vacancy.number])


def offer_vacancies(vacancies: Iterable[Vacancy], booth: Booth) -> None:
    """Offer vacancies that exist at a booth too; what was recorded for them there before is judged anew."""
    with writing():
        for vacancy in vacancies:
            keep_vacancy(vacancy, booth)


def reserve_passes(day: MarketDay, count: int) -> PassRange:
    """Take the next numbers for a market day's paper passes and tell its tablets.

    What was recorded with one of them before is judged anew.
    """
    with writing():
        span = PassRange.reserve(day, count)
        passes_added(span.numbers())
        announce(day.id, {(booth.number, "pass_range", span.first) for booth in day.booths})
    return span


def record_closure(day: MarketDay, vacancy: Vacancy, kind: str, who: str) -> None:
    """Record in a market day's log that a vacancy takes nobody more, or does again (the ``kind`` of fact)."""
    at = utcnow().astimezone(day.county.zone()).isoformat(timespec="milliseconds")
    told = {"id": str(uuid4()), "kind": kind, "at": at, "operator": f"organiser:{who}"}
    record(day, [{**told, "data": {"vacancy": vacancy.number}}], OFFICE)


def drop_offer(offer: Offer) -> None:
    """Take a vacancy off a market day, and away when no day offers it any more.

    Raises InUse when a fact of the day names it: then it can only be closed.
    """
    with writing():
        number, vacancy = offer.vacancy.number, offer.vacancy
        if is_named(offer):
            raise InUse
        told = heard_of([number])[offer.market_day_id]
        offer.delete_instance()
        drop_unoffered([vacancy])
        vacancies_changed([number])
        announce(offer.market_day_id, told)


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
        if before and before.employer_id != booth.employer_id:
            _hand_over_vacancies(booth, before.employer_id)
        _tell_of(booth)


def _hand_over_vacancies(booth: Booth, before: int | None) -> None:
    """A booth's employer was put right: its vacancies go with it, those that no other market day offers."""
    for offer in booth.offers:
        vacancy = offer.vacancy
        if vacancy.employer_id == before and vacancy.offers.count() == 1:
            vacancy.employer = booth.employer_id
            vacancy.save(only=[Vacancy.employer])


def drop_booth(booth: Booth) -> None:
    """Take a booth away, with what it alone offers. Raises InUse when it has a tablet or a fact."""
    with writing():
        if is_used(booth):
            raise InUse
        vacancies = [offer.vacancy for offer in booth.offers]
        numbers = [vacancy.number for vacancy in vacancies]
        told = heard_of(numbers).get(booth.market_day_id, set())
        booth.delete_instance()
        drop_unoffered(vacancies)
        vacancies_changed(numbers)
        announce(booth.market_day_id, told)
        _forget(booth)


def drop_unoffered(vacancies: Iterable[Vacancy]) -> None:
    """Delete those of these vacancies that no market day offers any more. Inside ``writing()``.

    One that was checked with its employer stays on the employer's page: the next market day offers it again.
    """
    for vacancy in vacancies:
        is_kept = vacancy.verified_at and vacancy.employer_id
        if not is_kept and not vacancy.offers.exists():
            vacancy.delete_instance()


def drop_vacancy(vacancy: Vacancy) -> None:
    """Delete a vacancy of an employer. Raises InUse when a market day offers it or a fact names it."""
    with writing():
        if vacancy.offers.exists() or names_vacancy(vacancy.number, None):
            raise InUse
        vacancy.delete_instance()


def keep_employer(employer: Employer) -> None:
    """Store an employer and tell the tablets of every booth it has, and the desks beside them."""
    with writing():
        _save(employer)
        for booth in Booth.select().where(Booth.employer == employer):
            _tell_of(booth)
        _tell_of_vacancies([vacancy.number for vacancy in employer.vacancies])


def _save(row: "Booth | Employer | Vacancy") -> None:
    """Store what is new, or only what was edited: a tablet or somebody else may have changed the rest meanwhile."""
    if not row.id:
        row.save()
    elif row.dirty_fields:
        row.save(only=row.dirty_fields)


def _tell_of(booth: Booth) -> None:
    numbers = [offer.vacancy.number for offer in booth.offers]
    own = {(booth.number, "booth", str(booth.number))}
    announce(booth.market_day_id, own | heard_of(numbers).get(booth.market_day_id, set()))


def _tell_of_vacancies(numbers: Iterable[str]) -> None:
    for day, told in heard_of(numbers).items():
        announce(day, told)


def _forget(booth: Booth) -> None:
    """Empty the log of a booth that nobody reads, so that the next one of this number starts clean."""
    Change.delete().where(
        Change.market_day == booth.market_day_id, Change.booth == booth.number
    ).execute()
