"""Words of intention surveys: what people plan to do for work after the holiday."""

from models.vocabulary.code_list import N_

INTENTIONS = {
    "stay": N_("Work near home"),
    "go_out": N_("Go out to work"),
    "start_business": N_("Start a business"),
    "train": N_("Learn a trade first"),
    "undecided": N_("Not decided yet"),
}

# How a person of a survey stands.
TO_ASK, LATER, ENDED, ANSWERED = "to_ask", "later", "ended", "answered"
STATES = {
    TO_ASK: N_("Still to ask"),
    LATER: N_("Later"),
    ENDED: N_("Not to be asked"),
    ANSWERED: N_("Answered"),
}
