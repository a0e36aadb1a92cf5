"""Placements: what was found out after market days, counted apart from the days' own figures.

A person counts once a day. Who was confirmed stays confirmed if they leave later; where they stand now, their last
word says.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypedDict

from models.base.database import fetch_in
from models.base.lists import listed
from models.figures.breakdown import MIGRANTS, local_share
from models.vocabulary.follow_up import AT_WORK, CONFIRMED, OUTCOMES
from models.vocabulary.stage import PLACES


class Placements(TypedDict):
    """Figures of what came after one market day, each in persons.

    ``asked`` were tried, ``reached`` answered; ``confirmed`` said at least once that they work where the day led them;
    ``now`` is what each said last; ``places`` are where those work who are at work now, ``migrant_places`` the migrant
    workers among them; the shares are in percent, None without anybody.
    """

    asked: int
    reached: int
    confirmed: int
    now: dict[str, int]
    places: dict[str, int]
    migrant_places: dict[str, int]
    local_share: float | None
    migrant_share: float | None


class _Word(NamedTuple):
    person: str
    result: str
    outcome: str | None
    place: str | None


def placements(market_days: Iterable[int]) -> dict[int, Placements]:
    """Return the figures of what came after each of these market days, as they stand now."""
    words: dict[int, list[_Word]] = {day: [] for day in market_days}
    rows = fetch_in(
        "SELECT at_ms, id, market_day_id, person, result, outcome, place FROM contact_attempt"
        " WHERE market_day_id IN (??)",
        words,
    )
    for _, _, day, *word in sorted(rows, key=lambda row: row[:2]):
        words[day].append(_Word(*word))
    migrants = _migrants({word.person for some in words.values() for word in some if word.place})
    return {day: _counted(some, migrants) for day, some in words.items()}


def together(figures: Iterable[Placements]) -> Placements:
    """Return the sum of several market days' figures: who was asked about two of them counts at both."""
    found = list(figures)
    everybody, of_migrants = _all_of(PLACES, found, "places"), _all_of(PLACES, found, "migrant_places")
    return {
        "asked": sum(one["asked"] for one in found),
        "reached": sum(one["reached"] for one in found),
        "confirmed": sum(one["confirmed"] for one in found),
        "now": _all_of(OUTCOMES, found, "now"),
        "places": everybody,
        "migrant_places": of_migrants,
        "local_share": local_share(everybody),
        "migrant_share": local_share(of_migrants),
    }


def _all_of(
    codes: Iterable[str], figures: list[Placements], name: Literal["now", "places", "migrant_places"]
) -> dict[str, int]:
    return {code: sum(one[name][code] for one in figures) for code in codes}


def _counted(words: list[_Word], migrants: set[str]) -> Placements:
    last = {word.person: str(word.outcome) for word in words if word.outcome}
    placed = {word.person: word.place for word in words if word.place}
    places = {person: placed[person] for person in placed if last.get(person) in AT_WORK}
    everybody = _by_place(places.values())
    of_migrants = _by_place(place for person, place in places.items() if person in migrants)
    return {
        "asked": len({word.person for word in words}),
        "reached": len({word.person for word in words if word.result == "reached"}),
        "confirmed": len({word.person for word in words if word.outcome in CONFIRMED}),
        "now": dict.fromkeys(OUTCOMES, 0) | Counter(last.values()),
        "places": everybody,
        "migrant_places": of_migrants,
        "local_share": local_share(everybody),
        "migrant_share": local_share(of_migrants),
    }


def _by_place(places: Iterable[str | None]) -> dict[str, int]:
    return dict.fromkeys(PLACES, 0) | Counter(str(place) for place in places)


def _migrants(persons: set[str]) -> set[str]:
    rows = fetch_in("SELECT person, groups FROM candidate WHERE groups <> '' AND person IN (??)", persons)
    return {person for person, groups in rows if not MIGRANTS.isdisjoint(listed(groups))}
