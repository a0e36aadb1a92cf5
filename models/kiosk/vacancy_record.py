"""Vacancies' records: what a booth is told of what it offers, and a service desk of all that the day offers."""

from collections.abc import Iterable

from peewee import Expression

from models.base.lists import listed
from models.derived.count import hired_counts
from models.market.booth import Booth
from models.market.day_labour import end_of_date, last_date
from models.market.market_day import MarketDay
from models.market.offer import Offer, select_offers
from models.market.tablet import Tablet
from models.market.vacancy import Vacancy, places_left
from models.market.work_place import distance_of
from models.matching.poster import has_lodging, has_meals, starts_at_once

Record = dict[str, object]


def visible_vacancies(booth: Booth) -> list[str]:
    """Return the numbers of the vacancies that a booth sees."""
    return [offer.vacancy.number for offer in select_offers().where(_visible(booth))]


def draw_vacancies(tablet: Tablet, numbers: Iterable[str]) -> dict[str, Record]:
    """Return the records of those of these vacancies that a booth sees, by number."""
    numbers = list(numbers)
    hired, day = hired_counts(numbers), tablet.market_day
    offers = select_offers().where(Vacancy.number.in_(numbers), _visible(tablet.booth))
    found = {offer.vacancy.number: _vacancy(offer, hired[offer.vacancy.number], day) for offer in offers}
    if tablet.booth.is_desk:  # it is asked what fits somebody; a booth has its few
        for offer in offers:
            found[offer.vacancy.number]["fit"] = _fit(offer.vacancy, day)
    return found


def _vacancy(offer: Offer, hired: int, day: MarketDay) -> Record:
    vacancy = offer.vacancy
    over = max(0, hired - vacancy.openings)
    return {
        "number": vacancy.number,
        "title": vacancy.title,
        "employer": offer.employer_name,
        "booth": offer.booth.number,
        "openings": vacancy.openings,
        "remaining": places_left(vacancy.openings, hired),
        "closed": vacancy.closed,
        "pay_min_fen": vacancy.pay_min_fen,
        "pay_max_fen": vacancy.pay_max_fen,
        "pay_unit": vacancy.pay_unit,
        "place": vacancy.place,
        "place_code": _distance(vacancy, day),
        "trade": vacancy.trade,
        "work_kind": vacancy.work_kind,
        "benefits": vacancy.benefit_list,
        "adults_only": vacancy.adults_only,
    } | ({"over": over} if over else {}) | _end(vacancy, day)


def _end(vacancy: Vacancy, day: MarketDay) -> Record:
    """When day labour ends by itself: the tablet compares its clock."""
    last = last_date(vacancy.work_kind, vacancy.work_date, vacancy.valid_until)
    return {"ends_at": end_of_date(last, day.county.timezone).isoformat()} if last else {}


def _distance(vacancy: Vacancy, day: MarketDay) -> str | None:
    code, where = vacancy.work_division_id, (day.town_id, day.town_name, day.county.name)
    return distance_of(code, vacancy.origin, vacancy.place, *where)


def _fit(vacancy: Vacancy, day: MarketDay) -> Record:
    """What matching asks of a vacancy besides what a tile shows, as far as it is so (static/js/kiosk/fit.js)."""
    said = [*vacancy.benefit_list, *listed(vacancy.pay_includes)]
    terms: Record = {
        "true_employer": vacancy.true_employer,
        "shift": vacancy.shift,
        "lodging": has_lodging(said),
        "board": has_meals(said),
        "suits_older": "older" in vacancy.suits,
        "starts_now": starts_at_once(vacancy.starts),
        "expired": vacancy.valid_until is not None and vacancy.valid_until < day.date,
    }
    return {name: value for name, value in terms.items() if value}


def _visible(booth: Booth) -> Expression:
    """An employer's booth sees what it offers; a desk helps people to any vacancy of the day."""
    return Offer.market_day == booth.market_day_id if booth.is_desk else Offer.booth == booth
