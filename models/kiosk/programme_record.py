"""Programmes' records: what people can sign up for, as the service desks of a market day are told of it."""

from collections.abc import Iterable

from models.base.clock import utcnow
from models.base.database import writing
from models.derived.sign_up import seats_of
from models.kiosk.keys import coming_days
from models.log.change import announce
from models.market.booth import Booth
from models.market.planning import date_in
from models.market.programme import Programme, programmes_at
from models.market.tablet import Tablet

Record = dict[str, object]


def programmes_for(tablet: Tablet) -> dict[str, Record]:
    """Return the records of all that a desk's tablet can sign people up for; nothing for an employer's booth."""
    if not tablet.booth.is_desk:
        return {}
    day = tablet.market_day
    return _drawn(programmes_at(day, min(day.date, date_in(day.county, utcnow()))))


def draw_programmes(tablet: Tablet, ids: Iterable[str]) -> dict[str, Record]:
    """Return the records of those of these programmes that a tablet's booth hears of."""
    wanted = {int(id) for id in ids if id.isdigit()} if tablet.booth.is_desk else set()
    found = list(Programme.select().where(Programme.id.in_(wanted))) if wanted else []
    return _drawn([one for one in found if not one.closed and one.is_offered_on(tablet.market_day)])


def keep_programme(programme: Programme) -> None:
    """Store a programme and tell the desks of the coming market days."""
    with writing():
        programme.save()
        for day in coming_days(programme.county):
            desks = Booth.select().where(Booth.market_day == day, Booth.kind == "desk")
            announce(day.id, {(desk.number, "programme", str(programme.id)) for desk in desks})


def _drawn(programmes: list[Programme]) -> dict[str, Record]:
    seats = seats_of(one.id for one in programmes)
    return {
        str(one.id): {
            "id": one.id,
            "kind": one.kind,
            "title": one.title,
            "date": one.begins_on.isoformat(),
            "clock": one.clock,
            "place": one.place,
            "seats": one.seats,
            "taken": len(seats[one.id]),
        }
        for one in programmes
    }
