"""Batches: facts on their way through, and everything they touch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from models.base.database import fetch_in
from models.derived.check_in import Pair
from models.keys.seal import private_keys
from models.log.change import Told
from models.log.fact import Fact
from models.market.log import Log

ABOUT_VACANCIES = (
    "check_in.recorded", "vacancy.filled", "vacancy.reopened", "consent.given", "consent.withdrawn",
)  # fmt: skip


@dataclass
class Place:
    """A vacancy as the facts of a batch need it: its booth's number, its day, its openings."""

    booth: int
    market_day: int
    openings: int


@dataclass
class Batch:
    """A batch: its log, its facts, and what they touch."""

    log: Log
    facts: list[Fact]
    now_ms: int
    places: dict[str, Place] = field(default_factory=dict)
    pairs: set[Pair] = field(default_factory=set)  # check-ins to derive again
    certain: set[str] = field(default_factory=set)  # vacancies to review in any case
    moved: set[str] = field(default_factory=set)  # vacancies whose check-ins moved
    hiring: set[str] = field(default_factory=set)  # vacancies of which other facts may have changed who is hired
    told: set[Told] = field(default_factory=set)  # news for everybody at a booth
    own: set[Told] = field(default_factory=set)  # made by this tablet, which knows it already
    again: bool = False  # its facts are stored already: a person settled one of them, or one about the same people

    @cached_property
    def day(self) -> int:
        """The market day's id."""
        return self.log.market_day_id

    @cached_property
    def seal_keys(self) -> dict[int, str]:
        """The keys that open the contacts of this county's candidates."""
        return private_keys(self.log.market_day.county_id)

    @cached_property
    def booth(self) -> int | None:
        """The number of the log's booth; None for the logs of phones and of the office."""
        return self.log.booth.number if self.log.booth_id else None

    def of(self, *kinds: str) -> list[Fact]:
        """Return the facts of these kinds that were not refused."""
        return [fact for fact in self.facts if fact.kind in kinds and not fact.refusal]

    def about_vacancies(self) -> list[Fact]:
        """Return the facts that name a vacancy."""
        return self.of(*ABOUT_VACANCIES)

    def place_of(self, fact: Fact) -> Place | None:
        """Return the vacancy that a fact names, if it is one of this market day."""
        place = self.places.get(fact.data.get("vacancy", ""))
        return place if place and place.market_day == self.day else None

    def booth_of(self, fact: Fact) -> int | None:
        """Return where a fact happened: at the tablet, or for a phone at the vacancy's booth."""
        if self.booth is not None or fact.refusal:
            return self.booth
        place = self.place_of(fact)
        return place.booth if place else None


def places(numbers: Iterable[str]) -> dict[str, Place]:
    """Return the vacancies of these numbers that exist."""
    rows = fetch_in(
        "SELECT v.number, b.number, b.market_day_id, v.openings FROM vacancy AS v"
        " JOIN booth AS b ON b.id = v.booth_id WHERE v.number IN (??)",
        set(numbers),
    )
    return {number: Place(*place) for number, *place in rows}
