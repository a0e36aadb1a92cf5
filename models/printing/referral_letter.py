"""Referral letters 求职人员推荐介绍信: introduces one person to one employer; the return slip 回执 comes back.

The model of DB11/T 1123-2014, annex C, with no more about the person than the employer may have: the whole name only
where the person agreed for this vacancy, else the surname; never a phone, a birth year or a home.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.desk.agreed import agreed_with
from models.desk.person import Person
from models.desk.record import Tie, ties_of
from models.market.county import County
from models.market.market_day import is_under_age
from models.market.pay import pay_range
from models.market.vacancy import Vacancy
from models.people.candidate import surname_of
from models.printing.booth_paper import pay_words
from models.printing.drawn_sheet import A4, BOLD, MIDDLE, DrawnSheet, Mark, box, line, lines, text, written
from models.printing.fitted_text import fitted
from models.printing.paper_words import PaperWords, grouped
from models.vocabulary.stage import RANKS

HOLDS = timedelta(days=15)  # how long an employer is to receive somebody with it
EDGE, WIDTH = 22.0, 166.0
CUT = 178.0  # how far down the return slip begins


@dataclass(frozen=True)
class Referral:
    """Who is introduced to whom; ``name`` is what the employer may read of it."""

    tie: Tie
    vacancy: Vacancy
    name: str
    is_whole: bool
    passes: list[str]


def introduced_to(person: Person) -> list[tuple[int, str]]:
    """Return ``(market day, vacancy's number)`` of those for which a letter can be written."""
    if person.is_frozen or not person.registrations:
        return []
    return [(tie.day.id, tie.vacancy) for tie in ties_of(person) if _is_introduced(tie)]


def referral_of(person: Person, day: int, number: str) -> Referral | None:
    """Return what a letter says, or None: nobody was introduced, it was taken back, or the person may not work yet."""
    if (day, number) not in introduced_to(person):
        return None
    tie = next(one for one in ties_of(person) if (one.day.id, one.vacancy) == (day, number))
    vacancy = Vacancy.get_or_none(number=number, county=person.county)
    if vacancy is None or is_under_age(person.registrations[-1].birth_year, tie.day.date):
        return None
    agreed = {(one.vacancy, one.person) for one in agreed_with(vacancy.employer)} if vacancy.employer else set()
    is_whole = (number, person.id) in agreed
    name = person.name if is_whole else surname_of(person.name)
    return Referral(tie, vacancy, name, is_whole, person.passes)


def _is_introduced(tie: Tie) -> bool:
    return RANKS.get(tie.stage, -1) >= RANKS["introduced"]


def referral_letter(county: County, found: Referral, on: date, words: PaperWords) -> DrawnSheet:
    """Return the letter with its return slip below the line on which it is cut."""
    gettext = words.gettext
    made = DrawnSheet(*A4, gettext("Referral letter"))
    made.marks += written(105, 18, WIDTH, county.service_name, 5.2, 1, MIDDLE)[0]
    made.marks += written(105, 26, WIDTH, gettext("Referral letter"), 9.5, 1, MIDDLE, BOLD)[0]
    numbered = f"{found.tie.day.date:%Y%m%d}-{found.tie.day.id}-{found.vacancy.number}"
    made.marks += written(EDGE, 41, WIDTH, gettext("No. %(number)s", number=numbered), 4)[0]
    name = _name(found, words)
    made.marks += _paragraphs(50, [
        gettext("To %(employer)s:", employer=found.tie.employer),
        gettext(
            "We introduce %(name)s (pass %(pass)s) to you for the vacancy %(vacancy)s (number %(number)s).",
            **_values(found, name),
        ),
        gettext(
            "The employment service introduces people free of charge. Please see them, charge nothing, keep no "
            "papers of theirs, and send the slip below back, or tell us the result by phone: %(phone)s.",
            phone=county.phone,
        ),
    ])  # fmt: skip
    rows = [
        (gettext("Vacancy"), f"{found.vacancy.title} {grouped(found.vacancy.number)}"),
        (gettext("Pay"), pay_words(found.vacancy, words) if pay_range(found.vacancy) else gettext("Pay by agreement")),
        (gettext("Place of work"), found.vacancy.place),
        (gettext("Introduced on"), f"{words.date(found.tie.day.date, 'long')} · {found.tie.day.town}"),
        (gettext("Valid until"), words.date(on + HOLDS, "long")),
    ]
    made.marks += _grid(104, rows)
    signed = [gettext("Written by (signature)"), gettext("Employment service (seal)")]
    made.marks += _signed(149, signed, words.date(on, "long"))
    made.marks.append(line(8, CUT, 202, CUT, 0.2, dash=True))
    made.marks += written(105, CUT + 0.6, 80, gettext("Cut here"), 2.8, 1, MIDDLE)[0]
    made.marks += _slip(county, found, name, numbered, words)
    return made


def _slip(county: County, found: Referral, name: str, numbered: str, words: PaperWords) -> list[Mark]:
    gettext = words.gettext
    marks = written(105, CUT + 6, WIDTH, gettext("Return slip"), 7.5, 1, MIDDLE, BOLD)[0]
    head = f"{gettext('No. %(number)s', number=numbered)} · {county.service_name} {county.phone}"
    marks += written(EDGE, CUT + 17, WIDTH, head, 4)[0]
    said = gettext("%(employer)s on %(name)s (pass %(pass)s), introduced for %(vacancy)s:", employer=found.tie.employer,
               **_values(found, name))  # fmt: skip
    marks += _paragraphs(CUT + 24, [said])
    ticks = [gettext("Hired"), gettext("On probation"), gettext("Not hired"), gettext("Did not come")]
    for place, words_of_it in enumerate(ticks):
        left = EDGE + place * WIDTH / 4
        marks += [box(left, CUT + 46, 4.4, 4.4, 0.3), *written(left + 6, CUT + 45, WIDTH / 4 - 7, words_of_it, 4.6)[0]]
    blanks = [gettext("Starts on"), gettext("Pay a month"), gettext("Reason if not hired")]
    for place, words_of_it in enumerate(blanks):
        left = EDGE + place * WIDTH / 3
        marks += written(left, CUT + 55, 24, words_of_it, 4.2)[0]
        marks.append(line(left + 25, CUT + 61, left + WIDTH / 3 - 3, CUT + 61, 0.2))
    return marks + _signed(CUT + 73, [gettext("Employer (signature)"), gettext("Employer (seal)")], "")


def _values(found: Referral, name: str) -> dict[str, object]:
    passes = ", ".join(grouped(number) for number in found.passes[:2]) or "—"
    return {"name": name, "pass": passes, "vacancy": found.vacancy.title, "number": found.vacancy.number}


def _name(found: Referral, words: PaperWords) -> str:
    return found.name if found.is_whole else words.gettext("%(surname)s (surname)", surname=found.name)


def _paragraphs(top: float, said: list[str]) -> list[Mark]:
    marks: list[Mark] = []
    for words in said:
        found = fitted(words, WIDTH, 5.2, 4, 3.4, even=False)
        marks += lines(EDGE, top, found)
        top += found.height + 2.4
    return marks


def _grid(top: float, rows: list[tuple[str, str]]) -> list[Mark]:
    height, name = 8.2, 34.0
    foot = top + height * len(rows)
    marks: list[Mark] = [box(EDGE, top, WIDTH, foot - top, 0.4), line(EDGE + name, top, EDGE + name, foot, 0.2)]
    for place, (head, words) in enumerate(rows):
        y = top + place * height
        if place:
            marks.append(line(EDGE, y, EDGE + WIDTH, y, 0.2))
        marks += written(EDGE + 2, y + 1.2, name - 4, head, 4.4)[0]
        marks += written(EDGE + name + 2, y + 1.2, WIDTH - name - 4, words, 4.6, weight=BOLD)[0]
    return marks


def _signed(top: float, places: list[str], on: str) -> list[Mark]:
    marks: list[Mark] = []
    for place, words in enumerate(places):
        marks += written(EDGE + place * WIDTH / 2, top, WIDTH / 2 - 6, words, 4.4)[0]
    right = EDGE + WIDTH
    marks.append(text(right, top + 22, 4.4, on or "_____ . ___ . ___", "end"))
    return marks
