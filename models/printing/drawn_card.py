"""Drawn cards: paper passes for a batch, ten to a sheet of A4, of the size and with the words of the page's cards."""

from models.market.campaign import Campaign
from models.market.market_day import MarketDay
from models.market.service_point import ServicePoint
from models.people.candidate_pass import PassRange
from models.printing.drawn_sheet import A4, BOLD, MIDDLE, DrawnSheet, Mark, code, line, written
from models.printing.paper_words import PaperWords, grouped
from models.printing.pass_sheet import Card, pass_sheets

WIDE, HIGH, LEFT, TOP = 85.0, 54.0, 20.0, 13.5  # as static/css/passes.css has them


def drawn_cards(
    day: MarketDay, span: PassRange, origin: str, point: ServicePoint | None, words: PaperWords
) -> list[DrawnSheet]:
    """Return the sheets of a range of passes."""
    found = pass_sheets(span, origin)
    said = _words(day, day.campaign if day.campaign_id else None, point, words)
    return [_sheet(cards, found.modules, said) for cards in found.sheets]


def _sheet(cards: list[Card], modules: int, said: list[Mark]) -> DrawnSheet:
    made = DrawnSheet(*A4, f"{cards[0].number}–{cards[-1].number}")
    made.marks += [line(x, y, x, y + 6, 0.2) for x in (20, 105, 190) for y in (5, 286)]
    made.marks += [line(x, TOP + HIGH * row, x + 8, TOP + HIGH * row, 0.2) for row in range(6) for x in (8, 194)]
    for place, card in enumerate(cards):
        row, column = divmod(place, 2)
        left, top = LEFT + column * WIDE, TOP + row * HIGH
        made.marks.append(code(left + 1.5, top + 1.5, 39, card.path, modules))
        made.marks += written(left + WIDE / 2, top + 39, 78, grouped(card.number), 11, 1, MIDDLE, BOLD)[0]
        made.marks += [_moved(mark, left, top) for mark in said]
    return made


def _moved(mark: Mark, across: float, down: float) -> Mark:
    by = {"x": across, "to_x": across, "y": down, "to_y": down}
    return {name: value + by.get(name, 0) if name in by else value for name, value in mark.items()}


def _words(day: MarketDay, campaign: Campaign | None, point: ServicePoint | None, words: PaperWords) -> list[Mark]:
    """Return what is the same on every card, as marks from the corner of a card."""
    county, room, top = day.county, 42.0, 3.0
    marks: list[Mark] = []
    said = [
        (words.gettext("Candidate's pass"), 5.2, 1, BOLD),
        (words.gettext("Let staff at a booth scan it."), 3.3, 2, BOLD),
        (words.gettext("Please keep this card."), 3.3, 1, BOLD),
        (f"{day.town_name} · {words.date(day.date, 'medium')}", 2.8, 1, 400),
        (campaign.name if campaign else "", 2.8, 1, 400),
    ]  # fmt: skip
    for one, size, most, weight in said:
        if one:
            found, top = written(41.0, top, room, one, size, most, weight=weight)
            marks += found
    marks += written(41.0, 25.5, room, words.gettext("Name"), 2.8)[0]
    marks.append(line(41, 30.5, 83, 30.5, 0.25))
    foot = [f"{county.service_name} {county.phone}"]
    if point:
        foot = [point.name, f"{point.phone or county.phone} {point.address}"]
    top = 31.2
    for one in foot:
        found, top = written(41.0, top, room, one, 2.5, 1, smallest=1.6)
        marks += found
    return marks
