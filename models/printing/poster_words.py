"""Poster words: all that a poster says, in the reader's language. A page and a batch only set it."""

from collections.abc import Sequence
from typing import Any

from models.market.booth import Booth
from models.market.market_day import MarketDay
from models.market.pay import pay_range
from models.market.stop import Stop
from models.printing.booth_paper import pay_words
from models.printing.paper_words import PaperWords, hours
from models.printing.poster import Poster
from models.vocabulary.code_list import ADVICE_TOPICS, N_, PAY_UNITS

Said = dict[str, Any]
HEADS = (N_("Vacancy"), N_("Wanted"), N_("Pay"), N_("Number"))


def head_of(day: MarketDay, words: PaperWords) -> list[str]:
    """Return who calls to market, where, and when."""
    where = f"{day.town_name} · {hours(day.opens_at, day.closes_at, words)}"
    return [day.county.service_name, where, words.date(day.date)]


def vacancy_said(poster: Poster, day: MarketDay, words: PaperWords) -> Said:
    """Return what the poster of a vacancy says."""
    offer, vacancy = poster.offers[0], poster.vacancies[0]
    employer = " · ".join(name for name in (offer.employer_name, vacancy.true_employer) if name)
    wanted = words.ngettext("%(num)s person wanted", "%(num)s people wanted", vacancy.openings)
    return _code(poster) | {
        "number": vacancy.number, "booth": offer.booth.number, "title": vacancy.title,
        "currency": "¥" if words.locale == "en" and pay_range(vacancy) else "",
        "pay": pay_range(vacancy) or words.gettext("Pay by agreement"),
        "unit": words.gettext(PAY_UNITS[vacancy.pay_unit]) if pay_range(vacancy) else "",
        "facts": [employer, vacancy.place, " · ".join(word for word in (wanted, vacancy.hours) if word)],
        "say": words.gettext(
            "Read more and sign up on your phone. No phone? Come to booth %(number)s.", number=offer.booth.number
        ),
        "bring": vacancy.bring, **_foot(day, words), "trade": vacancy.trade, "given": vacancy.benefit_list,
        "given_head": words.gettext("You get"),
    }  # fmt: skip


def booth_said(poster: Poster, day: MarketDay, words: PaperWords) -> Said:
    """Return what the poster of a booth says."""
    booth = poster.booth
    assert booth is not None
    rows = [[one.title, str(one.openings), pay_words(one, words), one.number] for one in poster.vacancies]
    say = N_("All vacancies of this booth, and the way to sign up.") if rows else N_("What this desk can do for you.")
    return _code(poster) | {
        "number": "", "booth": booth.number, "title": booth.name,
        "employer": booth.employer.name if booth.employer and booth.employer.name != booth.name else "",
        "heads": [words.gettext(head) for head in HEADS], "rows": rows,
        "topics": [words.gettext(ADVICE_TOPICS[code]) for code in booth.topics if code in ADVICE_TOPICS]
        if booth.is_desk and not rows else [],
        "say": words.gettext(say), "bring": words.gettext("Your identity card, if you have it with you"),
        **_foot(day, words),
    }  # fmt: skip


def day_said(
    poster: Poster, day: MarketDay, booths: Sequence[Booth], stops: Sequence[Stop], words: PaperWords
) -> Said:
    """Return what the poster at the gate says: who is at which booth."""
    wanted: dict[int, int] = {}
    for offer in poster.offers:
        wanted[offer.booth_id] = wanted.get(offer.booth_id, 0) + offer.vacancy.openings
    return _code(poster) | {
        "number": "", "booth": None, "title": words.gettext("Work at the market"),
        "pay": str(sum(wanted.values())),
        "unit": words.ngettext("place in %(num)s kind of work", "places in %(num)s kinds of work", len(poster.offers)),
        "booths": [[one.number, one.name, _beside(one, wanted, words)] for one in booths],
        "stops_word": words.gettext("The caravan stops at:"),
        "stops": [[hours(stop.starts_at, stop.ends_at, words), stop.place] for stop in stops],
        "say": words.gettext("All booths and all vacancies of this market day, and the way to sign up."),
        "bring": words.gettext("No phone? Take a card at any booth."),
        **_foot(day, words), "bring_head": "",
    }  # fmt: skip


def _beside(booth: Booth, wanted: dict[int, int], words: PaperWords) -> str:
    if booth.id in wanted:
        return words.gettext("%(n)s wanted", n=wanted[booth.id])
    return words.gettext("advice") if booth.is_desk else ""


def _foot(day: MarketDay, words: PaperWords) -> Said:
    return {
        "trade": "", "given": [], "given_head": "", "head": head_of(day, words),
        "booth_word": words.gettext("Booth"), "scan": words.gettext("Scan with WeChat"),
        "bring_head": words.gettext("Please bring"),
        "service": words.gettext("Free of charge. Questions or complaints: %(phone)s", phone=day.county.phone),
    }  # fmt: skip


def _code(poster: Poster) -> Said:
    return {"address": poster.address, "path": poster.path, "modules": poster.modules}
