"""Boards: what of a market day's vacancies somebody asks for, and how many booths stand on one page.

Near is where the work is, by the division that its employer named, else by the words of its place: nobody is asked
where they are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from models.base.typed import same_of
from models.market.work_place import distance_of
from models.phone.notice import BoothNotice, DayNotice, VacancyNotice

LONGEST_QUERY = 40  # characters; the rest of a longer one is not looked at
OLDER = "older"  # of code_list.SUITS
PAGE = 14  # vacancies, from which on a page takes no further booth


class Wish(NamedTuple):
    """What somebody asks a board for; empty of what does not matter. ``near`` is a code of code_list.PLACES."""

    q: str = ""
    trade: str = ""
    near: str = ""
    older: bool = False


class Shown(NamedTuple):
    """A booth as one page of a board shows it, with those of its vacancies that fit."""

    booth: BoothNotice
    vacancies: tuple[VacancyNotice, ...]


def distance(vacancy: VacancyNotice, day: DayNotice) -> str:
    """Return where the work is, seen from the market, as a code of code_list.PLACES; empty when nobody says."""
    words = vacancy.work_place
    return distance_of(vacancy.work_code, vacancy.origin, words, day.town_code, day.town, day.division) or ""


def fitting(
    vacancies: Iterable[VacancyNotice], day: DayNotice, wish: Wish, trade_of: Callable[[str], str]
) -> list[VacancyNotice]:
    """Return the vacancies that fit a wish; ``trade_of`` says a trade in the reader's language.

    Every word that was typed has to stand in the vacancy's title, trade, employer, place, duties or number. Who looks
    in the county means its towns too.
    """
    words = [same for word in wish.q[:LONGEST_QUERY].split() if (same := same_of(word))]
    near = {"county": ("town", "county")}.get(wish.near, (wish.near,))
    return [
        vacancy for vacancy in vacancies
        if (not wish.trade or vacancy.trade == wish.trade)
        and (not wish.near or distance(vacancy, day) in near)
        and (not wish.older or OLDER in vacancy.suit_list)
        and all(word in _said(vacancy, trade_of) for word in words)
    ]  # fmt: skip


def _said(vacancy: VacancyNotice, trade_of: Callable[[str], str]) -> str:
    said = (vacancy.title, trade_of(vacancy.trade), vacancy.employer, vacancy.place_of_work, vacancy.duties)
    return same_of(" ".join((*said, vacancy.true_employer, vacancy.benefits, vacancy.number)))


def paged(booths: Sequence[BoothNotice], found: Iterable[VacancyNotice], is_whole: bool) -> list[list[Shown]]:
    """Return the pages of a board: each takes whole booths until it has enough vacancies. At least one page.

    Booths with nothing that fits are left out, unless the board is shown ``is_whole``.
    """
    of_booth: dict[int, list[VacancyNotice]] = {}
    for vacancy in found:
        of_booth.setdefault(vacancy.booth_id, []).append(vacancy)
    pages: list[list[Shown]] = [[]]
    weight = 0
    for booth in booths:
        own = tuple(of_booth.get(booth.id, ()))
        if not own and not is_whole:
            continue
        if weight >= PAGE:
            pages.append([])
            weight = 0
        pages[-1].append(Shown(booth, own))
        weight += max(1, len(own))
    return pages


def trades_of(vacancies: Iterable[VacancyNotice]) -> list[str]:
    """Return the trades of a day, those with the most places first."""
    wanted: Counter[str] = Counter()
    for vacancy in vacancies:
        wanted[vacancy.trade] += vacancy.openings
    return [trade for trade, _ in wanted.most_common()]
