"""News: what booths hear of a batch. Each only of who came to it and of its own vacancies."""

from collections.abc import Iterable

from models.base.database import fetch, fetch_in
from models.derived.batch import Batch
from models.derived.check_in import Pair
from models.derived.person import is_pass, persons_of
from models.derived.visit import PRESENCE


def tell_of_scan(batch: Batch, scan: str, booth: int | None, has_moved: bool) -> None:
    """The vacancy's booth hears of a check-in, and so does the booth that made it.

    The tablet itself hears of it too when its check-in has moved: another booth's sending may have come first.
    """
    if batch.booth is not None:
        (batch.told if has_moved else batch.own).add((batch.booth, "check_in", scan))
    if booth is not None and booth != batch.booth:
        batch.told.add((booth, "check_in", scan))


def tell_of_vacancies(batch: Batch, changed: set[str]) -> None:
    """The vacancy's booth and all desks hear how many places are left."""
    if not changed:
        return
    desks = fetch("SELECT number FROM booth WHERE market_day_id = ? AND kind = 'desk'", (batch.day,))
    for vacancy in changed:
        booths = {batch.places[vacancy].booth} | {desk for (desk,) in desks}
        batch.told |= {(booth, "vacancy", vacancy) for booth in booths}


def tell_of_pairs(batch: Batch, pairs: set[Pair]) -> None:
    """Whoever hears of a check-in hears where it stands now, by each of its sendings."""
    rows = fetch_in(
        "SELECT s.id, s.market_day_id, s.vacancy, s.person, s.booth, b.number FROM scan AS s"
        " JOIN log AS t ON t.id = s.tablet_id LEFT JOIN booth AS b ON b.id = t.booth_id WHERE s.person IN (??)",
        {person for day, _, person in pairs if day == batch.day},
    )
    for scan, day, vacancy, person, *booths in rows:
        if day == batch.day and (day, vacancy, person) in pairs:
            batch.told |= {(booth, "check_in", scan) for booth in booths if booth is not None}


def tell_of_people(batch: Batch, persons: dict[str, str], touched: Iterable[str]) -> None:
    """A booth hears of the people who came to it, and of what changed about them."""
    booths: dict[str, set[int]] = {}
    for fact in batch.of(*PRESENCE):
        place = batch.place_of(fact)
        at = {batch.booth_of(fact), place.booth if place else None} - {None}
        booths.setdefault(persons[fact.subject], set()).update(at)
    here = {fact.subject for fact in batch.of("candidate.registered")}
    changed = {persons[candidate] for candidate in here} | set(persons_of(touched).values())
    for person, booth in booths_of(batch.day, changed):
        booths.setdefault(person, set()).add(booth)
    for candidate, person in fetch_in("SELECT id, person FROM candidate WHERE person IN (??)", booths):
        for booth in booths[person]:
            own = booth == batch.booth and candidate in here
            (batch.own if own else batch.told).add((booth, "candidate", candidate))


def tell_who_left(batch: Batch, persons: set[str], nodes: Iterable[str]) -> None:
    """Booths that knew these persons hear of each candidate who was one of them: it may not be theirs any more."""
    booths = {booth for _, booth in booths_of(batch.day, persons)}
    batch.told |= {(booth, "candidate", node) for booth in booths for node in nodes if not is_pass(node)}


def booths_of(market_day: int, persons: Iterable[str]) -> set[tuple[str, int]]:
    """Return ``(person, booth)``: who came to which booth, or is tied to a vacancy of it."""
    visits = "SELECT person, booth FROM visit WHERE market_day_id = ? AND person IN (??)"
    ties = "SELECT person, booth FROM scan WHERE booth IS NOT NULL AND market_day_id = ? AND person IN (??)"
    return {tuple(row) for sql in (visits, ties) for row in fetch_in(sql, persons, market_day)}
