"""Drawn texts: the loudspeaker list on sheets of A4, for a batch; no paragraph is cut by the end of a sheet."""

from models.market.market_day import MarketDay
from models.printing.drawn_sheet import A4, BOLD, MIDDLE, DrawnSheet, text, written
from models.printing.fitted_text import LEADING, broken
from models.printing.loudspeaker_text import LoudspeakerText
from models.printing.paper_words import PaperWords, hours

EDGE, FOOT = 14.0, 280.0
SIZE = 5.3  # mm, 15 points: read aloud, standing
INDENT = 8.0


def drawn_text(day: MarketDay, found: LoudspeakerText, words: PaperWords) -> list[DrawnSheet]:
    """Return the sheets of a loudspeaker list."""
    sheets = [DrawnSheet(*A4, words.gettext("Loudspeaker list"))]
    marks, top = written(A4[0] / 2, EDGE, 180, words.gettext("Loudspeaker list"), 7, 1, MIDDLE, BOLD)
    where = f"{day.town_name} · {words.date(day.date)} · {hours(day.opens_at, day.closes_at, words)}"
    more, top = written(A4[0] / 2, top, 180, where, 4.6, 1, MIDDLE)
    sheets[0].marks += marks + more
    colon = words.gettext(": ")
    paragraphs = [("", said) for said in found.opening]
    paragraphs += [("□", f"{booth.head}{colon}{booth.text}") for booth in found.booths]
    for box, said in [*paragraphs, ("", found.closing)]:
        lines = broken(said, (A4[0] - 2 * EDGE - INDENT) / SIZE)
        if top + len(lines) * SIZE * LEADING * 1.1 > FOOT:
            sheets.append(DrawnSheet(*A4, words.gettext("Loudspeaker list")))
            top = EDGE
        top += 2.5
        for number, one in enumerate(lines):
            top += SIZE * LEADING * 1.1
            if box and not number:
                sheets[-1].marks.append(text(EDGE, top, SIZE * 1.2, box))
            sheets[-1].marks.append(text(EDGE + INDENT, top, SIZE, one))
    for number, sheet in enumerate(sheets, start=1):
        said = words.gettext("Sheet %(number)s of %(count)s", number=number, count=len(sheets))
        sheet.marks += written(A4[0] / 2, 284, 100, said, 3.4, 1, MIDDLE)[0]
    return sheets
