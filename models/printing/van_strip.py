"""Van strips: what the loudspeaker van wears, one or two characters to a sheet of A4, glued side by side."""

from models.market.market_day import MarketDay
from models.market.offer import open_offers
from models.printing.drawn_sheet import A4_WIDE, BLACK, BOLD, DrawnSheet, Mark, line, text, written
from models.printing.fitted_text import broken, width_of
from models.printing.paper_words import PaperWords, hours

EDGE = 10.0
ROOM = A4_WIDE[0] - 2 * EDGE
CELLS = {"main": 2, "below": 6}  # wide characters in a row of a sheet
MAIN_FOOT, BELOW_FOOT = 134.0, 190.0  # the baselines of the two rows


def van_strip(day: MarketDay, words: PaperWords) -> list[DrawnSheet]:
    """Return the sheets of a strip, from left to right. Where letters are wide, none is cut by the edge of a sheet."""
    places = sum(offer.vacancy.openings for offer in open_offers(day))
    main = words.gettext("Work at the market")
    below = words.gettext(
        "%(town)s, %(hours)s: %(places)s places, free of charge, %(phone)s", town=day.town_name,
        hours=hours(day.opens_at, day.closes_at, words), places=places, phone=day.county.phone,
    )  # fmt: skip
    rows = [_tiles(main, CELLS["main"]), _tiles(below, CELLS["below"])]
    count = max(map(len, rows))
    made = []
    for number in range(count):
        sheet = DrawnSheet(*A4_WIDE, f"{number + 1}/{count}")
        for tiles, cells, foot, weight in zip(
            rows, CELLS.values(), (MAIN_FOOT, BELOW_FOOT), (BLACK, BOLD), strict=True
        ):
            if number < len(tiles):
                sheet.marks += _row(tiles[number], cells, foot, weight)
        if number < count - 1:
            sheet.marks.append(line(A4_WIDE[0] - EDGE, 20, A4_WIDE[0] - EDGE, 190, 0.2, dash=True))
        said = words.gettext(
            "Sheet %(number)s of %(count)s. Cut along the dashed line and glue the next sheet under it.",
            number=number + 1, count=count,
        )  # fmt: skip
        sheet.marks += written(EDGE, 197, ROOM, said, 2.8)[0]
        made.append(sheet)
    return made


def _tiles(words: str, cells: int) -> list[str]:
    """Part a row into sheets."""
    return [tile for tile in broken(words, cells * width_of("国")) if tile]


def _row(words: str, cells: int, foot: float, weight: int) -> list[Mark]:
    """Return a sheet's part of a row: each wide character in the middle of its cell, letters as they come."""
    pitch = ROOM / cells
    size = round(pitch * 0.94, 2)
    if all(width_of(sign) >= width_of("国") for sign in words):
        return [
            text(EDGE + (place + 0.5) * pitch, foot, size, sign, "middle", weight) for place, sign in enumerate(words)
        ]
    return [text(EDGE, foot, round(min(size, ROOM / width_of(words)), 2), words, weight=weight)]
