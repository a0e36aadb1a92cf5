"""Loudspeaker texts: what is read out over a market, as people speak: numbers in words, one pay in one breath."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from models.market.market_day import MarketDay
from models.market.stop import Stop
from models.phone.notice import BoothNotice, VacancyNotice, booth_notices, vacancies_of_day
from models.phone.spoken import LARGEST, number_clips
from models.printing.paper_words import PaperWords, hours
from models.vocabulary.code_list import ADVICE_TOPICS, N_

MOST_TITLES = 6  # of a booth: who listens while walking keeps no more
SIGNS = dict(zip(
    ("digit-0", "digit-1", "digit-2", "digit-3", "digit-4", "digit-5", "digit-6", "digit-7", "digit-8", "digit-9",
     "two", "ten", "hundred", "thousand", "ten-thousand"),
    "零一二三四五六七八九两十百千万", strict=True,
))  # fmt: skip
PAY = {
    "month": N_("each month %(pay)s yuan"), "day": N_("each day %(pay)s yuan"), "hour": N_("each hour %(pay)s yuan"),
    "piece": N_("each piece %(pay)s yuan"),
}  # fmt: skip


@dataclass(frozen=True)
class SpokenBooth:
    """What is said of a booth, ticked off when it was read."""

    number: int
    head: str
    text: str


@dataclass(frozen=True)
class LoudspeakerText:
    """Everything that is read out, in order. ``posts``: how many vacancies are open, named or not."""

    opening: list[str]
    booths: list[SpokenBooth]
    closing: str
    posts: int


def loudspeaker_text(day: MarketDay, words: PaperWords) -> LoudspeakerText:
    """Return the text of a market day: every booth that has open vacancies or gives advice."""
    vacancies = [vacancy for vacancy in vacancies_of_day(day.id) if not (vacancy.closed or vacancy.ended)]
    offered = {booth: list(group) for booth, group in groupby(vacancies, lambda vacancy: vacancy.booth_id)}
    read = [one for one in booth_notices(day.id) if one.id in offered or one.kind == "desk"]
    said = [_booth(one, offered.get(one.id, []), words) for one in read]
    closing = words.gettext(
        "Come to the booth and bring your identity card. No phone is needed. Nobody here takes money, a deposit or "
        "your card. Questions: %(phone)s.", phone=day.county.phone,
    )  # fmt: skip
    return LoudspeakerText(_opening(day, words), said, closing, len(vacancies))


def _opening(day: MarketDay, words: PaperWords) -> list[str]:
    first = words.gettext(
        "Good morning, neighbours! %(county)s brings work to the market of %(town)s today. It is free of charge.",
        county=day.county.service_name, town=day.town_name,
    )  # fmt: skip
    place = words.gettext("We are at %(place)s.", place=day.place) if day.place else ""
    said = [f"{first}{'' if words.locale == 'zh' or not place else ' '}{place}"]
    if stops := Stop.of_day(day):
        each = [f"{stop.place} {hours(stop.starts_at, stop.ends_at, words)}" for stop in stops]
        said.append(f"{words.gettext('The caravan stops at:')} {words.gettext('; ').join(each)}{words.gettext('.')}")
    return said


def _booth(booth: BoothNotice, offered: Sequence[VacancyNotice], words: PaperWords) -> SpokenBooth:
    head = words.gettext("Booth %(number)s", number=aloud(booth.number, words)) + words.gettext(", ") + booth.name
    stop, gap = words.gettext("."), "" if words.locale == "zh" else " "
    if not offered:
        topics = [words.gettext(ADVICE_TOPICS[code]) for code in booth.topics if code in ADVICE_TOPICS]
        asked = words.gettext(", ").join(topics)
        said = words.gettext("Come and ask, free of charge:") + gap + asked + stop
        return SpokenBooth(booth.number, head, said)
    named, more = offered[:MOST_TITLES], len(offered) - MOST_TITLES
    paid: dict[str, list[str]] = {}
    for vacancy in named:
        people = words.ngettext("%(num)s person", "%(num)s people", vacancy.openings)
        if words.locale == "zh":
            people = aloud(vacancy.openings, words, before_people=True) + "人"
        paid.setdefault(pay_aloud(vacancy, words), []).append(f"{vacancy.title}{gap}{people}")
    parts = [words.gettext(", ").join([*titles, pay]) for pay, titles in paid.items()]
    if more > 0:
        parts.append(words.gettext("and %(count)s more kinds of work", count=aloud(more, words, before_people=True)))
    given = [word for word in named[0].benefit_list if all(word in one.benefit_list for one in named)][:3]
    if given:
        parts.append(words.gettext("with %(benefits)s", benefits=words.gettext(", ").join(given)))
    return SpokenBooth(booth.number, head, words.gettext("; ").join(parts) + stop)


def pay_aloud(vacancy: VacancyNotice, words: PaperWords) -> str:
    """Return what is paid as it is said: 每月三千五百到四千五百元."""
    amounts = dict.fromkeys(fen for fen in (vacancy.pay_min_fen, vacancy.pay_max_fen) if fen is not None)
    if not amounts or vacancy.pay_unit not in PAY:
        return words.gettext("Pay by agreement")
    said = words.gettext(" to ").join(_yuan(fen, words) for fen in amounts)
    return words.gettext(PAY[vacancy.pay_unit], pay=said)


def _yuan(fen: int, words: PaperWords) -> str:
    yuan, rest = divmod(fen, 100)
    decimals = f"{rest:02}".rstrip("0")
    if words.locale != "zh":
        return f"{yuan}.{decimals}" if rest else str(yuan)
    return aloud(yuan, words) + ("点" + "".join(SIGNS[f"digit-{digit}"] for digit in decimals) if rest else "")


def aloud(number: int, words: PaperWords, before_people: bool = False) -> str:
    """Return a whole number as it is read aloud in Chinese, by the rules of the recordings; elsewhere its digits."""
    if words.locale != "zh" or not 0 <= number <= LARGEST:
        return str(number)
    return "".join(SIGNS[clip] for clip in number_clips(number, before_people))
