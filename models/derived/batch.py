"""Batches: facts on their way through, and everything they touch."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from models.base.database import fetch_in
from models.derived.check_in import Hired, Pair
from models.keys.seal import private_keys
from models.log.change import Told
from models.log.fact import Fact
from models.log.operation import Key
from models.market.day_labour import end_ms
from models.market.log import Log


@dataclass
class Place:
    """A vacancy as the facts of a batch need it: where its market day offers it, and its openings.

    ``booth`` is the booth's number; None when the vacancy is offered on other market days only. ``ends_ms`` is when day
    labour ends by itself.
    """

    booth: int | None
    openings: int
    ends_ms: int | None


@dataclass
class Batch:
    """Facts of one log, and what they touch.

    What one noun leaves for another stands here, with who fills it.
    """

    log: Log
    facts: list[Fact]
    now_ms: int
    again: bool = False  # its facts are stored already and are replayed
    told: set[Told] = field(default_factory=set)  # news for everybody at a booth (all nouns)
    own: set[Told] = field(default_factory=set)  # made by this tablet, which knows it already (all nouns)
    elsewhere: defaultdict[int, set[Told]] = field(default_factory=lambda: defaultdict(set))  # of other market days
    children: set[str] = field(default_factory=set)  # candidates refused for being under 16 (candidate)
    linked: set[str] = field(default_factory=set)  # nodes whose links may have changed (candidate, person)
    persons: dict[str, str] = field(default_factory=dict)  # the person of each subject (person)
    moved: dict[str, str] = field(default_factory=dict)  # node that became another's: its former person (person)
    pairs: set[Pair] = field(default_factory=set)  # check-ins to fold again (check_in)
    taken: set[str] = field(default_factory=set)  # visits and candidates taken back or restored (withdrawal)
    judged: set[str] = field(default_factory=set)  # passes of which it was judged whose they are (pass_binding)
    vacancies: set[str] = field(default_factory=set)  # whose check-ins changed (check_in)
    awaited: dict[int, str] = field(default_factory=dict)  # what a fact waits for, by its seq (right, reach)
    outranked: set[Key] = field(default_factory=set)  # that wait now: their number is taken (candidate, right)
    hired: Hired = field(default_factory=Counter)  # by how much the hired of vacancies changed (check_in)
    rejoined: set[str] = field(default_factory=set)  # vacancies that hired who proved to be others (check_in)

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
        return self.log.booth.number if self.log.booth else None

    @cached_property
    def places(self) -> dict[str, Place]:
        """The vacancies that facts name, those that exist."""
        return places(self.day, (fact.data["vacancy"] for fact in self.about_vacancies()))

    def tell(self, day: int, told: Iterable[Told]) -> None:
        """Have a market day's booths told of things: of people and places that days share, other days hear too."""
        (self.told if day == self.day else self.elsewhere[day]).update(told)

    def rehired(self) -> set[str]:
        """Return the vacancies of which another number of people may be hired than before.

        On any day: a person hired on two days is one, so who is who decides how many there are.
        """
        return {vacancy for (_, vacancy), change in self.hired.items() if change} | self.rejoined

    def know_places(self, numbers: set[str]) -> None:
        """Look up these vacancies too."""
        self.places.update(places(self.day, numbers - self.places.keys()))

    def of(self, *kinds: str) -> list[Fact]:
        """Return the facts of these kinds that have an effect."""
        return [fact for fact in self.facts if fact.kind in kinds and fact.has_effect]

    def about_vacancies(self) -> list[Fact]:
        """Return the facts whose kind names a vacancy, those that were not refused."""
        return [fact for fact in self.facts if fact.names_a_vacancy and not fact.refusal]

    def place_of(self, fact: Fact) -> Place | None:
        """Return the vacancy that a fact names, if it is one of this market day."""
        place = self.places.get(fact.data["vacancy"]) if fact.names_a_vacancy else None
        return place if place and place.booth is not None else None

    def booth_of(self, fact: Fact) -> int | None:
        """Return where a fact happened: at the tablet, or for a phone at the vacancy's booth."""
        if self.booth is not None or fact.refusal:
            return self.booth
        place = self.place_of(fact)
        return place.booth if place else None


@dataclass(frozen=True)
class Regrouping:
    """People who proved to be others, with facts older than the batch: what is derived by person is derived again.

    ``now`` maps every node whose person changed, and every former person, to its person. ``members`` maps all nodes of
    these persons. ``gone`` are the names under which rows may stand that are no longer right. ``split`` says that
    somebody was taken out of a person.
    """

    now: dict[str, str]
    members: dict[str, str]
    gone: set[str]
    split: bool

    @property
    def persons(self) -> set[str]:
        """The persons as they are now."""
        return set(self.now.values())


def places(market_day: int, numbers: Iterable[str]) -> dict[str, Place]:
    """Return the vacancies of these numbers that exist, as a market day offers them."""
    rows = fetch_in(
        "SELECT v.number, b.number, v.openings, v.work_kind, v.work_date, v.valid_until, c.timezone FROM vacancy AS v"
        " JOIN county AS c ON c.id = v.county_id"
        " LEFT JOIN offer AS o ON o.vacancy_id = v.id AND o.market_day_id = ?"
        " LEFT JOIN booth AS b ON b.id = o.booth_id WHERE v.number IN (??)",
        set(numbers),
        market_day,
    )
    return {number: Place(booth, openings, end_ms(*dates)) for number, booth, openings, *dates in rows}
