"""Words of events: the states of a market day."""

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
