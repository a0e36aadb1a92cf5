"""Day papers: what can be printed for a market day, for whom, on which paper, and how many sheets it takes."""

from collections.abc import Collection
from dataclasses import dataclass

from models.base.database import fetch
from models.market.booth import stands_of
from models.market.market_day import MarketDay
from models.market.offer import open_offers
from models.printing.booth_paper import booth_signs, table_tents
from models.printing.drawn_sheet import DrawnSheet
from models.printing.paper_words import PaperWords
from models.printing.pass_sheet import CARDS
from models.printing.sign_in_sheet import MOST_SHEETS, sign_in_sheets
from models.printing.van_strip import van_strip
from models.vocabulary.code_list import N_

SIGNS, TENTS, STRIP, SIGN_IN = "signs", "tents", "strip", "sign-in"
DRAWN = (SIGNS, TENTS, STRIP, SIGN_IN)  # on sheets of models/printing/drawn_sheet.py
BY_BOOTH = "booth"  # a sheet for each of them


@dataclass(frozen=True)
class DayPaper:
    """A kind of paper: what it is called, who needs it, on which sizes it comes."""

    code: str
    name: str
    whom: str
    size: str


# In the order in which a clerk lays them out.
_PAPERS = (
    ("gate", N_("Poster for the gate"), N_("Everybody who comes: which booth is whose"), "A4, A3"),
    ("booths", N_("Posters of the booths"), N_("Job seekers at the booth: all that it offers"), "A4, A3"),
    ("vacancies", N_("Posters of the vacancies"), N_("Job seekers with a phone: one for each vacancy"), "A4, A3"),
    (SIGNS, N_("Booth signs"), N_("Everybody: the number seen from afar, or an arrow"), "A4"),
    (TENTS, N_("Table tents"), N_("Job seekers at the table; folded, read from both sides"), "A4"),
    (STRIP, N_("Strip for the van"), N_("The loudspeaker van: sheets glued side by side"), "A4"),
    ("passes", N_("Paper passes"), N_("Job seekers without a phone; cut and laid at each booth"), "A4, 58, 80 mm"),
    ("loudspeaker", N_("Loudspeaker list"), N_("Who reads it out over the market"), "A4"),
    (SIGN_IN, N_("Sign-in sheet for a day without power"),
     N_("Operators when a tablet fails; a clerk enters it later"), "A4"),
    ("checklist", N_("Checklist"), N_("Who sets up and clears away"), "A4"),
    ("summary", N_("Attendance summary"), N_("The office, to sign and seal after the day"), "A4"),
)  # fmt: skip
DAY_PAPERS = {code: DayPaper(code, name, whom, size) for code, name, whom, size in _PAPERS}


def sheets_of(day: MarketDay) -> dict[str, int]:
    """Return how many sheets of each paper a market day takes; of what grows with its text, nothing."""
    booths = len(stands_of(day))
    vacancies = len(open_offers(day))
    passes = fetch(
        "SELECT COALESCE(SUM(last_payload - first_payload + 1), 0) FROM pass_range WHERE market_day_id = ?", (day.id,)
    )[0][0]
    return {
        "gate": min(1, booths), "booths": booths, "vacancies": vacancies, SIGNS: booths, TENTS: booths,
        "passes": -(-int(passes) // CARDS), SIGN_IN: booths, "checklist": 1,
    }  # fmt: skip


def drawn_sheets(
    code: str, day: MarketDay, origin: str, words: PaperWords, booths: Collection[int] = (), way: str = "",
    sheets: int = 1,
) -> list[DrawnSheet]:  # fmt: skip
    """Return the sheets of one of DRAWN: of all booths or some, signs perhaps with an arrow, sign-in sheets so many."""
    if code == SIGNS:
        return booth_signs(day, origin, words, booths, way)
    if code == TENTS:
        return table_tents(day, origin, words, booths)
    if code == STRIP:
        return van_strip(day, words)
    return sign_in_sheets(day, words, booths, max(1, min(MOST_SHEETS, sheets)))
