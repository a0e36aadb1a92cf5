"""Words: what obstacles, grounds and points are called, as English sentences to translate; pages fill them in."""

from models.vocabulary.code_list import N_

# Of several vacancies that were left out for the same.
OBSTACLES = {
    "too_young": N_("Nobody under 16 may work."),
    "adults_only": N_("Only for people of 18 and over."),
    "welfare": N_("Public-welfare posts: the county says who may have one."),
    "closed": N_("Takes nobody any more."),
    "expired": N_("Its date has passed."),
    "full": N_("All places are taken."),
    "work_kind": N_("Another kind of work than you asked for."),
    "too_far": N_("Further away than you asked for."),
    "no_lodging": N_("No lodging."),
    "night": N_("Night work."),
}

GROUNDS = {
    "same_trade": N_("The work you asked for: %(trade)s"),
    "near_trade": N_("Like the work you asked for: %(trade)s"),
    "pays_more": N_("%(yuan)s yuan a month more than you asked for"),
    "pays_enough": N_("Pays what you asked for"),
    "distance": N_("%(km)s km from here"),
    "here": N_("Near: %(place)s"),
    "board_and_lodging": N_("Board and lodging"),
    "lodging": N_("Lodging"),
    "board": N_("Meals"),
    "suits_older": N_("Suits people over 50"),
    "day_shift": N_("Day shift"),
    "starts_now": N_("Starts at once"),
    "places_left": N_("%(count)s places left"),
}

PARTS = {
    "trade": N_("The work"),
    "place": N_("The way"),
    "pay": N_("The pay"),
    "terms": N_("Lodging, meals, hours"),
    "older": N_("Suits people over 50"),
    "fresh": N_("Places left"),
}
