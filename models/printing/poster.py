"""Posters: what hangs at a booth or at the market's gate, and the code on it that leads a phone there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, ModelSelect

from models.market.booth import ROUND, Booth, stands_of
from models.market.employer import Employer
from models.market.market_day import MarketDay
from models.market.offer import Offer, open_offers
from models.market.vacancy import Vacancy
from models.printing import qr

QUIET = 2  # modules of white around a code; the white sheet gives the other two


@dataclass(frozen=True)
class Poster:
    """One A4 sheet: a booth with one of its vacancies, or with all of them; the whole market day without a booth.

    ``path`` draws the QR code of ``address`` in a square of ``modules``, its white border included.
    """

    booth: Booth | None
    offers: list[Offer]
    address: str
    path: str
    modules: int

    @property
    def vacancies(self) -> list[Vacancy]:
        """The vacancies that it shows."""
        return [offer.vacancy for offer in self.offers]


Drawing = tuple[Booth | None, list[Offer], str]  # whose it is, what it shows, where its code leads


def vacancy_posters(day: MarketDay, origin: str, booths: Collection[int] = ()) -> list[Poster]:
    """Return a poster for each open vacancy, of all booths or of those numbered in ``booths``."""
    offers = _open_offers(day, booths)
    return _drawn([(offer.booth, [offer], f"{origin}/v/{offer.vacancy.number}") for offer in offers])


def booth_posters(day: MarketDay, origin: str, booths: Collection[int] = ()) -> list[Poster]:
    """Return a poster for each booth, desks included, with its open vacancies."""
    offered: dict[int, list[Offer]] = {}
    for offer in _open_offers(day, booths):
        offered.setdefault(offer.booth_id, []).append(offer)
    rows = _of(Booth.select(Booth, Employer).join(Employer, JOIN.LEFT_OUTER), day, booths)
    return _drawn([(b, offered.get(b.id, []), f"{origin}/b/{b.id}") for b in rows])


def board_posters(day: MarketDay, origin: str, booths: Collection[int] = ()) -> list[Poster]:
    """Return the one poster of the market day, for the gate, with all open vacancies; none where there is no booth."""
    if not stands_of(day):
        return []
    return _drawn([(None, _open_offers(day, ()), f"{origin}/m/{day.id}")])


def _open_offers(day: MarketDay, booths: Collection[int]) -> list[Offer]:
    return [offer for offer in open_offers(day) if not booths or offer.booth.number in booths]


def _of(rows: "ModelSelect[Any]", day: MarketDay, booths: Collection[int]) -> "ModelSelect[Any]":
    rows = rows.where(Booth.market_day == day, Booth.kind != ROUND).order_by(Booth.number)
    return rows.where(Booth.number.in_(list(booths))) if booths else rows


def _drawn(offers: list[Drawing]) -> list[Poster]:
    paths = qr.sheet_paths([address for *_, address in offers], QUIET)
    return [
        Poster(booth, shown, address, path, qr.width(address, QUIET))
        for (booth, shown, address), path in zip(offers, paths, strict=True)
    ]
