"""Breakdowns: the key groups among the people of a market day, and the trades that were wanted and asked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.base.database import fetch, fetch_in
from models.base.lists import listed
from models.figures.shapes import Breakdowns, TradeShape
from models.market.market_day import MarketDay
from models.vocabulary.code_list import GROUPS, SEXES
from models.vocabulary.stage import HIRED, PLACES, RANKS

AGES = {"16-24": 24, "25-39": 39, "40-49": 49, "50-59": 59, "60+": 999}  # band: its last year
EVERYONE = "ALL"  # each person with any group, once
FACTS = ("registered", "agreed", "hired")
MIGRANTS = {"MIG", "OLD"}
LOCAL = ("town", "county", "city")  # inside Chongqing
OUTSIDE = "outside"
# Of those hired outside, by where the work is: the first digits of its division, or the name at the head of its place.
PROVINCES_APART = {"sichuan": ("51", "四川"), "shandong": ("37", "山东")}


@dataclass
class Person:
    """Somebody in a key group, as all their registrations of the day say."""

    sex: str | None = None
    birth_year: int = 0
    groups: set[str] = field(default_factory=set)
    registered: bool = False
    reached: int = 0

    def learn(self, sex: str | None, birth_year: int, groups: str) -> None:
        """Add a registration; of two that differ, the earlier one's sex and year stay."""
        self.sex, self.birth_year = self.sex or sex, self.birth_year or birth_year
        self.groups.update(listed(groups))

    def has_come_to(self, fact: str) -> bool:
        """Say whether the person was registered, or came to an agreement, or was hired, on the day."""
        return self.registered if fact == "registered" else self.reached >= RANKS[fact]


def breakdowns(market_day: MarketDay) -> Breakdowns:
    """Return the figures of `models.figures.summary` that need to know who the people were. Costs seven queries."""
    ends = fetch(
        "SELECT person, reached, place, vacancy FROM check_in WHERE market_day_id = ? AND reached >= ?"
        " ORDER BY at_ms, vacancy",
        (market_day.id, RANKS["agreed"]),
    )
    people = _grouped_people(market_day, ends)
    migrants = {who for who, person in people.items() if person.groups & MIGRANTS}
    destinations = _destinations(ends)
    migrant_places = _by_place(place for who, (place, _) in destinations.items() if who in migrants)
    return {
        "places": _by_place(place for place, _ in destinations.values()),
        "migrant_places": migrant_places,
        "provinces": _provinces([vacancy for place, vacancy in destinations.values() if place == OUTSIDE]),
        "local_share": local_share(migrant_places),
        "trades": _trades(market_day),
        "groups": _groups(market_day.date.year, people),
    }


def _destinations(ends: list[tuple]) -> dict[str, tuple[str, str]]:
    """Return where each person was hired for, and by which vacancy: the earliest of their check-ins that says so."""
    found: dict[str, tuple[str, str]] = {}
    for who, rank, place, vacancy in ends:
        if rank >= HIRED and place:
            found.setdefault(who, (place, vacancy))
    return found


def _provinces(vacancies: list[str]) -> dict[str, int]:
    """Return how many of those hired outside went where; ``vacancies`` has the one of each person."""
    rows = fetch_in("SELECT number, work_division_id, place FROM vacancy WHERE number IN (??)", set(vacancies))
    province = {number: _province(division or "", place) for number, division, place in rows}
    return dict.fromkeys((*PROVINCES_APART, "other"), 0) | Counter(province.get(one, "other") for one in vacancies)


def _province(division: str, place: str) -> str:
    for province, (digits, name) in PROVINCES_APART.items():
        if division.startswith(digits) if division else place.startswith(name):
            return province
    return "other"


