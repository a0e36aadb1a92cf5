"""Words of intention surveys: what people plan to do for work after the holiday."""

from models.vocabulary import follow_up
from models.vocabulary.code_list import N_

INTENTIONS = {
    "stay": N_("Work near home"),
    "go_out": N_("Go out to work"),
    "start_business": N_("Start a business"),
    "train": N_("Learn a trade first"),
    "undecided": N_("Not decided yet"),
}

# How somebody of a survey was asked, and what it came to: as after a market day, and at a door to a tablet.
CHANNELS = follow_up.CHANNELS | {"door": N_("At their door, on a tablet")}
AT_A_DOOR = {"not_home": N_("Nobody at home"), "refused": N_("Does not want to be asked"), "moved": N_("Moved away")}
RESULTS = AT_A_DOOR | follow_up.RESULTS

# How a person of a survey stands.
TO_ASK, LATER, ENDED, ANSWERED = "to_ask", "later", "ended", "answered"
STATES = {
    TO_ASK: N_("Still to ask"),
    LATER: N_("Later"),
    ENDED: N_("Not to be asked"),
    ANSWERED: N_("Answered"),
}
