"""News: what booths hear of a batch. Each only of who came to it and of its own vacancies."""

from models.database import fetch, fetch_in
from models.people.identity import persons_of
from models.sync.batch import Batch
from models.sync.visit import PRESENCE


def tell_of_scan(batch: Batch, scan: str, booth: int | None) -> None:
    """The vacancy's booth hears of a check-in, and so does the booth that made it."""
    if batch.booth is not None:
        batch.own.add((batch.booth, "check_in", scan))
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


def tell_of_people(batch: Batch, persons: dict[str, str], touched: set[str]) -> None:
    """A booth hears of the people who came to it, and of what changed about them."""
    booths: dict[str, set[int]] = {}
    for fact in batch.of(*PRESENCE):
        place = batch.place_of(fact)
        at = {batch.booth_of(fact), place.booth if place else None} - {None}
        booths.setdefault(persons[fact.subject], set()).update(at)
    changed = set(persons_of(touched).values()) if touched else set()
    rows = fetch_in(
        "SELECT person, booth FROM visit WHERE market_day_id = ? AND person IN (??)",
        changed,
        batch.day,
    )
    for person, booth in rows:
        booths.setdefault(person, set()).add(booth)
    _tell_of_candidates(batch, booths)


def _tell_of_candidates(batch: Batch, booths: dict[str, set[int]]) -> None:
    """``booths`` maps each person to the booths they came to."""
    here = {fact.subject for fact in batch.of("candidate.registered")}
    rows = fetch_in("SELECT id, person FROM candidate WHERE person IN (??)", booths)
    for candidate, person in rows:
        for booth in booths[person]:
            own = booth == batch.booth and candidate in here
            (batch.own if own else batch.told).add((booth, "candidate", candidate))