def _by_place(places: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys(PLACES, 0) | Counter(places)


def local_share(places: dict[str, int]) -> float | None:
    """Return inside / (inside + outside) in percent with one digit; None when nobody was placed.

    The bureau's own figures: 5.491 million inside and 2.459 million outside Chongqing are 69.1 %.
    """
    inside, everywhere = sum(places[place] for place in LOCAL), sum(places.values())
    return _rounded(1000 * inside, everywhere) / 10 if everywhere else None


def matrix(rows: list[dict]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """Return ``(group, [(sex, counts)])`` of a summary's ``groups``, as a sheet shows them.

    The sex ``""`` stands for all, whose counts hold those of unknown sex too. Counts are, for each
    of ``FACTS``, the total and then each age band.
    """
    blocks: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        lines = blocks.setdefault(row["group"], {sex: [0] * (len(FACTS) * (1 + len(AGES))) for sex in ("", *SEXES)})
        for start, fact in enumerate(FACTS):
            at = start * (1 + len(AGES))
            for sex in {"", row["sex"]} & lines.keys():
                lines[sex][at] += row[fact]
                lines[sex][at + 1 + list(AGES).index(row["age"])] += row[fact]
    return [(group, list(lines.items())) for group, lines in blocks.items()]


def _grouped_people(market_day: MarketDay, ends: list[tuple]) -> dict[str, Person]:
    """Return those in key groups who were registered on the day, or before and of whom something came that day."""
    people: dict[str, Person] = {}
    rows = fetch(
        "SELECT person, sex, birth_year, groups FROM candidate WHERE market_day_id = ? AND person IN"
        " (SELECT person FROM candidate WHERE market_day_id = ? AND groups <> '') ORDER BY id",
        (market_day.id, market_day.id),
    )
    for who, *row in rows:
        people.setdefault(who, Person(registered=True)).learn(*row)
    before = fetch_in(  # a person's name is the id of their first registration
        "SELECT person, sex, birth_year, groups FROM candidate AS c WHERE groups <> '' AND NOT EXISTS"
        " (SELECT 1 FROM candidate WHERE market_day_id = ? AND person = c.person) AND id IN (??)",
        {who for who, *_ in ends} - people.keys(),
        market_day.id,
    )
    for who, *row in before:
        people.setdefault(who, Person()).learn(*row)
    for who, rank, *_ in ends:
        if who in people:
            people[who].reached = max(people[who].reached, rank)
    return people


def _trades(market_day: MarketDay) -> list[TradeShape]:
    """Return places and seekers of each trade, most places first; ``ratio`` is 求人倍率, places for a seeker."""
    offered = fetch(
        "SELECT v.trade, SUM(v.openings) FROM offer AS o JOIN vacancy AS v ON v.id = o.vacancy_id"
        " WHERE o.market_day_id = ? GROUP BY v.trade",
        (market_day.id,),
    )
    places, seekers = {trade: int(count) for trade, count in offered}, _seekers(market_day)
    rows = [_trade(trade, places.get(trade, 0), seekers[trade]) for trade in places.keys() | seekers]
    return sorted(rows, key=lambda row: (-row["places"], -row["seekers"], row["trade"]))


def _seekers(market_day: MarketDay) -> Counter[str]:
    """Return how many registered persons named each trade; who was registered twice counts once."""
    seekers: Counter[str] = Counter()
    for trades, count in fetch(
        "SELECT trades, COUNT(*) FROM candidate WHERE market_day_id = ? AND person = id GROUP BY trades",
        (market_day.id,),
    ):
        seekers.update(dict.fromkeys(listed(trades), count))
    twice: dict[str, tuple[set[str], set[str]]] = {}
    for who, first, trades in fetch(
        "SELECT person, person = id, trades FROM candidate WHERE market_day_id = ? AND person IN"
        " (SELECT person FROM candidate WHERE market_day_id = ? AND person <> id)",
        (market_day.id, market_day.id),
    ):
        twice.setdefault(who, (set(), set()))[bool(first)].update(listed(trades))
    for more, counted in twice.values():
        seekers.update(more - counted)
    return seekers


def _trade(trade: str, places: int, seekers: int) -> TradeShape:
    return {"trade": trade, "places": places, "seekers": seekers, "ratio": ratio_of(places, seekers)}


def ratio_of(places: int, seekers: int) -> float | None:
    """Return 求人倍率, places for a seeker, with two digits; None without a seeker."""
    return _rounded(100 * places, seekers) / 100 if seekers else None


def _groups(year: int, people: dict[str, Person]) -> list[dict]:
    """Return a row for each (group, sex, age) in which there is anybody; a person may be in several groups."""
    cells: dict[tuple[str, str, str], Counter[str]] = {}
    for person in people.values():
        come = [fact for fact in FACTS if person.has_come_to(fact)]
        age = next(band for band, last in AGES.items() if year - person.birth_year <= last)
        for group in {*person.groups, EVERYONE} if come else ():
            cells.setdefault((group, person.sex or "", age), Counter(dict.fromkeys(FACTS, 0))).update(come)
    return [
        {"row": " ".join(filter(None, key)), **dict(zip(("group", "sex", "age"), key, strict=True)), **cells[key]}
        for key in sorted(cells, key=_order)
    ]


def _order(key: tuple[str, str, str]) -> tuple:
    """Order cells by the official list of groups, what it lacks behind it, everyone last."""
    group, sex, age = key
    known = list(GROUPS)
    at = len(known) + 1 if group == EVERYONE else known.index(group) if group in GROUPS else len(known)
    return at, group, sex, list(AGES).index(age)


def _rounded(amount: int, by: int) -> int:
    """Return ``amount / by`` to the nearest whole, halves upwards, as officials round."""
    return (2 * amount + by) // (2 * by)
