"""Words of events: the states of a market day, what an event is, and what is usual for each type."""

from typing import NamedTuple

from models.vocabulary.code_list import N_

DAY_STATES = {  # in the order of a day's life (models/market/life.py)
    "draft": N_("Draft"),
    "published": N_("Published"),
    "postponed": N_("Postponed"),
    "open": N_("Open, not closed yet"),
    "closed": N_("Figures closed"),
    "signed": N_("Signed"),
    "cancelled": N_("Cancelled"),
}

EVENT_TYPES = {
    "MARKET": N_("Recruitment on a market day"),
    "DEMO": N_("Large demonstration event"),
    "SPECIAL": N_("Special event"),
    "CARAVAN": N_("Job-seekers' caravan"),
    "NIGHT": N_("Night market event"),
    "LIVE": N_("Live stream"),
    "ONLINE": N_("Online event"),
    "JOINT": N_("Joint event with another region"),
}

EVENT_CLASSES = {
    "COMPREHENSIVE": N_("Comprehensive"),
    "SPECIAL": N_("For one field or group"),
    "MICRO": N_("Small"),
}

LEVELS = {"CITY": N_("City's"), "COUNTY": N_("County's"), "TOWN": N_("Town's")}


class Usual(NamedTuple):
    """What an event of a type is when nobody says otherwise: codes of a venue, a class and a level."""

    venue: str
    event_class: str
    level: str


USUAL = {
    "MARKET": Usual("MARKET_TOWN", "MICRO", "COUNTY"),
    "DEMO": Usual("CBD", "COMPREHENSIVE", "CITY"),
    "SPECIAL": Usual("HR_MARKET", "SPECIAL", "COUNTY"),
    "CARAVAN": Usual("CARAVAN", "MICRO", "COUNTY"),
    "NIGHT": Usual("NIGHT", "MICRO", "COUNTY"),
    "LIVE": Usual("ONLINE", "SPECIAL", "COUNTY"),
    "ONLINE": Usual("ONLINE", "COMPREHENSIVE", "COUNTY"),
    "JOINT": Usual("HR_MARKET", "COMPREHENSIVE", "COUNTY"),
}
