"""Words of calendars: public holidays."""

from models.vocabulary.code_list import N_

HOLIDAYS = {
    "new_year": N_("New Year's Day"), "spring": N_("Spring Festival"), "qingming": N_("Qingming"),
    "labour": N_("Labour Day"), "dragon_boat": N_("Dragon Boat Festival"), "mid_autumn": N_("Mid-Autumn Festival"),
    "national": N_("National Day"),
}  # fmt: skip
