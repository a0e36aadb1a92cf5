"""Helped: people in difficulty, who helps them, and how much of the least help they had (guidance 1, offers 3)."""

from dataclasses import dataclass, field
from datetime import date

from models.base.database import fetch, fetch_in
from models.base.lists import listed
from models.desk.search import Towns
from models.follow_up.worklist import helpers_of
from models.market.county import County
from models.vocabulary.follow_up import GUIDANCE, IN_DIFFICULTY, LEAST_HELP, OFFER
from models.vocabulary.stage import RANKS


@dataclass
class Helped:
    """Somebody in difficulty and their help: ``offers`` are numbers of vacancies, or ids of offers without one."""

    person: str
    candidate: str
    name: str
    village: str
    town: str
    day: int
    date: date
    helper: str = ""
    guidance: int = 0
    offers: set[str] = field(default_factory=set)

    @property
    def lacks(self) -> dict[str, int]:
        """How much is still to be given, by kind of help; without what there was enough of."""
        had = {GUIDANCE: self.guidance, OFFER: len(self.offers)}
        return {what: least - had[what] for what, least in LEAST_HELP.items() if had[what] < least}


def people_in_difficulty(county: County, since: date, towns: Towns) -> list[Helped]:
    """Return the people in difficulty registered since a date, those who lack most first.

    A post to which they were introduced at a market counts as offered.
    """
    rows = fetch(
        "SELECT c.person, c.id, c.name, c.home_division, t.name, d.id, d.date, c.groups, d.town_id FROM market_day AS d"
        " JOIN candidate AS c ON c.market_day_id = d.id JOIN division AS t ON t.code = d.town_id"
        " WHERE d.county_id = ? AND d.date >= ? AND c.groups <> '' ORDER BY c.registered_at DESC, c.id",
        (county.id, since),
    )
    people: dict[str, Helped] = {}
    for person, id, name, village, town, day, on, groups, code in rows:
        if not set(IN_DIFFICULTY).isdisjoint(listed(groups)) and (towns is None or code in towns):
            people[person] = Helped(person, id, name, village or "", town, day, date.fromisoformat(str(on)))
    learn_help(people)
    return sorted(people.values(), key=lambda one: (-sum(one.lacks.values()), one.date, one.candidate))


def learn_help(people: dict[str, Helped]) -> None:
    """Fill in who helps these people and what help they had."""
    for person, helper in helpers_of(set(people)).items():
        people[person].helper = helper
    for person, id, what, about in fetch_in(
        "SELECT person, id, what, about FROM assistance WHERE person IN (??)", set(people)
    ):
        people[person].guidance += what == GUIDANCE
        if what == OFFER:
            people[person].offers.add(about or id)
    introduced = fetch_in(
        "SELECT person, vacancy FROM check_in WHERE reached >= ? AND person IN (??)",
        set(people),
        RANKS["introduced"],
    )
    for person, vacancy in introduced:
        people[person].offers.add(vacancy)
