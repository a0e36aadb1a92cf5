"""Sign-in sheets: a booth's day on paper when there is no power, in the order in which a clerk enters it later."""

from collections.abc import Collection

from models.market.booth import Booth, stands_of
from models.market.market_day import MarketDay
from models.market.offer import open_offers
from models.market.vacancy import Vacancy
from models.printing.booth_paper import pay_words
from models.printing.drawn_sheet import A4_WIDE, BOLD, MIDDLE, DrawnSheet, Mark, box, line, text, written
from models.printing.paper_words import PaperWords, grouped
from models.vocabulary.code_list import N_, STAGES

ROWS = 16  # on a sheet
EDGE = 10.0
TOP, HEAD, ROW = 57.0, 9.0, 7.4  # of the table; its heading; a line
LETTERS = "ABCDEFGHIJKL"  # by which a line names a vacancy; what is beyond is written by its number
MOST_SHEETS = 20  # of a booth
DIGITS = 10
STAGES_TICKED = ("introduced", "interviewed", "agreed", "hired")
# Of each column: what heads it and how wide it is, in mm; they are 277 together.
COLUMNS = (
    ("number", N_("Line"), 10.0), ("pass", N_("Number of the pass"), 62.0), ("name", N_("Name"), 32.0),
    ("birth_year", N_("Birth year"), 18.0), ("vacancy", N_("Vacancy"), 22.0),
    *((stage, STAGES[stage], 17.0) for stage in STAGES_TICKED),
    ("consent", N_("Employer may call"), 20.0), ("remarks", N_("Remarks"), 45.0),
)  # fmt: skip


def sign_in_sheets(
    day: MarketDay, words: PaperWords, booths: Collection[int] = (), sheets: int = 1
) -> list[DrawnSheet]:
    """Return so many sheets for each booth; their lines are numbered through."""
    offered: dict[int, list[Vacancy]] = {}
    for offer in open_offers(day):
        offered.setdefault(offer.booth_id, []).append(offer.vacancy)
    wanted = [booth for booth in stands_of(day) if not booths or booth.number in booths]
    return [
        _sheet(day, booth, offered.get(booth.id, []), words, number, sheets)
        for booth in wanted
        for number in range(sheets)
    ]


def _sheet(
    day: MarketDay, booth: Booth, offered: list[Vacancy], words: PaperWords, number: int, count: int
) -> DrawnSheet:
    width, height = A4_WIDE
    made = DrawnSheet(width, height, f"{booth.number} {booth.name} {number + 1}/{count}")
    gettext = words.gettext
    title = gettext("Sign-in sheet for a day without power")
    made.marks += written(EDGE, 9, 150, title, 6.5, weight=BOLD)[0]
    where = f"{day.county.service_name} · {day.town_name} · {words.date(day.date)}"
    made.marks += written(EDGE, 18, 200, where, 4)[0]
    made.marks += written(EDGE, 23.5, 200, f"{gettext('Booth %(number)s', number=booth.number)} · {booth.name}", 6,
                          weight=BOLD)[0]  # fmt: skip
    right = width - EDGE - 60
    numbered = gettext("Sheet %(number)s of %(count)s", number=number + 1, count=count)
    made.marks += written(right, 10, 60, numbered, 4)[0]
    made.marks += written(right, 18, 60, gettext("Written by:") + " ______________", 4)[0]
    made.marks += _legend(offered, words)
    made.marks += _table(words, number)
    foot = TOP + HEAD + ROWS * ROW + 1
    rule = gettext(
        "Tell everybody what their name is kept for, and tick “Employer may call” only when they say yes. One line for "
        "each vacancy. Give this sheet to the office the same day: it is entered there, and kept under lock."
    )
    made.marks += written(EDGE, foot, width - 2 * EDGE, rule, 3.2, 2)[0]
    return made


def _legend(offered: list[Vacancy], words: PaperWords) -> list[Mark]:
    """Return the booth's vacancies by their letters, in three columns."""
    marks: list[Mark] = []
    for place, vacancy in enumerate(offered[: len(LETTERS)]):
        column, row = divmod(place, 4)
        said = f"{LETTERS[place]}. {vacancy.title} {pay_words(vacancy, words)} {grouped(vacancy.number)}"
        marks += written(EDGE + column * 93, 33 + row * 5.6, 90, said, 3.8)[0]
    return marks


def _table(words: PaperWords, number: int) -> list[Mark]:
    bottom = TOP + HEAD + ROWS * ROW
    marks = [box(EDGE, TOP, A4_WIDE[0] - 2 * EDGE, bottom - TOP, 0.5)]
    left = EDGE
    for name, heading, width in COLUMNS:
        marks += written(left + width / 2, TOP + 1, width - 1.5, words.gettext(heading), 3.6, 2, MIDDLE, BOLD)[0]
        if left > EDGE:
            marks.append(line(left, TOP, left, bottom, 0.2))
        for row in range(ROWS):
            marks += _cell(name, left, TOP + HEAD + row * ROW, width, number * ROWS + row + 1)
        left += width
    marks += [
        line(EDGE, TOP + HEAD + row * ROW, A4_WIDE[0] - EDGE, TOP + HEAD + row * ROW, 0.2 if row else 0.4)
        for row in range(ROWS)
    ]
    return marks


def _cell(name: str, left: float, top: float, width: float, number: int) -> list[Mark]:
    """Return what is printed in a cell: a line's number, boxes for the digits of a pass, a box to tick."""
    if name == "number":
        return [text(left + width / 2, top + 5.2, 4, str(number), MIDDLE)]
    if name == "pass":
        gaps = (0, 0, 0, 1.5, 1.5, 1.5, 3, 3, 3, 3)  # as a card has them: 123 456 7890
        return [box(left + 2 + place * 5.5 + gaps[place], top + 1, 5.5, 5.4, 0.15) for place in range(DIGITS)]
    if name in STAGES_TICKED or name == "consent":
        return [box(left + width / 2 - 2.2, top + 1.5, 4.4, 4.4, 0.25)]
    return []
